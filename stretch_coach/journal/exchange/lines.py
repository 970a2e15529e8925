"""A history as lines of JSON. Nothing is lost on the way, and lines may be imported repeatedly and in any order.

The first line says what the file is, and every other line is a record. A line that cannot be used is skipped.
Merging is a join: a record and its copy give the same result in any order and however often. A new type of record is
a new entry of `RECORD_TYPES`.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, Any, NamedTuple, NoReturn

from stretch_coach.errors import CoachError, sentence
from stretch_coach.journal.exchange.fields import Fields, InvalidLine
from stretch_coach.journal.exchange.plans import FREEZE, PLAN
from stretch_coach.journal.exchange.programs import DOSE, PROGRAM
from stretch_coach.journal.exchange.record_type import WHOLE_HISTORY, ExportRange, as_line
from stretch_coach.journal.exchange.sessions import REVISION, SESSION
from stretch_coach.phrasing import count
from stretch_coach.text import excerpt

RECORD_TYPES = {
    "plan": PLAN,
    "freeze": FREEZE,
    "program": PROGRAM,
    "dose": DOSE,
    "session": SESSION,
    "revision": REVISION,
}
"""Every type of record by its name in the file, in the order in which they are written."""

FORMAT, VERSION = "stretch-coach-history", 1
HEADER = json.dumps({"format": FORMAT, "version": VERSION}) + "\n"
MAX_LINE_BYTES = 1 << 20
"""A session of five hundred steps takes a fifth of it."""

_MAX_REPORTED = 20
_BOM = b"\xef\xbb\xbf"


class SkippedLine(NamedTuple):
    """A line that was skipped, by its number from 1, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return sentence(f"line {self.line}", self.reason)


class MergeResult(NamedTuple):
    """What merging lines did.

    Attributes:
        new: How many records of each type were not known before.
        known: How many were known.
        reported: The first lines that were skipped.
        skipped: How many lines were skipped in all.
    """

    new: Counter[str]
    known: int
    reported: list[SkippedLine]
    skipped: int


def write_lines(database: sqlite3.Connection, wanted: ExportRange = WHOLE_HISTORY) -> Iterator[str]:
    """Yield the lines of an export, the header first. Machines with the same history write the same lines."""
    yield HEADER
    for record_type in RECORD_TYPES.values():
        for record in record_type.write(database, wanted):
            yield as_line(record)


def merge_file(database: sqlite3.Connection, lines: Iterable[bytes | None], name: str) -> MergeResult:
    """Merge the records of a file into the history, inside the caller's transaction.

    Args:
        database: The history, open for writing.
        lines: The lines of the file, where None is a line that was too long to read.
        name: The file's name in error messages.

    Raises:
        CoachError: It is not an exported history, or was written by a newer version.
    """
    numbered = enumerate(lines, start=1)
    _, first = next(numbered, (1, b""))
    require_header(first, name)
    return merge_lines(database, numbered)


def find_devices(lines: Iterable[bytes | None], name: str) -> Counter[str]:
    """Return how many sessions of each device are in the lines of a file, without checking them any further.

    A device with plans or corrections alone has none. Sessions that name no device are counted for the device "".

    Args:
        lines: The lines of the file, where None is a line that was too long to read.
        name: The file's name in error messages.

    Raises:
        CoachError: It is not an exported history, or was written by a newer version.
    """
    numbered = iter(lines)
    require_header(next(numbered, b""), name)
    devices: Counter[str] = Counter()
    for line in numbered:
        with suppress(InvalidLine):
            record = _load(line or b"")
            device, is_session = record.get("device"), record.get("type") == "session"
            if isinstance(device, str) or is_session:
                devices[str(device or "")] += is_session
    return devices


def merge_lines(database: sqlite3.Connection, lines: Iterable[tuple[int, bytes | None]]) -> MergeResult:
    """Merge numbered lines into the history, where None is a line that was too long to read."""
    new: Counter[str] = Counter()
    reported: list[SkippedLine] = []
    known = skipped = 0
    for number, line in lines:
        try:
            if line is not None and not line.strip():
                continue
            kind, record = _read_record(line)
            if RECORD_TYPES[kind].merge(database, record):
                new[kind] += 1
            else:
                known += 1
        except InvalidLine as invalid:
            skipped += 1
            if len(reported) < _MAX_REPORTED:
                reported.append(SkippedLine(number, str(invalid)))
    return MergeResult(new, known, reported, skipped)


def read_lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the lines of a file, or None for a line that is too long, of which little is kept in memory."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES)
        yield None


def require_header(line: bytes | None, name: str) -> None:
    """Check that the first line of a file says it is a history that this version can read.

    Raises:
        CoachError: It does not.
    """
    try:
        header = _load((line or b"").removeprefix(_BOM))
    except InvalidLine:
        header = {}
    version = header.get("version")
    if header.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        hint = f"Its first line has to be {HEADER.strip()}, as `stretch-coach export FILE.jsonl` writes it."
        raise CoachError(name, "is not an exported history.", hint)
    if version > VERSION:
        raise CoachError(name, "was written by a newer Stretch Coach.", "Update this one. Nothing was imported.")


def describe_counts(counts: Counter[str]) -> str:
    """Return the numbers of records in words, such as `2 sessions and 1 plan`, or `nothing` if there are none."""
    kinds = sorted(RECORD_TYPES, key=lambda kind: kind != "session")
    parts = [count(counts[kind], RECORD_TYPES[kind].noun) for kind in kinds if counts[kind]]
    *but_last, last = parts or ["nothing"]
    return f"{', '.join(but_last)} and {last}" if but_last else last


def record_type_of(line: str) -> str:
    """Return the type of the record in a line that `write_lines` yielded."""
    return str(json.loads(line)["type"])


def _read_record(line: bytes | None) -> tuple[str, Any]:
    if line is None:
        raise InvalidLine(f"is longer than {MAX_LINE_BYTES} bytes.")
    record = _load(line)
    fields = Fields(record)
    kind = fields.take("type")
    if not isinstance(kind, str) or kind not in RECORD_TYPES:
        found = f'"{excerpt(kind)}", which is ' if isinstance(kind, str) else ""
        raise InvalidLine(f'"type" is {found}not one of {", ".join(RECORD_TYPES)}.')
    read = RECORD_TYPES[kind].read(fields)
    fields.end()
    return kind, read


def _load(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidLine("is not JSON.") from None
    if not isinstance(record, dict):
        raise InvalidLine("is not a JSON object.")
    return record


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
