"""Real child processes that misbehave in every way: none holds up its parent or is left over."""

import asyncio
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

import pytest

from stretch_coach.voice import child as child_module
from stretch_coach.voice import players as players_module
from stretch_coach.voice.cache import Cache, VoiceParams
from stretch_coach.voice.child import Child, ChildError
from stretch_coach.voice.device_player import DevicePlayer
from stretch_coach.voice.fallback_players import BellPlayer, CommandPlayer
from stretch_coach.voice.players import open_player
from stretch_coach.voice.renderer import Renderer
from tests.e2e.processes import PATIENCE_SECONDS

pytestmark = pytest.mark.e2e

NEVER_SECONDS = 600
"""How long a child hangs; it is always killed before."""

PRELUDE = f"""
import json, os, sys, time
def say(**message):
    print(json.dumps(message), flush=True)
def report(**message):
    with open(sys.argv[1], "w") as reports:
        reports.write(json.dumps({{"pid": os.getpid(), **message}}) + "\\n")
def hang():
    time.sleep({NEVER_SECONDS})
report(event="born")
"""

READY = "say(event='ready', source='fake')\n"
ECHO = READY + "for line in sys.stdin: report(event='got', message=json.loads(line))\n"
HOSTILE = {
    "dies": "os._exit(1)",
    "kills itself": "os.kill(os.getpid(), 9)",
    "hangs": "hang()",
    "closes its input": "os.close(0); hang()",
    "closes its output": "os.close(1); hang()",
    "writes garbage": "os.write(1, b'\\xff\\x00{[\\n' * 50); hang()",
    "writes without end": "\nwhile True: os.write(1, b'{}\\n' * 1000)",
    "writes a line without end": "\nwhile True: os.write(1, b'x' * 10000)",
    "nests without end": "os.write(1, b'[' * 60000 + b'\\n'); hang()",
    "replies about something else": "say(event='done', id='other'); hang()",
    "replies with other types": "say(event=['done'], id={'a': 1}, error=[None], bursts='many'); hang()",
    "floods standard error": "os.write(2, b'ALSA lib pcm.c: cannot\\n' * 50_000); hang()",
    "leaves a child of its own": "\nif os.fork(): os._exit(0)\ntime.sleep(5)",
    "ignores signals": "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); hang()",
}
"""What a child does when it gets its first request."""

BAD_STARTS = {
    "hangs": ("hang()", "it did not start in time"),
    "crashes": ("raise SystemExit('no engine')", "it ended while starting"),
    "is ended by its library": ("os._exit(1)", "it ended while starting"),
    "gives a reason": ("say(event='fatal', error='no \\x1b[31mlibrary'); hang()", "no \\u001b[31mlibrary"),
    "gives a reason and ends": ("say(event='fatal', error='no library')", "no library"),
    "says something else": ("say(event='hello'); hang()", "it ended while starting"),
    "writes garbage": ("print('[]\\n1\\nerror', flush=True)", "it ended while starting"),
    "writes without end": ("\nwhile True: os.write(1, b'x' * 10000)", "it ended while starting"),
}


def hostile_body(how: str) -> str:
    return READY + "sys.stdin.readline()\n" + HOSTILE[how]


class Reports:
    """A named pipe where children report what happens to them, for as long as the block runs."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "reports"
        self._reader = asyncio.StreamReader()
        self.pids: list[int] = []

    async def __aenter__(self) -> Self:
        os.mkfifo(self.path)
        # Open for writing as well, so that it does not end when a child has reported.
        pipe = self.path.open("r+b", buffering=0)
        protocol = asyncio.StreamReaderProtocol(self._reader)
        self._transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._transport.close()

    def command(self, body: str) -> list[str]:
        """Return the command of a child that does this."""
        return [sys.executable, "-I", "-c", PRELUDE + body, str(self.path)]

    async def next(self, event: str) -> dict[str, Any]:
        """Wait for the next report of an event."""
        while True:
            report: dict[str, Any] = json.loads(await asyncio.wait_for(self._reader.readline(), PATIENCE_SECONDS))
            if report["event"] == "born":
                self.pids.append(report["pid"])
            if report["event"] == event:
                return report

    async def read_all(self) -> None:
        """Read what was reported so far by children that have ended."""
        with self.path.open("w") as mark:
            mark.write(json.dumps({"pid": 0, "event": "mark"}) + "\n")
        await self.next("mark")


def run(folder: Path, test: Callable[[Reports], Awaitable[None]]) -> list[int]:
    """Run a test, and return the processes of its children, none of which is left."""

    async def with_reports() -> list[int]:
        async with Reports(folder) as reports:
            await asyncio.wait_for(test(reports), PATIENCE_SECONDS)
            await reports.read_all()
            return reports.pids

    pids = asyncio.run(with_reports())
    gc.collect()  # a pipe that was left open is a warning, and so a failure, here rather than in another test
    assert not [pid for pid in pids if is_running(pid)]
    return pids


def is_running(pid: int) -> bool:
    """Return whether there is such a process, ended or not, that nobody has waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class TestStarting:
    def test_the_greeting_is_kept(self, tmp_path: Path) -> None:
        async def test(reports: Reports) -> None:
            child = await Child.start(reports.command(READY))
            assert child.greeting == {"event": "ready", "source": "fake"}
            await child.close()
            assert not child.alive

        assert len(run(tmp_path, test)) == 1

    @pytest.mark.parametrize("how", BAD_STARTS)
    def test_a_child_that_does_not_start_is_gone_and_the_cause_given(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
    ) -> None:
        body, cause = BAD_STARTS[how]
        if how == "hangs":
            monkeypatch.setattr(child_module, "CHILD_START_SECONDS", 0.4)

        async def test(reports: Reports) -> None:
            with pytest.raises(ChildError) as failed:
                await Child.start(reports.command(body))
            assert str(failed.value) == cause

        run(tmp_path, test)

    def test_a_missing_program_cannot_be_started(self) -> None:
        with pytest.raises(ChildError, match="No such file"):
            asyncio.run(Child.start(["/nonexistent/program"]))

    def test_a_cancelled_start_leaves_no_process(self, tmp_path: Path) -> None:
        async def test(reports: Reports) -> None:
            starting = asyncio.create_task(Child.start(reports.command("hang()")))
            await reports.next("born")
            starting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await starting

        assert len(run(tmp_path, test)) == 1

    def test_ctrl_c_in_the_terminal_does_not_reach_it(self, tmp_path: Path) -> None:
        async def test(reports: Reports) -> None:
            child = await Child.start(reports.command(READY + "hang()"))
            pid = (await reports.next("born"))["pid"]
            assert os.getpgid(pid) == pid != os.getpgid(0)
            await child.close()

        run(tmp_path, test)


class TestEnding:
    @pytest.mark.parametrize("how", HOSTILE)
    def test_a_hostile_child_can_be_written_to_and_is_gone_when_closed(self, tmp_path: Path, how: str) -> None:
        async def test(reports: Reports) -> None:
            child = await Child.start(reports.command(hostile_body(how)))
            for _ in range(100):
                child.send(op="play", text="x" * 20_000)
                await asyncio.sleep(0)
            await child.close()
            assert not child.alive
            await child.close()

        run(tmp_path, test)

    def test_a_child_that_reads_ends_by_itself(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(child_module, "CHILD_END_SECONDS", PATIENCE_SECONDS)

        async def test(reports: Reports) -> None:
            child = await Child.start(reports.command(ECHO))
            await child.close()

        run(tmp_path, test)

    def test_a_cancelled_close_leaves_no_process(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(child_module, "CHILD_END_SECONDS", PATIENCE_SECONDS)

        async def test(reports: Reports) -> None:
            child = await Child.start(reports.command(READY + "hang()"))
            ending = asyncio.create_task(child.close())
            await asyncio.sleep(0)
            ending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await ending
            assert not child.alive

        run(tmp_path, test)


def test_messages_arrive_whole_and_in_order(tmp_path: Path) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(reports.command(ECHO))
        sent: list[dict[str, Any]] = [{"op": "play", "key": "肩\n\u2028", "at": 0.1 + 0.2}, {"op": "stop"}]
        for message in sent:
            child.send(**message)
        assert [(await reports.next("got"))["message"] for _ in sent] == sent
        await child.close()

    run(tmp_path, test)


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_engine_costs_a_cue_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr("stretch_coach.voice.renderer.DEADLINE_SECONDS", 0.1)

    async def test(reports: Reports) -> None:
        renderer = Renderer(
            Cache(tmp_path / "voice"),
            VoiceParams("", 160, 1.0, "fake"),
            "en",
            lambda: Child.start(reports.command(hostile_body(how))),
        )
        assert await renderer.render("Hold.") is None
        assert renderer.trouble
        assert renderer.trouble.isprintable()
        await renderer.close()

    run(tmp_path, test)


class TestDevicePlayer:
    def test_a_killed_child_is_replaced_and_sent_everything(self, tmp_path: Path) -> None:
        async def test(reports: Reports) -> None:
            player = await DevicePlayer.open(lambda: Child.start(reports.command(ECHO)))
            pid = (await reports.next("born"))["pid"]
            player.load("Hold.", tmp_path / "a.wav")
            player.play("Hold.", time.monotonic() + NEVER_SECONDS)
            before = [(await reports.next("got"))["message"] for _ in range(2)]
            os.kill(pid, signal.SIGKILL)
            assert [(await reports.next("got"))["message"] for _ in range(2)] == before
            await player.close()

        assert len(run(tmp_path, test)) == 2

    def test_closing_during_a_replacement_leaves_no_process(self, tmp_path: Path) -> None:
        async def test(reports: Reports) -> None:
            bodies = [ECHO, "hang()"]
            player = await DevicePlayer.open(lambda: Child.start(reports.command(bodies.pop(0))))
            os.kill((await reports.next("born"))["pid"], signal.SIGKILL)
            await reports.next("born")
            await player.close()

        assert len(run(tmp_path, test)) == 2

    @pytest.mark.parametrize("how", HOSTILE)
    def test_a_hostile_device_never_holds_up_the_session(self, tmp_path: Path, how: str) -> None:
        async def test(reports: Reports) -> None:
            player = await DevicePlayer.open(lambda: Child.start(reports.command(hostile_body(how))))
            for number in range(20):
                player.load(f"{number}", tmp_path / "a.wav")
                player.play(f"{number}", time.monotonic() + number)
                await asyncio.sleep(0.005)
            player.stop()
            await player.close()

        run(tmp_path, test)


class TestCommands:
    """Commands of the system that play."""

    def chosen(self, folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> type:
        async def no_device() -> DevicePlayer:
            raise ChildError("no device")

        async def test(reports: Reports) -> None:
            monkeypatch.setattr(players_module, "find_command", lambda: reports.command(body))
            player, _ = await open_player(folder / "voice", lambda: None, open_device=no_device)
            await player.close()
            players.append(type(player))

        players: list[type] = []
        run(folder, test)
        assert list((folder / "voice").iterdir()) == []
        return players[0]

    def test_a_command_that_plays_is_chosen(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        reads = "assert open(sys.argv[2], 'rb').read(4) == b'RIFF'"
        assert self.chosen(tmp_path, monkeypatch, reads) is CommandPlayer

    @pytest.mark.parametrize("body", ["raise SystemExit('no sound card')", "os._exit(1)", "hang()"])
    def test_a_command_that_fails_or_hangs_is_not_chosen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
    ) -> None:
        monkeypatch.setattr(players_module, "TRIAL_SECONDS", 0.4)
        assert self.chosen(tmp_path, monkeypatch, body) is BellPlayer

    def test_a_stopped_command_is_gone(self, tmp_path: Path) -> None:
        async def test(reports: Reports) -> None:
            player = CommandPlayer(reports.command("report(event='plays'); hang()"), tmp_path)
            player.load("Hold.", tmp_path / "hold.wav")
            player.play("Hold.", time.monotonic())
            pid = (await reports.next("plays"))["pid"]
            player.stop()
            assert not is_running(pid)
            await player.close()

        run(tmp_path, test)
