"""What suits a profile: which exercises are left out of a routine, which holds are shortened, and why.

This makes a routine milder, not safe.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.guide.profile import Profile, load_profile
from stretch_coach.guide.reasons import ExerciseFacts, find_reasons
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.safety import Filter, load_safety


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


class Suitability(NamedTuple):
    """Says what suits the user.

    Attributes:
        profile: What the user has said.
        filters: What each caution leaves out, from `safety.json`.
    """

    profile: Profile
    filters: Sequence[Filter]

    def why_not(self, exercise: ExerciseFacts) -> str | None:
        """Return why an exercise does not suit the user, or None if it does."""
        return why_unsuitable(exercise, self.profile, self.filters)

    def why_nothing(self, exercises: Iterable[ExerciseFacts]) -> str | None:
        """Return why none of some exercises suits the user, or None if one does or there is none."""
        reasons = [self.why_not(one) for one in exercises]
        return reasons[0] if reasons and all(reasons) else None

    def suitable(self, exercises: Mapping[str, Exercise]) -> dict[str, Exercise]:
        """Return the exercises that suit the user, by id."""
        return {id_: one for id_, one in exercises.items() if self.why_not(one) is None}

    def suit(self, routine: Routine) -> SuitedRoutine:
        """Return a routine as the user does it.

        Raises:
            CoachError: No exercise of the routine suits the user.
        """
        return suit_routine(routine, self.profile, self.filters)


def load_suitability(places: Places) -> Suitability:
    """Return what suits the user.

    Raises:
        RoutineFileError: The user's profile is not valid. What it says about cautions must not be ignored.
    """
    return Suitability(load_profile(places.profile), load_safety(bundled_routines()).filters)


def why_unsuitable(exercise: ExerciseFacts, profile: Profile, filters: Sequence[Filter]) -> str | None:
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
