"""Choosing how to play: the first way that works here, in order."""

import asyncio
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.voice import players as players_module
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device import DevicePlayer
from stretch_coach.voice.fallback import BellPlayer, CommandPlayer, SilentPlayer
from stretch_coach.voice.player import Player
from stretch_coach.voice.players import find_program, open_player
from tests.voice.children import PLAYER, Reports, is_alive, script


async def no_device() -> DevicePlayer:
    raise ChildError("no sound card")


def ring() -> None:
    """Ring."""


Open = Callable[..., tuple[type[Player], str | None, list[int]]]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """What is chosen where no device can be opened, and the system's program does this."""

    def choose(
        program: str | None, bell: Callable[[], None] | None = ring, folder: Path = tmp_path / "voice"
    ) -> tuple[type[Player], str | None, list[int]]:
        async def run() -> tuple[type[Player], str | None, list[int]]:
            async with Reports(tmp_path) as reports:
                command = script(program, reports.path) if program else None
                monkeypatch.setattr(players_module, "find_program", lambda: command)
                player, why = await open_player(folder, bell, open_device=no_device)
                await player.close()
                await reports.so_far()
                return type(player), why, reports.pids

        return asyncio.run(run())

    return choose


def test_a_device_comes_first(tmp_path: Path) -> None:
    async def run() -> None:
        async with Reports(tmp_path) as reports:
            player, why = await open_player(
                tmp_path, ring, open_device=lambda: DevicePlayer.open(script(PLAYER, reports.path))
            )
            assert (type(player), why) == (DevicePlayer, None)
            await player.close()

    asyncio.run(run())


def test_then_a_program_that_can_play(opened: Open, tmp_path: Path) -> None:
    played = "assert open(sys.argv[2], 'rb').read(4) == b'RIFF'"
    assert opened(played)[:2] == (CommandPlayer, "no sound card")
    assert list((tmp_path / "voice").iterdir()) == []


@pytest.mark.parametrize("program", [None, "raise SystemExit('no sound card')", "os._exit(1)"])
@pytest.mark.parametrize(("bell", "chosen"), [(ring, BellPlayer), (None, SilentPlayer)])
def test_then_the_bell_then_nothing(
    opened: Open, program: str | None, bell: Callable[[], None] | None, chosen: type[Player]
) -> None:
    assert opened(program, bell)[:2] == (chosen, "no sound card")


def test_a_program_that_hangs_is_not_chosen_and_ended(opened: Open) -> None:
    chosen, _, pids = opened("hang()")
    assert chosen is BellPlayer
    assert len(pids) == 1
    assert not is_alive(pids[0])


def test_without_a_folder_no_program_can_play(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    assert opened("pass", ring, tmp_path / "a-file" / "voice")[0] is BellPlayer


def test_a_program_that_cannot_be_started_is_not_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(players_module, "find_program", lambda: ["/nonexistent/player"])
    player, _ = asyncio.run(open_player(tmp_path, None, open_device=no_device))
    assert isinstance(player, SilentPlayer)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
@pytest.mark.parametrize(
    ("there", "command"),
    [
        ({"pw-play", "paplay", "aplay"}, ["/bin/pw-play"]),
        ({"paplay", "aplay"}, ["/bin/paplay", "--latency-msec=20"]),
        ({"aplay"}, ["/bin/aplay", "-q"]),
        ({"afplay"}, ["/bin/afplay"]),
        (set(), None),
    ],
)
def test_the_systems_program(monkeypatch: pytest.MonkeyPatch, there: set[str], command: list[str] | None) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in there else None)
    assert find_program() == command
