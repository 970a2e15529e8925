"""Programs and chosen doses as exchanged records."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from stretch_coach.journal.day import is_instant
from stretch_coach.journal.doses import STEPS_AT_MOST, STEPS_BACK
from stretch_coach.journal.exchange.fields import Fields, InvalidLine
from stretch_coach.journal.exchange.record_type import ExportRange, RecordType, merge_row
from stretch_coach.journal.records import timestamp
from stretch_coach.weekdays import WEEKDAYS

_PROGRAM_COLUMNS = "id, at_ms, device, from_day, program, days, weekdays"
_LONGEST_SCHEDULE = 250_000
_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_DAY = f"(?:-|{_ID}(?:,{_ID})*)"
_SCHEDULE = re.compile(f"{_DAY}(?:;{_DAY})*")
_DOSE_COLUMNS = "id, at_ms, device, day, exercise, steps, accepted"


def _write_programs(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[dict[str, Any]]:
    # Changes from before the range are included, because one of them holds at its beginning.
    _, last = wanted.bounds
    query = f"SELECT {_PROGRAM_COLUMNS} FROM program_change WHERE from_day <= ? ORDER BY id"  # noqa: S608 - our columns
    for id_, at_ms, device, start, program, days, weekdays in database.execute(query, (last,)):
        if is_instant(at_ms):
            schedule = {"program": program, "days": days, "weekdays": weekdays} if program else {"program": None}
            yield {"type": "program", "id": id_, "at": timestamp(at_ms, 0), "device": device, "from": start} | schedule


def _read_program(fields: Fields) -> tuple[Any, ...]:
    at_ms, _ = fields.moment("at")
    start = fields.day("from").isoformat()
    row = fields.id("id"), at_ms, fields.text_or_none("device"), start
    if not fields.has("program"):
        return *row, None, None, None
    program, days, weekdays = fields.text("program"), fields.text("days", _LONGEST_SCHEDULE), fields.text("weekdays")
    if not _SCHEDULE.fullmatch(days):
        raise InvalidLine('"days" is not a list of routines such as micro-break;-;micro-break,screen-break.')
    if not set(weekdays.split(",")) <= set(WEEKDAYS):
        raise InvalidLine('"weekdays" is not a list of weekdays such as mon,tue.')
    return *row, program, days, weekdays


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
