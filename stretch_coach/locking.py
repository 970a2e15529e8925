"""Locks of files that end with the process that holds them, however it ends."""

import os
import sys
from pathlib import Path


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
