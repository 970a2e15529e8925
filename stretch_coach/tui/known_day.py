"""What home shows of the history and the profile, read at once, in a thread."""

import os
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.recency import Recency, load_recency
from stretch_coach.session.resumption import InterruptedSession, find_interrupted
from stretch_coach.session.suggestion import Aim, ProgramToday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stretch_coach.guide.programs import ProgramStatus
    from stretch_coach.guide.suitability import Suitability
    from stretch_coach.journal.glance import Glance
    from stretch_coach.routine.catalogue import RoutineCard


class KnownDay(NamedTuple):
    """The part of the history and the profile that the screen needs.

    Attributes:
        glance: The day at a glance.
        last_done: When each routine was last done, in words, by its id.
        interrupted: The session that can be continued, if there is one.
        recency: When each routine had its last turn.
        suits: What suits the user, or None if they have said nothing about themselves.
        program: Where the user is in the program that runs, why that cannot be said, or None if none runs.
        problem: Why the profile cannot be used, so that nothing may be started, or None if it can.
    """

    glance: "Glance"
    last_done: dict[str, str]
    interrupted: InterruptedSession | None
    recency: Recency
    suits: "Suitability | None" = None
    program: "ProgramStatus | CoachError | None" = None
    problem: CoachError | None = None

    def left_out(self, cards: "Sequence[RoutineCard]") -> dict[str, str]:
        """Return the routines of which nothing suits the user, by id, with the reason."""
        suits = self.suits
        return {card.id: why for card in cards if suits and (why := suits.why_nothing(card.exercises))}

    def program_today(self, cards: "Sequence[RoutineCard]") -> ProgramToday | None:
        """Return what the program that runs has for today, or None if none runs."""
        if self.program is None or (not isinstance(self.program, CoachError) and self.program.day is None):
            return None
        if isinstance(self.program, CoachError):
            return ProgramToday("", str(self.program))
        from stretch_coach.guide.programs import reason_sentence, today_sentences  # noqa: PLC0415 - few follow one

        titles = {card.id: card.title for card in cards}
        if left := self.program.left:
            return ProgramToday(left[0], reason_sentence(self.program, titles))
        sentence = " ".join(filter(None, today_sentences(self.program, titles)))
        return ProgramToday("", sentence, self.program.is_done)

    @property
    def aim(self) -> Aim:
        """What the user wants."""
        if self.suits is None:
            return Aim()
        from stretch_coach.guide.profile import GOAL_NAMES  # noqa: PLC0415 - few have said something
        from stretch_coach.guide.rotation import GOAL_TAGS  # noqa: PLC0415 - few have said something

        goal, minutes = self.suits.profile.goal, self.suits.profile.minutes_a_day
        return Aim(GOAL_NAMES[goal], GOAL_TAGS[goal], minutes) if goal else Aim(minutes=minutes)


def read_day(context: Context) -> KnownDay:
    """Return what the screen needs.

    Raises:
        CoachError: The history cannot be read.
    """
    from stretch_coach.journal.glance import last_done_phrase, load_glance  # noqa: PLC0415 - after the first frame
    from stretch_coach.journal.programs import load_program  # noqa: PLC0415 - after the first frame

    suits, problem = _read_suitability(context)
    with context.history() as database:
        glance = load_glance(database, context.today, context.counting_rules)
        last_done = {routine: last_done_phrase(glance, routine) for routine in {*glance.last_done, *glance.long_ago}}
        interrupted = find_interrupted(database, context.places.running, context.today)
        recency = load_recency(database, context.today, context.clock.wall().ms)
        has_program = load_program(database) is not None
    program = _read_program(context) if has_program else None
    return KnownDay(glance, last_done, interrupted, recency, suits, program, problem)


def _read_program(context: Context) -> "ProgramStatus | CoachError | None":
    from stretch_coach.guide.programs import load_status  # noqa: PLC0415 - few follow one

    try:
        return load_status(context)
    except CoachError as error:
        return error


def _read_suitability(context: Context) -> "tuple[Suitability | None, CoachError | None]":
    """Return what suits the user, if they have said anything, or why that cannot be read."""
    if not os.path.lexists(context.places.profile):
        return None, None
    from stretch_coach.guide.suitability import load_suitability  # noqa: PLC0415 - few have said something

    try:
        return load_suitability(context.places), None
    except CoachError as error:
        return None, error
