"""What the history says about the doses of exercises: how they were practised, and what the user chose."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.comfort import WORSE_BY
from stretch_coach.journal.day import is_day, is_instant
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, StepOutcome
from stretch_coach.journal.transaction import transaction

STEPS_BACK, STEPS_AT_MOST = -1, 3
"""How many steps a dose can be below and above the written one."""


class Practice(NamedTuple):
    """An exercise in one session.

    Attributes:
        at_ms: When the session started, in milliseconds since 1970.
        day: The session's day.
        exercise: The exercise's id.
        finished: Everything that was planned of it was done.
        worse: The session was stopped because it hurt, or the neck felt worse after it by two points or more.
    """

    at_ms: int
    day: date
    exercise: str
    finished: bool
    worse: bool


class DoseChoice(NamedTuple):
    """What the user chose about the dose of an exercise.

    Attributes:
        exercise: The exercise's id.
        steps: How many steps from the written dose, from -1 to 3.
        accepted: Whether this dose was accepted, or the offer of it declined.
        at_ms: When, in milliseconds since 1970.
        day: On which day.
    """

    exercise: str
    steps: int
    accepted: bool
    at_ms: int
    day: date


def load_practice(database: sqlite3.Connection, exercises: Iterable[str], since: date) -> list[Practice]:
    """Return how exercises were practised since a day, in the order of time. What was logged by hand does not count."""
    wanted = sorted(exercises)
    rows = database.execute(
        f"""
        SELECT started_ms, day, exercise, min(step.outcome = ?), session.outcome = ? OR
          coalesce(comfort_after - comfort_before >= ?, 0)
        FROM session INDEXED BY session_day JOIN step ON step.session_id = session.id
        WHERE day >= ? AND deleted = 0 AND exercise IN ({", ".join("?" * len(wanted))})
        GROUP BY session.id, exercise ORDER BY started_ms, session.id
        """,  # noqa: S608 - question marks alone
        (StepOutcome.DONE.value, Outcome.STOPPED.value, WORSE_BY, since.isoformat(), *wanted),
    )
    return [
        Practice(at_ms, date.fromisoformat(day), exercise, bool(finished), bool(worse))
        for at_ms, day, exercise, finished, worse in rows
        if is_instant(at_ms) and is_day(day)
    ]


def load_choices(database: sqlite3.Connection) -> list[DoseChoice]:
    """Return what the user chose about doses, in the order of time."""
    rows = database.execute("SELECT exercise, steps, accepted, at_ms, day FROM dose_choice ORDER BY at_ms, id")
    return [
        DoseChoice(exercise, steps, bool(accepted), at_ms, date.fromisoformat(day))
        for exercise, steps, accepted, at_ms, day in rows
        if is_instant(at_ms) and is_day(day) and STEPS_BACK <= steps <= STEPS_AT_MOST
    ]


def save_choices(database: sqlite3.Connection, choices: Sequence[DoseChoice]) -> None:
    """Save what the user chose about doses, in one transaction."""
    with transaction(database):
        for exercise, steps, accepted, at_ms, day in choices:
            database.execute(
                "INSERT INTO dose_choice(id, at_ms, device, day, exercise, steps, accepted) "
                "VALUES(?, ?, (SELECT device FROM identity), ?, ?, ?, ?)",
                (new_id(at_ms), at_ms, day.isoformat(), exercise, steps, accepted),
            )
