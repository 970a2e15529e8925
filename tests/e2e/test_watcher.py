"""The watcher as a real process, with a notification service on a real message bus."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.breaks.commands import WakePipe, wake
from stretch_coach.breaks.prompt import Phase
from stretch_coach.breaks.state import DayState, state_from_json, state_to_json
from stretch_coach.breaks.store import is_watching, load_day, state_file
from stretch_coach.journal.running import any_running
from stretch_coach.paths import Places
from tests.breaks.desktop.fake_bus import wait_until
from tests.e2e.buses import NOTIFICATIONS, NotificationService, PrivateBus, Service
from tests.e2e.displays import XServer
from tests.e2e.processes import PATIENCE_SECONDS, Terminal, find_command, history, run

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
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
TITLE = "One-minute micro-break"


class Watched:
    """The watcher of a home, and what it stores there."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.process: subprocess.Popen[str] | None = None
        places.config.mkdir(parents=True, exist_ok=True)
        places.settings_file.write_text(SETTINGS, encoding="utf-8")

    def start(self) -> None:
        """Start it, and wait until it has taken over."""
        command = [*find_command(), "breaks", "watch"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        wait_until(lambda: is_watching(self.places) and bool(self.about), "the watcher was running")

    def let_tick(self) -> None:
        """Wake it twice, and wait until it has noticed, so that there is a whole tick in between."""
        import fcntl  # noqa: PLC0415 - not on every system
        import termios  # noqa: PLC0415 - likewise

        with contextlib.closing(WakePipe(self.places.breaks)) as pipe:
            [handle] = pipe.descriptors()

            def is_empty() -> bool:
                return fcntl.ioctl(handle, termios.FIONREAD, bytes(4)) == bytes(4)

            for _ in range(2):
                wake(self.places.breaks)
                wait_until(is_empty, "it noticed")

    def end(self, number: int = signal.SIGTERM) -> int:
        """End it, and return its exit code."""
        assert self.process
        self.process.send_signal(number)
        self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def about(self) -> dict[str, str]:
        """What it says of itself."""
        return dict(load_day(self.places.breaks).about)

    @property
    def phase(self) -> Phase | None:
        """The phase of the prompt."""
        prompt = load_day(self.places.breaks).state.prompt
        return prompt.phase if prompt else None

    def status(self) -> dict[str, Any]:
        """Return what `breaks --json` prints."""
        status: dict[str, Any] = json.loads(run("breaks", "--json").stdout)
        return status

    def change(self, change: Callable[[DayState], DayState]) -> None:
        """Let time pass while no watcher is running, by changing what is stored."""
        file = state_file(self.places.breaks)
        data = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"about": {}, "unrecorded": []}
        state = change(state_from_json(data["state"]) if "state" in data else DayState())
        file.parent.mkdir(parents=True, exist_ok=True)
        stored = {**data, "format": 1, "state": state_to_json(state._replace(wall=time.time()))}
        file.write_text(json.dumps(stored), encoding="utf-8")

    def nearly_due(self) -> None:
        """Let 45 minutes of work pass, but for one second."""
        self.change(lambda state: state._replace(active=2699.0, resets={}))

    def nearly_end_snooze(self) -> None:
        """Let five minutes of snoozing pass, but for half a second."""

        def hurry(state: DayState) -> DayState:
            assert state.prompt
            assert state.prompt.phase is Phase.SNOOZED
            return state._replace(prompt=state.prompt._replace(left=0.5))

        self.change(hurry)

    def has_snoozed(self, times: int) -> bool:
        """Return whether the prompt is snoozed, for this many times."""
        prompt = load_day(self.places.breaks).state.prompt
        return prompt is not None and (prompt.phase, prompt.snoozes) == (Phase.SNOOZED, times)


@pytest.fixture
def watched(places: Places) -> Iterator[Watched]:
    """A watcher that is not left running."""
    one = Watched(places)
    yield one
    if one.process and one.process.poll() is None:
        one.process.kill()
        one.process.communicate()


class TestPrompts:
    def test_snooze_snooze_start_and_the_session_runs_and_is_recorded(self, bus: PrivateBus, watched: Watched) -> None:
        service = NotificationService(bus, ("Snooze 5 min", "Snooze 5 min", "Start"))
        watched.nearly_due()
        watched.start()
        for times in (1, 2):
            wait_until(lambda times=times: watched.has_snoozed(times), "it was snoozed")  # type: ignore[misc]  # bound now
            assert watched.end(signal.SIGKILL) == -signal.SIGKILL
            watched.nearly_end_snooze()
            watched.start()
        wait_until(lambda: watched.phase is Phase.STARTED and any_running(watched.places.running), "a session ran")
        assert watched.status()["today"] == {"started": 1, "snoozed": 2, "skipped": 0, "missed": 0, "natural": 0}
        wait_until(lambda: service.shown[-1][3] == TITLE, "a notification showed the session")
        service.send("ActionInvoked", "us", service.shown[-1][1] or 1, "stop")
        wait_until(lambda: bool(history()), "the session was recorded")
        [session] = history()
        assert (session["source"], session["routine"]) == ("break", "micro-break")
        assert [one[3:5] for one in service.shown[:3]] == [("Time for a break", f"{TITLE}.")] * 3
        assert watched.end() == 0
        service.stop()

    def test_a_watcher_killed_while_it_asks_does_not_ask_again_at_once(self, bus: PrivateBus, watched: Watched) -> None:
        service = NotificationService(bus)
        watched.nearly_due()
        watched.start()
        wait_until(lambda: len(service.shown) == 1 and watched.phase is Phase.ASKING, "it asked, and remembers it")
        watched.end(signal.SIGKILL)
        watched.start()
        assert watched.status()["prompt"]["phase"] == "asking"
        assert len(service.shown) == 1
        assert run("breaks", "skip").stdout == "Skipped.\n"
        assert watched.phase is None
        assert watched.status()["today"]["skipped"] == 1
        assert watched.end() == 0
        service.stop()

    def test_prompt_without_a_service_is_printed_and_answered_by_commands(
        self, bus: PrivateBus, watched: Watched
    ) -> None:
        assert bus.address
        watched.nearly_due()
        watched.start()
        wait_until(lambda: watched.phase is Phase.ASKING, "it asked")
        assert run("breaks", "snooze", "7").stdout == "Snoozed for 7 minutes. You can snooze it 2 more times.\n"
        assert 400 < watched.status()["prompt"]["seconds_left"] <= 420
        assert watched.process
        watched.process.terminate()
        _, printed = watched.process.communicate(timeout=PATIENCE_SECONDS)
        assert f"Time for a break: {TITLE}. Type `stretch-coach breaks start, snooze or skip`." in printed

    def test_a_break_that_cannot_be_opened_is_reported_and_asked_for_again(
        self, bus: PrivateBus, watched: Watched
    ) -> None:
        settings = SETTINGS.replace("voice_only = true", "voice_only = false")
        watched.places.settings_file.write_text(settings, encoding="utf-8")
        service = NotificationService(bus, ("Start",))
        watched.nearly_due()
        watched.start()
        wait_until(lambda: watched.phase is Phase.SNOOZED, "it was postponed")  # there is no display
        wait_until(lambda: service.shown[-1][3] == "The break could not be started", "a notification said so")
        assert history() == []
        assert watched.end() == 0
        service.stop()

    def test_a_pause_holds_whether_or_not_a_watcher_is_running(self, bus: PrivateBus, watched: Watched) -> None:
        service = NotificationService(bus)
        assert "No watcher is running" in run("breaks", "pause", "1h").stdout
        watched.nearly_due()
        watched.start()
        watched.let_tick()
        assert watched.status()["paused_until"]
        assert service.shown == []
        run("breaks", "resume")
        wait_until(lambda: watched.phase is Phase.ASKING, "it asked after the pause")
        run("breaks", "pause", "today")
        wait_until(lambda: watched.phase is None, "the prompt disappeared")
        assert watched.end() == 0
        service.stop()

    def test_watcher_is_silent_while_the_app_is_open(self, bus: PrivateBus, watched: Watched) -> None:
        import fcntl  # noqa: PLC0415 - not on every system

        service = NotificationService(bus)
        watched.change(lambda state: state._replace(active=2700.0, resets={}))  # it asks at its first tick
        with watched.places.app_lock.open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            command = [*find_command(), "breaks", "watch"]
            watched.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
            wait_until(lambda: is_watching(watched.places), "the watcher was running")
            watched.let_tick()
            assert service.shown == []
        wake(watched.places.breaks)
        wait_until(lambda: len(service.shown) == 1, "it asked once the app was closed")
        assert watched.end() == 0
        service.stop()


class TestLife:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    def test_a_signal_ends_it_silently(self, bus: PrivateBus, watched: Watched, number: int) -> None:
        service = NotificationService(bus)
        watched.start()
        assert watched.process
        watched.process.send_signal(number)
        _, printed = watched.process.communicate(timeout=PATIENCE_SECONDS)
        assert (watched.process.returncode, printed) == (0, "")
        assert not watched.status()["watching"]
        service.stop()

    def test_a_second_one_is_refused_and_one_that_was_killed_is_no_obstacle(
        self, bus: PrivateBus, watched: Watched
    ) -> None:
        service = NotificationService(bus)
        watched.start()
        second = run("breaks", "watch")
        assert (second.returncode, second.stderr) == (
            1,
            "stretch-coach: breaks: a watcher is already running. `stretch-coach breaks` shows what it does.\n",
        )
        watched.end(signal.SIGKILL)
        watched.start()
        assert watched.end() == 0
        service.stop()

    def test_invalid_settings_are_reported_and_the_last_valid_ones_apply(
        self, bus: PrivateBus, watched: Watched
    ) -> None:
        service = NotificationService(bus)
        watched.start()
        watched.places.settings_file.write_text("[breaks\n", encoding="utf-8")
        assert run("breaks").returncode == 1
        wake(watched.places.breaks)
        wait_until(lambda: bool(service.shown) and "last valid" in service.shown[-1][3], "a notification said so")
        assert watched.is_alive
        assert watched.end() == 0
        service.stop()

    def test_watcher_in_a_terminal_says_what_it_does(
        self, bus: PrivateBus, watched: Watched, terminal: Callable[..., Terminal]
    ) -> None:
        service = NotificationService(bus)
        screen = terminal("breaks", "watch")
        screen.wait_for("Watching until Ctrl+C. Idle time: unknown. Prompts: desktop notifications (fake).")
        screen.wait_for("Next break at")
        screen.process.send_signal(signal.SIGINT)
        assert screen.process.wait(PATIENCE_SECONDS) == 0
        assert not is_watching(watched.places)
        service.stop()

    @pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="only Linux reports CPU time like this")
    def test_a_busy_bus_does_not_make_the_watcher_spin(self, bus: PrivateBus, watched: Watched) -> None:
        service = NotificationService(bus)
        watched.nearly_due()
        watched.start()
        assert watched.process
        schedule = Path(f"/proc/{watched.process.pid}/schedstat")
        wait_until(lambda: watched.phase is Phase.ASKING and bool(service.shown), "it asked")
        for number in range(50):
            service.send("ActionInvoked", "us", 9000 + number, "start")
        service.send("ActionInvoked", "us", service.shown[-1][1] or 1, "skip")
        wait_until(lambda: watched.phase is None, "it had read all signals")
        readings = list(range(30))

        def is_idle() -> bool:
            """Return whether it has used no CPU time for 30 readings in a row."""
            readings[:] = [*readings[1:], int(schedule.read_text(encoding="ascii").split()[0])]
            return len(set(readings)) == 1

        wait_until(is_idle, "it waited instead of spinning")
        service.stop()


class TestDesktop:
    def test_a_prompt_moves_to_the_next_service_at_once(self, bus: PrivateBus, watched: Watched) -> None:
        first = NotificationService(bus)
        watched.nearly_due()
        watched.start()
        wait_until(lambda: watched.phase is Phase.ASKING and len(first.shown) == 1, "it asked")
        first.stop()
        wait_until(lambda: "notification service" in watched.about["trouble"], "the loss was noticed")
        second = NotificationService(bus, ("Skip",))
        wait_until(lambda: watched.phase is None, "the second service was used")
        assert len(second.shown) == 1
        wait_until(lambda: watched.about["trouble"] == "", "the trouble was over")
        assert watched.end() == 0
        second.stop()

    def test_a_bus_that_ends_leaves_the_watcher_waiting(self, bus: PrivateBus, watched: Watched) -> None:
        service = NotificationService(bus)
        watched.start()
        bus.process.kill()
        bus.process.wait()
        wait_until(lambda: bool(watched.about["trouble"]), "the loss was noticed")
        service.stop()
        assert run("breaks").returncode == 0
        assert watched.is_alive
        assert watched.end() == 0

    def test_a_bus_that_ends_while_a_prompt_is_shown_leaves_it_as_a_line_of_text(
        self, bus: PrivateBus, watched: Watched
    ) -> None:
        service = NotificationService(bus)
        watched.nearly_due()
        watched.start()
        wait_until(lambda: bool(service.shown), "it asked")
        counted = load_day(watched.places.breaks).state.active
        bus.process.kill()
        bus.process.wait()
        wait_until(lambda: watched.about["prompter"] == "lines of text", "the next way to ask was tried")
        service.stop()
        assert watched.phase is Phase.ASKING
        assert load_day(watched.places.breaks).state.active >= counted
        assert watched.process
        watched.process.terminate()
        _, printed = watched.process.communicate(timeout=PATIENCE_SECONDS)
        assert printed.count(f"Time for a break: {TITLE}. Type `stretch-coach breaks start, snooze or skip`.") == 1

    def test_a_seat_counts_as_empty_when_its_x_server_ends(
        self, bus: PrivateBus, watched: Watched, x_server: XServer
    ) -> None:
        service = NotificationService(bus)
        assert x_server.run("xdotool", "mousemove", "10", "10").wait() == 0
        watched.start()
        assert watched.about["seat"] == "X11"
        x_server.process.kill()
        x_server.process.wait()

        def is_away() -> bool:
            wake(watched.places.breaks)
            return bool(watched.status()["seat"] == "waiting for the desktop")

        wait_until(is_away, "the loss was noticed")
        assert "waiting for the desktop" in run("breaks").stdout
        assert watched.is_alive
        assert watched.end() == 0
        service.stop()


WRONG: dict[str, tuple[str, tuple[str, tuple[Any, ...]]]] = {
    "capabilities are a number": ("GetCapabilities", ("u", (5,))),
    "capabilities are nothing": ("GetCapabilities", ("", ())),
    "capabilities are nested": ("GetCapabilities", ("aas", ([["a"]],))),
    "information is nothing": ("GetServerInformation", ("", ())),
    "information has escapes": ("GetServerInformation", ("ssss", ("\x1b]0;PWN\x07X", "v", "1", "1.2"))),
    "the id is a text": ("Notify", ("s", ("abc",))),
    "the id is nothing": ("Notify", ("", ())),
}


class TestHostileService:
    """The bus passes on whatever a service says."""

    @pytest.fixture(autouse=True)
    def with_something_to_show(self, watched: Watched) -> None:
        watched.places.settings_file.write_text(SETTINGS + "[bogus]\n", encoding="utf-8")

    def check(self, watched: Watched) -> None:
        assert "".join(watched.about.values()).isprintable()
        assert watched.is_alive
        assert watched.process
        watched.process.terminate()
        _, printed = watched.process.communicate(timeout=PATIENCE_SECONDS)
        assert "Traceback" not in printed
        assert "\x1b" not in printed
        assert watched.process.returncode == 0

    @pytest.mark.parametrize("case", WRONG)
    def test_wrong_replies(self, bus: PrivateBus, watched: Watched, case: str) -> None:
        wrong_member, wrong_reply = WRONG[case]
        right: dict[str, tuple[str, tuple[Any, ...]]] = {
            "GetCapabilities": ("as", (["actions"],)),
            "GetServerInformation": ("ssss", ("fake", "", "", "")),
            "Notify": ("u", (7,)),
        }
        replies = {**right, wrong_member: wrong_reply}
        service = Service(bus, NOTIFICATIONS, lambda member, _: replies[member])
        watched.start()
        wait_until(lambda: any(member == wrong_member for member, _ in service.calls), "it was asked")
        self.check(watched)
        service.stop()

    @pytest.mark.parametrize(
        ("member", "signature", "argument"),
        [
            ("ActionInvoked", "as", ["start"]),
            ("ActionInvoked", "s", "$(touch PWNED); \x1b[2J"),
            ("NotificationClosed", "a{ss}", {"a": "b"}),
        ],
    )
    def test_wrong_signals(
        self, bus: PrivateBus, watched: Watched, member: str, signature: str, argument: object
    ) -> None:
        service = NotificationService(bus)
        watched.start()
        wait_until(lambda: bool(service.shown), "a notification was shown")
        for _ in range(200):
            service.send(member, f"u{signature}", 1, argument)
        self.check(watched)
        service.stop()


class TestFullAndReadOnlyDisks:
    @pytest.fixture
    def disk(self, places: Places) -> Iterator[Path]:
        """A file system of its own, in place of the home."""
        places.state.mkdir(parents=True)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(places.state)],  # noqa: S607 - the system's
            check=False,
            capture_output=True,
        )
        if mounted.returncode:
            pytest.skip("needs to mount a file system")
        yield places.state
        subprocess.run(["umount", "-l", str(places.state)], check=True)  # noqa: S607 - likewise

    @pytest.mark.parametrize("command", [["pause", "1h"], ["resume"], ["watch"]])
    def test_a_read_only_disk_is_reported_in_one_line_that_names_the_file(
        self, disk: Path, places: Places, command: list[str]
    ) -> None:
        assert run("breaks", "pause", "1h").returncode == 0
        (places.breaks / "watch.lock").touch()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)  # noqa: S607 - the system's
        ended = run("breaks", *command)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
        assert ended.stderr.startswith(f"stretch-coach: {places.breaks}")
        assert "Read-only file system" in ended.stderr

    def test_a_full_disk_is_reported_in_one_line_that_names_the_file(self, disk: Path, places: Places) -> None:
        assert run("breaks", "pause", "1h").returncode == 0
        with (disk / "filling").open("wb", buffering=0) as filling, contextlib.suppress(OSError):
            while True:
                filling.write(b"\0" * 4096)
        ended = run("breaks", "pause", "2h")
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
        assert f"{places.breaks / 'pause.json'} cannot be written (No space left on device)" in ended.stderr
        assert run("breaks", "--json").returncode == 0
