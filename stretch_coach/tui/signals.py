"""Signals of the system: to the session while one runs, else they end the app."""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from stretch_coach.session.engine import Command
from stretch_coach.session.signals import Signals, signals_as_commands


class AppSignals:
    """Catches signals for as long as the app runs.

    Args:
        leave: Ends the app, with an exit code.
    """

    def __init__(self, leave: Callable[[int], None]) -> None:
        self._leave = leave
        self._obey: Callable[[Command], None] | None = None
        self._caught = Signals()
        self._stack = ExitStack()

    def start(self) -> None:
        """Begin to catch; to be called inside the running event loop."""
        self._stack.enter_context(signals_as_commands(self._arrive))

    def stop(self) -> None:
        """Give the signals back."""
        self._stack.close()

    @contextmanager
    def to_session(self, obey: Callable[[Command], None]) -> Iterator[Signals]:
        """Hand signals to a session for as long as the block runs; one that breaks it off ends the app too."""
        self._obey, self._caught = obey, Signals()
        try:
            yield self._caught
        finally:
            self._obey = None

    def _arrive(self, command: Command) -> None:
        breaks_off = command in (Command.END, Command.INTERRUPT)
        self._caught.broke_off |= breaks_off
        if self._obey:
            self._obey(command)
        elif breaks_off:
            self._leave(128 + signal.SIGTERM if command is Command.INTERRUPT else 130)
