"""A history as lines of JSON, out and in: lossless, in any order, as often as one likes.

The first line says what it is; then comes a record a line. A line that will not do is named by its number and skipped.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple, NoReturn

from stretch_coach.errors import CoachError
from stretch_coach.journal.exchange_types import TYPES, Range, as_line
from stretch_coach.journal.fields import Fields, Unfit
from stretch_coach.safe_text import shown

FORMAT, VERSION = "stretch-coach-history", 1
HEADER = json.dumps({"format": FORMAT, "version": VERSION}) + "\n"
LONGEST_LINE = 1 << 20
"""Bytes of a line; a session of five hundred steps has a fifth of it."""

_PROBLEMS_TOLD = 20
_BOM = b"\xef\xbb\xbf"


class Problem(NamedTuple):
    """A line that was skipped, and why."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class Merged(NamedTuple):
    """What came of merging lines.

    Attributes:
        news: How many records of each type were not known before.
        known: How many were.
        problems: The first lines that were skipped.
        skipped: How many were skipped in all.
    """

    news: Counter[str]
    known: int
    problems: list[Problem]
    skipped: int


def write_lines(database: sqlite3.Connection, wanted: Range = Range()) -> Iterator[str]:  # noqa: B008 - it is immutable
    """The history as lines, the first saying what it is; the same on every machine that knows the same."""
    yield HEADER
    for record_type in TYPES.values():
        for record in record_type.write(database, wanted):
            yield as_line(record)


def merge_file(database: sqlite3.Connection, file: IO[bytes], name: str) -> Merged:
    """Take a file's records into the history, inside a transaction of the caller's.

    Raises:
        CoachError: It is no history, or was written by a newer version.
        OSError: It cannot be read; the caller's transaction must not be committed then.
    """
    lines = enumerate(read_lines(file), start=1)
    _, first = next(lines, (1, b""))
    require_header(first, name)
    return merge_lines(database, lines)


def merge_lines(database: sqlite3.Connection, lines: Iterable[tuple[int, bytes | None]]) -> Merged:
    """Take numbered lines into the history; none stands for a line that is too long."""
    news: Counter[str] = Counter()
    problems: list[Problem] = []
    known = skipped = 0
    for number, line in lines:
        try:
            if line is not None and not line.strip():
                continue
            kind, record = _read_record(line)
            if TYPES[kind].merge(database, record):
                news[kind] += 1
            else:
                known += 1
        except Unfit as unfit:
            skipped += 1
            if len(problems) < _PROBLEMS_TOLD:
                problems.append(Problem(number, str(unfit)))
    return Merged(news, known, problems, skipped)


def read_lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a file; none for one that is too long, of which no more than that is kept in memory."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
        yield None


def require_header(line: bytes | None, name: str) -> None:
    """Refuse a file whose first line does not say that it is a history this version can read."""
    try:
        header = _load((line or b"").removeprefix(_BOM))
    except Unfit:
        header = {}
    version = header.get("version")
    if header.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        hint = f"Its first line has to be {HEADER.strip()}, as `stretch-coach export FILE.jsonl` writes it."
        raise CoachError(name, "is not an exported history.", hint)
    if version > VERSION:
        raise CoachError(name, "was written by a newer Stretch Coach.", "Update this one; nothing was taken from it.")


def say_counts(news: Counter[str]) -> str:
    """How many records of each type, in words: ``2 sessions, 1 plan``; ``nothing new`` for none."""
    parts = [f"{news[kind]} {TYPES[kind].one if news[kind] == 1 else TYPES[kind].many}" for kind in _TOLD if news[kind]]
    return ", ".join(parts) or "nothing new"


_TOLD = sorted(TYPES, key=lambda kind: kind != "session")


def _read_record(line: bytes | None) -> tuple[str, Any]:
    if line is None:
        raise Unfit(f"is longer than {LONGEST_LINE} bytes.")
    record = _load(line)
    fields = Fields(record)
    kind = fields.take("type")
    if not isinstance(kind, str) or kind not in TYPES:
        named = f'"{shown(kind)}"' if isinstance(kind, str) else "what it has there"
        raise Unfit(f'"type" is none of {", ".join(TYPES)}: {named}.')
    read = TYPES[kind].read(fields)
    fields.end()
    return kind, read


def _load(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Unfit("is not JSON.") from None
    if not isinstance(record, dict):
        raise Unfit("is not a JSON object.")
    return record


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
