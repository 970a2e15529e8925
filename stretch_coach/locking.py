"""Locks of files that end with the process that holds them, however it ends."""

import os
import sys
import time
from pathlib import Path

from stretch_coach.paths import make_private_folder

_TRIES = 5
_BETWEEN_TRIES_SECONDS = 0.05


def acquire(file: Path) -> int | None:
    """Lock a file, made if there is none; a handle that keeps the lock until it is closed, or none if it is taken.

    Raises:
        CoachError: Its folder cannot be made.
        OSError: It cannot be opened.
    """
    make_private_folder(file.parent)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(_TRIES):  # whoever only asks whether it is taken holds it for a moment
        if try_lock(handle):
            return handle
        time.sleep(_BETWEEN_TRIES_SECONDS)
    os.close(handle)
    return None


def is_locked(file: Path) -> bool:
    """Whether a living process holds the lock of a file."""
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return False
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover - tried on Linux only
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Lock an open file if nobody has; whether it is locked now."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Lock an open file if nobody has; whether it is locked now."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
