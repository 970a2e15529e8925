"""The facts of the report: its numbers, stops and notes in a range of days."""

import sqlite3
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import CountingRules, is_day
from stretch_coach.journal.plan import Plan, PlanBook, load_plans
from stretch_coach.journal.statistics import DayKind, Statistics, load_statistics


class RoutineTotals(NamedTuple):
    """One routine: the sessions that the timer ran by their outcome, and those that were logged by hand."""

    title: str
    completed: int
    partial: int
    stopped: int
    interrupted: int
    recorded_ms: int
    by_hand: int
    by_hand_ms: int

    @property
    def recorded(self) -> int:
        """How many sessions the timer ran."""
        return self.completed + self.partial + self.stopped + self.interrupted


class ExerciseTotals(NamedTuple):
    """One exercise: how many sessions had it, how often a side of it was finished, and its time in milliseconds."""

    exercise: str
    sessions: int
    done: int
    done_ms: int


class Stop(NamedTuple):
    """A session that was stopped because it hurt, and the step at which it was. `note` is the session's."""

    day: str
    title: str
    exercise: str | None
    side: str | None
    done_ms: int
    note: str | None


class Note(NamedTuple):
    """A note about a session."""

    day: str
    title: str
    text: str


class ReportFacts(NamedTuple):
    """The facts about a range of days.

    Attributes:
        statistics: The statistics of the range.
        plans: The user's plans that hold in the range, each with its first day there; empty if the user made none.
        routines: The routines, the one that took the most time first.
        exercises: The exercises, the one that took the most time first.
        stops: Where it hurt, newest first.
        notes: The notes, newest first, or None to leave notes out of the report.
    """

    statistics: Statistics
    plans: list[tuple[date, Plan]]
    routines: list[RoutineTotals]
    exercises: list[ExerciseTotals]
    stops: list[Stop]
    notes: list[Note] | None

    @property
    def recorded(self) -> int:
        """How many sessions the timer ran."""
        return sum(routine.recorded for routine in self.routines)

    @property
    def planned_days(self) -> tuple[int, int]:
        """How many planned days are over, and on how many of them a session was done."""
        start = self.plans[0][0] if self.plans else date.max
        planned = [day for day in self.statistics.days if day.day >= start and day.planned]
        closed = [day for day in planned if day.kind is not DayKind.OPEN]
        return len(closed), sum(day.kind is DayKind.DONE for day in closed)

    @property
    def adherence(self) -> float | None:
        """The share of the planned sessions that were done, or None if the user planned none."""
        start = self.plans[0][0] if self.plans else date.max
        days = [day for day in self.statistics.days if day.day >= start]
        return self.statistics._replace(days=days).adherence()


def load_report(
    database: sqlite3.Connection, first: date, last: date, rules: CountingRules, *, with_notes: bool
) -> ReportFacts:
    """Return the facts of a range of days.

    Args:
        database: The history.
        first: The first day.
        last: The last day, which may be open.
        rules: Which sessions count as done.
        with_notes: Include the user's notes.
    """
    return ReportFacts(
        load_statistics(database, first, last, rules),
        _plans(database, first, last),
        _routines(database, first, last),
        _exercises(database, first, last),
        _stops(database, first, last),
        _notes(database, first, last) if with_notes else None,
    )


def _plans(database: sqlite3.Connection, first: date, last: date) -> list[tuple[date, Plan]]:
    plans = load_plans(database)
    later = [(start, plan) for start, plan in plans if first < start <= last]
    at_first = [(first, PlanBook(plans).on(first))] if plans and plans[0][0] <= first else []
    return at_first + later


def _routines(database: sqlite3.Connection, first: date, last: date) -> list[RoutineTotals]:
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
    return [RoutineTotals(*row) for row in rows]


def _exercises(database: sqlite3.Connection, first: date, last: date) -> list[ExerciseTotals]:
    rows = database.execute(
        """
        SELECT exercise, count(DISTINCT session_id), sum(step.outcome = 'done'), sum(step.done_ms)
        FROM session JOIN step ON session_id = session.id
        WHERE day BETWEEN ? AND ? AND deleted = 0 AND exercise IS NOT NULL
        GROUP BY exercise HAVING sum(step.done_ms) > 0 ORDER BY 4 DESC, exercise
        """,
        (first.isoformat(), last.isoformat()),
    )
    return [ExerciseTotals(*row) for row in rows]


def _stops(database: sqlite3.Connection, first: date, last: date) -> list[Stop]:
    rows = database.execute(
        """
        SELECT day, title, exercise, side, coalesce(step.done_ms, session.done_ms), note
        FROM session LEFT JOIN step ON session_id = session.id AND step.outcome = 'stopped'
        WHERE session.outcome = 'stopped' AND day BETWEEN ? AND ? AND deleted = 0 ORDER BY started_ms DESC
        """,
        (first.isoformat(), last.isoformat()),
    )
    return [stop for stop in map(Stop._make, rows) if is_day(stop.day)]


def _notes(database: sqlite3.Connection, first: date, last: date) -> list[Note]:
    rows = database.execute(
        "SELECT day, title, note FROM session "
        "WHERE note IS NOT NULL AND day BETWEEN ? AND ? AND deleted = 0 ORDER BY started_ms DESC",
        (first.isoformat(), last.isoformat()),
    )
    return [note for note in map(Note._make, rows) if is_day(note.day)]
