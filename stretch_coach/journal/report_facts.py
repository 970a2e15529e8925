"""What the report tells beyond the statistics: routines by how they ended, exercises, what hurt, notes."""

import sqlite3
from datetime import date
from typing import NamedTuple


class RoutineFacts(NamedTuple):
    """One routine over a span of days; sessions that the timer ran by their outcome, and those noted by hand."""

    title: str
    completed: int
    partial: int
    stopped: int
    interrupted: int
    recorded_ms: int
    by_hand: int
    by_hand_ms: int


class ExerciseFacts(NamedTuple):
    """One exercise over a span of days: sessions, sides or times it was done to its end, and how long it ran."""

    exercise: str
    sessions: int
    done: int
    done_ms: int


class Stop(NamedTuple):
    """A step that was stopped because it hurt."""

    day: str
    title: str
    exercise: str | None
    side: str | None
    done_ms: int
    note: str | None


def list_routines(database: sqlite3.Connection, first: date, last: date) -> list[RoutineFacts]:
    """The routines of a span of days, the one that took the most time first."""
    rows = database.execute(
        """
        SELECT max(title), sum(timed AND outcome = 'completed'), sum(timed AND outcome = 'partial'),
          sum(timed AND outcome = 'stopped'), sum(timed AND outcome = 'interrupted'), sum(timed * done_ms),
          sum(NOT timed), sum((NOT timed) * done_ms)
        FROM (SELECT *, source <> 'manual' AS timed FROM session WHERE day BETWEEN ? AND ? AND deleted = 0)
        GROUP BY routine ORDER BY sum(done_ms) DESC, routine
        """,
        (first.isoformat(), last.isoformat()),
    )
    return [RoutineFacts(*row) for row in rows]


def list_exercises(database: sqlite3.Connection, first: date, last: date) -> list[ExerciseFacts]:
    """The exercises of a span of days as the timer ran them, the one that took the most time first."""
    rows = database.execute(
        """
        SELECT exercise, count(DISTINCT session_id), sum(step.outcome = 'done'), sum(step.done_ms)
        FROM session JOIN step ON session_id = session.id
        WHERE day BETWEEN ? AND ? AND deleted = 0 AND exercise IS NOT NULL
        GROUP BY exercise HAVING sum(step.done_ms) > 0 ORDER BY 4 DESC, exercise
        """,
        (first.isoformat(), last.isoformat()),
    )
    return [ExerciseFacts(*row) for row in rows]


def list_stops(database: sqlite3.Connection, first: date, last: date) -> list[Stop]:
    """Where it hurt in a span of days, the newest first."""
    rows = database.execute(
        """
        SELECT day, title, exercise, side, coalesce(step.done_ms, session.done_ms), note
        FROM session LEFT JOIN step ON session_id = session.id AND step.outcome = 'stopped'
        WHERE session.outcome = 'stopped' AND day BETWEEN ? AND ? AND deleted = 0 ORDER BY started_ms DESC
        """,
        (first.isoformat(), last.isoformat()),
    )
    return [Stop(*row) for row in rows]


def list_notes(database: sqlite3.Connection, first: date, last: date) -> list[tuple[str, str, str]]:
    """Day, title and note of the sessions of a span of days that have one, the newest first."""
    rows = database.execute(
        "SELECT day, title, note FROM session "
        "WHERE note IS NOT NULL AND day BETWEEN ? AND ? AND deleted = 0 ORDER BY started_ms DESC",
        (first.isoformat(), last.isoformat()),
    )
    return rows.fetchall()
