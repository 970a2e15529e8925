"""The sessions as a table for spreadsheets: CSV by RFC 4180, in which no cell is a formula."""

import csv
import io
import sqlite3
from collections.abc import Iterator

from stretch_coach.journal.exchange.record_type import ExportRange
from stretch_coach.journal.records import session_json
from stretch_coach.journal.sentences import started_at
from stretch_coach.journal.sessions import sessions_by_id
from stretch_coach.text import clean

COLUMNS = (
    "date",
    "time",
    "title",
    "minutes",
    "outcome",
    "source",
    "comfort_before",
    "comfort_after",
    "note",
    "day",
    "routine",
    "started_at",
    "ended_at",
    "planned_seconds",
    "done_seconds",
    "id",
    "device",
)
"""The columns. `date`, `time` and `minutes`, which are whole, are read as such by spreadsheets of every language."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads a file in the encoding of the system's language."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_table(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[str]:
    """Yield a row of column names, then a row for each session in the order of their ids."""
    yield _row(list(COLUMNS))
    for record in sessions_by_id(database, *wanted.bounds, deleted=wanted.deleted):
        started = started_at(record)
        values = session_json(record, []) | {
            "date": f"{started:%Y-%m-%d}",
            "time": f"{started:%H:%M}",
            "minutes": int(record.done_ms / 60_000 + 0.5),
        }
        yield _row([_cell(values[name]) for name in COLUMNS])


def _cell(value: object) -> str:
    text = "" if value is None else clean(str(value))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _row(cells: list[str]) -> str:
    row = io.StringIO()
    csv.writer(row, lineterminator="\r\n").writerow(cells)
    return row.getvalue()
