"""JSON files, read strictly, with the place of every value."""

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from json.decoder import scanstring  # type: ignore[attr-defined]  # in every CPython, but not in the type stubs
from pathlib import Path
from typing import Any, NoReturn

from stretch_coach.routine.diagnostics import (
    PROBLEMS_AT_MOST,
    KeyPath,
    LocatedProblem,
    Problem,
    RoutineFileError,
)
from stretch_coach.routine.syntax import find_mistakes
from stretch_coach.text import quoted

BYTES_AT_MOST = 1024 * 1024
DEPTH_AT_MOST = 32

_UTF8_MARK = b"\xef\xbb\xbf"
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b|[\[\]{}]', re.DOTALL)
_LONG_NUMBER = re.compile(r"\d{4300,}")  # longer than Python converts
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON file.

    Attributes:
        path: The file.
        text: Its text.
        data: What the text says, as `json.loads` returns it.
    """

    path: Path
    text: str
    data: Any

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column, both from 1, of the character at an offset."""
        return _place(self.text, offset)

    def locate(self, path: KeyPath, *, key: bool = False) -> tuple[int, int]:
        """Return the line and column of the value at a path, or with `key` of its key.

        A value that does not exist has the place of the innermost value around it.
        """
        start = skip_space(self.text, 0)
        for depth, wanted in enumerate(path, start=1):
            found = next((entry for entry in entries(self.text, start) if entry.key == wanted), None)
            if found is None:
                break
            start = found.start if key and depth == len(path) else found.value
        return self.place(start)

    def holds(self, path: KeyPath) -> bool:
        """Return whether the file has a value at a path."""
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
        RoutineFileError: The file cannot be read; it is not JSON in UTF-8, is over 1 MiB or nested over 32 deep, has
            a key twice in one object, NaN or an infinity.
    """
    text = _read_text(path)
    has_repeats = False

    def note_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_repeats
        entries = dict(pairs)
        has_repeats |= len(entries) < len(pairs)
        return entries

    try:
        data = json.loads(text, object_pairs_hook=note_repeats)
    except json.JSONDecodeError as error:
        mistakes = islice(find_mistakes(text, error), PROBLEMS_AT_MOST)
        raise RoutineFileError(
            [
                _located(path, text, mistake.offset, f"this is not valid JSON: {mistake.what}", mistake.cure)
                for mistake in mistakes
            ]
        ) from None
    except RecursionError:
        _refuse(path, text, 0, "the file is nested too deeply.", f"Use at most {DEPTH_AT_MOST} levels.")
    except ValueError:
        long = _LONG_NUMBER.search(text)
        _refuse(path, text, long.start() if long else 0, "a number has too many digits.", "Write a shorter one.")
    problems = list(islice(_odd_tokens(path, text), PROBLEMS_AT_MOST))
    if has_repeats:
        for key, offset in islice(_repeats(text, skip_space(text, 0)), PROBLEMS_AT_MOST):
            message = f"the key {quoted(key)} appears twice in one object."
            problems.append(_located(path, text, offset, message, "Remove one of the two."))
    if problems:
        raise RoutineFileError(problems)
    return Document(path, text, data)


def _read_text(path: Path) -> str:
    raw = _read_bytes(path)
    if len(raw) > BYTES_AT_MOST:
        _refuse_file(path, "the file is larger than 1 MiB.", "A routine takes a few kilobytes: is this the right file?")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:2].count(0) == 1:
        _refuse_file(path, "the file is encoded as UTF-16.", "Save it as UTF-8.")
    raw = raw.removeprefix(_UTF8_MARK)  # some editors on Windows write a byte order mark
    if not raw.strip():
        _refuse_file(path, "the file is empty.", "`stretch-coach new` writes one to start from.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        _refuse(path, before, len(before), "there is a character that is not UTF-8.", "Save the file as UTF-8.")


def _read_bytes(path: Path) -> bytes:
    """Return what a regular file holds, but no more than one byte over the limit."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            _refuse_file(path, "this is not a regular file.", "Choose a .json file.")
        with open(path, "rb", opener=_open_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                _refuse_file(path, "this is not a regular file.", "Choose a .json file.")
            return stream.read(BYTES_AT_MOST + 1) or b""
    except FileNotFoundError:
        if path.is_symlink():
            _refuse_file(path, "the file this link points to does not exist.", "Fix or remove the link.")
        _refuse_file(path, "there is no such file.", "Check the name.")
    except OSError as error:
        _refuse_file(path, f"the file cannot be read ({error.strerror or error}).", "Check its permissions.")
    except ValueError:
        _refuse_file(path, "this is not a valid file name.", "Check the name.")


def _open_without_waiting(name: str, flags: int) -> int:
    """Open a file that may have become a pipe, or that has no data yet as some in /proc, without waiting for data."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse_file(path: Path, message: str, cure: str) -> NoReturn:
    _refuse(path, "", 0, message, cure)


def _refuse(path: Path, text: str, offset: int, message: str, cure: str) -> NoReturn:
    raise RoutineFileError([_located(path, text, offset, message, cure)]) from None


def _located(path: Path, text: str, offset: int, message: str, cure: str) -> LocatedProblem:
    return LocatedProblem(path, *_place(text, offset), Problem((), message, cure))


def _odd_tokens(path: Path, text: str) -> Iterator[LocatedProblem]:
    """Yield NaN and the infinities, which Python's JSON reader accepts. Refuse nesting that no routine needs."""
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
                yield _located(path, text, token.start(), f"{token[0]} is not a number in JSON.", "Write a number.")


def _place(text: str, offset: int) -> tuple[int, int]:
    offset = min(offset, len(text))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def skip_space(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` that is not white space between the parts of JSON."""
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an object or an array, by its offsets in the text.

    Attributes:
        key: The key, or the index from 0.
        start: Where the entry starts: at its key, or in an array at its value.
        value: Where its value starts.
        end: Where its value ends: the offset after its last character.
    """

    key: str | int
    start: int
    value: int
    end: int


def entries(text: str, start: int) -> Iterator[Entry]:
    """Yield the entries of the object or array that starts at an offset of valid JSON; nothing for another value."""
    opening = text[start]
    if opening not in "{[":
        return
    offset = skip_space(text, start + 1)
    index = 0
    while text[offset] not in "}]":
        key: str | int = index
        key_start = offset
        if opening == "{":
            key, offset = scanstring(text, offset + 1)
            offset = skip_space(text, skip_space(text, offset) + 1)  # past the colon
        _, end = _DECODER.raw_decode(text, offset)
        yield Entry(key, key_start, offset, end)
        offset = skip_space(text, end)
        if text[offset] == ",":
            offset = skip_space(text, offset + 1)
        index += 1


def _repeats(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield each key that its object already has, with its offset."""
    seen = set()
    for entry in entries(text, start):
        if isinstance(entry.key, str):
            if entry.key in seen:
                yield entry.key, entry.start
            seen.add(entry.key)
        yield from _repeats(text, entry.value)
