"""Advice that depends on how the neck feels, from 0 (no discomfort) to 10 (the worst imaginable)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from stretch_coach.journal.comfort import WORSE_BY
from stretch_coach.routine.catalogue import RoutineFacts

AnyRoutine = TypeVar("AnyRoutine", bound=RoutineFacts)

GENTLE_FROM = 7
"""From this rating on only gentle routines are offered. Stricter than a rule of thumb of physiotherapists."""

_GENTLER_AFTER = 2
_ASK_AFTER = 3
_GENTLE_TAG = "gentle"


class Comfort(NamedTuple):
    """How the neck felt before and after a session, from 0 to 10; None where it was not rated."""

    before: int | None = None
    after: int | None = None


class Advice(NamedTuple):
    """A sentence for the user, and whether to offer something gentler."""

    sentence: str
    gentler: bool


def gentle_routines(routines: Mapping[str, AnyRoutine]) -> list[AnyRoutine]:
    """Return the routines made for a sensitive neck, the shortest first."""
    return sorted(filter(_is_gentle, routines.values()), key=lambda routine: routine.total_seconds)


def gentler_routine(routine: RoutineFacts, routines: Mapping[str, AnyRoutine]) -> AnyRoutine | None:
    """Return what to offer instead of `routine` on a bad day: the shortest gentle one, or None if there is no other."""
    return next((one for one in gentle_routines(routines) if one.id != routine.id), None)


def is_too_much(routine: RoutineFacts, before: int | None) -> bool:
    """Return whether a routine is too much for a neck with this rating. Without a rating (None) it is not."""
    return before is not None and before >= GENTLE_FROM and not _is_gentle(routine)


def change_sentence(before: int | None, after: int | None) -> str:
    """Return how the neck felt before and after a session; empty if it was not rated before.

    A lower number is stated and not praised, as single ratings vary by more than most sessions change.
    """
    if before is None:
        return ""
    if after is None:
        return f"Before: {before}."
    if after - before >= WORSE_BY:
        return f"Before {before} → after {after}. Rest a while, and choose something gentler next time."
    return f"Before {before} → after {after}."


def advise(newest_first: Sequence[Comfort]) -> Advice | None:
    """Return advice after consecutive sessions that left the neck feeling worse, or None.

    Sessions without both ratings are skipped.
    """
    worse = 0
    for comfort in newest_first:
        if comfort.before is None or comfort.after is None:
            continue
        if comfort.after - comfort.before < WORSE_BY:
            break
        worse += 1
    if worse >= _ASK_AFTER:
        sentence = "Your neck felt worse after each of the last three sessions. Ask a health professional first."
        return Advice(sentence, gentler=False)
    if worse >= _GENTLER_AFTER:
        return Advice("Your neck felt worse after the last two sessions. This one is gentler.", gentler=True)
    return None


def _is_gentle(routine: RoutineFacts) -> bool:
    return _GENTLE_TAG in routine.tags and not routine.has_warning_signs and not routine.locked
