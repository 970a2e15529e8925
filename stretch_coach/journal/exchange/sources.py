"""What a history can be imported from: a file, or a pipe that ends."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from stretch_coach.errors import CoachError

MAX_PIPED_BYTES = 1 << 31
"""More than ten million sessions."""

_MAX_IN_MEMORY = 1 << 24
_CHUNK = 1 << 20


@contextmanager
def open_import(file: Path, at_most: int = MAX_PIPED_BYTES) -> Iterator[IO[bytes]]:
    """Open what is to be imported, seekable: a file, a pipe, or standard input if `file` is `-`.

    A pipe is read completely first, so that nothing waits for it with the history locked.

    Args:
        file: The file.
        at_most: The most bytes that a pipe may have.

    Raises:
        CoachError: It is neither a file nor a pipe, or a pipe does not end.
        OSError: It cannot be opened or read.
    """
    if str(file) == "-":
        with _seekable(sys.stdin.buffer, "standard input", at_most) as source:
            yield source
        return
    # A pipe without a writer must not be waited for.
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        mode = os.fstat(handle).st_mode
        if stat.S_ISFIFO(mode):
            os.set_blocking(handle, True)
        elif not stat.S_ISREG(mode):
            raise CoachError(str(file), "is neither a file nor a pipe.", "Nothing was imported.")
        with _seekable(opened, str(file), at_most) as source:
            yield source


@contextmanager
def _seekable(opened: IO[bytes], name: str, at_most: int) -> Iterator[IO[bytes]]:
    if opened.seekable():
        yield opened
        return
    with tempfile.SpooledTemporaryFile(_MAX_IN_MEMORY) as copy:
        while chunk := opened.read(_CHUNK):
            copy.write(chunk)
            if copy.tell() > at_most:
                raise CoachError(name, f"is larger than {at_most // 1_000_000} MB.", "Nothing was imported.")
        copy.seek(0)
        yield copy
