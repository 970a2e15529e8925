"""Signals of the system as commands to the session: Ctrl+C ends it, a closed terminal or a shutdown interrupts it."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

from stretch_coach.session.engine import Command

_COMMANDS = {
    "SIGINT": Command.END,
    "SIGTERM": Command.INTERRUPT,
    "SIGHUP": Command.INTERRUPT,
    "SIGQUIT": Command.INTERRUPT,
    "SIGBREAK": Command.INTERRUPT,
    "SIGUSR1": Command.TOGGLE,
}


class Signals:
    """What arrived."""

    def __init__(self) -> None:
        self.broke_off = False


CatchSignals = Callable[[Callable[[Command], None]], AbstractContextManager[Signals]]
"""Hands signals on as commands for as long as a block runs."""


@contextmanager
def signals_as_commands(obey: Callable[[Command], None]) -> Iterator[Signals]:
    """Hand signals on as commands for as long as the block runs; to be used inside a running event loop."""
    loop = asyncio.get_running_loop()
    arrived = Signals()

    def handle(command: Command) -> None:
        arrived.broke_off |= command in (Command.END, Command.INTERRUPT)
        obey(command)

    before = {}
    for name, command in _COMMANDS.items():
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:  # as under nohup
            continue
        before[number] = signal.getsignal(number)
        if sys.platform == "win32":  # event loops take no signals there

            def from_interpreter(_number: int, _frame: FrameType | None, command: Command = command) -> None:
                loop.call_soon_threadsafe(handle, command)

            signal.signal(number, from_interpreter)
        else:
            loop.add_signal_handler(number, handle, command)
    try:
        yield arrived
    finally:
        for number, handler in before.items():
            if sys.platform != "win32":
                loop.remove_signal_handler(number)
            signal.signal(number, handler)
