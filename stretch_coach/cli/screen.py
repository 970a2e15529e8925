"""Opening the app from a command."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from stretch_coach.context import Context
from stretch_coach.exit_codes import SUCCESS

if TYPE_CHECKING:
    from stretch_coach.session.live import FinishedSession
    from stretch_coach.session.request import SessionRequest


def has_screen() -> bool:
    """Return whether there is a terminal that can show the app and be typed on."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)) and not is_dumb()


def is_dumb() -> bool:
    """Return whether the terminal can only print lines, as in an editor's shell window."""
    return os.environ.get("TERM") == "dumb"


def open_app(context: Context, request: "SessionRequest | None" = None) -> "tuple[int, FinishedSession | None]":
    """Run the app to its end.

    Args:
        context: The user's folders, settings, history and clock.
        request: A session to run at once; the app ends with it. None opens the home screen.

    Returns:
        The exit code, and how the requested session ended, or None if there was none or it did not start.

    Raises:
        Exception: The error that ended the app.
    """
    # With Python's own thresholds, a quarter of the start is a search for garbage among what is loaded to stay.
    gc.set_threshold(10_000, 100, 100)
    from stretch_coach.tui.app import CoachApp

    app = CoachApp(context, request)
    code = app.run()
    if app.failure:
        raise app.failure
    return code or SUCCESS, app.finished
