"""A routine as it may stand in a file, before its exercises are looked up."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from stretch_coach.routine.exercise import Evidence, Exercise, HoldSeconds, Level, PauseSeconds, Reps, Strict
from stretch_coach.routine.text import Label, Sentence, Slug, Words, has_side, quoted, refusal

PREPARE_SECONDS = 5.0
STEPS_AT_MOST = 500
HOURS_AT_MOST = 4

EXERCISE_STEP = "an exercise"
REST_STEP = "a rest"


class ExerciseStep(Strict):
    """An exercise with its dose; what is left out comes from the exercise."""

    exercise: Slug
    """The id of an exercise: a bundled one, one of the user's own, or one defined in this file."""
    side: Literal["left", "right", "each"] | None = None
    """The side of the target muscle; each side in turn unless given. Only for what is sided."""
    prepare: PauseSeconds = PREPARE_SECONDS
    """Seconds to get into position, before each side."""
    hold: HoldSeconds | None = None
    """Seconds to hold."""
    reps: Reps | None = None
    """How many times to hold."""
    rest: PauseSeconds | None = None
    """Seconds between two holds."""
    say: Sentence | None = None
    """Said instead of the exercise's own sentence."""


class RestStep(Strict):
    """A pause between exercises."""

    rest: PauseSeconds
    say: Sentence | None = None

    @model_validator(mode="after")
    def _has_no_side(self) -> Self:
        if self.say and has_side(self.say):
            raise refusal("say names a side, but a rest has none.", "Write the words without {side} and {other}.")
        return self


def _step_kind(step: Any) -> str:
    """A step that rests and names no dose is a rest; all others are to name an exercise."""
    if isinstance(step, RestStep):
        return REST_STEP
    if isinstance(step, dict) and "rest" in step and not {"exercise", "side", "prepare", "hold", "reps"} & step.keys():
        return REST_STEP
    return EXERCISE_STEP


StepEntry = Annotated[
    Annotated[ExerciseStep, Tag(EXERCISE_STEP)] | Annotated[RestStep, Tag(REST_STEP)],
    Discriminator(_step_kind),
]


def _known_format(version: Any) -> Any:
    if version != 1 or isinstance(version, bool):
        raise refusal(f"{quoted(version)} is not a version of this format.", "Write 1.")
    return version


class RoutineFile(Strict):
    """What may stand in ``routines/*.json``."""

    schema_: Annotated[str | None, Field(alias="$schema", max_length=400)] = None
    format: Annotated[Literal[1], BeforeValidator(_known_format)] = 1
    """The version of this format."""
    id: Slug
    """What commands call the routine; the file's name unless given."""
    title: Label
    summary: Words | None = None
    language: Annotated[str, Field(strict=True, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)] = "en"
    level: Level = "all"
    tags: list[Slug] = []
    need: Words | None = None
    frequency: Words | None = None
    cautions: list[Words] = []
    warning_signs: Annotated[bool, Field(strict=True)] = False
    """Whether the warning signs are shown before it starts."""
    evidence: Evidence | None = None
    total_seconds: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] | None = None
    """How long the steps take together; where it is given, it is checked."""
    exercises: dict[Slug, Exercise] = {}
    """Exercises defined in place, by id, in the shape of a file in exercises/."""
    steps: Annotated[list[StepEntry], Field(min_length=1, max_length=STEPS_AT_MOST)]

    @model_validator(mode="before")
    @classmethod
    def _name_exercises(cls, given: Any) -> Any:
        """An exercise defined in place has its key as its id."""
        if not isinstance(given, dict) or not isinstance(given.get("exercises"), dict):
            return given
        named = {
            key: {"id": key} | exercise if isinstance(exercise, dict) else exercise
            for key, exercise in given["exercises"].items()
        }
        return given | {"exercises": named}
