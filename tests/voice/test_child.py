"""A child process in every state it can be in: its parent waits no longer than it said, and leaves none behind."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.voice import child as child_module
from stretch_coach.voice.child import Child, ChildError, child_command
from tests.voice.children import BAD_STARTS, PATIENCE_SECONDS, PLAYER, Reports, is_alive, script

AT_ONCE = 1.0
"""Far more than anything may take that is done at once, far less than any child hangs."""

READY = "say(event='ready', source='fake')\n"


def with_reports(folder: Path, test: Callable[[Reports], Awaitable[None]]) -> list[int]:
    """Run a test; the children that it had, all of which have to be gone."""

    async def run() -> list[int]:
        async with Reports(folder) as reports:
            await test(reports)
            await reports.so_far()
            return reports.pids

    pids = asyncio.run(run())
    assert not [pid for pid in pids if is_alive(pid)]
    return pids


def test_what_it_says_first_is_kept(tmp_path: Path) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(script(READY, reports.path))
        assert child.hello == {"event": "ready", "source": "fake"}
        await child.close()
        assert not child.alive

    assert len(with_reports(tmp_path, test)) == 1


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("hangs", "it did not start in time"),
        ("crashes", "it ended while starting"),
        ("is ended by its library", "it ended while starting"),
        ("says why not", "RuntimeError: there is no espeak-ng library"),
        ("says something else", "it ended while starting"),
        ("writes garbage", "it ended while starting"),
    ],
)
def test_what_does_not_start_is_told_and_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, why: str
) -> None:
    if how == "hangs":
        monkeypatch.setattr(child_module, "START_SECONDS", 0.4)

    async def test(reports: Reports) -> None:
        with pytest.raises(ChildError) as failed:
            await Child.start(script(BAD_STARTS[how], reports.path))
        assert str(failed.value) == why

    with_reports(tmp_path, test)


def test_what_is_not_there_cannot_be_started() -> None:
    with pytest.raises(ChildError, match="No such file"):
        asyncio.run(Child.start(["/nonexistent/program"]))


def test_who_gives_up_waiting_for_a_start_leaves_nothing(tmp_path: Path) -> None:
    async def test(reports: Reports) -> None:
        starting = asyncio.create_task(Child.start(script(BAD_STARTS["hangs"], reports.path)))
        await reports.next("born")
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting

    assert len(with_reports(tmp_path, test)) == 1


@pytest.mark.parametrize(
    "noise",
    [
        "print('Audio saved to somewhere\\n\\n{{[\\n[1]\\nnull\\n\"ready\"', flush=True)",
        "os.write(1, b'\\xff\\xfe\\x00\\n')",
        "print('x' * 1_000_000, flush=True)",
        "os.write(2, b'ALSA lib pcm.c: cannot\\n' * 50_000)",
    ],
)
def test_noise_is_passed_over(tmp_path: Path, noise: str) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(script(f"{noise}\n{READY}{noise}\nsay(event='next')", reports.path))
        told = [message async for message in child.messages()]
        assert told == [{"event": "next"}]
        await child.close()

    with_reports(tmp_path, test)


def test_messages_end_when_it_does(tmp_path: Path) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(script(READY + "say(event='a'); say(event='b'); os._exit(1)", reports.path))
        assert [message["event"] async for message in child.messages()] == ["a", "b"]
        child.send(op="anything")
        await child.close()
        child.send(op="anything")

    with_reports(tmp_path, test)


def test_one_that_never_reads_holds_nobody_up(tmp_path: Path) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(script(READY + "hang()", reports.path))
        begun = time.monotonic()
        for _ in range(1000):
            child.send(op="play", text="x" * 10_000)
        assert time.monotonic() - begun < AT_ONCE
        await child.close()
        assert time.monotonic() - begun < AT_ONCE + child_module.END_SECONDS

    with_reports(tmp_path, test)


@pytest.mark.parametrize("ends", ["", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"])
def test_one_that_hangs_is_ended(tmp_path: Path, ends: str) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(script(ends + READY + "hang()", reports.path))
        begun = time.monotonic()
        await child.close()
        assert child_module.END_SECONDS <= time.monotonic() - begun < AT_ONCE
        await child.close()
        await child.kill()

    with_reports(tmp_path, test)


def test_who_gives_up_waiting_for_an_end_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "END_SECONDS", PATIENCE_SECONDS)

    async def test(reports: Reports) -> None:
        child = await Child.start(script(READY + "hang()", reports.path))
        ending = asyncio.create_task(child.close())
        await asyncio.sleep(0)
        ending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ending
        assert not child.alive

    with_reports(tmp_path, test)


def test_one_that_listens_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "END_SECONDS", PATIENCE_SECONDS)

    async def test(reports: Reports) -> None:
        child = await Child.start(script(PLAYER, reports.path))
        await child.close()

    with_reports(tmp_path, test)


def test_messages_arrive_whole_and_in_order(tmp_path: Path) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(script(PLAYER, reports.path))
        sent: list[dict[str, Any]] = [{"op": "play", "key": "肩\n\u2028", "at": 0.1 + 0.2}, {"op": "hush"}]
        for message in sent:
            child.send(**message)
        assert [(await reports.next("got"))["message"] for _ in sent] == sent
        await child.close()

    with_reports(tmp_path, test)


def test_ctrl_c_in_the_terminal_is_not_for_it(tmp_path: Path) -> None:
    async def test(reports: Reports) -> None:
        child = await Child.start(script(PLAYER, reports.path))
        pid = (await reports.next("started"))["pid"]
        assert os.getpgid(pid) == pid != os.getpgid(0)
        await child.close()

    with_reports(tmp_path, test)


def test_our_own_children_are_started_anew() -> None:
    assert child_command("play_child")[1:] == ["-m", "stretch_coach.voice.play_child"]
    assert child_command("render_child", "system")[1:] == ["-m", "stretch_coach.voice.render_child", "system"]
