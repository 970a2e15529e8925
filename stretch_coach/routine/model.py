"""A routine that is ready to be timed: its steps with their exercises, sides and doses."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import RoutineFile

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Step:
    """An exercise with its dose, done once on each of its sides; or a rest.

    All times are in seconds.

    Attributes:
        exercise: What to do; `None` for a rest.
        sides: The sides in order; `(None,)` for what is not sided.
        prepare: Time to get into position, before each side.
        hold: Length of one repetition.
        reps: Number of repetitions.
        rest: Time between two repetitions; for a rest, its length.
        say: What the routine says instead of the exercise's own sentence, if anything.
        extra_prepare: Time added to the first side's prepare so that the full instructions fit; 0 as a file is written.
        swaps: The exercises that may stand here instead.
    """

    exercise: Exercise | None
    sides: tuple[Side | None, ...]
    prepare: float
    hold: float
    reps: int
    rest: float
    say: str | None = None
    extra_prepare: float = 0.0
    swaps: tuple[Exercise, ...] = ()

    @property
    def seconds(self) -> float:
        """Sides x (prepare + reps x hold + (reps - 1) x rest) + extra_prepare; a rest lasts its rest."""
        if self.exercise is None:
            return self.rest
        one_side = self.prepare + self.reps * self.hold + (self.reps - 1) * self.rest
        return len(self.sides) * one_side + self.extra_prepare


class Lock(NamedTuple):
    """An exercise or a routine that the user has to confirm having been taught, with its cautions."""

    id: str
    name: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine with its exercises and doses filled in.

    Attributes:
        file: What its file says.
        steps: Its steps in order.
        path: Its file.
        bundled: Whether it came with the program.
    """

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
    def level(self) -> str | None:
        """Who the routine is for."""
        return self.file.level

    @property
    def tags(self) -> tuple[str, ...]:
        """The words that say what kind of routine it is."""
        return tuple(self.file.tags)

    @property
    def has_warning_signs(self) -> bool:
        """Whether the warning signs are asked before each session."""
        return bool(self.file.warning_signs)

    @property
    def locked(self) -> bool:
        """Whether the user has to confirm something before the first session."""
        return bool(self.locks)

    @property
    def total_seconds(self) -> float:
        """How long the steps take together, in seconds."""
        return round(sum(step.seconds for step in self.steps), 3)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises in the order in which they first appear."""
        return tuple({step.exercise.id: step.exercise for step in self.steps if step.exercise}.values())

    @property
    def all_exercises(self) -> tuple[Exercise, ...]:
        """The exercises in the order in which they first appear, and after them those that may stand in for one."""
        swaps = {one.id: one for step in self.steps for one in step.swaps}
        return tuple({**{one.id: one for one in self.exercises}, **swaps}.values())

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What the user has to confirm before the first session; empty if nothing.

        A routine of the level clinician-taught that has no locked exercise is itself locked.
        """
        exercises = [exercise for exercise in self.exercises if exercise.locked]
        locked = tuple(Lock(exercise.id, exercise.name, tuple(exercise.cautions)) for exercise in exercises)
        if not locked and self.file.level == "clinician-taught":
            return (Lock(self.id, self.title, tuple(self.file.cautions)),)
        return locked
