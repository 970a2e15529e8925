"""The context in which commands run."""

from stretch_coach.cli.output import warn
from stretch_coach.clock import SystemClock
from stretch_coach.context import Context
from stretch_coach.paths import find_places


def find_context() -> Context:
    """Return the context of the user's folders, with warnings on standard error.

    The settings are read when they are needed, so that invalid settings do not stop a command that needs none.
    """
    return Context(find_places(), None, SystemClock(), warn)
