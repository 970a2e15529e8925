"""The break watcher as a real process, with a notification service on a private bus that clicks."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.breaks.commands import ring
from stretch_coach.breaks.state import DayState, Phase, state_from_json, state_json
from stretch_coach.journal.running import any_under_way
from stretch_coach.paths import Places
from tests.breaks.buses import NotificationService, PrivateBus, is_missing, wait_until
from tests.e2e.processes import PATIENCE_SECONDS, find_command, history, run

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes"),
    pytest.mark.skipif(is_missing(), reason="dbus-daemon is not installed"),
]
SETTINGS = """
[voice]
level = "off"
[breaks]
voice_only = true
fullscreen = false
microphone = false
[[breaks.rules]]
every = 45
routine = "micro-break"
"""


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A message bus of the test's own, and no desktop."""
    private = PrivateBus(tmp_path_factory.mktemp("bus"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private.address)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    yield private
    private.stop()


class Watched:
    """The watcher of a home, and what it keeps there."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.process: subprocess.Popen[str] | None = None
        places.config.mkdir(parents=True, exist_ok=True)
        places.settings_file.write_text(SETTINGS, encoding="utf-8")

    def start(self) -> None:
        """Start it, and wait until it is there."""
        self.process = subprocess.Popen(
            [*find_command(), "breaks", "watch"], stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        wait_until(lambda: bool(self.status()["watching"]), "the watcher ran")

    def end(self, number: int = signal.SIGTERM) -> int:
        """End it; its exit code."""
        assert self.process
        self.process.send_signal(number)
        self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode

    def status(self) -> dict[str, Any]:
        """What ``breaks --json`` tells."""
        told: dict[str, Any] = json.loads(run("breaks", "--json").stdout)
        return told

    def change(self, change: Callable[[DayState], DayState]) -> None:
        """Let time go by while no watcher runs: change what is kept."""
        file = self.places.breaks / "state.json"
        data = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"about": {}, "unrecorded": []}
        state = change(state_from_json(data["state"]) if "state" in data else DayState())
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = {**data, "format": 1, "state": state_json(state._replace(wall=time.time()))}
        file.write_text(json.dumps(kept), encoding="utf-8")

    def nearly_due(self) -> None:
        """Somebody has worked for 45 minutes but one second."""
        self.change(lambda state: state._replace(active=2699.0, zeros={}))

    def snooze_is_nearly_over(self) -> None:
        """Five minutes but one second go by."""

        def hurry(state: DayState) -> DayState:
            assert state.prompt
            assert state.prompt.phase is Phase.SNOOZED
            return state._replace(prompt=state.prompt._replace(left=0.5))

        self.change(hurry)

    def snoozed_with(self, left: int) -> bool:
        """Whether the prompt is snoozed and can be so often again."""
        prompt = self.status()["prompt"]
        return bool(prompt) and (prompt["phase"], prompt["snoozes_left"]) == ("snoozed", left)

    def phase(self) -> str | None:
        """Where the prompt stands."""
        prompt = self.status()["prompt"]
        return str(prompt["phase"]) if prompt else None


@pytest.fixture
def watched(places: Places) -> Iterator[Watched]:
    """A watcher that is not left running."""
    one = Watched(places)
    yield one
    if one.process and one.process.poll() is None:
        one.process.kill()
        one.process.communicate()


def test_snooze_snooze_start_and_the_session_runs_and_is_recorded(bus: PrivateBus, watched: Watched) -> None:
    service = NotificationService(bus, ("Snooze 5 min", "Snooze 5 min", "Start"))
    watched.nearly_due()
    watched.start()
    for left in (2, 1):
        wait_until(lambda left=left: watched.snoozed_with(left), "it was snoozed")  # type: ignore[misc]  # bound now
        assert watched.end(signal.SIGKILL) == -signal.SIGKILL
        watched.snooze_is_nearly_over()
        watched.start()
    wait_until(lambda: watched.phase() == "started" and any_under_way(watched.places.running), "a session ran")
    assert watched.status()["today"] == {"started": 1, "snoozed": 2, "skipped": 0, "missed": 0, "natural": 0}
    wait_until(lambda: service.shown[-1][3] == "Micro break", "a notice said that it runs")
    service.say("ActionInvoked", "us", service.shown[-1][1] or 1, "stop")
    wait_until(lambda: bool(history()), "the session was recorded")
    [session] = history()
    assert (session["source"], session["routine"]) == ("break", "micro-break")
    assert [one[3] for one in service.shown[:3]] == ["Time for a break"] * 3
    assert watched.end() == 0
    service.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_without_a_word(bus: PrivateBus, watched: Watched, number: int) -> None:
    service = NotificationService(bus)
    watched.start()
    assert watched.end(number) == 0
    assert not watched.status()["watching"]
    service.stop()


def test_only_one_watches_and_whoever_was_killed_is_no_hindrance(bus: PrivateBus, watched: Watched) -> None:
    service = NotificationService(bus)
    watched.start()
    second = run("breaks", "watch")
    assert (second.returncode, second.stderr) == (
        1,
        "stretch-coach: breaks: a watcher runs already. `stretch-coach breaks` shows what it does.\n",
    )
    watched.end(signal.SIGKILL)
    watched.start()
    assert watched.end() == 0
    service.stop()


def test_killed_while_it_asks_it_does_not_ask_again_at_once(bus: PrivateBus, watched: Watched) -> None:
    service = NotificationService(bus)
    watched.nearly_due()
    watched.start()
    wait_until(lambda: watched.phase() == "asking", "it asked")
    watched.end(signal.SIGKILL)
    watched.start()
    assert watched.phase() == "asking"
    assert len(service.shown) == 1
    assert run("breaks", "skip").stdout == "Skipped.\n"
    assert watched.phase() is None
    assert watched.status()["today"]["skipped"] == 1
    assert watched.end() == 0
    service.stop()


def test_it_outlives_the_notification_service_and_asks_the_next(bus: PrivateBus, watched: Watched) -> None:
    first = NotificationService(bus)
    watched.nearly_due()
    watched.start()
    wait_until(lambda: watched.phase() == "asking" and len(first.shown) == 1, "it asked")
    first.stop()
    second = NotificationService(bus, ("Skip",))
    wait_until(lambda: watched.phase() is None, "the second service was asked")
    assert len(second.shown) == 1
    assert watched.end() == 0
    second.stop()


def test_broken_settings_are_told_and_the_last_good_ones_hold(bus: PrivateBus, watched: Watched) -> None:
    service = NotificationService(bus)
    watched.nearly_due()
    watched.start()
    wait_until(lambda: watched.phase() == "asking", "it asked")
    watched.places.settings_file.write_text("[breaks\n", encoding="utf-8")
    assert run("breaks").returncode == 1
    watched.places.settings_file.write_text(SETTINGS.replace("every = 45", "every = 50"), encoding="utf-8")
    assert run("breaks", "skip").returncode == 0
    assert watched.status()["next"]["rule"] == "every-50"
    watched.places.settings_file.write_text("[breaks\n", encoding="utf-8")
    assert watched.process
    ring(watched.places.breaks)
    wait_until(lambda: "the last good" in service.shown[-1][3], "a notice said so")
    assert watched.process.poll() is None
    service.stop()


def test_without_a_service_it_prints_and_can_be_answered_by_commands(bus: PrivateBus, watched: Watched) -> None:
    watched.nearly_due()
    watched.start()
    wait_until(lambda: watched.phase() == "asking", "it asked")
    assert run("breaks", "snooze", "7").stdout == "Snoozed for 7 minutes; 2 more possible.\n"
    assert 400 < watched.status()["prompt"]["seconds_left"] <= 420
    assert watched.process
    watched.process.terminate()
    _, told = watched.process.communicate(timeout=PATIENCE_SECONDS)
    assert "Time for a break" in told
    assert "stretch-coach breaks start, snooze or skip" in told
    assert bus.process.poll() is None


def test_a_break_that_cannot_be_opened_is_told_and_asked_for_again(bus: PrivateBus, watched: Watched) -> None:
    watched.places.settings_file.write_text(
        SETTINGS.replace("voice_only = true", "voice_only = false"), encoding="utf-8"
    )
    service = NotificationService(bus, ("Start",))
    watched.nearly_due()
    watched.start()
    wait_until(lambda: watched.phase() == "snoozed", "it was put off")  # there is no desktop to open a window on
    wait_until(lambda: service.shown[-1][3] == "The break could not be opened", "a notice said so")
    assert history() == []
    assert watched.end() == 0
    service.stop()


def test_a_pause_holds_whether_a_watcher_runs_or_not(bus: PrivateBus, watched: Watched) -> None:
    service = NotificationService(bus)
    assert "No watcher runs" in run("breaks", "pause", "1h").stdout
    watched.nearly_due()
    watched.start()
    assert watched.status()["paused_until"]
    time.sleep(1.5)
    assert service.shown == []
    run("breaks", "resume")
    wait_until(lambda: watched.phase() == "asking", "it asked when the pause was over")
    run("breaks", "pause", "today")
    wait_until(lambda: watched.phase() is None, "the prompt was taken away")
    assert watched.end() == 0
    service.stop()


def test_while_the_app_is_open_the_watcher_is_silent(bus: PrivateBus, watched: Watched) -> None:
    import fcntl  # noqa: PLC0415 - it is not on every system

    service = NotificationService(bus)
    watched.nearly_due()
    with watched.places.app_lock.open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        watched.start()
        assert watched.status()["app_open"]
        time.sleep(1.5)
        assert service.shown == []
    ring(watched.places.breaks)
    wait_until(lambda: len(service.shown) == 1, "it asked when the app was closed")
    assert watched.end() == 0
    service.stop()


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="only Linux tells")
def test_a_busy_bus_does_not_make_it_spin(bus: PrivateBus, watched: Watched) -> None:
    service = NotificationService(bus)
    watched.start()
    assert watched.process
    schedule = Path(f"/proc/{watched.process.pid}/schedstat")
    for number in range(50):
        service.say("ActionInvoked", "us", 9000 + number, "start")
    time.sleep(0.5)
    before = int(schedule.read_text(encoding="ascii").split()[0])
    time.sleep(2)
    spent = int(schedule.read_text(encoding="ascii").split()[0]) - before
    assert spent < 500_000_000  # one that spins spends all of the two seconds
    service.stop()


@pytest.mark.skipif(shutil.which("xdotool") is None or shutil.which("Xvfb") is None, reason="they are not installed")
def test_an_idle_seat_is_known_under_a_real_x_server(
    bus: PrivateBus, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = NotificationService(bus)
    read, write = os.pipe()
    server = subprocess.Popen(
        [shutil.which("Xvfb") or "", "-displayfd", str(write), "-screen", "0", "640x480x24"], pass_fds=[write]
    )
    os.close(write)
    try:
        monkeypatch.setenv("DISPLAY", f":{os.read(read, 16).decode().strip()}")
        subprocess.run([shutil.which("xdotool") or "", "mousemove", "10", "10"], check=True)
        watched.start()
        wait_until(lambda: watched.status()["seat"].startswith("X11"), "the seat was known")
        assert watched.end() == 0
    finally:
        os.close(read)
        server.terminate()
        server.wait()
        service.stop()
