"""Messages from other processes to the one that drives the day: answers to the prompt, and wake-ups."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import seconds
from stretch_coach.files import atomic_write, read_json
from stretch_coach.paths import make_private_folder

MAX_SNOOZE_MINUTES = 240

_STALE_SECONDS = 600.0
_POLL_SECONDS = 0.02


class SentAnswer(NamedTuple):
    """An answer to the prompt.

    Attributes:
        choice: Start, snooze or skip.
        minutes: How long to snooze; None for the length in the settings.
    """

    choice: Choice
    minutes: int | None = None


def send(folder: Path, answer: SentAnswer, now: float) -> Path:
    """Send an answer, and wake the process that drives the day.

    Args:
        folder: The folder of breaks.
        answer: The answer.
        now: The instant.

    Returns:
        A file that disappears when the answer is received.

    Raises:
        CoachError: The file cannot be written.
    """
    import json  # noqa: PLC0415 - the watcher only receives

    waiting = _waiting_folder(folder)
    make_private_folder(waiting)
    file = waiting / f"{time.time_ns():020d}-{os.getpid()}.json"
    with atomic_write(file, durable=False) as text:
        json.dump({"choice": answer.choice.value, "minutes": answer.minutes, "at": now}, text)
    wake(folder)
    return file


def wait_received(file: Path, patience_seconds: float) -> bool:
    """Wait for an answer to be received and return whether it was. If it was not, withdraw it."""
    deadline = time.monotonic() + patience_seconds
    while file.exists():
        if time.monotonic() > deadline:
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
            return False
        time.sleep(_POLL_SECONDS)
    return True


class Inbox:
    """The answers that other processes send.

    Args:
        folder: The folder of breaks.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(_waiting_folder(folder))
        self._received: set[str] = set()

    def receive(self, now: float) -> Iterator[SentAnswer]:
        """Yield the answers that have been sent, in order. Stale and invalid ones are dropped.

        An answer counts as received once the caller asks for the next one.
        """
        try:
            names = sorted(os.listdir(self._folder))  # noqa: PTH208 - called twice a minute all day
        except OSError:
            return
        for name in names:
            if not name.endswith(".json") or name in self._received:
                continue
            file = Path(self._folder, name)
            if answer := _read(file, now):
                yield answer
            try:
                file.unlink()
            except OSError:
                self._received.add(name)  # a file that cannot be removed must not be obeyed twice


def wake(folder: Path) -> None:
    """Wake the process that drives the day, if there is one."""
    with contextlib.suppress(OSError):
        handle = os.open(_pipe_file(folder), os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            os.write(handle, b"!")
        finally:
            os.close(handle)


class WakePipe:
    """A named pipe through which other processes wake this one.

    On Windows, which has no named pipes, nothing arrives, so the watcher looks for answers every second.

    Args:
        folder: The folder of breaks.

    Raises:
        CoachError: The folder cannot be created.
    """

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = None
        file = _pipe_file(folder)
        if not hasattr(os, "mkfifo"):
            return
        make_private_folder(folder)
        with contextlib.suppress(OSError):
            if not file.is_fifo():
                file.unlink(missing_ok=True)
                os.mkfifo(file, 0o600)
            # Also opened for writing, so that reading never reports the end of the file.
            self._handle = os.open(file, os.O_RDWR | os.O_NONBLOCK)

    def descriptors(self) -> list[int]:
        """Return the descriptor that becomes readable when another process wakes this one, or none on Windows."""
        return [] if self._handle is None else [self._handle]

    def drain(self) -> None:
        """Discard everything that has arrived."""
        if self._handle is not None:
            with contextlib.suppress(BlockingIOError):
                while os.read(self._handle, 4096):
                    pass

    def close(self) -> None:
        """Close the pipe."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _read(file: Path, now: float) -> SentAnswer | None:
    data = read_json(file)
    try:
        if abs(now - seconds(data["at"])) > _STALE_SECONDS:
            return None
        choice, minutes = Choice(data["choice"]), data["minutes"]
    except (TypeError, KeyError, ValueError):
        return None
    if minutes is not None and not (type(minutes) is int and 1 <= minutes <= MAX_SNOOZE_MINUTES):
        return None
    return SentAnswer(choice, minutes)


def _waiting_folder(folder: Path) -> Path:
    return folder / "commands"


def _pipe_file(folder: Path) -> Path:
    return folder / "bell"
