"""Sessions in the history: saved segment by segment, found by id, listed and summed by day."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.journal.day import DEFAULT_COUNTING_RULES, CountingRules, are_days, is_day, is_instant
from stretch_coach.journal.records import REVISED_FIELDS, Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.transaction import transaction
from stretch_coach.text import excerpt

CLOCK_SUSPECT_MS = 3_600_000
"""If a session seems to start this long before the newest one, the clock has been set back."""

_COLUMNS = ", ".join(SessionRecord._fields)
_SAVED = [name for name in SessionRecord._fields if name not in REVISED_FIELDS]
_VALUES = ", ".join(f":{name}" for name in _SAVED)
_INSERT_SESSION = f"INSERT INTO session({', '.join(_SAVED)}) VALUES({_VALUES})"
# What is known at the start of a session never changes; what grows while it runs is overwritten. A resumed session may
# be planned a little longer or shorter than before, because explanations depend on what the user has done since.
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


class DaySums(NamedTuple):
    """The sums of one day.

    Attributes:
        day: The day, as `YYYY-MM-DD`.
        done: Sessions that count as done.
        least_offset_s: The smallest offset from UTC among its sessions, in seconds.
        most_offset_s: The largest.
        sessions: All sessions, however they ended.
        done_ms: Their time, in milliseconds.
        by_hand_ms: How much of that was logged by hand.
    """

    day: str
    done: int
    least_offset_s: int
    most_offset_s: int
    sessions: int = 0
    done_ms: int = 0
    by_hand_ms: int = 0


def save_session(database: sqlite3.Connection, record: SessionRecord, steps: Sequence[StepRecord] = ()) -> None:
    """Save a session and some of its steps in one transaction. All of it is on disk when this returns."""
    with transaction(database):
        database.execute(_SAVE_SESSION, record._asdict())
        _save_steps(database, record.id, steps)


def insert_session(database: sqlite3.Connection, record: SessionRecord, steps: Sequence[StepRecord]) -> bool:
    """Add a session that was recorded elsewhere, inside the caller's transaction.

    Returns:
        Whether it was added; False if a session with its id is known.
    """
    if database.execute(_INSERT_SESSION + " ON CONFLICT(id) DO NOTHING", record._asdict()).rowcount < 1:
        return False
    _save_steps(database, record.id, steps)
    return True


def _save_steps(database: sqlite3.Connection, session_id: str, steps: Sequence[StepRecord]) -> None:
    for number, side, *rest in steps:
        database.execute(_SAVE_STEP, (session_id, number, side or "", *rest))


def clock_was_set_back(database: sqlite3.Connection, started_ms: int) -> bool:
    """Return whether a session that starts at `started_ms` would start over an hour before the newest one."""
    newest = database.execute("SELECT max(started_ms) FROM session").fetchone()[0]
    return newest is not None and started_ms < newest - CLOCK_SUSPECT_MS


def device_id(database: sqlite3.Connection) -> str:
    """Return the id of this machine."""
    return str(database.execute("SELECT device FROM identity").fetchone()[0])


def list_devices(database: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of this machine and of all others with anything in the history; none if there is no session.

    A session that names no machine is from the machine "".
    """
    if not database.execute("SELECT 1 FROM session LIMIT 1").fetchone():
        return frozenset()
    tables = ("session", "revision", "plan_change", "program_change", "dose_choice")
    every = " UNION ".join(f"SELECT coalesce(device, '') FROM {table}" for table in tables)  # noqa: S608 - our tables
    return frozenset(device for (device,) in database.execute(every)) | {device_id(database)}


class SessionQuery(NamedTuple):
    """Which sessions to list.

    Attributes:
        since_day: The first day, as `YYYY-MM-DD`, or empty for the first of the history.
        routine: Only this routine's, by its id, or empty for all.
        outcome: Only those that ended like this, or None for all.
        deleted: List deleted sessions instead of the others.
        at_most: How many at most, or -1 for all.
        after: How many of the newest to leave out.
        until_day: The last day, as `YYYY-MM-DD`, or empty for the last of the history.
    """

    since_day: str = ""
    routine: str = ""
    outcome: Outcome | None = None
    deleted: bool = False
    at_most: int = -1
    after: int = 0
    until_day: str = ""


def list_sessions(database: sqlite3.Connection, query: SessionQuery = SessionQuery()) -> list[SessionRecord]:  # noqa: B008 - it is immutable
    """Return the sessions that match a query, newest first."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE deleted = :deleted AND day >= :since_day "  # noqa: S608 - our columns
        "AND (:until_day = '' OR day <= :until_day) AND (:routine = '' OR routine = :routine) "
        "AND (:outcome IS NULL OR outcome = :outcome) ORDER BY started_ms DESC, id DESC LIMIT :at_most OFFSET :after",
        query._asdict(),
    )
    return list(_sessions(rows))


def sessions_by_id(
    database: sqlite3.Connection, first_day: str, last_day: str, *, deleted: bool, only: str = ""
) -> Iterator[SessionRecord]:
    """Yield the sessions of a range of days in the order of their ids.

    Args:
        database: The history.
        first_day: The first day, as `YYYY-MM-DD`.
        last_day: The last day.
        deleted: Include deleted sessions.
        only: Only the session with this id, or empty for all.
    """
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE day BETWEEN ? AND ? AND (? OR deleted = 0) "  # noqa: S608 - our columns
        f"{'AND id = ?' if only else ''} ORDER BY id",
        (first_day, last_day, deleted, *([only] if only else [])),
    )
    return _sessions(rows)


def find_session(database: sqlite3.Connection, start_of_id: str) -> SessionRecord:
    """Return the session, deleted or not, whose id starts with `start_of_id`.

    Raises:
        CoachError: There is no such session, or more than one.
    """
    start = start_of_id.strip().lower()
    upper = start + "~"  # sorts after every character of an id
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE id >= ? AND id < ? LIMIT 2",  # noqa: S608 - our columns
        (start, upper),
    ).fetchall()
    found = list(_sessions(rows)) if start else []
    if len(found) == 1:
        return found[0]
    if found:
        raise CoachError(
            "history", f'several sessions have an id that starts with "{excerpt(start)}".', "Type more of it."
        )
    hint = "List them with `stretch-coach history`."
    raise CoachError("history", f'no session has an id that starts with "{excerpt(start)}".', hint)


def last_session(database: sqlite3.Connection) -> SessionRecord | None:
    """Return the session that started last, or None if there is none."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM session WHERE deleted = 0 ORDER BY started_ms DESC, id DESC"  # noqa: S608 - our columns
    )
    return next(_sessions(rows), None)


def hurt_on(database: sqlite3.Connection, day: str) -> bool:
    """Return whether a session of a day, given as `YYYY-MM-DD`, was stopped because it hurt."""
    query = "SELECT EXISTS (SELECT 1 FROM session WHERE day = ? AND outcome = ? AND deleted = 0)"
    return bool(database.execute(query, (day, Outcome.STOPPED.value)).fetchone()[0])


def list_steps(database: sqlite3.Connection, session_id: str) -> list[StepRecord]:
    """Return the steps that a session reached, in order."""
    rows = database.execute(
        "SELECT number, side, exercise, planned_ms, done_ms, reps, reps_done, outcome FROM step "
        "WHERE session_id = ? ORDER BY number, side",
        (session_id,),
    )
    steps = []
    for row in rows:
        with suppress(ValueError):
            steps.append(_step(row))
    return steps


def times_done(database: sqlite3.Connection) -> dict[str, int]:
    """Return in how many sessions each exercise was finished on at least one side, by the exercise's id."""
    rows = database.execute(
        "SELECT exercise, count(DISTINCT session_id) FROM step "
        "WHERE outcome = 'done' AND exercise IS NOT NULL "
        "AND session_id NOT IN (SELECT id FROM session WHERE deleted = 1) GROUP BY exercise"
    )
    return dict(rows.fetchall())


def count_sessions(database: sqlite3.Connection) -> int:
    """Return how many sessions there are, however they ended, without deleted ones."""
    return int(database.execute("SELECT coalesce(sum(sessions), 0) FROM day_sum").fetchone()[0])


def exercises_done(database: sqlite3.Connection) -> dict[str, tuple[date, int]]:
    """Return the last day on which each exercise was finished on at least one side, and in how many sessions."""
    rows = database.execute(
        "SELECT step.exercise, max(session.day), count(DISTINCT session.id) "
        "FROM step JOIN session ON session.id = step.session_id "
        "WHERE step.outcome = 'done' AND step.exercise IS NOT NULL AND session.deleted = 0 GROUP BY step.exercise"
    )
    return {exercise: (date.fromisoformat(day), times) for exercise, day, times in rows if is_day(day)}


def last_day_done(database: sqlite3.Connection, exercise: str) -> str | None:
    """Return the last day on which an exercise was finished on at least one side, as ISO 8601, or None if never."""
    [day] = database.execute(
        "SELECT max(session.day) FROM step JOIN session ON session.id = step.session_id "
        "WHERE step.exercise = ? AND step.outcome = 'done' AND session.deleted = 0",
        (exercise,),
    ).fetchone()
    return day if day and is_day(day) else None


def list_day_sums(database: sqlite3.Connection, rules: CountingRules = DEFAULT_COUNTING_RULES) -> list[DaySums]:
    """Return the sums of every day that has a session, in order."""
    rows = database.execute(
        """
        SELECT day, completed + :manual * completed_by_hand + :partial * (nearly + :manual * nearly_by_hand),
          least_offset_s, most_offset_s, sessions, done_ms, by_hand_ms
        FROM day_sum ORDER BY day
        """,
        {"partial": rules.partial_counts, "manual": rules.manual_counts},
    )
    sums = list(map(DaySums._make, rows))
    # Checked together first, which takes a fifth of the time, because a wrong row is very rare.
    return sums if are_days([one.day for one in sums]) else [one for one in sums if is_day(one.day)]


def _step(row: Sequence[object]) -> StepRecord:
    step = StepRecord(*row)  # type: ignore[arg-type]  # the table's types are strict
    return step._replace(side=step.side or None, outcome=StepOutcome(step.outcome))


def _sessions(rows: Iterable[Sequence[object]]) -> Iterator[SessionRecord]:
    """Yield the sessions of rows. A row that no version of this program can have written is left out."""
    for row in rows:
        record = SessionRecord(*row)  # type: ignore[arg-type]  # the table's types are strict
        try:
            outcome, source = Outcome(record.outcome), Source(record.source)
        except ValueError:
            continue
        if not (is_instant(record.started_ms) and is_instant(record.ended_ms or 0) and is_day(record.day)):
            continue
        clock_suspect, deleted = bool(record.clock_suspect), bool(record.deleted)
        yield record._replace(outcome=outcome, source=source, clock_suspect=clock_suspect, deleted=deleted)
