"""What commands of the day leave for whoever asks for breaks now: answers to the prompt, and a bell that wakes it."""

import contextlib
import os
import time
from pathlib import Path
from typing import NamedTuple

from stretch_coach.breaks.files import read_json, write_json
from stretch_coach.breaks.prompt import Choice
from stretch_coach.paths import make_private_folder

_OLDEST_SECONDS = 600.0
_LOOK_AGAIN_SECONDS = 0.02


class Command(NamedTuple):
    """An answer given by a command.

    Attributes:
        choice: Start, snooze or skip.
        minutes: For how long to snooze; none for as set.
    """

    choice: Choice
    minutes: int | None = None


def leave(folder: Path, command: Command, now: float) -> Path:
    """Leave a command, ring, and give the file that is gone once it was taken."""
    file = commands_folder(folder) / f"{time.time_ns():020d}-{os.getpid()}.json"
    write_json(file, {"choice": command.choice.value, "minutes": command.minutes, "at": now})
    ring(folder)
    return file


def was_taken(file: Path, patience_seconds: float) -> bool:
    """Wait until a command was taken; whether it was in time. One that was not is taken back."""
    deadline = time.monotonic() + patience_seconds
    while file.exists():
        if time.monotonic() > deadline:
            file.unlink(missing_ok=True)
            return False
        time.sleep(_LOOK_AGAIN_SECONDS)
    return True


def waiting(folder: str) -> list[Path]:
    """The commands that were left in the folder for them, in order."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - asked twice a minute
    except OSError:
        return []
    return [Path(folder, name) for name in names if name.endswith(".json")]


def commands_folder(folder: Path) -> Path:
    """Where commands are left, below the folder of breaks."""
    return folder / "commands"


def read(file: Path, now: float) -> Command | None:
    """A command that was left; none if it is none, or too old to be meant now."""
    data = read_json(file)
    try:
        fresh = abs(now - float(data["at"])) <= _OLDEST_SECONDS
        minutes = data["minutes"] if isinstance(data["minutes"], int) else None
        return Command(Choice(data["choice"]), minutes) if fresh else None
    except (TypeError, KeyError, ValueError):
        return None


def ring(folder: Path) -> None:
    """Wake whoever waits at the bell, if somebody does."""
    with contextlib.suppress(OSError):
        handle = os.open(folder / "bell", os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            os.write(handle, b"!")
        finally:
            os.close(handle)


class Bell:
    """Waits to be woken. Where there are no named pipes, as on Windows, it never rings and commands are looked for.

    Args:
        folder: The folder of breaks.
    """

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = None
        file = folder / "bell"
        if not hasattr(os, "mkfifo"):
            return
        make_private_folder(folder)
        with contextlib.suppress(OSError):
            if not file.is_fifo():
                file.unlink(missing_ok=True)
                os.mkfifo(file, 0o600)
            # Open for writing too, so that it never reads as ended.
            self._handle = os.open(file, os.O_RDWR | os.O_NONBLOCK)

    def descriptors(self) -> list[int]:
        """What becomes readable when it rings."""
        return [] if self._handle is None else [self._handle]

    def take_in(self) -> None:
        """Read all that rang."""
        if self._handle is not None:
            with contextlib.suppress(BlockingIOError):
                while os.read(self._handle, 4096):
                    pass

    def close(self) -> None:
        """Wait no more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
