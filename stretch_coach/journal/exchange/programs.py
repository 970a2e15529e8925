"""Programs and chosen doses as exchanged records."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from stretch_coach.journal.day import is_instant
from stretch_coach.journal.doses import STEPS_AT_MOST, STEPS_BACK
from stretch_coach.journal.exchange.fields import Fields
from stretch_coach.journal.exchange.record_type import ExportRange, RecordType, merge_row
from stretch_coach.journal.records import timestamp

_PROGRAM_COLUMNS = "id, at_ms, device, from_day, program"
_DOSE_COLUMNS = "id, at_ms, device, day, exercise, steps, accepted"


def _write_programs(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[dict[str, Any]]:
    # Changes from before the range are included, because one of them holds at its beginning.
    _, last = wanted.bounds
    query = f"SELECT {_PROGRAM_COLUMNS} FROM program_change WHERE from_day <= ? ORDER BY id"  # noqa: S608 - our columns
    for id_, at_ms, device, start, program in database.execute(query, (last,)):
        if is_instant(at_ms):
            at = timestamp(at_ms, 0)
            yield {"type": "program", "id": id_, "at": at, "device": device, "from": start, "program": program}


def _read_program(fields: Fields) -> tuple[Any, ...]:
    at_ms, _ = fields.moment("at")
    start = fields.day("from").isoformat()
    return fields.id("id"), at_ms, fields.text_or_none("device"), start, fields.text_or_none("program")


def _merge_program(database: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    return merge_row(database, "program_change", _PROGRAM_COLUMNS, row)


def _write_doses(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[dict[str, Any]]:
    query = f"SELECT {_DOSE_COLUMNS} FROM dose_choice WHERE day BETWEEN ? AND ? ORDER BY id"  # noqa: S608 - our columns
    for id_, at_ms, device, day, exercise, steps, accepted in database.execute(query, wanted.bounds):
        if is_instant(at_ms):
            dose = {"day": day, "exercise": exercise, "steps": steps, "accepted": bool(accepted)}
            yield {"type": "dose", "id": id_, "at": timestamp(at_ms, 0), "device": device, **dose}


def _read_dose(fields: Fields) -> tuple[Any, ...]:
    at_ms, _ = fields.moment("at")
    id_, device, day = fields.id("id"), fields.text_or_none("device"), fields.day("day").isoformat()
    steps = fields.whole("steps", STEPS_BACK, STEPS_AT_MOST)
    return id_, at_ms, device, day, fields.text("exercise"), steps, int(fields.flag("accepted"))


def _merge_dose(database: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    return merge_row(database, "dose_choice", _DOSE_COLUMNS, row)


PROGRAM = RecordType("program change", _write_programs, _read_program, _merge_program)
DOSE = RecordType("chosen dose", _write_doses, _read_dose, _merge_dose)
