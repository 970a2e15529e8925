"""Plans and freezes as exchanged records."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from stretch_coach.journal.day import is_instant
from stretch_coach.journal.exchange.fields import Fields, InvalidLine
from stretch_coach.journal.exchange.record_type import ExportRange, RecordType, merge_row
from stretch_coach.journal.freezes import record_frozen_days
from stretch_coach.journal.records import timestamp
from stretch_coach.weekdays import WEEKDAYS

_MAX_PER_DAY = 24
_PLAN_COLUMNS = "id, at_ms, device, from_day, days, per_day"


def _write_plans(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[dict[str, Any]]:
    # Plans from before the range are included, because one of them holds at its beginning.
    _, last = wanted.bounds
    rows = database.execute(f"SELECT {_PLAN_COLUMNS} FROM plan_change WHERE from_day <= ? ORDER BY id", (last,))  # noqa: S608 - our columns
    for id_, at_ms, device, start, days, per_day in rows:
        if not is_instant(at_ms):
            continue  # no version of this program can have written it
        plan = {"withdrawn": True} if days is None else {"days": days.split(","), "per_day": per_day}
        yield {"type": "plan", "id": id_, "at": timestamp(at_ms, 0), "device": device, "from": start, **plan}


def _read_plan(fields: Fields) -> tuple[Any, ...]:
    start = fields.day("from").isoformat()
    # A plan that does not say when it was made is taken for the oldest of its day.
    id_ = fields.id("id") if fields.has("id") else f"00000000-0000-7000-8000-0000{start.replace('-', '')}"
    at_ms = fields.moment("at")[0] if fields.has("at") else 0
    device = fields.text_or_none("device")
    days = fields.take("days")
    per_day = fields.whole("per_day", 1, _MAX_PER_DAY) if fields.has("per_day") else 1
    if fields.flag("withdrawn"):
        return id_, at_ms, device, start, None, None
    if not isinstance(days, list) or not days or not all(day in WEEKDAYS for day in days):
        raise InvalidLine('"days" is not a list of one or more of mon, tue, wed, thu, fri, sat, sun.')
    return id_, at_ms, device, start, ",".join(day for day in WEEKDAYS if day in days), per_day


def _merge_plan(database: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    return merge_row(database, "plan_change", _PLAN_COLUMNS, row)


def _write_freezes(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[dict[str, Any]]:
    for (day,) in database.execute("SELECT day FROM freeze WHERE day BETWEEN ? AND ? ORDER BY day", wanted.bounds):
        yield {"type": "freeze", "day": day}


def _read_freeze(fields: Fields) -> date:
    return fields.day("day")


def _merge_freeze(database: sqlite3.Connection, day: date) -> bool:
    before = database.total_changes
    record_frozen_days(database, [day])
    return database.total_changes > before


PLAN = RecordType("plan", _write_plans, _read_plan, _merge_plan)
FREEZE = RecordType("freeze", _write_freezes, _read_freeze, _merge_freeze)
