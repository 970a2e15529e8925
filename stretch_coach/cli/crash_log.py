"""The log. It holds the tracebacks of unexpected errors, which are never printed, and the watcher's warnings."""

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime

from stretch_coach import __version__
from stretch_coach.errors import CoachError
from stretch_coach.paths import find_places, make_private_folder
from stretch_coach.text import clean

_MOST_BYTES = 200_000
"""A log that is larger is kept as `.1` in place of an older one, and a new one is started."""

_MOST_CHARACTERS = 20_000
"""The end of a longer traceback is kept."""


def log_crash(error: BaseException) -> str:
    """Write the traceback of an unexpected error to the log.

    Returns:
        A sentence for the user about the error, which names the log.
    """
    import traceback

    sentence = f"an unexpected error ended the program ({type(error).__name__})."
    details = "".join(traceback.format_exception(error))[-_MOST_CHARACTERS:]
    try:
        _append(f"{sys.argv[1:]!r}\n{details}\n")
    except (OSError, CoachError) as failure:
        return f"{sentence} It could not be written to the log: {str(failure).rstrip('.')}."
    return f"{sentence} The log has the details: {find_places().log}"


def log_warning(sentence: str) -> None:
    """Write a sentence to the log, if that is possible."""
    with suppress(OSError, CoachError):
        _append(f"{sentence}\n")


def _append(text: str) -> None:
    log = find_places().log
    make_private_folder(log.parent)
    if log.is_file() and log.stat().st_size > _MOST_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    # O_NONBLOCK fails for a pipe that nobody reads, instead of waiting.
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(log, flags, 0o600), "a", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123 - of a handle
        file.write(clean(f"{datetime.now(UTC).isoformat()} stretch-coach {__version__} {text}"))
