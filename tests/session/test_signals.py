"""Signals as commands to the session."""

import asyncio
import os
import signal
import sys

import pytest

from stretch_coach.exit_codes import INTERRUPTED, SUCCESS, TERMINATED
from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.signals import signals_as_commands


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize(
    ("number", "command", "exit_code"),
    [
        ("SIGINT", SessionCommand.END, INTERRUPTED),
        ("SIGTERM", SessionCommand.INTERRUPT, TERMINATED),
        ("SIGHUP", SessionCommand.INTERRUPT, TERMINATED),
        ("SIGQUIT", SessionCommand.INTERRUPT, TERMINATED),
        ("SIGUSR1", SessionCommand.TOGGLE, SUCCESS),
    ],
)
def test_signals_are_commands(number: str, command: SessionCommand, exit_code: int) -> None:
    sent = getattr(signal, number)
    before = signal.getsignal(sent)

    async def receive() -> tuple[SessionCommand, int]:
        commands: asyncio.Queue[SessionCommand] = asyncio.Queue()
        with signals_as_commands(commands.put_nowait) as caught:
            os.kill(os.getpid(), sent)
            return await asyncio.wait_for(commands.get(), 30), caught.exit_code

    assert asyncio.run(receive()) == (command, exit_code)
    assert signal.getsignal(sent) is before
