"""What follows from how the neck feels: 0 for no discomfort, 10 for the worst that can be imagined."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stretch_coach.routine.model import Routine

GENTLE_FROM = 7
"""From here on only what is made for a sensitive day is offered. A rule of thumb of physiotherapists, made stricter."""

WORSE_BY = 2
"""A session after which the neck feels worse by this much was too much."""

_GENTLER_AFTER = 2
_ASK_AFTER = 3
_GENTLE_TAG = "gentle"


class Comfort(NamedTuple):
    """How the neck felt before and after a session, each from 0 to 10; none where it was not told."""

    before: int | None = None
    after: int | None = None


class Advice(NamedTuple):
    """What to say, and whether something gentler is to be offered."""

    sentence: str
    gentler: bool


def gentle_routines(routines: Mapping[str, Routine]) -> list[Routine]:
    """The routines made for a sensitive neck, the shortest first."""
    return sorted(filter(_is_gentle, routines.values()), key=lambda one: one.total_seconds)


def is_too_much(routine: Routine, before: int | None) -> bool:
    """Whether a routine is more than should be done with a neck that feels so."""
    return before is not None and before >= GENTLE_FROM and not _is_gentle(routine)


def advise(newest_first: Sequence[Comfort]) -> Advice | None:
    """What to say when sessions in a row left the neck feeling worse; none if they did not.

    Sessions of which it was not told how the neck felt say nothing either way.
    """
    worse = 0
    for one in newest_first:
        if one.before is None or one.after is None:
            continue
        if one.after - one.before < WORSE_BY:
            break
        worse += 1
    if worse >= _ASK_AFTER:
        sentence = "Your neck felt worse after each of the last three sessions. Ask a health professional first."
        return Advice(sentence, gentler=False)
    if worse >= _GENTLER_AFTER:
        return Advice("Your neck felt worse after the last two sessions. This one is gentler.", gentler=True)
    return None


def _is_gentle(routine: Routine) -> bool:
    return _GENTLE_TAG in routine.file.tags and not routine.file.warning_signs and not routine.locks
