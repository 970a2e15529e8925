"""A JSON file with the places of its values: read strictly, so that what it says is what was meant."""

import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # in every CPython; the type stubs leave it out
from pathlib import Path
from typing import Any, NoReturn

from stretch_coach.routine.complaint import KeyPath, Located, Problem, RoutineFileError
from stretch_coach.routine.text import quoted

BYTES_AT_MOST = 1024 * 1024
DEPTH_AT_MOST = 32

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b|[\[\]{}]', re.DOTALL)
_LONG_NUMBER = re.compile(r"\d{4300,}")  # what Python's own guard begins to refuse
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()

_SYNTAX = {
    "Expecting ',' delimiter": ("a comma or a closing bracket is missing here.", "Write one."),
    "Expecting ':' delimiter": ("a colon is missing after the name.", "Write one."),
    "Expecting property name enclosed in double quotes": (
        "a name in double quotes is missing here.",
        "Write one, or take out the comma or the comment before it.",
    ),
    "Expecting value": ("a value is missing here.", "Write one: text in double quotes, a number, true or false."),
    "Illegal trailing comma before end of object": ("there is a comma too many here.", "Take it out."),
    "Illegal trailing comma before end of array": ("there is a comma too many here.", "Take it out."),
    "Unterminated string starting at": ("this text has no end.", 'Close it with ".'),
    "Extra data": ("something stands after the end.", "Take it out."),
    "Invalid control character at": ("there is a line break or a control character inside a text.", "Take it out."),
    "Invalid \\escape": ("there is a backslash that means nothing.", "Write it twice: \\\\."),
    "Invalid \\uXXXX escape": ("there is an unfinished \\u sign.", "Write four hexadecimal digits after it."),
}


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a JSON file and what it says."""

    path: Path
    text: str
    data: Any

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character."""
        return _place(self.text, offset)

    def locate(self, path: KeyPath, *, key: bool = False) -> tuple[int, int]:
        """Where a value stands, or with ``key`` its name; where there is none, the nearest thing around it."""
        start = _skip_space(self.text, 0)
        for depth, wanted in enumerate(path, start=1):
            found = next((entry for entry in _entries(self.text, start) if entry.key == wanted), None)
            if found is None:
                break
            start = found.key_start if key and depth == len(path) else found.value
        return self.place(start)

    def holds(self, path: KeyPath) -> bool:
        """Whether the file itself has something at this path."""
        here = self.data
        for part in path:
            try:
                here = here[part]
            except (LookupError, TypeError):
                return False
        return True


def read_document(path: Path) -> Document:
    """Read a JSON file strictly.

    Raises:
        RoutineFileError: It cannot be read, is no JSON in UTF-8, is over 1 MiB or nested over 32 deep, or has a key
            twice, NaN or an infinity.
    """
    text = _read_text(path)
    repeats = False

    def note_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeats
        entries = dict(pairs)
        repeats |= len(entries) < len(pairs)
        return entries

    try:
        data = json.loads(text, object_pairs_hook=note_repeats)
    except json.JSONDecodeError as error:
        message, offset = _trailing_comma(text, error) or (error.msg, error.pos)
        what, cure = _SYNTAX.get(message.rstrip(": "), (f"{message}.", "Check the brackets, quotes and commas."))
        _refuse(path, text, offset, f"this is not valid JSON: {what}", cure)
    except RecursionError:
        _refuse(path, text, 0, "the file is nested too deeply.", f"Use at most {DEPTH_AT_MOST} levels.")
    except ValueError:
        long = _LONG_NUMBER.search(text)
        _refuse(path, text, long.start() if long else 0, "a number has too many digits.", "Write a shorter one.")
    _refuse_odd_tokens(path, text)
    document = Document(path, text, data)
    if repeats:
        key, offset = _first_repeat(text, _skip_space(text, 0)) or ("", 0)
        _refuse(path, text, offset, f"the name {quoted(key)} stands twice in the same place.", "Take one of them out.")
    return document


def _read_text(path: Path) -> str:
    raw = _read_bytes(path)
    if len(raw) > BYTES_AT_MOST:
        _refuse_file(path, "the file is larger than 1 MiB.", "A routine takes a few kilobytes: is it the right file?")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:2].count(0) == 1:
        _refuse_file(path, "the file is written as UTF-16.", "Save it as UTF-8.")
    if raw.startswith(b"\xef\xbb\xbf"):
        _refuse_file(path, "the file starts with a byte order mark.", "Save it as UTF-8 without BOM.")
    if not raw.strip():
        _refuse_file(path, "the file is empty.", "`stretch-coach new` writes one to begin with.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        _refuse(path, before, len(before), "there is a character that is not UTF-8.", "Save the file as UTF-8.")


def _read_bytes(path: Path) -> bytes:
    """What a regular file holds, one byte over the limit at most."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            _refuse_file(path, "this is not a file.", "Name a .json file.")
        with path.open("rb") as stream:
            return stream.read(BYTES_AT_MOST + 1)
    except FileNotFoundError:
        if path.is_symlink():
            _refuse_file(path, "the file this link points to does not exist.", "Mend or remove the link.")
        _refuse_file(path, "there is no such file.", "Check the name.")
    except OSError as error:
        _refuse_file(path, f"the file cannot be read ({error.strerror or error}).", "Check its permissions.")
    except ValueError:
        _refuse_file(path, "this is not a name a file can have.", "Check the name.")


def _refuse_file(path: Path, message: str, cure: str) -> NoReturn:
    _refuse(path, "", 0, message, cure)


def _refuse(path: Path, text: str, offset: int, message: str, cure: str) -> NoReturn:
    line, column = _place(text, offset)
    raise RoutineFileError([Located(path, line, column, Problem((), message, cure))]) from None


def _trailing_comma(text: str, error: json.JSONDecodeError) -> tuple[str, int] | None:
    """What Python from 3.13 on says, and where, of a comma before a closing bracket; none for any other error."""
    before = text[: error.pos].rstrip(" \t\n\r")
    if not before.endswith(",") or text[error.pos : error.pos + 1] not in ("]", "}"):
        return None
    return "Illegal trailing comma before end of object", len(before) - 1


def _refuse_odd_tokens(path: Path, text: str) -> None:
    """Refuse what Python's JSON reader lets through: NaN, the infinities, and nesting that no routine needs."""
    depth = 0
    for token in _TOKENS.finditer(text):
        match token[0][0]:
            case "[" | "{":
                depth += 1
                if depth > DEPTH_AT_MOST:
                    cure = f"Use at most {DEPTH_AT_MOST} levels."
                    _refuse(path, text, token.start(), "the file is nested too deeply.", cure)
            case "]" | "}":
                depth -= 1
            case '"':
                pass
            case _:
                _refuse(path, text, token.start(), f"{token[0]} is not a number in JSON.", "Write a number.")


def _place(text: str, offset: int) -> tuple[int, int]:
    offset = min(offset, len(text))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _skip_space(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str | int
    key_start: int
    value: int


def _entries(text: str, start: int) -> Iterator[_Entry]:
    """The entries of the object or array that starts at an offset of valid JSON; none for any other value."""
    opening = text[start]
    if opening not in "{[":
        return
    offset = _skip_space(text, start + 1)
    index = 0
    while text[offset] not in "}]":
        key: str | int = index
        key_start = offset
        if opening == "{":
            key, offset = scanstring(text, offset + 1)
            offset = _skip_space(text, _skip_space(text, offset) + 1)  # over the colon
        yield _Entry(key, key_start, offset)
        _, offset = _DECODER.raw_decode(text, offset)
        offset = _skip_space(text, offset)
        if text[offset] == ",":
            offset = _skip_space(text, offset + 1)
        index += 1


def _first_repeat(text: str, start: int) -> tuple[str, int] | None:
    """The first key, with its offset, that its object already has."""
    seen = set()
    for entry in _entries(text, start):
        if isinstance(entry.key, str):
            if entry.key in seen:
                return entry.key, entry.key_start
            seen.add(entry.key)
        if found := _first_repeat(text, entry.value):
            return found
    return None
