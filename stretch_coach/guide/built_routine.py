"""Builds a routine of a given length from exercises. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import ExerciseStep, RestStep, RoutineFile
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.splice import plain_numbers

LONGEST_HOLD_SECONDS = 20.0
"""How long a stretch of a built routine is held at most at first; with time left over, up to its own dose."""

_ROUNDS = 2
_PREPARE_SECONDS = 5.0
_PREPARE_AT_MOST = 10.0
_REST_AT_MOST = 600.0
"""The longest rest that a file may have."""

_REST_SAY = "Sit back and breathe quietly."


def fill_time(exercises: Iterable[Exercise], seconds: float) -> list[ExerciseStep | RestStep]:
    """Return steps of these exercises that take exactly a given time.

    The exercises are chosen in order as long as they fit, and once more if there is time. What time is left lengthens
    them, first towards their own doses and then their preparations, and the rest of it is a rest.

    Args:
        exercises: What to do, the most wanted first.
        seconds: How long it should take, in whole seconds.

    Returns:
        The steps, or none if not even one exercise fits.
    """
    left = seconds
    chosen: list[tuple[Exercise, ExerciseStep]] = []
    for exercise in (*exercises,) * _ROUNDS:
        ways = (step for step in _short_steps(exercise) if _seconds(exercise, step) <= left)
        if step := next(ways, None):
            left -= _seconds(exercise, step)
            chosen.append((exercise, step))
    steps: list[ExerciseStep | RestStep] = []
    lengthened = True
    while lengthened:
        lengthened = False
        for index, (exercise, step) in enumerate(chosen):
            longer = next(_longer(exercise, step, left), None)
            if longer:
                left -= _seconds(exercise, longer) - _seconds(exercise, step)
                chosen[index] = exercise, longer
                lengthened = True
    steps += [step for _, step in chosen]
    while steps and left:
        rest = min(left, _REST_AT_MOST)
        steps.append(RestStep(rest=rest, say=_REST_SAY))
        left -= rest
    return steps


def build_routine(
    id_: str, title: str, steps: Sequence[ExerciseStep | RestStep], library: Mapping[str, Exercise], **more: Any
) -> Routine:
    """Return a routine of these steps, which belongs to no file yet.

    Args:
        id_: Its id.
        title: Its title.
        steps: Its steps.
        library: The exercises by id.
        **more: Other fields of a routine file.
    """
    file = RoutineFile(id=id_, title=title, steps=list(steps), **more)
    routine, problems = resolve_routine(file, library, path=Path(f"{id_}.json"), bundled=False)
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return routine


def routine_json(routine: Routine, exercises: Mapping[str, Exercise]) -> dict[str, Any]:
    """Return a routine as a file that anybody can use: exercises that did not come with the program are in it.

    It names no schema, as that is where this user's files are.

    Args:
        routine: The routine.
        exercises: The bundled exercises by id, which everybody has.
    """
    content: dict[str, Any] = routine.file.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude={"schema_"}
    )
    own = {one.id: one for one in routine.all_exercises if exercises.get(one.id) != one}
    if own:
        content["exercises"] = {
            id_: one.model_dump(
                mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude={"schema_"}
            )
            for id_, one in own.items()
        }
    whole: dict[str, Any] = plain_numbers({"format": 1, **content, "total_seconds": routine.total_seconds})
    return whole


def _short_steps(exercise: Exercise) -> Iterator[ExerciseStep]:
    """Yield a step of about twenty seconds, and the shortest there is."""
    dose = exercise.dose
    hold = dose.hold if exercise.rep_name != "hold" else min(dose.hold, LONGEST_HOLD_SECONDS)
    fitting = int(LONGEST_HOLD_SECONDS // (hold + dose.rest))
    yield _step(exercise, hold, max(1, min(dose.reps, fitting)))
    yield _step(exercise, hold, 1)


def _longer(exercise: Exercise, step: ExerciseStep, seconds: float) -> Iterator[ExerciseStep]:
    """Yield the ways to make a step longer that take no more than some seconds: repetitions, hold, preparation."""
    dose = exercise.dose
    hold, reps = step.hold or dose.hold, step.reps or 1
    ways = []
    if reps < dose.reps and hold < LONGEST_HOLD_SECONDS:
        ways.append(_step(exercise, hold, reps + 1, step.prepare))
    if exercise.rep_name == "hold" and hold + 1 <= dose.hold:
        ways.append(_step(exercise, hold + 1, reps, step.prepare))
    if step.prepare < _PREPARE_AT_MOST:
        ways.append(_step(exercise, hold, reps, step.prepare + 1))
    return (way for way in ways if _seconds(exercise, way) - _seconds(exercise, step) <= seconds)


def _seconds(exercise: Exercise, step: ExerciseStep) -> float:
    hold, reps, rest = step.hold or 0, step.reps or 1, step.rest or 0
    return (2 if exercise.sided else 1) * (step.prepare + reps * hold + (reps - 1) * rest)


def _step(exercise: Exercise, hold: float, reps: int, prepare: float = _PREPARE_SECONDS) -> ExerciseStep:
    rest = exercise.dose.rest if reps > 1 else 0.0
    return ExerciseStep(exercise=exercise.id, prepare=prepare, hold=hold, reps=reps, rest=rest)
