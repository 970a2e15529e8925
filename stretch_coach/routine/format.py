"""The shape of routine and exercise files, and how a document is validated against it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from stretch_coach.routine.diagnostics import (
    MISSING,
    PROBLEMS_AT_MOST,
    KeyPath,
    LocatedProblem,
    Problem,
    RoutineFileError,
    as_id,
    describe_error,
    field_error,
)
from stretch_coach.routine.document import Document
from stretch_coach.routine.exercise import Evidence, Exercise
from stretch_coach.routine.fields import (
    HoldSeconds,
    Label,
    Level,
    PauseSeconds,
    Reps,
    Sentence,
    Slug,
    Strict,
    Words,
    has_side,
)
from stretch_coach.text import quoted

PREPARE_SECONDS = 5.0
STEPS_AT_MOST = 500
SWAPS_AT_MOST = 12

_OF_AN_EXERCISE = {"exercise", "side", "prepare", "hold", "reps", "swap"}
_EXERCISE_STEP = "an exercise"
_REST_STEP = "a rest"
_ID_LENGTH = 64

Model = TypeVar("Model", bound=BaseModel)


class ExerciseStep(Strict):
    """An exercise with its dose; what is left out comes from the exercise."""

    exercise: Slug
    """The id of an exercise: a bundled one, one of the user's own, or one defined in this file."""
    side: Literal["left", "right", "each"] | None = None
    """The side of the target muscle, each in turn by default. Only for a sided exercise."""
    prepare: PauseSeconds = PREPARE_SECONDS
    """Seconds to get into position, before each side."""
    hold: HoldSeconds | None = None
    """Seconds to hold, or to move for."""
    reps: Reps | None = None
    """How many times to do it."""
    rest: PauseSeconds | None = None
    """Seconds between two repetitions."""
    say: Sentence | None = None
    """Said instead of the exercise's own sentence."""
    swap: Annotated[list[Slug], Field(max_length=SWAPS_AT_MOST)] = []
    """The ids of exercises that may stand here instead, each fitted so that the step takes as long. They take turns."""


def _names_no_side(text: str) -> str:
    if has_side(text):
        raise field_error("names a side, but a rest has none.", "Remove {side} and {other}.")
    return text


class RestStep(Strict):
    """A pause between exercises."""

    rest: PauseSeconds
    say: Annotated[Sentence, AfterValidator(_names_no_side)] | None = None


def _step_kind(step: Any) -> str:
    """Return which kind of step is meant: one that has a rest and nothing of an exercise is a rest."""
    if isinstance(step, RestStep):
        return _REST_STEP
    if (
        isinstance(step, dict)
        and "rest" in step
        and not {"exercise", "side", "prepare", "hold", "reps", "swap"} & step.keys()
    ):
        return _REST_STEP
    return _EXERCISE_STEP


StepEntry = Annotated[
    Annotated[ExerciseStep, Tag(_EXERCISE_STEP)] | Annotated[RestStep, Tag(_REST_STEP)],
    Discriminator(_step_kind),
]

_STEP: TypeAdapter[ExerciseStep | RestStep] = TypeAdapter(StepEntry)


def _known_format(version: Any) -> Any:
    if version != 1 or isinstance(version, bool):
        raise field_error(f"{quoted(version)} is not a version of this format.", "Write 1.")
    return version


FormatVersion = Annotated[Literal[1], BeforeValidator(_known_format)]
"""The version of the format of a file."""


class RoutineFile(Strict):
    """What ``routines/*.json`` may hold."""

    schema_: Annotated[str | None, Field(alias="$schema", max_length=400)] = None
    format: FormatVersion = 1
    """The version of this format."""
    id: Slug
    """The routine's name in commands; by default the name of the file."""
    title: Label
    summary: Words | None = None
    language: Annotated[str, Field(strict=True, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)] = "en"
    level: Level = "all"
    tags: list[Slug] = []
    need: Words | None = None
    frequency: Words | None = None
    cautions: list[Words] = []
    warning_signs: Annotated[bool, Field(strict=True)] = False
    """Whether to show the warning signs before each session."""
    silent: Annotated[bool, Field(strict=True)] = False
    """Whether there is no voice and no tone, for quiet places; guided by voice alone, it speaks."""
    evidence: Evidence | None = None
    total_seconds: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] | None = None
    """How long the steps take together; checked if given."""
    exercises: dict[Slug, Exercise] = {}
    """Exercises defined in this file, by id, each with the fields of a file in exercises/."""
    steps: Annotated[list[StepEntry], Field(min_length=1, max_length=STEPS_AT_MOST)]

    @model_validator(mode="before")
    @classmethod
    def _name_exercises(cls, given: Any) -> Any:
        """Give each exercise defined in the file its key as its id."""
        if not isinstance(given, dict) or not isinstance(given.get("exercises"), dict):
            return given
        return given | {"exercises": {key: _with_id(key, exercise) for key, exercise in given["exercises"].items()}}


def parse_exercise(document: Document) -> Exercise:
    """Return the exercise that a file defines.

    Raises:
        RoutineFileError: It does not define a valid one.
    """
    exercise, problems = validate(document, Exercise)
    if exercise is None:
        raise file_error(document, problems)
    return exercise


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Validate a file against a model. An id may be left out: it then follows from the name of the file.

    Returns:
        What the file says, or `None` if it is not valid; and its problems, at most a hundred.
    """
    data = document.data
    if isinstance(data, dict) and "id" in model.model_fields and "id" not in data:
        data = data | {"id": id_from_name(document.path.stem)}
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = (describe_error(_without_step_kind(detail), lambda path: _known_keys(model, path)) for detail in details)
    first = next(problems)
    in_file = (problem for problem in chain([first], problems) if _is_in_file(document, problem))
    return None, list(islice(in_file, PROBLEMS_AT_MOST)) or [first]


def readable_steps(data: Any) -> Iterator[tuple[int, ExerciseStep | RestStep]]:
    """Yield the steps of a file that is not valid, each with its index, without those fields that are not valid."""
    steps = data.get("steps") if isinstance(data, dict) else None
    for index, step in enumerate(steps[:STEPS_AT_MOST] if isinstance(steps, list) else []):
        try:
            yield index, _STEP.validate_python(step)
        except ValidationError as error:
            if not isinstance(step, dict):
                continue
            wrong = {key for detail in error.errors(include_url=False) for key in detail["loc"]}
            with suppress(ValidationError):
                yield index, _STEP.validate_python({key: value for key, value in step.items() if key not in wrong})


def readable_exercises(data: Any) -> dict[str, Exercise | None]:
    """Return the exercises defined in a file that is not valid, by id; `None` for each that is not valid."""
    given = data.get("exercises") if isinstance(data, dict) else None
    exercises: dict[str, Exercise | None] = {}
    for key, exercise in given.items() if isinstance(given, dict) else ():
        exercises[key] = None
        with suppress(ValidationError):
            exercises[key] = Exercise.model_validate(_with_id(key, exercise))
    return exercises


def file_error(document: Document, problems: Iterable[Problem]) -> RoutineFileError:
    """Return an error with these problems, a hundred at most, each with its place in the file."""
    return RoutineFileError([locate(document, problem) for problem in islice(problems, PROBLEMS_AT_MOST)])


def locate(document: Document, problem: Problem) -> LocatedProblem:
    """Return a problem with its place in the file."""
    return LocatedProblem(document.path, *document.locate(problem.path, key=problem.at_key), problem)


def id_from_name(stem: str) -> str:
    """Return the id of a file that gives none: its name without the suffix, as far as an id allows."""
    return as_id(stem)[:_ID_LENGTH].rstrip("-") or "unnamed"


def _with_id(key: str, exercise: Any) -> Any:
    return {"id": key} | exercise if isinstance(exercise, dict) else exercise


def _without_step_kind(error: ErrorDetails) -> ErrorDetails:
    """Return the error without the kind of step, which is in pydantic's paths but not in the file."""
    match error["loc"]:
        case ("steps", int(index), str(kind), *rest) if kind in (_EXERCISE_STEP, _REST_STEP):
            return {**error, "loc": ("steps", index, *rest)}
    return error


def _is_in_file(document: Document, problem: Problem) -> bool:
    """Return whether a problem is about what the file says or lacks, not about what was derived from that."""
    return document.holds(problem.path) or (problem.message == MISSING and document.holds(problem.path[:-1]))


def _known_keys(model: type[BaseModel], path: KeyPath) -> Sequence[str]:
    """Return the keys that the object at a path may have; none if its type is not known."""
    types: list[Any] = [model]
    for part in path:
        types = [inner for outer in types for inner in _types_at(outer, part)]
    keys: dict[str, None] = {}
    for known in types:
        if isinstance(known, type) and issubclass(known, BaseModel):
            keys |= dict.fromkeys(field.alias or name for name, field in known.model_fields.items())
    return list(keys)


def _types_at(annotation: Any, part: str | int) -> list[Any]:
    """Return the types that a value of this type may have at a key or index."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(str(part))
        return _alternatives(field.annotation) if field else []
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return _alternatives(arguments[0])
    return _alternatives(arguments[1]) if origin is dict else []


def _alternatives(annotation: Any) -> list[Any]:
    """Return the types that an annotation allows, without ``Annotated`` and ``|``."""
    if isinstance(annotation, type) or get_origin(annotation) in (list, dict) or annotation is Slug:
        return [annotation]
    return [inner for argument in get_args(annotation) for inner in _alternatives(argument)]
