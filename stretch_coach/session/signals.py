"""Signals as commands to the session: Ctrl+C ends it, a closed terminal or a shutdown interrupts it."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

from stretch_coach.exit_codes import INTERRUPTED, SUCCESS, TERMINATED
from stretch_coach.session.engine import SessionCommand

_COMMANDS = {
    "SIGINT": SessionCommand.END,
    "SIGTERM": SessionCommand.INTERRUPT,
    "SIGHUP": SessionCommand.INTERRUPT,
    "SIGQUIT": SessionCommand.INTERRUPT,
    "SIGBREAK": SessionCommand.INTERRUPT,
    "SIGUSR1": SessionCommand.TOGGLE,
}

_EXIT_CODES = {SessionCommand.END: INTERRUPTED, SessionCommand.INTERRUPT: TERMINATED}


class CaughtSignals:
    """The signals received so far.

    Attributes:
        exit_code: The program's exit code after them: 0 unless one of them ended the session.
    """

    def __init__(self) -> None:
        self.exit_code = SUCCESS

    def receive(self, command: SessionCommand) -> None:
        """Take note of a signal's command."""
        self.exit_code = _EXIT_CODES.get(command, self.exit_code)


CatchSignals = Callable[[Callable[[SessionCommand], None]], AbstractContextManager[CaughtSignals]]
"""Passes signals on as commands for as long as a block runs."""


@contextmanager
def signals_as_commands(obey: Callable[[SessionCommand], None]) -> Iterator[CaughtSignals]:
    """Pass signals on as commands for as long as the block runs, inside a running event loop.

    A signal that is ignored stays ignored, as under `nohup`.
    """
    loop = asyncio.get_running_loop()
    caught = CaughtSignals()

    def handle(command: SessionCommand) -> None:
        caught.receive(command)
        obey(command)

    before = {}
    for name, command in _COMMANDS.items():
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        before[number] = signal.getsignal(number)
        if sys.platform == "win32":  # event loops take no signals there

            def from_interpreter(_number: int, _frame: FrameType | None, command: SessionCommand = command) -> None:
                loop.call_soon_threadsafe(handle, command)

            signal.signal(number, from_interpreter)
        else:
            loop.add_signal_handler(number, handle, command)
    try:
        yield caught
    finally:
        for number, handler in before.items():
            if sys.platform != "win32":
                loop.remove_signal_handler(number)
            signal.signal(number, handler)
