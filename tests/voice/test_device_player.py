"""Playing through a child: what it is told, and that one that dies is replaced and told again."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.voice import child as child_module
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device import DevicePlayer
from stretch_coach.voice.tones import Tone
from tests.voice.children import BAD_STARTS, PLAYER, Reports, is_alive, script


def with_player(folder: Path, test: Callable[[DevicePlayer, Reports], Awaitable[None]], body: str = PLAYER) -> None:
    """Run a test with a player; its children are gone afterwards."""

    async def run() -> list[int]:
        async with Reports(folder) as reports:
            player = await DevicePlayer.open(script(body, reports.path))
            await test(player, reports)
            begun = time.monotonic()
            await player.close()
            assert time.monotonic() - begun < child_module.END_SECONDS + 1
            await reports.so_far()
            return reports.pids

    assert not [pid for pid in asyncio.run(run()) if is_alive(pid)]


async def got(reports: Reports) -> dict[str, Any]:
    """What the child was told next."""
    message: dict[str, Any] = (await reports.next("got"))["message"]
    return message


def test_it_is_told_everything_in_order(tmp_path: Path) -> None:
    async def test(player: DevicePlayer, reports: Reports) -> None:
        assert (player.name, player.speaks, player.sounds) == ("fake device", True, True)
        player.load("Hold.", tmp_path / "a.wav")
        player.load("Hold.", tmp_path / "a.wav")
        player.load_tone(Tone.START, 0.5)
        player.play("Hold.", 12.5)
        player.forget()
        player.hush()
        assert [await got(reports) for _ in range(5)] == [
            {"op": "load", "key": "Hold.", "path": str(tmp_path / "a.wav")},
            {"op": "tone", "key": "start", "tone": "start", "volume": 0.5},
            {"op": "play", "key": "Hold.", "at": 12.5},
            {"op": "forget"},
            {"op": "hush"},
        ]

    with_player(tmp_path, test)


def test_one_that_is_killed_is_replaced_and_told_what_it_needs(tmp_path: Path) -> None:
    async def test(player: DevicePlayer, reports: Reports) -> None:
        pid = (await reports.next("started"))["pid"]
        now = time.monotonic()
        player.load("Hold.", tmp_path / "a.wav")
        player.load_tone(Tone.COUNT, 1.0)
        player.play("Hold.", now - 1)  # has been
        player.play("count", now + 600)
        player.play("count", now + 601)
        before = [await got(reports) for _ in range(5)]
        os.kill(pid, signal.SIGKILL)
        assert (await reports.next("started"))["pid"] != pid
        assert [await got(reports) for _ in range(4)] == [*before[:2], *before[3:]]
        player.play("Hold.", now + 700)
        assert (await got(reports))["at"] == now + 700

    with_player(tmp_path, test)


@pytest.mark.parametrize("silence", [DevicePlayer.forget, DevicePlayer.hush])
def test_what_was_taken_back_is_not_repeated(tmp_path: Path, silence: Callable[[DevicePlayer], None]) -> None:
    async def test(player: DevicePlayer, reports: Reports) -> None:
        pid = (await reports.next("started"))["pid"]
        player.load_tone(Tone.COUNT, 1.0)
        player.play("count", time.monotonic() + 600)
        silence(player)
        for _ in range(3):
            await got(reports)
        os.kill(pid, signal.SIGKILL)
        assert (await got(reports))["op"] == "tone"
        player.hush()
        assert (await got(reports))["op"] == "hush"

    with_player(tmp_path, test)


def test_one_that_cannot_be_replaced_holds_nobody_up(tmp_path: Path) -> None:
    """The second start finds no device."""
    body = f"""
if os.path.exists(sys.argv[1] + "-gone"):
    say(event="fatal", error="no device")
    raise SystemExit
open(sys.argv[1] + "-gone", "w").close()
{PLAYER}
"""

    async def test(player: DevicePlayer, reports: Reports) -> None:
        pid = (await reports.next("started"))["pid"]
        os.kill(pid, signal.SIGKILL)
        await reports.next("born")
        begun = time.monotonic()
        for at in range(1000):
            player.play("Hold.", begun + at)
        player.hush()
        assert time.monotonic() - begun < 1

    with_player(tmp_path, test, body)


def test_closing_while_it_is_replaced_leaves_nothing(tmp_path: Path) -> None:
    body = f"""
if os.path.exists(sys.argv[1] + "-gone"):
    report(event="again")
    hang()
open(sys.argv[1] + "-gone", "w").close()
{PLAYER}
"""

    async def test(_: DevicePlayer, reports: Reports) -> None:
        os.kill((await reports.next("started"))["pid"], signal.SIGKILL)
        await reports.next("again")

    with_player(tmp_path, test, body)


@pytest.mark.parametrize("how", ["crashes", "says why not"])
def test_without_a_device_it_cannot_be_opened(tmp_path: Path, how: str) -> None:
    async def run() -> None:
        async with Reports(tmp_path) as reports:
            with pytest.raises(ChildError):
                await DevicePlayer.open(script(BAD_STARTS[how], reports.path))

    asyncio.run(run())
