"""The log: where errors of our own are written down in full, so that no traceback has to reach the user."""

import sys
import traceback
from datetime import UTC, datetime

from stretch_coach import __version__
from stretch_coach.errors import CoachError
from stretch_coach.paths import find_places, make_private_folder


def write_log(error: Exception) -> str:
    """Write the traceback to the log file; a sentence that says so."""
    what = f"something went wrong inside ({type(error).__name__})."
    try:
        log = find_places().log
        make_private_folder(log.parent)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat()} stretch-coach {__version__} {sys.argv[1:]!r}\n")
            file.write("".join(traceback.format_exception(error)) + "\n")
    except (OSError, CoachError) as trouble:
        return f"{what} It could not be written to the log: {str(trouble).rstrip('.')}."
    return f"{what} The details are in {log}."
