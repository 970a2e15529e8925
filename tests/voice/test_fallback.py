"""What plays without a device: a program for each cue, the terminal's bell, or nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stretch_coach.voice.fallback import BellPlayer, CommandPlayer, SilentPlayer
from stretch_coach.voice.sound import read_wav
from stretch_coach.voice.tones import Tone, make_tone
from tests.voice.children import Reports, is_alive, script

if TYPE_CHECKING:
    from stretch_coach.voice.player import Player

PROGRAM = "report(event='plays', file=sys.argv[2]); hang()"
"""Plays for ever."""

LATER = 600


def with_program(folder: Path, test: Callable[[CommandPlayer, Reports], Awaitable[None]], body: str = PROGRAM) -> None:
    async def run() -> list[int]:
        async with Reports(folder) as reports:
            player = CommandPlayer(script(body, reports.path), folder)
            await test(player, reports)
            await player.close()
            return reports.pids

    assert not [pid for pid in asyncio.run(run()) if is_alive(pid)]


async def plays(reports: Reports) -> tuple[str, int]:
    """What the program plays next, and its process."""
    told = await reports.next("plays")
    return Path(told["file"]).name, told["pid"]


def test_a_program_is_started_for_each_cue_at_its_instant(tmp_path: Path) -> None:
    async def test(player: CommandPlayer, reports: Reports) -> None:
        assert (player.speaks, player.sounds) == (True, True)
        assert player.name.startswith("python")
        player.load("Hold.", tmp_path / "hold.wav")
        player.load("Rest.", tmp_path / "rest.wav")
        at = time.monotonic() + 0.05
        player.play("Rest.", at + 0.05)
        player.play("Hold.", at)
        player.play("unknown", at)
        first, pid = await plays(reports)
        assert first == "hold.wav"
        assert time.monotonic() >= at
        assert (await plays(reports))[0] == "rest.wav"
        assert not is_alive(pid)  # one at a time

    with_program(tmp_path, test)


def test_tones_are_written_as_files(tmp_path: Path) -> None:
    async def test(player: CommandPlayer, reports: Reports) -> None:
        player.load_tone(Tone.SIDE, 0.5)
        player.play("side", time.monotonic())
        file, _ = await plays(reports)
        assert read_wav(tmp_path / file) == make_tone(Tone.SIDE, 0.5)

    with_program(tmp_path, test)


def test_hushed_it_is_silent_at_once_and_stays_so(tmp_path: Path) -> None:
    async def test(player: CommandPlayer, reports: Reports) -> None:
        player.load("Hold.", tmp_path / "hold.wav")
        player.load("Rest.", tmp_path / "rest.wav")
        player.play("Hold.", time.monotonic())
        _, pid = await plays(reports)
        player.play("Hold.", time.monotonic())
        player.hush()
        assert not is_alive(pid)
        player.play("Rest.", time.monotonic())
        assert (await plays(reports))[0] == "rest.wav"

    with_program(tmp_path, test)


def test_what_sounds_is_finished_when_the_rest_is_forgotten(tmp_path: Path) -> None:
    async def test(player: CommandPlayer, reports: Reports) -> None:
        player.load("Hold.", tmp_path / "hold.wav")
        player.play("Hold.", time.monotonic())
        _, pid = await plays(reports)
        player.play("Hold.", time.monotonic())
        player.forget()
        await asyncio.sleep(0)
        assert is_alive(pid)

    with_program(tmp_path, test)


def test_a_program_that_is_gone_costs_a_cue_and_no_more(tmp_path: Path) -> None:
    async def run() -> None:
        player = CommandPlayer(["/nonexistent/player"], tmp_path)
        player.load("Hold.", tmp_path / "hold.wav")
        player.play("Hold.", time.monotonic())
        await asyncio.sleep(0.01)
        player.hush()
        await player.close()

    asyncio.run(run())


def test_a_folder_that_takes_no_tones_costs_the_tones(tmp_path: Path) -> None:
    player = CommandPlayer(["/nonexistent/player"], tmp_path / "none")
    player.load_tone(Tone.START, 1.0)
    player.play("start", 0.0)  # nothing was loaded: no loop is needed


def test_the_bell_rings_for_tones_alone() -> None:
    async def run() -> list[str]:
        rung: list[str] = []
        heard = asyncio.Event()

        def ring() -> None:
            rung.append("bell")
            heard.set()

        player = BellPlayer(ring)
        assert (player.speaks, player.sounds) == (False, True)
        player.load("Hold.", Path("hold.wav"))
        player.load_tone(Tone.START, 1.0)
        player.play("Hold.", time.monotonic())
        player.play("start", time.monotonic())
        await heard.wait()
        for silence in (player.forget, player.hush):
            player.play("start", time.monotonic())
            silence()
        player.play("end", time.monotonic() + LATER)
        await asyncio.sleep(0.01)
        await player.close()
        return rung

    assert asyncio.run(run()) == ["bell"]


@pytest.mark.parametrize("at", [0.0, float(LATER)])
def test_without_sound_everything_may_be_asked_and_nothing_happens(at: float) -> None:
    player: Player = SilentPlayer()
    assert (player.name, player.speaks, player.sounds) == ("no sound", False, False)
    player.load("Hold.", Path("hold.wav"))
    player.load_tone(Tone.START, 1.0)
    player.play("start", at)
    player.forget()
    player.hush()
    asyncio.run(player.close())
