"""Waits until something happens or a time has gone by, and takes the signals that end a process for what they are."""

import os
import select
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_ENDING = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
_WINDOWS_SLICE_SECONDS = 1.0


class Ending:
    """Whether the process was asked to end. A signal wakes whoever waits."""

    def __init__(self) -> None:
        self.asked = False
        self._pipe: tuple[int, ...] = ()
        if sys.platform != "win32":  # there, nobody waits for pipes
            self._pipe = os.pipe()
            for handle in self._pipe:
                os.set_blocking(handle, False)

    def descriptors(self) -> list[int]:
        """What becomes readable when a signal came."""
        return list(self._pipe[:1])

    def take_in(self) -> None:
        """Read what signals wrote."""
        with suppress(BlockingIOError):
            while self._pipe and os.read(self._pipe[0], 512):
                pass

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take signals for as long as the block runs."""
        before = {}
        wakeup = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False) if self._pipe else -1
        try:
            for name in (*_ENDING, "SIGCHLD"):
                number = getattr(signal, name, None)
                if number is not None:
                    before[number] = signal.signal(number, self._note if name in _ENDING else _wake)
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            if self._pipe:
                signal.set_wakeup_fd(wakeup)
            for handle in self._pipe:
                os.close(handle)
            self._pipe = ()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _wake(_number: int, _frame: FrameType | None) -> None:
    """A child ended: nothing to do but to wake up."""


def wait(descriptors: Iterable[int], seconds: float) -> None:
    """Wait until one of the descriptors is readable, at most some seconds.

    Raises:
        OSError: One of them is closed.
        ValueError: The same.
    """
    if sys.platform == "win32":  # pragma: no cover - there, pipes cannot be waited for
        time.sleep(min(seconds, _WINDOWS_SLICE_SECONDS))
    else:
        select.select(list(descriptors), [], [], seconds)
