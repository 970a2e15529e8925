"""What suits a profile: which exercises are left out of a routine, which holds are shortened, and why. Pure.

This makes a routine milder, not safe.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.guide.profile import Profile
from stretch_coach.guide.reasons import find_reasons
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.safety import Filter


class Change(NamedTuple):
    """What was changed in a routine for a profile.

    Attributes:
        exercise: The exercise.
        why: The condition, place or missing kit that is the reason.
        hold: Its longest hold now, in seconds, or None if the exercise was left out.
    """

    exercise: Exercise
    why: str
    hold: float | None = None


class SuitedRoutine(NamedTuple):
    """A routine with what does not suit the user left out, and what was changed for that."""

    routine: Routine
    changes: tuple[Change, ...]


def why_unsuitable(exercise: Exercise, profile: Profile, filters: Sequence[Filter]) -> str | None:
    """Return why an exercise does not suit a profile, or None if it does.

    Args:
        exercise: The exercise.
        profile: The profile.
        filters: All filters, from `safety.json`.
    """
    return next(find_reasons(exercise, profile, filters), None)


def suit_routine(routine: Routine, profile: Profile, filters: Sequence[Filter]) -> SuitedRoutine:
    """Return a routine without the exercises that do not suit a profile, and with stretches as short as it needs.

    Raises:
        CoachError: No exercise of the routine suits the profile.
    """
    changes = [
        Change(one, why) for one in routine.exercises if (why := why_unsuitable(one, profile, filters)) is not None
    ]
    dropped = {change.exercise.id for change in changes}
    steps = [step for step in routine.steps if step.exercise is None or step.exercise.id not in dropped]
    if changes and not any(step.exercise for step in steps):
        raise CoachError(routine.title, f"has nothing that suits you ({changes[0].why}).", "Choose another routine.")
    for label, hold in _hold_limits(profile, filters):
        longer = [step for step in steps if step.exercise and step.exercise.kind == "stretch" and step.hold > hold]
        changes += [Change(one, label, hold) for one in _once(longer)]
        steps = [replace(step, hold=hold) if step in longer else step for step in steps]
    return SuitedRoutine(replace(routine, steps=tuple(steps)) if changes else routine, tuple(changes))


def change_sentences(changes: Sequence[Change]) -> list[str]:
    """Return what was changed and why, one sentence for each reason."""
    names: dict[tuple[str, float | None], list[str]] = {}
    for change in changes:
        names.setdefault((change.why, change.hold), []).append(change.exercise.name)
    return [
        f"{'Left out' if hold is None else f'Holds of at most {hold:g} s'} ({why}): {', '.join(exercises)}."
        for (why, hold), exercises in names.items()
    ]


def _hold_limits(profile: Profile, filters: Sequence[Filter]) -> list[tuple[str, float]]:
    """Return the limits on holds that apply, in seconds, each with its reason."""
    return [(one.label, one.hold_at_most) for one in filters if one.id in profile.cautions and one.hold_at_most]


def _once(steps: Sequence[Step]) -> list[Exercise]:
    return list({step.exercise.id: step.exercise for step in steps if step.exercise}.values())
