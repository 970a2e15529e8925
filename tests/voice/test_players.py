"""Choosing how to play: the first way that works here, in order. Real commands are in tests/e2e/."""

import asyncio
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.voice import players as module
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device_player import DevicePlayer
from stretch_coach.voice.fallback_players import BellPlayer, CommandPlayer, SilentPlayer
from stretch_coach.voice.players import Player, find_command, open_player
from tests.voice.fakes import Starter, play


def ring() -> None:
    """Ring."""


async def no_device() -> DevicePlayer:
    raise ChildError("no sound card")


def opened(folder: Path, bell: Callable[[], None] | None = ring) -> tuple[type[Player], str | None]:
    """Return which player is chosen where no device can be opened, and why."""
    player, why = asyncio.run(open_player(folder, bell, open_device=no_device))
    return type(player), why


Command = Callable[[str], None]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return what makes the system's command work, fail or be missing."""

    def set_up(state: str) -> None:
        async def can_play(*_: object) -> bool:
            return state == "works"

        monkeypatch.setattr(module, "find_command", lambda: None if state == "missing" else ["player"])
        monkeypatch.setattr(module, "_can_play", can_play)

    return set_up


class TestOrder:
    def test_a_device_comes_first(self, tmp_path: Path) -> None:
        async def run() -> None:
            player, why = await open_player(tmp_path, ring, open_device=lambda: DevicePlayer.open(Starter(play)))
            assert (type(player), why) == (DevicePlayer, None)
            await player.close()

        asyncio.run(run())

    def test_a_command_that_works_comes_second(self, tmp_path: Path, command: Command) -> None:
        command("works")
        assert opened(tmp_path) == (CommandPlayer, "no sound card")

    @pytest.mark.parametrize("state", ["fails", "missing"])
    def test_the_bell_comes_third(self, tmp_path: Path, command: Command, state: str) -> None:
        command(state)
        assert opened(tmp_path) == (BellPlayer, "no sound card")

    def test_without_a_terminal_nothing_plays(self, tmp_path: Path, command: Command) -> None:
        command("missing")
        assert opened(tmp_path, None) == (SilentPlayer, "no sound card")


class TestTrial:
    def test_a_command_that_cannot_be_started_is_not_chosen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "find_command", lambda: ["/nonexistent/player"])
        assert opened(tmp_path)[0] is BellPlayer
        assert list(tmp_path.iterdir()) == []

    def test_without_a_folder_for_files_no_command_is_chosen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "find_command", lambda: ["/bin/true"])
        (tmp_path / "a-file").touch()
        assert opened(tmp_path / "a-file" / "voice")[0] is BellPlayer


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
@pytest.mark.parametrize(
    ("installed", "command"),
    [
        ({"pw-play", "paplay", "aplay"}, ["/bin/pw-play"]),
        ({"paplay", "aplay"}, ["/bin/paplay", "--latency-msec=20"]),
        ({"aplay"}, ["/bin/aplay", "-q"]),
        ({"afplay"}, ["/bin/afplay"]),
        (set(), None),
    ],
)
def test_the_best_installed_command_is_found(
    monkeypatch: pytest.MonkeyPatch, installed: set[str], command: list[str] | None
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in installed else None)
    assert find_command() == command
