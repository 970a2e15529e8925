"""What is wrong with a file, in a sentence that names the place and the cure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic_core import ErrorDetails

from stretch_coach.errors import CoachError
from stretch_coach.routine.text import quoted
from stretch_coach.safe_text import SHOWN_AT_MOST, shown

KeyPath = tuple[str | int, ...]

_PLAIN_KEY = re.compile(r"[\w$-]+")
_SECONDS = frozenset({"hold", "rest", "prepare", "total_seconds", "setup_seconds", "seconds_per_cycle"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place in a file.

    Attributes:
        path: The keys and indexes, from 0, that lead there; empty for the file as a whole.
        message: What is wrong, to be read after the field's name.
        cure: What to write instead.
        at_key: Whether the name itself is wrong, not its value.
    """

    path: KeyPath
    message: str
    cure: str
    at_key: bool = False

    def __str__(self) -> str:
        name = field_name(self.path)
        return f"{name}: {self.message} {self.cure}" if name else f"{self.message} {self.cure}"


@dataclass(frozen=True, slots=True)
class Located:
    """A problem with the line and column, both from 1, at which it stands."""

    file: Path
    line: int
    column: int
    problem: Problem

    @property
    def place(self) -> str:
        """The file, line and column, as editors and terminals understand them."""
        return f"{shown(str(self.file), at_most=400)}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class RoutineFileError(CoachError):
    """A routine or exercise file that cannot be used; it knows everything that was found wrong in it."""

    def __init__(self, problems: Sequence[Located]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.line, one.column)))
        first = self.problems[0]
        more = len(self.problems) - 1
        hint = f"(And {more} more: see `stretch-coach check`.)" if more else ""
        super().__init__(first.place, str(first.problem), hint)


def field_name(path: KeyPath) -> str:
    """A path as one writes it: ``steps[2].hold``."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            key = part if _PLAIN_KEY.fullmatch(part) and len(part) <= SHOWN_AT_MOST else quoted(part)
            name += f".{key}" if name else key
    return name


def explain(  # noqa: PLR0911 - one for each kind of complaint
    error: ErrorDetails, known_keys: Callable[[KeyPath], Sequence[str]]
) -> Problem:
    """The model's complaint as a sentence.

    Args:
        error: One of pydantic's error details.
        known_keys: Tells which keys an object at a path may have.
    """
    path: KeyPath = tuple(error["loc"])
    context: dict[str, Any] = error.get("ctx", {})
    given = error["input"]
    if path and path[-1] == "[key]" and error["type"].startswith("string_"):
        return Problem(path[:-1], *_bad_id(path[-2]), at_key=True)
    match error["type"]:
        case "refusal":
            return Problem(path, context["message"], context["cure"])
        case "missing":
            return Problem(path, "is missing.", _how_to_write(path))
        case "extra_forbidden":
            return Problem(path, *_unknown_key(path, known_keys), at_key=True)
        case "literal_error":
            return Problem(path, *_unknown_word(given, context["expected"]))
        case "string_pattern_mismatch":
            return Problem(path, *_bad_id(given, context["pattern"]))
        case "greater_than_equal" | "less_than_equal":
            return Problem(path, *_out_of_bounds(given, context))
        case "string_too_short" | "string_too_long" | "too_short" | "too_long":
            return Problem(path, *_bad_length(error["type"], context))
    return Problem(path, *_wrong_type(error["type"], path, given, error["msg"]))


def _how_to_write(path: KeyPath) -> str:
    examples = {
        "name": '"Look left and right"',
        "title": '"My short break"',
        "instructions": '["Sit tall.", "Turn your head slowly."]',
        "steps": '[{"exercise": "chin-tuck"}]',
        "exercise": '"chin-tuck"',
        "id": '"my-break"',
    }
    key = str(path[-1])
    return f'Write "{key}": {examples.get(key, "…")}.'


def _unknown_key(path: KeyPath, known_keys: Callable[[KeyPath], Sequence[str]]) -> tuple[str, str]:
    known = known_keys(path[:-1])
    close = get_close_matches(str(path[-1]), known, n=1, cutoff=0.5)
    if close:
        return "is not a field here.", f'Did you mean "{close[0]}"?'
    return "is not a field here.", "Take it out" + (f"; there are {', '.join(known)}." if known else ".")


def _unknown_word(given: object, expected: str) -> tuple[str, str]:
    words = re.findall(r"'([^']*)'", expected)
    if not words:
        return f"{quoted(given)} will not do.", f"Write {expected}."
    close = get_close_matches(given, words, n=1, cutoff=0.5) if isinstance(given, str) else []
    cure = f'Did you mean "{close[0]}"?' if close else f"Write one of: {', '.join(words)}."
    return f"{quoted(given)} is not known.", cure


def _bad_id(given: object, pattern: str = "") -> tuple[str, str]:
    if "a-z]{2,3}" in pattern:
        return f"{quoted(given)} is not the code of a language.", 'Write one such as "en".'
    if "A-Z0-9" in pattern and "a-z" not in pattern:
        return f"{quoted(given)} is not the code of a source.", 'Write capitals and digits, such as "TUN16".'
    written = re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-") if isinstance(given, str) else ""
    cure = f'Write "{shown(written)}".' if written else "Write small letters, digits and hyphens."
    return f"{quoted(given)} is not an id.", cure


def _out_of_bounds(given: object, context: dict[str, Any]) -> tuple[str, str]:
    if "ge" in context:
        return f"{quoted(given)} is too little.", f"Write {context['ge']:g} or more."
    return f"{quoted(given)} is too much.", f"Write {context['le']:g} or less."


def _bad_length(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    match kind:
        case "string_too_short":
            return "is empty.", "Write some words, or leave it out."
        case "string_too_long":
            return "is too long.", f"Write at most {context['max_length']} characters."
        case "too_short":
            return f"has {context['actual_length']} entries.", f"Write at least {context['min_length']}."
        case _:
            return f"has {context['actual_length'] or 'too many'} entries.", f"Write at most {context['max_length']}."


_TYPE_WORDS = {
    "string_type": ("text", 'Write it in double quotes, such as "…".'),
    "bool_type": ("yes or no", "Write true or false, without quotes."),
    "list_type": ("a list", "Write it in square brackets: […]."),
    "dict_type": ("an object", "Write it in braces: {…}."),
    "model_type": ("an object", "Write it in braces: {…}."),
    "model_attributes_type": ("an object", "Write it in braces: {…}."),
    "string_unicode": ("text", "Take out the unfinished \\u sign."),
}


def _wrong_type(kind: str, path: KeyPath, given: object, message: str) -> tuple[str, str]:
    if kind in _TYPE_WORDS:
        what, cure = _TYPE_WORDS[kind]
        return f"{quoted(given)} is not {what}.", cure
    if kind in {"float_type", "int_type", "int_from_float", "finite_number", "float_parsing"}:
        what, number, written = "a number", "0.5", r"\d{1,6}(?:\.\d{1,3})?"
        if path and path[-1] in _SECONDS:
            what, number = "a number of seconds", "10"
        elif kind.startswith("int"):
            what, number, written = "a whole number", "10", r"\d{1,6}"
        if isinstance(given, str) and (digits := re.search(written, given)):
            number = digits[0]
        elif isinstance(given, float) and 1 <= given < 1e6:  # noqa: PLR2004 - where rounding is what was meant
            number = f"{given:.0f}"
        return f"{quoted(given)} is not {what}.", f"Write {number}."
    return f"{quoted(given)} will not do: {message}.", "See `stretch-coach schema`."
