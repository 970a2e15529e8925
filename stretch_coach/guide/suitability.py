"""What suits a profile: which exercises are left out of a routine, which holds are shortened, and why.

This makes a routine milder, not safe.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from types import MappingProxyType
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.guide.profile import Profile, load_profile
from stretch_coach.guide.reasons import ExerciseFacts, find_reasons
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.safety import Filter, load_safety
from stretch_coach.routine.swaps import fit_swap

NEVER: Mapping[str, int] = MappingProxyType({})
"""When each exercise was last done, where that is not known."""


class RoutineChange(NamedTuple):
    """What was changed in a routine for a profile.

    Attributes:
        exercise: The exercise.
        why: The condition, place or missing kit that is the reason; empty for a swap for variety.
        hold: Its longest hold now, in seconds, or None if the exercise was left out or swapped.
        instead: The exercise that is done in its place, if there is one.
    """

    exercise: Exercise
    why: str
    hold: float | None = None
    instead: Exercise | None = None


class SuitedRoutine(NamedTuple):
    """A routine with what does not suit the user left out, and what was changed for that."""

    routine: Routine
    changes: tuple[RoutineChange, ...]


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

    def suit(self, routine: Routine, last_done: Mapping[str, int] = NEVER) -> SuitedRoutine:
        """Return a routine as the user does it.

        Args:
            routine: The routine.
            last_done: When each exercise was last done, by its id, for those that take turns.

        Raises:
            CoachError: No exercise of the routine suits the user.
        """
        return suit_routine(routine, self.profile, self.filters, last_done)


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


def suit_routine(
    routine: Routine, profile: Profile, filters: Sequence[Filter], last_done: Mapping[str, int] = NEVER
) -> SuitedRoutine:
    """Return a routine without the exercises that do not suit a profile, and with stretches as short as it needs.

    Where several exercises may stand in a step, one that suits is taken: the one that was done least recently, and not
    one that the routine has already if there is another. So what does not suit is swapped before it is left out. The
    step takes as long with any of them.

    Args:
        routine: The routine.
        profile: The profile.
        filters: All filters, from `safety.json`.
        last_done: When each exercise was last done, by its id, in any unit; what was never done is missing.

    Raises:
        CoachError: No exercise of the routine suits the profile.
    """
    limits = _hold_limits(profile, filters)
    longest = min((hold for _, hold in limits), default=None)
    steps: list[Step] = []
    changes: list[RoutineChange] = []
    placed = {step.exercise.id for step in routine.steps if step.exercise and not step.swaps}
    for step in routine.steps:
        exercise = step.exercise
        if exercise is None:
            steps.append(step)
            continue
        why = why_unsuitable(exercise, profile, filters)
        options = [] if why else [(exercise, step)]
        suitable = [one for one in step.swaps if why_unsuitable(one, profile, filters) is None]
        options += [(one, fitted) for one in suitable if (fitted := fit_swap(step, one, longest))]
        turn = min(options, key=lambda one: (one[0].id in placed, last_done.get(one[0].id, 0)), default=None)
        if turn is None or turn[0] is not exercise:
            changes.append(RoutineChange(exercise, why or "", instead=turn and turn[0]))
        if turn:
            placed.add(turn[0].id)
            steps.append(turn[1])
    changes = [*{(one.exercise.id, one.instead and one.instead.id): one for one in changes}.values()]
    if changes and not any(step.exercise for step in steps):
        raise CoachError(routine.title, f"has nothing that suits you ({changes[0].why}).", "Choose another routine.")
    for label, hold in limits:
        longer = [_is_stretch(step) and step.hold > hold for step in steps]
        changes += [RoutineChange(one, label, hold) for one in _once([*compress(steps, longer)])]
        steps = [replace(step, hold=hold) if cut else step for step, cut in zip(steps, longer, strict=True)]
    return SuitedRoutine(replace(routine, steps=tuple(steps)) if changes else routine, tuple(changes))


def change_sentences(changes: Sequence[RoutineChange]) -> list[str]:
    """Return what was changed and why, one sentence for each reason."""
    names: dict[str, list[str]] = {}
    for change in changes:
        name = change.exercise.name
        what = f"{change.instead.name} in place of {name}" if change.instead else name
        names.setdefault(_heading(change), []).append(what)
    return [f"{heading}: {', '.join(exercises)}." for heading, exercises in names.items()]


def _heading(change: RoutineChange) -> str:
    """Return what was done to an exercise, and why."""
    if change.hold is not None:
        return f"Holds of at most {change.hold:g} s ({change.why})"
    if change.instead is None:
        return f"Left out ({change.why})"
    return f"Swapped ({change.why})" if change.why else "For variety"


def _hold_limits(profile: Profile, filters: Sequence[Filter]) -> list[tuple[str, float]]:
    """Return the limits on holds that apply, in seconds, each with its reason."""
    return [(one.label, one.hold_at_most) for one in filters if one.id in profile.cautions and one.hold_at_most]


def _is_stretch(step: Step) -> bool:
    return step.exercise is not None and step.exercise.kind == "stretch"


def _once(steps: Sequence[Step]) -> list[Exercise]:
    return list({step.exercise.id: step.exercise for step in steps if step.exercise}.values())
