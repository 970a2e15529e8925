"""Several machines, one history: a folder that the user's own tool carries, in which each machine has a file.

A machine appends to its own file alone, what no file there has yet, and takes in what all the files have. So there is
nothing to be in conflict about, and an old file is never rewritten. A last line that is not whole yet, because the
folder is just being carried, is left for the next time.
"""

import io
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.journal.exchange import (
    HEADER,
    Problem,
    merge_lines,
    read_lines,
    require_header,
    write_lines,
)
from stretch_coach.journal.exchange_types import Range, record_type_of
from stretch_coach.journal.sessions import device_id
from stretch_coach.journal.transaction import writing


class Synced(NamedTuple):
    """What a synchronisation did.

    Attributes:
        came: How many records of each type were news here.
        went: How many were written for the others.
        files: How many other files were read.
        problems: What was left out, with the name of its file.
    """

    came: Counter[str]
    went: Counter[str]
    files: int
    problems: list[tuple[str, Problem | CoachError]]


def sync_folder(database: sqlite3.Connection, folder: Path) -> Synced:
    """Bring a history and a folder to the same: take in what others wrote there, and add what they do not have.

    Raises:
        CoachError: The folder is none, or cannot be read or written; the history is then as it was.
    """
    if not folder.is_dir():
        raise CoachError(str(folder), "is not a folder.", "Name the one that your own tool carries between machines.")
    try:
        # One after the other on this machine: the transaction is held while the own file grows.
        with writing(database):
            return _sync(database, folder)
    except OSError as error:
        place = error.filename or folder
        raise CoachError(str(place), f"cannot be used ({error.strerror}).", "Nothing was changed here.") from error


def _sync(database: sqlite3.Connection, folder: Path) -> Synced:
    own = folder / f"{device_id(database)}.jsonl"
    came: Counter[str] = Counter()
    problems: list[tuple[str, Problem | CoachError]] = []
    there: set[bytes] = set()
    files = sorted(folder.glob("*.jsonl"))
    for file in files:
        with file.open("rb") as opened:
            lines = _whole_lines(opened, there)
            first = next(lines, (1, None))[1]
            if first is None and file == own:
                continue
            try:
                require_header(first, file.name)
            except CoachError as refused:
                problems.append((file.name, refused))
                continue
            merged = merge_lines(database, lines)
        came += merged.news
        problems += [(file.name, problem) for problem in merged.problems]
    missing = [line for line in write_lines(database, Range(deleted=True)) if line.encode() not in there]
    missing = [line for line in missing if line != HEADER]
    _append(own, missing)
    others = len([file for file in files if file != own])
    return Synced(came, Counter(record_type_of(line) for line in missing), others, problems)


def _whole_lines(file: BinaryIO, there: set[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines that end, each remembered; the last one may be on its way still."""
    for number, line in enumerate(read_lines(file), start=1):
        if line is not None and not line.endswith(b"\n"):
            return
        if line is not None:
            there.add(line)
        yield number, line


def _append(own: Path, lines: list[str]) -> None:
    """Add lines to this machine's file, after cutting off what an earlier attempt could not finish."""
    if not lines and own.exists():
        return
    handle = os.open(own, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(handle, "r+b") as file:
        end = _end_of_lines(file)
        file.seek(end)
        try:
            file.write("".join([HEADER] * (end == 0) + lines).encode())
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.truncate(own, end)
            raise


def _end_of_lines(file: BinaryIO) -> int:
    """Where the last whole line of a file ends."""
    place = file.seek(0, io.SEEK_END)
    while place:
        start = max(0, place - 65_536)
        file.seek(start)
        found = file.read(place - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        place = start
    return 0
