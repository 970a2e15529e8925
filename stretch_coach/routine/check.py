"""From a JSON document to a checked exercise or routine, or to everything that is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NoReturn, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stretch_coach.routine.complaint import KeyPath, Located, Problem, RoutineFileError, explain
from stretch_coach.routine.document import Document
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.file import EXERCISE_STEP, REST_STEP, RoutineFile
from stretch_coach.routine.model import Routine, understand
from stretch_coach.routine.text import Slug

Model = TypeVar("Model", bound=BaseModel)

_PROBLEMS_AT_MOST = 100  # a file that is no routine at all can have as many as it has bytes


def check_exercise(document: Document) -> Exercise:
    """The exercise that a file defines.

    Raises:
        RoutineFileError: With a located problem for each thing that is wrong.
    """
    return _check(document, Exercise)


def check_routine(document: Document, exercises: Mapping[str, Exercise], *, bundled: bool = False) -> Routine:
    """The routine that a file defines.

    Args:
        document: The file.
        exercises: The exercises it may name, by id.
        bundled: Whether the file came with the program.

    Raises:
        RoutineFileError: With a located problem for each thing that is wrong.
    """
    file = _check(document, RoutineFile)
    routine, problems = understand(file, exercises, path=document.path, bundled=bundled)
    if problems:
        _refuse(document, problems)
    return routine


def locate(document: Document, problem: Problem) -> Located:
    """Where in a file a problem stands."""
    return Located(document.path, *document.locate(problem.path, key=problem.at_key), problem)


def _check(document: Document, model: type[Model]) -> Model:
    data = document.data
    if isinstance(data, dict) and "id" not in data:
        data = data | {"id": _id_from_name(document)}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = (explain(_untagged(detail), lambda path: _known_keys(model, path)) for detail in details)
        first = next(problems)
        real = (one for one in chain([first], problems) if _is_in_file(document, one))
        _refuse(document, chain([next(real, first)], real))


def _refuse(document: Document, problems: Iterable[Problem]) -> NoReturn:
    raise RoutineFileError([locate(document, one) for one in islice(problems, _PROBLEMS_AT_MOST)])


def _id_from_name(document: Document) -> str:
    """An id for a file that gives none: its name, as far as that is an id."""
    words = "".join(one if one.isascii() and one.isalnum() else " " for one in document.path.stem.lower()).split()
    return "-".join(words)[:64].strip("-") or "unnamed"


def _untagged(detail: ErrorDetails) -> ErrorDetails:
    """Without the name of the kind of step, which stands in pydantic's paths but not in the file."""
    match detail["loc"]:
        case ("steps", int(index), str(kind), *rest) if kind in (EXERCISE_STEP, REST_STEP):
            return {**detail, "loc": ("steps", index, *rest)}
    return detail


def _is_in_file(document: Document, problem: Problem) -> bool:
    """Whether a problem is about what was written or left out there, not about what was concluded from it."""
    return document.holds(problem.path) or (problem.message == "is missing." and document.holds(problem.path[:-1]))


def _known_keys(model: type[BaseModel], path: KeyPath) -> Sequence[str]:
    """The keys an object at a path may have; empty where that cannot be told."""
    here: list[Any] = [model]
    for part in path:
        here = [inner for one in here for inner in _step_into(one, part)]
    keys: dict[str, None] = {}
    for one in here:
        if isinstance(one, type) and issubclass(one, BaseModel):
            keys |= dict.fromkeys(field.alias or name for name, field in one.model_fields.items())
    return list(keys)


def _step_into(annotation: Any, part: str | int) -> list[Any]:
    """The types a part of a path may have inside a type: a field's, a list's items', a mapping's values'."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(str(part))
        return _unwrapped(field.annotation) if field else []
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return _unwrapped(arguments[0])
    return _unwrapped(arguments[1]) if origin is dict else []


def _unwrapped(annotation: Any) -> list[Any]:
    """A type without ``Annotated`` and ``|`` around it: the types it may be."""
    if isinstance(annotation, type) or get_origin(annotation) in (list, dict) or annotation is Slug:
        return [annotation]
    return [inner for argument in get_args(annotation) for inner in _unwrapped(argument)]
