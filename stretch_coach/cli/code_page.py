"""The encoding of what is piped to another program on Windows."""

import codecs
import os
import stat
import sys
from typing import TextIO


def pipe_encoding(stream: TextIO, platform: str) -> str | None:
    """Return the encoding in which what reads from a pipe expects text, or None to keep the encoding of the stream.

    On Windows, a shell decodes what a program pipes by the code page of its console, but Python encodes it by the code
    page of the system. They differ unless somebody made them the same.

    Args:
        stream: A standard stream.
        platform: The platform, as in `sys.platform`.
    """
    chosen = sys.flags.utf8_mode or "PYTHONIOENCODING" in os.environ
    if platform != "win32" or chosen or not _is_pipe(stream):
        return None
    import ctypes  # only a pipe on Windows needs it

    page = vars(ctypes)["windll"].kernel32.GetConsoleOutputCP()  # 0 without a console
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return None


def _is_pipe(stream: TextIO) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except OSError:  # not a file
        return False
