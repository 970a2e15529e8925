"""Signals of the system as commands to the session."""

import asyncio
import os
import signal
import sys

import pytest

from stretch_coach.session.engine import Command
from stretch_coach.session.signals import signals_as_commands


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize(
    ("number", "command", "broke_off"),
    [
        ("SIGINT", Command.END, True),
        ("SIGTERM", Command.INTERRUPT, True),
        ("SIGHUP", Command.INTERRUPT, True),
        ("SIGQUIT", Command.INTERRUPT, True),
        ("SIGUSR1", Command.TOGGLE, False),
    ],
)
def test_signals_are_commands(number: str, command: Command, *, broke_off: bool) -> None:
    sent = getattr(signal, number)
    before = signal.getsignal(sent)

    async def receive() -> tuple[Command, bool]:
        commands: asyncio.Queue[Command] = asyncio.Queue()
        with signals_as_commands(commands.put_nowait) as arrived:
            os.kill(os.getpid(), sent)
            return await asyncio.wait_for(commands.get(), 30), arrived.broke_off

    assert asyncio.run(receive()) == (command, broke_off)
    assert signal.getsignal(sent) is before
