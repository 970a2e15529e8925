"""Standard input as commands: input is obeyed, and waiting for it never stops the session's clock."""

import asyncio
import os
import select
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TextIO

import pytest

from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.input.keyboard import keys_as_commands, lines_as_commands

if sys.platform == "win32":
    pytest.skip("event loops cannot watch pipes there", allow_module_level=True)

PATIENCE = 30


@pytest.fixture
def pipe() -> Iterator[tuple[TextIO, int]]:
    """Standard input as a pipe, and its other end."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin, ExitStack() as stack:
        stack.callback(os.close, writing)
        yield stdin, writing


def test_command_lines_are_obeyed_as_they_arrive(pipe: tuple[TextIO, int]) -> None:
    stdin, other_end = pipe

    async def two_commands() -> list[SessionCommand]:
        commands: asyncio.Queue[SessionCommand] = asyncio.Queue()
        with lines_as_commands(stdin, commands.put_nowait) as can_command:
            assert can_command
            os.write(other_end, b"pause\nre")
            first = await asyncio.wait_for(commands.get(), PATIENCE)
            os.write(other_end, b"sume\n")
            return [first, await asyncio.wait_for(commands.get(), PATIENCE)]

    assert asyncio.run(two_commands()) == [SessionCommand.PAUSE, SessionCommand.RESUME]


def test_keys_of_a_terminal_that_does_not_control_this_process_are_obeyed() -> None:
    """As after ``setsid``, or where a program opens a terminal for another one."""
    ours, theirs = os.openpty()

    async def one_key(stdin: TextIO) -> SessionCommand:
        commands: asyncio.Queue[SessionCommand] = asyncio.Queue()
        with keys_as_commands(stdin, commands.put_nowait) as can_type:
            assert can_type
            os.write(ours, b"n\n")
            return await asyncio.wait_for(commands.get(), PATIENCE)

    with os.fdopen(ours, "wb", buffering=0), os.fdopen(theirs, encoding="utf-8") as stdin:
        assert asyncio.run(one_key(stdin)) is SessionCommand.NEXT


def test_input_read_by_another_process_is_not_awaited(
    pipe: tuple[TextIO, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a shell does that reads ``fg`` and then gives the terminal back; to wait here would stop the session."""
    stdin, other_end = pipe
    others = [os.dup(stdin.fileno()) for _ in range(2)]
    read, waits = os.read, []

    def read_noting_waits(handle: int, size: int) -> bytes:
        if select.select([handle], [], [], 0)[0]:
            return read(handle, size)
        waits.append(handle)
        return b"pause\n"

    async def two_commands() -> list[SessionCommand]:
        loop = asyncio.get_running_loop()
        commands: asyncio.Queue[SessionCommand] = asyncio.Queue()

        def read_first(handle: int) -> None:
            if select.select([handle], [], [], 0)[0]:
                read(handle, 1024)
                commands.put_nowait(SessionCommand.PAUSE)

        # Before ours and after it, because the system may call them in either order.
        loop.add_reader(others[0], read_first, others[0])
        with lines_as_commands(stdin, commands.put_nowait):
            loop.add_reader(others[1], read_first, others[1])
            os.write(other_end, b"pause\n")
            first = await asyncio.wait_for(commands.get(), PATIENCE)
            for one in others:
                loop.remove_reader(one)
            os.write(other_end, b"stop\n")
            return [first, await asyncio.wait_for(commands.get(), PATIENCE)]

    monkeypatch.setattr(os, "read", read_noting_waits)
    try:
        assert asyncio.run(two_commands()) == [SessionCommand.PAUSE, SessionCommand.STOP]
    finally:
        for one in others:
            os.close(one)
    assert waits == []


def test_keys_need_a_terminal(pipe: tuple[TextIO, int]) -> None:
    stdin, _ = pipe

    async def listen() -> bool:
        with keys_as_commands(stdin, lambda _: None) as can_type:
            return can_type

    assert not asyncio.run(listen())
