"""Routines with doses some steps from the written ones, and sentences about them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from stretch_coach.phrasing import count
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step

HOLD_STEP_SECONDS = 5.0
"""A stretch is held so much longer or shorter a step."""

SHORTEST_HOLD_SECONDS = 10.0
"""Below this, a stretch has no effect that anybody measured."""

LONGEST_SHARE = 1.25
"""A routine takes at most this many times as long as it is written."""

_PROGRESSING = ("stretch", "mobility", "strength", "isometric")
_NAMED = 3


def with_steps(routine: Routine, steps: Mapping[str, int]) -> Routine:
    """Return a routine with the doses of its exercises changed by so many steps.

    A stretch is held five seconds longer a step, and done once more when its hold is as long as it may be; anything
    else is done once more. No dose exceeds what the exercise itself says, or what is written if that is more, and the
    routine takes at most a quarter longer: a step for which there is no time is left out, the last exercises first.
    What a clinician taught, what has nothing to build up, such as breathing, and a step in which exercises take turns
    stay as written.

    Args:
        routine: The routine as written.
        steps: For exercises by id, how many steps. What is not named stays as written.
    """
    changed = list(routine.steps)
    for index, step in enumerate(changed):
        if step.exercise and not step.swaps and steps.get(step.exercise.id, 0) < 0:
            changed[index] = _shorter(step)
    left = routine.total_seconds * LONGEST_SHARE - sum(step.seconds for step in changed)
    for number in range(1, max(steps.values(), default=0) + 1):
        for exercise in routine.exercises:
            if steps.get(exercise.id, 0) < number:
                continue
            longer = [_longer(step) if step.exercise == exercise and not step.swaps else step for step in changed]
            extra = sum(step.seconds for step in longer) - sum(step.seconds for step in changed)
            if extra <= left:
                changed, left = longer, left - extra
    return replace(routine, steps=tuple(changed)) if tuple(changed) != routine.steps else routine


def dose_changes(routine: Routine, other: Routine) -> list[str]:
    """Return how the doses of a routine differ from another version of it, in words, once for each exercise.

    At most three exercises are named; the last entry says how many more there are.
    """
    changes: dict[str, str] = {}
    for step, before in zip(routine.steps, other.steps, strict=True):
        if step.exercise and (step.hold, step.reps) != (before.hold, before.reps):
            changes.setdefault(step.exercise.id, f"{step.exercise.name} {_dose_change(step.exercise, step, before)}")
    words = list(changes.values())
    return words if len(words) <= _NAMED else [*words[: _NAMED - 1], f"and {len(words) - _NAMED + 1} more exercises"]


def changed_exercises(routine: Routine, other: Routine) -> Iterator[str]:
    """Yield the ids of the exercises whose doses differ between two versions of a routine."""
    for exercise in routine.exercises:
        pairs = zip(routine.steps, other.steps, strict=True)
        if any(step != before for step, before in pairs if step.exercise == exercise):
            yield exercise.id


def _dose_change(exercise: Exercise, step: Step, before: Step) -> str:
    if step.hold == before.hold:
        return f"{count(step.reps, exercise.rep_name)} instead of {before.reps}"
    if step.reps == before.reps:
        return f"{step.hold:g} s instead of {before.hold:g} s"
    return f"{step.reps} × {step.hold:g} s instead of {before.reps} × {before.hold:g} s"  # noqa: RUF001 - it is meant


def progresses(exercise: Exercise) -> bool:
    """Return whether the dose of an exercise may grow and shrink."""
    return exercise.kind in _PROGRESSING and not exercise.locked


def _longer(step: Step) -> Step:
    """Return a step of a routine with its dose one step up, or unchanged if it must not grow."""
    exercise = step.exercise
    if exercise is None or not progresses(exercise):
        return step
    own = exercise.dose
    if exercise.kind == "stretch" and step.hold < own.hold:
        return replace(step, hold=min(own.hold, step.hold + HOLD_STEP_SECONDS))
    if step.reps < own.reps and not exercise.repetitions:
        return replace(step, reps=step.reps + 1, rest=step.rest if step.reps > 1 else max(step.rest, own.rest))
    return step


def _shorter(step: Step) -> Step:
    """Return a step of a routine with its dose one step down, or unchanged if it must not shrink."""
    exercise = step.exercise
    if exercise is None or not progresses(exercise):
        return step
    if exercise.kind == "stretch" and step.hold > SHORTEST_HOLD_SECONDS:
        return replace(step, hold=max(SHORTEST_HOLD_SECONDS, step.hold - HOLD_STEP_SECONDS))
    return replace(step, reps=step.reps - 1) if step.reps > 1 and not exercise.repetitions else step
