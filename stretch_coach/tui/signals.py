"""The system's signals: a running session receives them; without a session they end the app."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.signals import CaughtSignals, signals_as_commands


class AppSignals:
    """Catches signals for as long as the app runs.

    Args:
        leave: Ends the app with an exit code.
    """

    def __init__(self, leave: Callable[[int], None]) -> None:
        self._leave = leave
        self._obey: Callable[[SessionCommand], None] | None = None
        self._caught = CaughtSignals()
        self._stack = ExitStack()

    def start(self) -> None:
        """Start catching signals. The event loop must be running."""
        self._stack.enter_context(signals_as_commands(self._receive))

    def stop(self) -> None:
        """Restore the signal handlers."""
        self._stack.close()

    def terminal_lost(self) -> None:
        """Act as if SIGHUP had arrived."""
        self._receive(SessionCommand.INTERRUPT)

    @contextmanager
    def to_session(self, obey: Callable[[SessionCommand], None]) -> Iterator[CaughtSignals]:
        """Pass signals on to a session while the block runs. One that interrupts the session also ends the app."""
        self._obey, self._caught = obey, CaughtSignals()
        try:
            yield self._caught
        finally:
            self._obey = None

    def _receive(self, command: SessionCommand) -> None:
        self._caught.receive(command)
        if self._obey:
            self._obey(command)
        elif self._caught.exit_code:
            self._leave(self._caught.exit_code)
