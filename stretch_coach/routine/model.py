"""A checked routine: an ordered list of steps whose exercises and doses are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, NamedTuple

from stretch_coach.routine.complaint import Problem
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.file import HOURS_AT_MOST, ExerciseStep, RestStep, RoutineFile
from stretch_coach.routine.text import has_side

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Step:
    """An exercise with its dose, once for each of its sides; or a rest, which has no exercise.

    All times are seconds. ``sides`` is ``(None,)`` for what is not sided. ``explaining`` is what the first side's
    prepare is longer by, so that the full instructions fit; as a file is written it is 0.
    """

    exercise: Exercise | None
    sides: tuple[Side | None, ...]
    prepare: float
    hold: float
    reps: int
    rest: float
    say: str | None = None
    explaining: float = 0.0

    @property
    def seconds(self) -> float:
        """Sides x (prepare + reps x hold + (reps - 1) x rest) + explaining; a rest step lasts its rest."""
        if self.exercise is None:
            return self.rest
        one_side = self.prepare + self.reps * self.hold + (self.reps - 1) * self.rest
        return len(self.sides) * one_side + self.explaining


class Lock(NamedTuple):
    """What has to be confirmed before a routine may be done: an exercise, or the routine itself."""

    id: str
    name: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Routine:
    """What a routine file means."""

    file: RoutineFile
    steps: tuple[Step, ...]
    path: Path
    bundled: bool

    @property
    def id(self) -> str:
        """The routine's id."""
        return self.file.id

    @property
    def title(self) -> str:
        """The routine's title."""
        return self.file.title

    @property
    def total_seconds(self) -> float:
        """How long the routine takes as written."""
        return round(sum(step.seconds for step in self.steps), 3)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of the routine, each once, in order."""
        return tuple({step.exercise.id: step.exercise for step in self.steps if step.exercise}.values())

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What only people taught it by a clinician may do.

        A routine that says so of itself without such an exercise is locked as a whole.
        """
        locked = tuple(Lock(one.id, one.name, tuple(one.cautions)) for one in self.exercises if one.locked)
        if not locked and self.file.level == "clinician-taught":
            return (Lock(self.id, self.title, tuple(self.file.cautions)),)
        return locked


def understand(
    file: RoutineFile, exercises: Mapping[str, Exercise], *, path: Path, bundled: bool
) -> tuple[Routine, list[Problem]]:
    """Look up a routine's exercises and complete its doses.

    Returns:
        The routine, which is whole only if the list of problems is empty.
    """
    known = {**exercises, **file.exercises}
    problems = [
        Problem(("exercises", key, "id"), f'"{one.id}" is not the name it stands under.', f'Write "{key}".')
        for key, one in file.exercises.items()
        if one.id != key
    ]
    steps = []
    for index, entry in enumerate(file.steps):
        if isinstance(entry, RestStep):
            steps.append(Step(None, (None,), prepare=0, hold=0, reps=1, rest=entry.rest, say=entry.say))
            continue
        exercise = known.get(entry.exercise)
        if exercise is None:
            problems.append(_unknown_exercise(index, entry.exercise, known))
            continue
        problems += _side_problems(index, entry, exercise)
        steps.append(_complete(entry, exercise))
    routine = Routine(file, tuple(steps), path, bundled)
    return routine, problems or _length_problems(routine)


def _complete(entry: ExerciseStep, exercise: Exercise) -> Step:
    dose = exercise.dose
    return Step(
        exercise=exercise,
        sides=_sides(entry, exercise),
        prepare=entry.prepare,
        hold=dose.hold if entry.hold is None else entry.hold,
        reps=dose.reps if entry.reps is None else entry.reps,
        rest=dose.rest if entry.rest is None else entry.rest,
        say=entry.say,
    )


def _sides(entry: ExerciseStep, exercise: Exercise) -> tuple[Side | None, ...]:
    if not exercise.sided:
        return (None,)
    if entry.side is None or entry.side == "each":
        return ("left", "right")
    return (entry.side,)


def _unknown_exercise(index: int, wanted: str, known: Mapping[str, Exercise]) -> Problem:
    close = get_close_matches(wanted, known, n=1, cutoff=0.5)
    cure = f'Did you mean "{close[0]}"?' if close else "Write an id from `stretch-coach routines --exercises`."
    return Problem(("steps", index, "exercise"), f'there is no exercise "{wanted}".', cure)


def _side_problems(index: int, entry: ExerciseStep, exercise: Exercise) -> list[Problem]:
    if exercise.sided:
        return []
    problems = []
    if entry.side is not None:
        message = f'"{exercise.id}" is not done side by side.'
        problems.append(Problem(("steps", index, "side"), message, "Leave side out."))
    if entry.say and has_side(entry.say):
        message = f'names a side, but "{exercise.id}" has none.'
        problems.append(Problem(("steps", index, "say"), message, "Write the words without {side} and {other}."))
    return problems


def _length_problems(routine: Routine) -> list[Problem]:
    total, said = routine.total_seconds, routine.file.total_seconds
    if total > HOURS_AT_MOST * 3600:
        message = f"take {total / 3600:.1f} hours in all."
        return [Problem(("steps",), message, f"Keep a routine within {HOURS_AT_MOST} hours.")]
    if total == 0:
        return [Problem(("steps",), "take no time at all.", "Give one of them a length.")]
    if said is not None and said != total:
        return [Problem(("total_seconds",), f"is {said:g}, but the steps take {total:g}.", f"Write {total:g}.")]
    return []
