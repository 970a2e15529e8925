"""The parts that all types of exchanged records share: the range of an export, the type, and merging a row."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from stretch_coach.journal.exchange.fields import Fields


class ExportRange(NamedTuple):
    """Which part of a history to export.

    Attributes:
        first: The first day, or None for the first of the history.
        last: The last day, or None for the last of the history.
        deleted: Include deleted sessions, with everything that was said about them.
    """

    first: date | None = None
    last: date | None = None
    deleted: bool = False

    @property
    def bounds(self) -> tuple[str, str]:
        """The first and the last day, in the form that the tables use."""
        return (self.first or date.min).isoformat(), (self.last or date.max).isoformat()

    @property
    def is_whole(self) -> bool:
        """Whether no day is left out."""
        return self.first is None and self.last is None


WHOLE_HISTORY = ExportRange()


class RecordType(NamedTuple):
    """One type of record.

    Attributes:
        noun: What users call such a record.
        write: Yields the records of a history that are in a range, in the order of their ids.
        read: Reads a record that can be merged from its fields.
        merge: Merges a record into a history inside the caller's transaction; returns whether it was new.
    """

    noun: str
    write: Callable[[sqlite3.Connection, ExportRange], Iterator[dict[str, Any]]]
    read: Callable[[Fields], Any]
    merge: Callable[[sqlite3.Connection, Any], bool]


def merge_row(database: sqlite3.Connection, table: str, columns: str, row: tuple[Any, ...]) -> bool:
    """Insert a row whose first column is its id, and return whether it was new.

    The program never writes two different rows with one id. If there are two, the greater one stays, so that the order
    of merging does not matter.
    """
    places = ", ".join("?" * len(row))
    insert = f"INSERT INTO {table}({columns}) VALUES({places}) ON CONFLICT(id) DO NOTHING"
    if database.execute(insert, row).rowcount > 0:
        return True
    known = database.execute(f"SELECT {columns} FROM {table} WHERE id = ?", row[:1]).fetchone()  # noqa: S608 - our tables
    if json.dumps(row) <= json.dumps(known):
        return False
    database.execute(f"DELETE FROM {table} WHERE id = ?", row[:1])  # noqa: S608 - our tables
    return database.execute(insert, row).rowcount > 0


def as_line(record: dict[str, Any]) -> str:
    """Return a record as a line of JSON, the same on every machine."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
