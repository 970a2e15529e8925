"""A file that is there whole or not at all, and readable by its owner alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from stretch_coach.errors import CoachError


@contextmanager
def new_file(file: Path) -> Iterator[TextIO]:
    """Write a file anew: it takes the place of the one before when the block is over, or leaves it as it is.

    Raises:
        CoachError: It cannot be written.
    """
    target = file.resolve()
    if target.exists() and not target.is_file():
        raise CoachError(str(file), "is not a file.", "Name one; - stands for standard output.")
    unfinished = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as text:
                yield text
                text.flush()
                os.fsync(text.fileno())
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        hint = "What was there before is unchanged."
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", hint) from error
