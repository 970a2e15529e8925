"""Which sessions are running: each holds a lock that ends with its process, however the process ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stretch_coach.files import is_locked, try_lock
from stretch_coach.paths import make_private_folder


@contextmanager
def mark_running(folder: Path, session_id: str) -> Iterator[None]:
    """Mark a session as running while the block runs. Enter the block before the session is in the history."""
    make_private_folder(folder)
    _remove_stale(folder)
    file = folder / session_id
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with suppress(OSError):  # where there are no locks, there is no history that could show the session either
            try_lock(handle)
        yield
    finally:
        os.close(handle)
        file.unlink(missing_ok=True)


def is_running(folder: Path, session_id: str) -> bool:
    """Return whether a living process is running this session."""
    return is_locked(folder / session_id)


def any_running(folder: Path) -> bool:
    """Return whether any session is running."""
    try:
        return any(is_running(folder, name) for name in os.listdir(folder))  # noqa: PTH208 - asked twice a minute
    except OSError:
        return False


def _remove_stale(folder: Path) -> None:
    for file in folder.iterdir():
        if not is_running(folder, file.name):
            file.unlink(missing_ok=True)
