"""Which sessions are under way: each holds a lock that ends with its process, however that ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stretch_coach.locking import try_lock
from stretch_coach.paths import make_private_folder


@contextmanager
def under_way(folder: Path, session_id: str) -> Iterator[None]:
    """Hold a session's lock for as long as the block runs. The session must not be in the record before."""
    make_private_folder(folder)
    _forget_dead(folder)
    file = folder / session_id
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try_lock(handle)
        yield
    finally:
        os.close(handle)
        file.unlink(missing_ok=True)


def is_under_way(folder: Path, session_id: str) -> bool:
    """Whether a living process runs this session."""
    try:
        handle = os.open(folder / session_id, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)


def any_under_way(folder: Path) -> bool:
    """Whether any session is under way."""
    try:
        return any(is_under_way(folder, name) for name in os.listdir(folder))  # noqa: PTH208 - asked twice a minute
    except OSError:
        return False


def _forget_dead(folder: Path) -> None:
    for file in folder.iterdir():
        if not is_under_way(folder, file.name):
            file.unlink(missing_ok=True)
