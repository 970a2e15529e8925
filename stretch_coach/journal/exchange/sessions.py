"""Sessions and their revisions as exchanged records."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from stretch_coach.journal.day import DAY, is_instant
from stretch_coach.journal.exchange.fields import Fields, InvalidLine
from stretch_coach.journal.exchange.record_type import ExportRange, RecordType, as_line, merge_row
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
from stretch_coach.journal.revisions import MAX_COMFORT, MAX_NOTE_LENGTH, MIN_COMFORT
from stretch_coach.journal.sessions import insert_session, list_steps, sessions_by_id

_MAX_SEGMENTS, _MAX_STEPS, _MAX_REPS = 1_000_000, 1000, 10_000
_REVISION_COLUMNS = "id, session_id, at_ms, device, field, value"


def _write_sessions(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[dict[str, Any]]:
    first, last = wanted.bounds
    for record in sessions_by_id(database, first, last, deleted=wanted.deleted):
        yield _session_json(record, list_steps(database, record.id))


def _session_json(record: SessionRecord, steps: list[StepRecord]) -> dict[str, Any]:
    """Return a session without the fields that its revisions determine, because they are records of their own."""
    values = session_json(record, steps) | {"zone": record.zone, "clock_suspect": record.clock_suspect}
    return {name: value for name, value in values.items() if name not in REVISED_FIELDS}


def _read_session(fields: Fields) -> tuple[SessionRecord, list[StepRecord]]:
    started_ms, utc_offset_s = fields.moment("started_at")
    outcome = fields.one_of("outcome", Outcome)
    segments = fields.whole("segments", 1, _MAX_SEGMENTS) if fields.has("segments") else 1
    segments_done = segments if outcome is Outcome.COMPLETED else 0
    if fields.has("segments_done"):
        segments_done = fields.whole("segments_done", 0, segments)
    record = SessionRecord(
        id=fields.id("id"),
        started_ms=started_ms,
        ended_ms=fields.moment("ended_at")[0] if fields.has("ended_at") else None,
        utc_offset_s=utc_offset_s,
        zone=fields.text_or_none("zone"),
        day=fields.day("day").isoformat(),
        routine=fields.text("routine"),
        title=fields.text("title"),
        planned_ms=fields.seconds("planned_seconds", 1),
        done_ms=fields.seconds("done_seconds"),
        segments=segments,
        segments_done=segments_done,
        outcome=outcome,
        source=fields.one_of("source", Source),
        device=fields.text_or_none("device"),
        clock_suspect=fields.flag("clock_suspect"),
    )
    wall = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=started_ms, seconds=utc_offset_s)).date()
    if date.fromisoformat(record.day) not in (wall, wall - DAY):
        raise InvalidLine('"day" is neither the day of "started_at" nor the day before.')
    return record, _read_steps(fields.take("steps"))


def _read_steps(value: Any) -> list[StepRecord]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > _MAX_STEPS or not all(isinstance(step, dict) for step in value):
        raise InvalidLine(f'"steps" is not a list of at most {_MAX_STEPS} steps.')
    steps = [_read_step(Fields(step)) for step in value]
    if len({(step.number, step.side) for step in steps}) < len(steps):
        raise InvalidLine('"steps" has the same step twice.')
    return steps


def _read_step(fields: Fields) -> StepRecord:
    side = fields.take("side")
    if side not in ("left", "right", None):
        raise InvalidLine('"side" is neither left, right nor null.')
    reps = fields.whole("reps", 1, _MAX_REPS)
    step = StepRecord(
        number=fields.whole("step", 1, _MAX_SEGMENTS),
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
    known = next(sessions_by_id(database, "", "~", deleted=True, only=record.id), None)
    # What is stored may be unusable, such as after somebody changed the file, and is then replaced.
    if known and _progress(record, steps) <= _progress(known, list_steps(database, known.id)):
        return False
    # An export made while the session ran has less of it than one made afterwards. Keep what has more.
    database.execute("DELETE FROM session WHERE id = ?", (record.id,))
    return insert_session(database, record, steps)


def _progress(record: SessionRecord, steps: list[StepRecord]) -> tuple[bool, int, int, str]:
    """Return how far a session has come, by which two copies of it can be compared; their text breaks a tie."""
    ordered = sorted(steps, key=lambda step: (step.number, step.side or ""))
    line = as_line(_session_json(record, ordered))
    return record.ended_ms is not None, record.segments_done, record.done_ms, line


def _write_revisions(database: sqlite3.Connection, wanted: ExportRange) -> Iterator[dict[str, Any]]:
    first, last = wanted.bounds
    rows = database.execute(
        """
        SELECT revision.id, session_id, at_ms, revision.device, field, value FROM revision
        LEFT JOIN session ON session.id = session_id
        WHERE CASE WHEN session.id IS NULL THEN :whole ELSE day BETWEEN :first AND :last
          AND (:deleted OR NOT session.deleted OR field = 'deleted') END
        ORDER BY revision.id
        """,
        {"whole": wanted.is_whole, "first": first, "last": last, "deleted": wanted.deleted},
    )
    for id_, session_id, at_ms, device, field, value in rows:
        if not is_instant(at_ms):
            continue  # no version of this program can have written it
        yield {
            "type": "revision",
            "id": id_,
            "session": session_id,
            "at": timestamp(at_ms, 0),
            "device": device,
            "field": field,
            "value": bool(value) if field == "deleted" else value,
        }


def _read_revision(fields: Fields) -> tuple[Any, ...]:
    field = fields.text("field")
    value: str | int | None
    match field:
        case "deleted":
            value = int(fields.flag("value"))
        case "note":
            value = fields.text("value", MAX_NOTE_LENGTH) if fields.has("value") else None
        case "comfort_before" | "comfort_after":
            value = fields.whole("value", MIN_COMFORT, MAX_COMFORT) if fields.has("value") else None
        case _:
            raise InvalidLine('"field" is not one of note, deleted, comfort_before, comfort_after.')
    at_ms, _ = fields.moment("at")
    return fields.id("id"), fields.id("session"), at_ms, fields.text_or_none("device"), field, value


def _merge_revision(database: sqlite3.Connection, row: tuple[Any, ...]) -> bool:
    return merge_row(database, "revision", _REVISION_COLUMNS, row)


SESSION = RecordType("session", _write_sessions, _read_session, _merge_session)
REVISION = RecordType("correction", _write_revisions, _read_revision, _merge_revision)
