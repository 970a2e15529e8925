"""The sessions as a table for spreadsheets: CSV after RFC 4180, in which no cell is a formula."""

import csv
import io
import sqlite3
from collections.abc import Iterator

from stretch_coach.journal.exchange_types import Range
from stretch_coach.journal.records import session_json
from stretch_coach.journal.sessions import sessions_by_id

COLUMNS = (
    "id",
    "started_at",
    "ended_at",
    "day",
    "routine",
    "title",
    "planned_seconds",
    "done_seconds",
    "outcome",
    "source",
    "comfort_before",
    "comfort_after",
    "note",
    "device",
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def write_table(database: sqlite3.Connection, wanted: Range) -> Iterator[str]:
    """The sessions as rows, by id, below a row of names."""
    yield _row(list(COLUMNS))
    for record in sessions_by_id(database, *wanted.bounds, deleted=wanted.deleted):
        told = session_json(record, [])
        yield _row([_cell(told[name]) for name in COLUMNS])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _row(cells: list[str]) -> str:
    row = io.StringIO()
    csv.writer(row, lineterminator="\r\n").writerow(cells)
    return row.getvalue()
