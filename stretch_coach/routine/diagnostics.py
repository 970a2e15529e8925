"""Problems in files, each a sentence that names the place, what is wrong and the cure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import ErrorDetails, PydanticCustomError

from stretch_coach.errors import CoachError, sentence
from stretch_coach.phrasing import did_you_mean
from stretch_coach.text import EXCERPT_CHARACTERS, excerpt, quoted

KeyPath = tuple[str | int, ...]

MISSING = "is missing."

PROBLEMS_AT_MOST = 100
"""How many problems of a file are reported; one that is something else entirely can have one per byte."""

_PLAIN_KEY = re.compile(r"[\w$-]+")
_PATH_CHARACTERS = 400
_FIELD_ERROR = "field_error"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place in a file.

    Attributes:
        path: The keys and indexes (from 0) that lead there; empty for the file as a whole.
        message: What is wrong, worded to follow the field's name.
        cure: What to write instead.
        at_key: Whether the key itself is wrong, not its value.
    """

    path: KeyPath
    message: str
    cure: str
    at_key: bool = False

    def __str__(self) -> str:
        name = field_name(self.path)
        return f"{sentence(name, self.message) if name else self.message} {self.cure}"


@dataclass(frozen=True, slots=True)
class LocatedProblem:
    """A problem with its file, line and column; both count from 1."""

    file: Path
    line: int
    column: int
    problem: Problem

    @property
    def place(self) -> str:
        """The file, line and column in the notation of editors and terminals."""
        return f"{excerpt(str(self.file), at_most=_PATH_CHARACTERS)}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class RoutineFileError(CoachError):
    """A routine or exercise file that cannot be used.

    Attributes:
        file: The file.
        problems: Everything that is wrong with it, in the order of the file.
    """

    def __init__(self, problems: Sequence[LocatedProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        first = self.problems[0]
        self.file = first.file
        more = len(self.problems) - 1
        hint = f"(And {more} more: see `stretch-coach check`.)" if more else ""
        super().__init__(first.place, str(first.problem), hint)


def as_id(text: str) -> str:
    """Return a text in the form of an id, which may be too long; empty if it has no letters or digits for one."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def field_name(path: KeyPath) -> str:
    """Return a path in the usual notation, such as ``steps[2].hold``."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            key = part if _PLAIN_KEY.fullmatch(part) and len(part) <= EXCERPT_CHARACTERS else quoted(part)
            name += f".{key}" if name else key
    return name


def field_error(message: str, cure: str) -> PydanticCustomError:
    """Return an error for a pydantic validator to raise that already has its sentence and its cure."""
    return PydanticCustomError(_FIELD_ERROR, "{message} {cure}", {"message": message, "cure": cure})


def describe_error(error: ErrorDetails, known_keys: Callable[[KeyPath], Sequence[str]]) -> Problem:
    """Return a validation error of pydantic as a problem.

    Args:
        error: An entry of `ValidationError.errors()`.
        known_keys: Returns the keys that the object at a path may have.
    """
    path: KeyPath = tuple(error["loc"])
    kind, given = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    if path and path[-1] == "[key]" and kind.startswith("string_"):
        return Problem(path[:-1], *_invalid_id(path[-2]), at_key=True)
    if kind == "extra_forbidden":
        return Problem(path, *_unknown_key(path, known_keys(path[:-1])), at_key=True)
    match kind:
        case "field_error":
            sentence = context["message"], context["cure"]
        case "missing":
            sentence = MISSING, _example(path)
        case "literal_error":
            sentence = _unknown_word(given, context["expected"])
        case "string_pattern_mismatch":
            sentence = _invalid_id(given, context["pattern"])
        case "greater_than_equal":
            sentence = f"{quoted(given)} is too small.", f"Write {context['ge']:g} or more."
        case "less_than_equal":
            sentence = f"{quoted(given)} is too large.", f"Write {context['le']:g} or less."
        case "string_too_short" | "string_too_long" | "too_short" | "too_long":
            sentence = _wrong_length(kind, context)
        case _:
            sentence = _wrong_type(kind, path, given, error["msg"])
    return Problem(path, *sentence)


def _example(path: KeyPath) -> str:
    examples = {
        "name": '"Look left and right"',
        "title": '"My short break"',
        "instructions": '["Sit tall.", "Turn your head slowly."]',
        "steps": '[{"exercise": "chin-tuck"}]',
        "exercise": '"chin-tuck"',
        "id": '"my-break"',
    }
    key = str(path[-1])
    return f'Add "{key}": {examples.get(key, "…")}.'


def _unknown_key(path: KeyPath, known: Sequence[str]) -> tuple[str, str]:
    remove = f"Remove it; the fields are {', '.join(known)}." if known else "Remove it."
    return "is not a known field.", did_you_mean(str(path[-1]), known, remove)


def _unknown_word(given: object, expected: str) -> tuple[str, str]:
    words = re.findall(r"'([^']*)'", expected)
    return f"{quoted(given)} is not a known value.", did_you_mean(str(given), words)


def _invalid_id(given: object, pattern: str = "") -> tuple[str, str]:
    if "a-z]{2,3}" in pattern:
        return f"{quoted(given)} is not a language code.", 'Write one such as "en".'
    if "A-Z0-9" in pattern and "a-z" not in pattern:
        return f"{quoted(given)} is not the code of a source.", 'Write capitals and digits, such as "TUN16".'
    similar = as_id(given) if isinstance(given, str) else ""
    cure = f'Write "{excerpt(similar)}".' if similar else "Use lowercase letters, digits and hyphens."
    return f"{quoted(given)} is not an id.", cure


def _wrong_length(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    match kind:
        case "string_too_short":
            return "is empty.", "Write some words, or leave it out."
        case "string_too_long":
            return "is too long.", f"Write at most {context['max_length']} characters."
        case "too_short":
            return f"has {context['actual_length']} entries.", f"Write at least {context['min_length']}."
        case _:
            return f"has {context['actual_length'] or 'too many'} entries.", f"Write at most {context['max_length']}."


_SECONDS = frozenset({"hold", "rest", "prepare", "total_seconds", "setup_seconds", "seconds_per_cycle"})
_ROUNDED_BELOW = 1e6
_OBJECT = ("is not an object.", "Write it in braces: {…}.")
_TYPES = {
    "string_type": ("is not text.", 'Write it in double quotes, such as "…".'),
    "string_unicode": ("is not text.", "Complete or remove the \\u escape."),
    "bool_type": ("is neither true nor false.", "Write true or false, without quotes."),
    "list_type": ("is not a list.", "Write it in square brackets: […]."),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}


def _wrong_type(kind: str, path: KeyPath, given: object, message: str) -> tuple[str, str]:
    if kind in _TYPES:
        what, cure = _TYPES[kind]
        return f"{quoted(given)} {what}", cure
    if kind in {"float_type", "int_type", "int_from_float", "finite_number", "float_parsing"}:
        what, number, pattern = "a number", "0.5", r"\d{1,6}(?:\.\d{1,3})?"
        if path and path[-1] in _SECONDS:
            what, number = "a number of seconds", "10"
        elif kind.startswith("int"):
            what, number, pattern = "a whole number", "10", r"\d{1,6}"
        if isinstance(given, str) and (digits := re.search(pattern, given)):
            number = digits[0]
        elif isinstance(given, float) and 1 <= given < _ROUNDED_BELOW:
            number = f"{given:.0f}"
        return f"{quoted(given)} is not {what}.", f"Write {number}."
    return f"{quoted(given)} is not valid: {message}.", "See `stretch-coach schema`."
