"""One process at a time: a lock that is held until the process ends, however it does."""

import os
import time
from pathlib import Path

from stretch_coach.locking import try_lock
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
