"""What plays without a device. The real commands of CommandPlayer are in tests/e2e/test_voice_children.py."""

import asyncio
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stretch_coach.voice.fallback_players import BellPlayer, CommandPlayer, SilentPlayer
from stretch_coach.voice.sound import read_wav
from stretch_coach.voice.tones import Tone, make_tone

if TYPE_CHECKING:
    from stretch_coach.voice.players import Player

LATER = 600.0


class FakeProcess:
    """A command that plays until it is killed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.is_alive = True

    def kill(self) -> None:
        self.is_alive = False

    def wait(self, _seconds: float) -> None:
        assert not self.is_alive


class Commands:
    """The commands that were started."""

    def __init__(self) -> None:
        self.started: list[FakeProcess] = []
        self._news = asyncio.Queue[None]()

    def __call__(self, command: list[str], **_: object) -> FakeProcess:
        self.started.append(FakeProcess(Path(command[-1]).name))
        self._news.put_nowait(None)
        return self.started[-1]

    async def wait_started(self, count: int) -> FakeProcess:
        """Wait until `count` commands have been started, and return the last one."""
        while len(self.started) < count:
            await self._news.get()
        return self.started[count - 1]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    commands = Commands()
    monkeypatch.setattr(subprocess, "Popen", commands)
    return commands


class TestCommandPlayer:
    def run(self, folder: Path, test: Callable[[CommandPlayer], Awaitable[None]], commands: Commands) -> None:
        """Run a test with a player of two cues. None of its commands is left running."""

        async def with_player() -> None:
            player = CommandPlayer(["/usr/bin/paplay", "--latency-msec=20"], folder)
            player.load("Hold.", Path("hold.wav"))
            player.load("Rest.", Path("rest.wav"))
            await test(player)
            await player.close()

        asyncio.run(with_player())
        assert not any(process.is_alive for process in commands.started)

    def test_a_command_is_started_for_each_cue_at_its_instant(self, tmp_path: Path, commands: Commands) -> None:
        async def test(player: CommandPlayer) -> None:
            assert (player.name, player.plays_speech, player.plays_tones) == ("paplay", True, True)
            at = time.monotonic() + 0.02
            player.play("Rest.", at + 0.01)
            player.play("Hold.", at)
            player.play("unknown", at)
            first = await commands.wait_started(1)
            assert time.monotonic() >= at
            second = await commands.wait_started(2)
            assert (first.file, second.file) == ("hold.wav", "rest.wav")
            assert not first.is_alive

        self.run(tmp_path, test, commands)

    def test_tones_are_written_as_files(self, tmp_path: Path, commands: Commands) -> None:
        async def test(player: CommandPlayer) -> None:
            player.load_tone(Tone.SIDE, 0.5)
            player.play("side", time.monotonic())
            process = await commands.wait_started(1)
            assert read_wav(tmp_path / process.file) == make_tone(Tone.SIDE, 0.5)

        self.run(tmp_path, test, commands)

    def test_stopping_ends_the_command_and_drops_the_rest(self, tmp_path: Path, commands: Commands) -> None:
        async def test(player: CommandPlayer) -> None:
            player.play("Hold.", time.monotonic())
            process = await commands.wait_started(1)
            player.play("Hold.", time.monotonic())
            player.stop()
            assert not process.is_alive
            player.play("Rest.", time.monotonic())
            assert (await commands.wait_started(2)).file == "rest.wav"

        self.run(tmp_path, test, commands)

    def test_cancelling_lets_the_command_finish(self, tmp_path: Path, commands: Commands) -> None:
        async def test(player: CommandPlayer) -> None:
            player.play("Hold.", time.monotonic())
            process = await commands.wait_started(1)
            player.play("Rest.", time.monotonic())
            player.cancel_pending()
            await asyncio.sleep(0.001)
            assert process.is_alive

        self.run(tmp_path, test, commands)
        assert len(commands.started) == 1

    def test_a_missing_command_costs_the_cue_only(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> None:
            failed.set()
            raise FileNotFoundError

        async def test(player: CommandPlayer) -> None:
            player.play("Hold.", time.monotonic())
            await failed.wait()
            player.stop()

        failed = asyncio.Event()
        monkeypatch.setattr(subprocess, "Popen", fail)

        self.run(tmp_path, test, Commands())

    def test_an_unwritable_folder_costs_the_tones_only(self, tmp_path: Path) -> None:
        player = CommandPlayer(["player"], tmp_path / "none")
        player.load_tone(Tone.START, 1.0)
        player.play("start", 0.0)  # outside an event loop, any sound to play would raise an error


def test_the_bell_rings_for_tones_only() -> None:
    async def run() -> int:
        rings = asyncio.Queue[None]()
        player = BellPlayer(lambda: rings.put_nowait(None))
        assert (player.plays_speech, player.plays_tones) == (False, True)
        player.load("Hold.", Path("hold.wav"))
        player.load_tone(Tone.START, 1.0)
        player.play("Hold.", time.monotonic())
        player.play("start", time.monotonic())
        await rings.get()
        for silence in (player.cancel_pending, player.stop):
            player.play("start", time.monotonic())
            silence()
        player.play("end", time.monotonic() + LATER)
        await asyncio.sleep(0.001)
        await player.close()
        return rings.qsize()

    assert asyncio.run(run()) == 0


def test_the_silent_player_accepts_everything() -> None:
    player: Player = SilentPlayer()
    assert (player.plays_speech, player.plays_tones) == (False, False)
    player.load("Hold.", Path("hold.wav"))
    player.load_tone(Tone.START, 1.0)
    player.play("start", 0.0)
    player.cancel_pending()
    player.stop()
    asyncio.run(player.close())
