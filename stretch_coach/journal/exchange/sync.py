"""One history on several machines, through a folder that the user's own tool synchronises.

Each machine has one file there. It appends the records that no file has yet to its own file, and merges the records of
all files, so there are no conflicts and no line is ever rewritten. An incomplete last line, as while the folder is
being synchronised, is left for the next time.

Anything else in the folder leads to one sentence: only regular files are opened, and the files of other machines are
read while nothing is locked.
"""

import io
import os
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from stretch_coach.errors import CoachError, sentence
from stretch_coach.files import open_regular_file
from stretch_coach.journal.exchange.lines import (
    HEADER,
    merge_lines,
    read_lines,
    record_type_of,
    require_header,
    write_lines,
)
from stretch_coach.journal.exchange.record_type import ExportRange
from stretch_coach.journal.sessions import device_id
from stretch_coach.journal.transaction import transaction
from stretch_coach.text import excerpt

_BATCH = 2000
"""Lines that are merged in one transaction."""


class SyncResult(NamedTuple):
    """What a synchronisation did.

    Attributes:
        received: How many records of each type were new here.
        sent: How many were written for the other machines.
        files: How many files of other machines were read.
        problems: What was skipped, in sentences that start with the name of the file.
    """

    received: Counter[str]
    sent: Counter[str]
    files: int
    problems: list[str]


def sync_folder(database: sqlite3.Connection, folder: Path) -> SyncResult:
    """Merge what other machines wrote in a folder, and add what they do not have.

    Raises:
        CoachError: The folder does not exist, or cannot be read or written. What was merged before stays.
    """
    if not folder.is_dir():
        raise CoachError(str(folder), "is not a folder.", "Name the folder that another tool keeps in sync.")
    own = folder / f"{device_id(database)}.jsonl"
    result = SyncResult(Counter(), Counter(), 0, [])
    try:
        present: set[bytes] = set()
        names = sorted(name for name in os.listdir(folder) if name.endswith(".jsonl"))  # noqa: PTH208 - it raises
        files = [folder / name for name in names if name != own.name]
        read = sum(_merge_other(database, file, present, result) for file in files)
        with _open_own(own) as opened, transaction(database):
            _merge_own(database, opened, own, present, result)
            lines_here = write_lines(database, ExportRange(deleted=True))
            missing = [line for line in lines_here if line != HEADER and line.encode() not in present]
            _append(opened, missing)
    except OSError as error:
        place = error.filename or folder
        raise CoachError(str(place), f"cannot be used ({error.strerror}).", "Check the folder.") from error
    return result._replace(files=read, sent=Counter(record_type_of(line) for line in missing))


def _merge_other(database: sqlite3.Connection, file: Path, present: set[bytes], result: SyncResult) -> bool:
    """Merge the file of another machine in short transactions, and return whether it could be read."""
    try:
        with open_regular_file(file) as opened:
            lines = _complete_lines(opened, present)
            header = next(lines, None)
            if header is None:
                return True  # just being transferred
            require_header(header[1], excerpt(file.name))
            while batch := list(islice(lines, _BATCH)):
                with transaction(database):
                    _merge(database, file, iter(batch), result)
    except CoachError as error:
        result.problems.append(sentence(excerpt(file.name), error.message))
        return False
    except OSError as error:
        result.problems.append(f"{excerpt(file.name)} cannot be read ({error.strerror}).")
        return False
    return True


def _merge_own(
    database: sqlite3.Connection, opened: BinaryIO, own: Path, present: set[bytes], result: SyncResult
) -> None:
    """Merge this machine's file, which has more than the history after an older backup was restored."""
    lines = _complete_lines(opened, present)
    try:
        header = next(lines, None)
        if header is not None:
            require_header(header[1], own.name)
            _merge(database, own, lines, result)
    except CoachError as error:
        result.problems.append(sentence(own.name, error.message))


def _merge(
    database: sqlite3.Connection, file: Path, lines: Iterator[tuple[int, bytes | None]], result: SyncResult
) -> None:
    merged = merge_lines(database, lines)
    result.received.update(merged.new)
    result.problems.extend(f"{excerpt(file.name)}: {skipped}" for skipped in merged.reported)


def _complete_lines(file: BinaryIO, present: set[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield the numbered lines that are complete, and add them to `present`."""
    for number, line in enumerate(read_lines(file), start=1):
        if line is not None and not line.endswith(b"\n"):
            return
        if line is not None:
            present.add(line)
        yield number, line


def _open_own(own: Path) -> BinaryIO:
    """Open this machine's file, creating it if there is none. A link is not followed, as it might lead anywhere."""
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, name, 0)
    handle = os.open(own, flags, 0o600)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise CoachError(str(own), "is not a file.", "Move it away.")
    return os.fdopen(handle, "r+b")


def _append(own: BinaryIO, lines: list[str]) -> None:
    """Append lines to this machine's file, in place of an incomplete line that an earlier attempt left."""
    end = _end_of_lines(own)
    if not lines and end:
        return
    own.seek(end)
    try:
        own.write("".join([HEADER] * (end == 0) + lines).encode())
        own.truncate()
        own.flush()
        os.fsync(own.fileno())
    except OSError:
        os.truncate(own.fileno(), end)
        raise


def _end_of_lines(file: BinaryIO) -> int:
    """Return where the last complete line of a file ends, in bytes."""
    place = file.seek(0, io.SEEK_END)
    while place:
        start = max(0, place - 65_536)
        file.seek(start)
        found = file.read(place - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        place = start
    return 0
