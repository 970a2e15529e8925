"""Turns a routine file into a routine: looks up exercises, completes doses, and checks sides and lengths."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from stretch_coach.phrasing import did_you_mean
from stretch_coach.routine.diagnostics import Problem
from stretch_coach.routine.document import Document
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.fields import has_side
from stretch_coach.routine.format import (
    ExerciseStep,
    RestStep,
    RoutineFile,
    file_error,
    readable_exercises,
    readable_steps,
    validate,
)
from stretch_coach.routine.model import Routine, Side, Step
from stretch_coach.routine.swaps import swap_problems

HOURS_AT_MOST = 4


def parse_routine(document: Document, exercises: Mapping[str, Exercise], *, bundled: bool = False) -> Routine:
    """Return the routine that a file defines.

    Args:
        document: The file.
        exercises: The exercises that it may name, by id.
        bundled: Whether the file came with the program.

    Raises:
        RoutineFileError: It does not define a valid one.
    """
    file, problems = validate(document, RoutineFile)
    if file is None:
        own = readable_exercises(document.data)
        problems += _reference_problems(readable_steps(document.data), own, exercises)
        raise file_error(document, problems)
    routine, problems = resolve_routine(file, exercises, path=document.path, bundled=bundled)
    if problems:
        raise file_error(document, problems)
    return routine


def resolve_routine(
    file: RoutineFile, exercises: Mapping[str, Exercise], *, path: Path, bundled: bool
) -> tuple[Routine, list[Problem]]:
    """Look up the exercises of a routine and complete its doses.

    Returns:
        The routine, and what is wrong with it; with any problem the routine is incomplete.
    """
    known = {**exercises, **file.exercises}
    readable = (entry for entry in file.steps if isinstance(entry, RestStep) or entry.exercise in known)
    steps = [complete_step(entry, known) for entry in readable]
    routine = Routine(file, tuple(steps), path, bundled)
    problems = list(_reference_problems(enumerate(file.steps), file.exercises, exercises))
    return routine, problems or _length_problems(routine)


def complete_step(entry: ExerciseStep | RestStep, known: Mapping[str, Exercise]) -> Step:
    """Return a step of a file with what it leaves out filled in. An exercise that it names has to be known."""
    if isinstance(entry, RestStep):
        return Step(None, (None,), prepare=0, hold=0, reps=1, rest=entry.rest, say=entry.say)
    exercise = known[entry.exercise]
    dose = exercise.dose
    return Step(
        exercise=exercise,
        sides=_sides(entry, exercise),
        prepare=entry.prepare,
        hold=dose.hold if entry.hold is None else entry.hold,
        reps=dose.reps if entry.reps is None else entry.reps,
        rest=dose.rest if entry.rest is None else entry.rest,
        say=entry.say,
        swaps=tuple(known[id_] for id_ in entry.swap if id_ in known),
    )


def _sides(entry: ExerciseStep, exercise: Exercise) -> tuple[Side | None, ...]:
    if not exercise.sided:
        return (None,)
    if entry.side is None or entry.side == "each":
        return ("left", "right")
    return (entry.side,)


def _reference_problems(
    steps: Iterable[tuple[int, ExerciseStep | RestStep]],
    own: Mapping[str, Exercise | None],
    library: Mapping[str, Exercise],
) -> Iterator[Problem]:
    """Yield the problems with references between steps and exercises.

    Args:
        steps: The steps with their indexes.
        own: The exercises that the file defines; `None` for one that is not valid.
        library: All other exercises that the file may name.
    """
    for key, exercise in own.items():
        if exercise and exercise.id != key:
            yield Problem(("exercises", key, "id"), f'"{exercise.id}" differs from its key.', f'Write "{key}".')
    known = {**library, **own}
    for index, entry in steps:
        if isinstance(entry, RestStep):
            continue
        if entry.exercise not in known:
            yield _unknown_exercise(index, entry.exercise, known)
        elif exercise := known[entry.exercise]:
            yield from _side_problems(index, entry, exercise)
            if entry.swap:
                step = complete_step(entry.model_copy(update={"swap": []}), {exercise.id: exercise})
                yield from swap_problems(index, entry.swap, exercise, step, known)


def _unknown_exercise(index: int, wanted: str, known: Iterable[str]) -> Problem:
    cure = did_you_mean(wanted, known, "See `stretch-coach exercises`.")
    return Problem(("steps", index, "exercise"), f'there is no exercise "{wanted}".', cure)


def _side_problems(index: int, entry: ExerciseStep, exercise: Exercise) -> Iterator[Problem]:
    if exercise.sided:
        return
    if entry.side is not None:
        yield Problem(("steps", index, "side"), f'"{exercise.id}" is not a sided exercise.', "Remove the side.")
    if entry.say and has_side(entry.say):
        message = f'names a side, but "{exercise.id}" is not a sided exercise.'
        yield Problem(("steps", index, "say"), message, "Remove {side} and {other}.")


def _length_problems(routine: Routine) -> list[Problem]:
    total, stated = routine.total_seconds, routine.file.total_seconds
    if total > HOURS_AT_MOST * 3600:
        message = f"take {total / 3600:.1f} hours in all."
        return [Problem(("steps",), message, f"A routine may take up to {HOURS_AT_MOST} hours.")]
    if total == 0:
        return [Problem(("steps",), "take no time at all.", "Give one of them a length.")]
    if stated is not None and stated != total:
        return [Problem(("total_seconds",), f"is {stated:g}, but the steps take {total:g}.", f"Write {total:g}.")]
    return []
