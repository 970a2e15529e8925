"""The types of record that are exchanged: how each is written, read, and merged into a history.

Merging is a join: a record and its copy come to the same in any order and however often. One more type is one more
entry of ``TYPES``.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from stretch_coach.journal.day import DAY
from stretch_coach.journal.fields import Fields, Unfit
from stretch_coach.journal.freezes import record_frozen_days
from stretch_coach.journal.records import (
    REVISED_FIELDS,
    Outcome,
    SessionRecord,
    Source,
    StepOutcome,
    StepRecord,
    session_json,
    timestamp,
)
from stretch_coach.journal.revisions import COMFORT_LEAST, COMFORT_MOST, NOTE_LONGEST
from stretch_coach.journal.sessions import insert_session, list_steps, sessions_by_id
from stretch_coach.weekdays import WEEKDAYS

_MOST_SEGMENTS, _MOST_STEPS, _MOST_REPS = 1_000_000, 1000, 10_000
_NOT_EXCHANGED = {*REVISED_FIELDS}


class Range(NamedTuple):
    """Which part of a history is wanted.

    Attributes:
        first: The first day; none for the beginning.
        last: The last day; none for the end.
        deleted: Whether deleted sessions are wanted too, with all that was said of them.
    """

    first: date | None = None
    last: date | None = None
    deleted: bool = False

    @property
    def bounds(self) -> tuple[str, str]:
        """The first and last day as they stand in the tables."""
        return (self.first or date.min).isoformat(), (self.last or date.max).isoformat()

    @property
    def whole(self) -> bool:
        """Whether nothing is left out for its day."""
        return self.first is None and self.last is None


class RecordType(NamedTuple):
    """One type of record.

    Attributes:
        one: What one is called, for who is told of it.
        many: The same, of several.
        write: Every record of a history in a range, by id.
        read: A record that can be merged, from its fields.
        merge: Take a record into a history, inside a transaction; whether it was news.
    """

    one: str
    many: str
    write: Callable[[sqlite3.Connection, Range], Iterator[dict[str, Any]]]
    read: Callable[[Fields], Any]
    merge: Callable[[sqlite3.Connection, Any], bool]


def _write_sessions(database: sqlite3.Connection, wanted: Range) -> Iterator[dict[str, Any]]:
    first, last = wanted.bounds
    for record in sessions_by_id(database, first, last, deleted=wanted.deleted):
        yield _session_json(record, list_steps(database, record.id))


def _session_json(record: SessionRecord, steps: list[StepRecord]) -> dict[str, Any]:
    told = session_json(record, steps)
    told |= {"zone": record.zone, "clock_suspect": record.clock_suspect}
    return {name: value for name, value in told.items() if name not in _NOT_EXCHANGED}


def _read_session(fields: Fields) -> tuple[SessionRecord, list[StepRecord]]:
    started_ms, utc_offset_s = fields.moment("started_at")
    ended = fields.take("ended_at")
    outcome: Outcome = fields.one_of("outcome", Outcome)
    segments = fields.take("segments")
    segments = 1 if segments is None else Fields({"segments": segments}).whole("segments", 1, _MOST_SEGMENTS)
    done = fields.take("segments_done")
    if done is None:
        done = segments if outcome is Outcome.COMPLETED else 0
    record = SessionRecord(
        id=fields.id("id"),
        started_ms=started_ms,
        ended_ms=None if ended is None else Fields({"ended_at": ended}).moment("ended_at")[0],
        utc_offset_s=utc_offset_s,
        zone=fields.text_or_none("zone"),
        day=fields.day("day").isoformat(),
        routine=fields.text("routine"),
        title=fields.text("title"),
        planned_ms=fields.seconds("planned_seconds", 1),
        done_ms=fields.seconds("done_seconds"),
        segments=segments,
        segments_done=Fields({"segments_done": done}).whole("segments_done", 0, segments),
        outcome=outcome,
        source=fields.one_of("source", Source),
        device=fields.text_or_none("device"),
        clock_suspect=fields.truth("clock_suspect"),
    )
    wall = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=started_ms, seconds=utc_offset_s)).date()
    if date.fromisoformat(record.day) not in (wall, wall - DAY):
        raise Unfit('"day" is neither the day of "started_at" nor the one before it.')
    return record, _read_steps(fields.take("steps"))


def _read_steps(told: Any) -> list[StepRecord]:
    if told is None:
        return []
    if not isinstance(told, list) or len(told) > _MOST_STEPS or not all(isinstance(one, dict) for one in told):
        raise Unfit(f'"steps" is not a list of at most {_MOST_STEPS} steps.')
    steps = [_read_step(Fields(one)) for one in told]
    if len({(step.number, step.side) for step in steps}) < len(steps):
        raise Unfit('"steps" has a step twice.')
    return steps


def _read_step(fields: Fields) -> StepRecord:
    side = fields.take("side")
    if side not in ("left", "right", None):
        raise Unfit('"side" is neither left, right nor null.')
    reps = fields.whole("reps", 1, _MOST_REPS)
    step = StepRecord(
        number=fields.whole("step", 1, _MOST_SEGMENTS),
        side=side,
        exercise=fields.text_or_none("exercise"),
        planned_ms=fields.seconds("planned_seconds", 1),
        done_ms=fields.seconds("done_seconds"),
        reps=reps,
        reps_done=fields.whole("reps_done", 0, reps),
        outcome=fields.one_of("outcome", StepOutcome),
    )
    fields.end()
    return step


def _merge_session(database: sqlite3.Connection, session: tuple[SessionRecord, list[StepRecord]]) -> bool:
    record, steps = session
    if insert_session(database, record, steps):
        return True
    [known] = sessions_by_id(database, "", "~", deleted=True, only=record.id)
    if _rank(record, steps) <= _rank(known, list_steps(database, known.id)):
        return False
    # The copy that went further: one that was taken while the session ran gives way to the one of its end.
    database.execute("DELETE FROM session WHERE id = ?", (record.id,))
    return insert_session(database, record, steps)


def _rank(record: SessionRecord, steps: list[StepRecord]) -> tuple[bool, int, int, str]:
    ordered = sorted(steps, key=lambda step: (step.number, step.side or ""))
    told = as_line(_session_json(record, ordered))
    return record.ended_ms is not None, record.segments_done, record.done_ms, told


def _write_revisions(database: sqlite3.Connection, wanted: Range) -> Iterator[dict[str, Any]]:
    first, last = wanted.bounds
    rows = database.execute(
        """
        SELECT revision.id, session_id, at_ms, revision.device, field, value FROM revision
        LEFT JOIN session ON session.id = session_id
        WHERE CASE WHEN session.id IS NULL THEN :whole ELSE day BETWEEN :first AND :last
          AND (:deleted OR NOT session.deleted OR field = 'deleted') END
        ORDER BY revision.id
        """,
        {"whole": wanted.whole, "first": first, "last": last, "deleted": wanted.deleted},
    )
    for id_, session_id, at_ms, device, field, value in rows:
        said = bool(value) if field == "deleted" else value
        yield {"type": "revision", "id": id_, "session": session_id, "at": timestamp(at_ms, 0), "device": device} | {
            "field": field,
            "value": said,
        }


def _read_revision(fields: Fields) -> tuple[Any, ...]:
    field = fields.text("field")
    if field == "deleted":
        value: Any = int(fields.truth("value"))
    elif field == "note":
        note = fields.take("value")
        value = None if note is None else Fields({"value": note}).text("value", NOTE_LONGEST)
    elif field in ("comfort_before", "comfort_after"):
        rating = fields.take("value")
        value = None if rating is None else Fields({"value": rating}).whole("value", COMFORT_LEAST, COMFORT_MOST)
    else:
        raise Unfit('"field" is none of note, deleted, comfort_before, comfort_after.')
    at_ms, _ = fields.moment("at")
    return fields.id("id"), fields.id("session"), at_ms, fields.text_or_none("device"), field, value


_REVISION = "id, session_id, at_ms, device, field, value"
_PLAN = "id, at_ms, device, from_day, days, per_day"


def _merge_revision(database: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    return _merge_row(database, "revision", _REVISION, row)


def _merge_row(database: sqlite3.Connection, table: str, columns: str, row: tuple[Any, ...]) -> bool:
    """Insert a row; of two that share an id, which no honest history has, the greater stays in whatever order."""
    places = ", ".join("?" * len(row))
    insert = f"INSERT INTO {table}({columns}) VALUES({places}) ON CONFLICT(id) DO NOTHING"
    if database.execute(insert, row).rowcount > 0:
        return True
    known = database.execute(f"SELECT {columns} FROM {table} WHERE id = ?", row[:1]).fetchone()  # noqa: S608 - our tables
    if json.dumps(row) <= json.dumps(known):
        return False
    database.execute(f"DELETE FROM {table} WHERE id = ?", row[:1])  # noqa: S608 - our tables
    return database.execute(insert, row).rowcount > 0


def _write_plans(database: sqlite3.Connection, wanted: Range) -> Iterator[dict[str, Any]]:
    # All up to the last day: what was planned before a range is the plan at its beginning.
    rows = database.execute(f"SELECT {_PLAN} FROM plan_change WHERE from_day <= ? ORDER BY id", wanted.bounds[1:])  # noqa: S608 - our columns
    for id_, at_ms, device, start, days, per_day in rows:
        plan = {"withdrawn": True} if days is None else {"days": days.split(","), "per_day": per_day}
        yield {"type": "plan", "id": id_, "at": timestamp(at_ms, 0), "device": device, "from": start, **plan}


def _read_plan(fields: Fields) -> tuple[Any, ...]:
    start = fields.day("from").isoformat()
    withdrawn, days, per_day = fields.truth("withdrawn"), fields.take("days"), fields.take("per_day")
    if withdrawn:
        days = per_day = None
    else:
        if not isinstance(days, list) or not days or not all(day in WEEKDAYS for day in days):
            raise Unfit('"days" is not a list of one or more of mon, tue, wed, thu, fri, sat, sun.')
        days = ",".join(day for day in WEEKDAYS if day in days)
        per_day = 1 if per_day is None else Fields({"per_day": per_day}).whole("per_day", 1, 24)
    # One that does not say when it was made is taken as the oldest of its day.
    id_ = fields.id_or_none("id") or f"00000000-0000-7000-8000-0000{start.replace('-', '')}"
    at = fields.take("at")
    at_ms = 0 if at is None else Fields({"at": at}).moment("at")[0]
    return id_, at_ms, fields.text_or_none("device"), start, days, per_day


def _merge_plan(database: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    return _merge_row(database, "plan_change", _PLAN, row)


def _write_freezes(database: sqlite3.Connection, wanted: Range) -> Iterator[dict[str, Any]]:
    for (day,) in database.execute("SELECT day FROM freeze WHERE day BETWEEN ? AND ? ORDER BY day", wanted.bounds):
        yield {"type": "freeze", "day": day}


def _read_freeze(fields: Fields) -> date:
    return fields.day("day")


def _merge_freeze(database: sqlite3.Connection, day: date) -> bool:
    before = database.total_changes
    record_frozen_days(database, [day])
    return database.total_changes > before


TYPES = {
    "plan": RecordType("plan", "plans", _write_plans, _read_plan, _merge_plan),
    "freeze": RecordType("freeze", "freezes", _write_freezes, _read_freeze, _merge_freeze),
    "session": RecordType("session", "sessions", _write_sessions, _read_session, _merge_session),
    "revision": RecordType("correction", "corrections", _write_revisions, _read_revision, _merge_revision),
}
"""Every type of record that is exchanged, in the order in which they are written."""


def as_line(record: dict[str, Any]) -> str:
    """A record as a line, the same on every machine."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def record_type_of(line: str) -> str:
    """The type of a record that ``as_line`` wrote."""
    return str(json.loads(line)["type"])
