"""Waits until something happens, and handles the signals that end a process."""

import os
import select
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_ENDING_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
_WINDOWS_POLL_SECONDS = 1.0


class ShutdownSignal:
    """Whether the process has been asked to end. A signal wakes whatever waits for the descriptors."""

    def __init__(self) -> None:
        self.requested = False
        self._pipe: tuple[int, ...] = ()
        if sys.platform != "win32":  # Windows cannot wait for pipes
            self._pipe = os.pipe()
            for handle in self._pipe:
                os.set_blocking(handle, False)

    def descriptors(self) -> list[int]:
        """Return the descriptor that becomes readable when a signal arrives."""
        return list(self._pipe[:1])

    def drain(self) -> None:
        """Discard what signals have written."""
        with suppress(BlockingIOError):
            while self._pipe and os.read(self._pipe[0], 512):
                pass

    @contextmanager
    def listening(self) -> "Iterator[None]":
        """Handle signals while the block runs."""
        before = {}
        wakeup = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False) if self._pipe else -1
        try:
            for name in (*_ENDING_SIGNALS, "SIGCHLD"):
                number = getattr(signal, name, None)
                if number is not None:
                    before[number] = signal.signal(number, self._note if name in _ENDING_SIGNALS else _ignore)
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            if self._pipe:
                signal.set_wakeup_fd(wakeup)
            for handle in self._pipe:
                os.close(handle)
            self._pipe = ()

    def _note(self, _number: int, _frame: "FrameType | None") -> None:
        self.requested = True


def wait(descriptors: Iterable[int], seconds: float) -> None:
    """Wait until one of the descriptors is readable, or for `seconds` at most.

    Raises:
        OSError: A descriptor is closed.
        ValueError: A descriptor is closed.
    """
    if sys.platform == "win32":  # pragma: no cover - pipes cannot be waited for there
        time.sleep(min(seconds, _WINDOWS_POLL_SECONDS))
    else:
        select.select(list(descriptors), [], [], seconds)


def _ignore(_number: int, _frame: "FrameType | None") -> None:
    """Wake up, because a child has ended."""
