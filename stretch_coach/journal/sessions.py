"""Sessions in the history file: written as they go, read by day."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.journal.records import REVISED_FIELDS, Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.transaction import writing

CLOCK_SUSPECT_MS = 3_600_000
"""A session that seems to begin this long before the newest one was recorded by a clock that had been set back."""

_COLUMNS = ", ".join(SessionRecord._fields)
_SAVED = [name for name in SessionRecord._fields if name not in REVISED_FIELDS]
_VALUES = ", ".join(f":{name}" for name in _SAVED)
_INSERT_SESSION = f"INSERT INTO session({', '.join(_SAVED)}) VALUES({_VALUES})"
# What is known when a session begins never changes; what grows while it runs is overwritten. One that is gone on with
# may be planned a little longer or shorter than before: explanations go with what the user has done meanwhile.
_SAVE_SESSION = f"""
{_INSERT_SESSION}
ON CONFLICT(id) DO UPDATE SET ended_ms = excluded.ended_ms, done_ms = excluded.done_ms,
  planned_ms = excluded.planned_ms, segments = excluded.segments,
  segments_done = excluded.segments_done, outcome = excluded.outcome
"""
_SAVE_STEP = """
INSERT INTO step(session_id, number, side, exercise, planned_ms, done_ms, reps, reps_done, outcome)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT(session_id, number, side) DO UPDATE SET done_ms = excluded.done_ms,
  reps_done = excluded.reps_done, outcome = excluded.outcome
"""


class DaySummary(NamedTuple):
    """What one day of the record holds.

    Attributes:
        day: The day, as ``YYYY-MM-DD``.
        done: Sessions that count as done.
        least_offset_s: The smallest offset from UTC any session of the day was recorded with.
        most_offset_s: The largest.
        sessions: All of its sessions, whatever became of them.
        done_ms: What was done in them.
        by_hand_ms: How much of that was noted by hand.
    """

    day: str
    done: int
    least_offset_s: int
    most_offset_s: int
    sessions: int = 0
    done_ms: int = 0
    by_hand_ms: int = 0


def save_session(database: sqlite3.Connection, record: SessionRecord, steps: Sequence[StepRecord] = ()) -> None:
    """Write a session and the given steps of it, all or nothing; on disk when this returns."""
    with writing(database):
        database.execute(_SAVE_SESSION, record._asdict())
        _save_steps(database, record.id, steps)


def insert_session(database: sqlite3.Connection, record: SessionRecord, steps: Sequence[StepRecord]) -> bool:
    """Take in a session from elsewhere, inside a transaction, unless one with its id is known; whether it was taken."""
    if database.execute(_INSERT_SESSION + " ON CONFLICT(id) DO NOTHING", record._asdict()).rowcount < 1:
        return False
    _save_steps(database, record.id, steps)
    return True


def _save_steps(database: sqlite3.Connection, session_id: str, steps: Sequence[StepRecord]) -> None:
    for number, side, *rest in steps:
        database.execute(_SAVE_STEP, (session_id, number, side or "", *rest))


def clock_was_set_back(database: sqlite3.Connection, started_ms: int) -> bool:
    """Whether a session beginning now would begin over an hour before the newest one in the record."""
    newest = database.execute("SELECT max(started_ms) FROM session").fetchone()[0]
    return newest is not None and started_ms < newest - CLOCK_SUSPECT_MS


def device_id(database: sqlite3.Connection) -> str:
    """The id of this machine's history."""
    return str(database.execute("SELECT device FROM identity").fetchone()[0])


class Wanted(NamedTuple):
    """Which sessions are asked for.

    Attributes:
        since_day: The first day, as ``YYYY-MM-DD``; empty for the beginning.
        until_day: The last day; empty for the end.
        routine: The id of the only routine; empty for all.
        outcome: The only outcome; none for all.
        deleted: Whether those that were deleted are asked for, alone.
        at_most: How many at most.
        after: How many of the newest to pass over.
    """

    since_day: str = ""
    until_day: str = ""
    routine: str = ""
    outcome: Outcome | None = None
    deleted: bool = False
    at_most: int = -1
    after: int = 0


def list_sessions(
    database: sqlite3.Connection, since_day: str = "", wanted: Wanted | None = None
) -> list[SessionRecord]:
    """The sessions that were not deleted, from a day on, or those that are asked for; newest first."""
    wanted = wanted or Wanted(since_day)
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE deleted = :deleted AND day >= :since_day "  # noqa: S608 - our columns
        "AND (:until_day = '' OR day <= :until_day) AND (:routine = '' OR routine = :routine) "
        "AND (:outcome IS NULL OR outcome = :outcome) ORDER BY started_ms DESC, id DESC LIMIT :at_most OFFSET :after",
        wanted._asdict(),
    )
    return [_session(row) for row in rows]


def sessions_by_id(
    database: sqlite3.Connection, first_day: str, last_day: str, *, deleted: bool, only: str = ""
) -> Iterator[SessionRecord]:
    """The sessions of a span of days, by id; those that were deleted among them if they are asked for.

    Args:
        database: The history.
        first_day: As ``YYYY-MM-DD``.
        last_day: The last one.
        deleted: Whether deleted sessions are asked for too.
        only: The id of the only one; empty for all.
    """
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE day BETWEEN ? AND ? AND (? OR deleted = 0) "  # noqa: S608 - our columns
        f"{'AND id = ?' if only else ''} ORDER BY id",
        (first_day, last_day, deleted, *([only] if only else [])),
    )
    return map(_session, rows)


def find_session(database: sqlite3.Connection, start_of_id: str) -> SessionRecord:
    """The one session, deleted or not, whose id begins like this.

    Raises:
        CoachError: There is none, or more than one.
    """
    start = start_of_id.strip().lower()
    upper = start + "~"  # beyond every character of an id
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE id >= ? AND id < ? LIMIT 2",  # noqa: S608 - our columns
        (start, upper),
    ).fetchall()
    if len(rows) == 1 and start:
        return _session(rows[0])
    if rows and start:
        raise CoachError("history", f'the ids of several sessions begin with "{start}".', "Write more of it.")
    named = start if start.isprintable() else ascii(start)
    raise CoachError(
        "history", f'no session has an id that begins with "{named[:40]}".', "`stretch-coach history` lists them."
    )


def last_session(database: sqlite3.Connection) -> SessionRecord | None:
    """The session that began last; none if there is no session."""
    row = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE deleted = 0 ORDER BY started_ms DESC, id DESC LIMIT 1"  # noqa: S608 - our columns
    ).fetchone()
    return _session(row) if row else None


def list_steps(database: sqlite3.Connection, session_id: str) -> list[StepRecord]:
    """The steps of a session that were reached, in order."""
    rows = database.execute(
        "SELECT number, side, exercise, planned_ms, done_ms, reps, reps_done, outcome FROM step "
        "WHERE session_id = ? ORDER BY number, side",
        (session_id,),
    )
    return [_step(row) for row in rows]


def times_done(database: sqlite3.Connection) -> dict[str, int]:
    """In how many sessions each exercise was done to its end on some side, by the exercise's id."""
    rows = database.execute(
        "SELECT exercise, count(DISTINCT session_id) FROM step "
        "WHERE outcome = 'done' AND exercise IS NOT NULL "
        "AND session_id NOT IN (SELECT id FROM session WHERE deleted = 1) GROUP BY exercise"
    )
    return dict(rows.fetchall())


def summarise_days(
    database: sqlite3.Connection, *, partial_counts: bool = False, manual_counts: bool = False
) -> list[DaySummary]:
    """Every day that has a session, in order, with how many of them count as done.

    A completed session that the timer ran counts.

    Args:
        database: The history.
        partial_counts: Whether one of which at least 80 % was done counts too.
        manual_counts: Whether those logged by hand count like the timer's.
    """
    rows = database.execute(
        """
        SELECT day, completed + :manual * completed_by_hand + :partial * (nearly + :manual * nearly_by_hand),
          least_offset_s, most_offset_s, sessions, done_ms, by_hand_ms
        FROM day_sum ORDER BY day
        """,
        {"partial": partial_counts, "manual": manual_counts},
    )
    return [DaySummary(*row) for row in rows]


def _step(row: Sequence[object]) -> StepRecord:
    step = StepRecord(*row)  # type: ignore[arg-type]  # the table's types are strict
    return step._replace(side=step.side or None, outcome=StepOutcome(step.outcome))


def _session(row: Sequence[object]) -> SessionRecord:
    record = SessionRecord(*row)  # type: ignore[arg-type]  # the table's types are strict
    return record._replace(
        outcome=Outcome(record.outcome),
        source=Source(record.source),
        clock_suspect=bool(record.clock_suspect),
        deleted=bool(record.deleted),
    )
