"""What home shows of the history, read at once, in a thread."""

from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.context import Context
from stretch_coach.session.resumption import InterruptedSession, find_interrupted

if TYPE_CHECKING:
    from stretch_coach.journal.glance import Glance


class KnownDay(NamedTuple):
    """The part of the history that the screen needs.

    Attributes:
        glance: The day at a glance.
        last_done: When each routine was last done, in words, by its id.
        interrupted: The session that can be continued, if there is one.
    """

    glance: "Glance"
    last_done: dict[str, str]
    interrupted: InterruptedSession | None


def read_day(context: Context) -> KnownDay:
    """Return the part of the history that the screen needs.

    Raises:
        CoachError: The history cannot be read.
    """
    from stretch_coach.journal.glance import last_done_phrase, load_glance  # noqa: PLC0415 - after the first frame

    with context.history() as database:
        glance = load_glance(database, context.today, context.counting_rules)
        last_done = {routine: last_done_phrase(glance, routine) for routine in {*glance.last_done, *glance.long_ago}}
        return KnownDay(glance, last_done, find_interrupted(database, context.places.running, context.today))
