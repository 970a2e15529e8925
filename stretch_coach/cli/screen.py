"""Opening the app from a command, and what is said in the shell when it is over."""

import sys
from typing import TYPE_CHECKING

from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.tui.coaching import Ended, Order


def has_screen() -> bool:
    """Whether there is a terminal to show the app on and to type at."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def open_app(world: World, order: "Order | None" = None) -> "tuple[int, Ended | None]":
    """Run the app to its end; its exit code, and what became of the session that was ordered.

    Raises:
        Exception: Whatever went wrong inside the app.
    """
    from stretch_coach.tui.app import CoachApp

    app = CoachApp(world, order)
    code = app.run()
    if app.failure:
        raise app.failure
    return code or 0, app.ended
