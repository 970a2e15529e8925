"""Reads and changes the part of the history that the history screen shows, for threads that leave the screen free."""

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from stretch_coach.context import Context
from stretch_coach.journal.records import SessionRecord, StepRecord
from stretch_coach.journal.sessions import SessionQuery, list_sessions, list_steps
from stretch_coach.journal.statistics import Statistics, load_statistics, range_start

DAYS_SHOWN = 364
"""The map shows 52 weeks."""


class HistoryPage(NamedTuple):
    """The part of the history that the screen shows.

    Attributes:
        statistics: The numbers, and every day.
        records: The newest sessions up to a day, as far as they were read.
        has_more: Whether there are older sessions than were read.
        until: The last day of the sessions, or None if the newest of all were read.
    """

    statistics: Statistics
    records: list[SessionRecord]
    has_more: bool
    until: date | None = None

    def find(self, session_id: str) -> SessionRecord | None:
        """Return a session that was read."""
        return next((record for record in self.records if record.id == session_id), None)

    def first_of(self, day: date) -> SessionRecord | None:
        """Return the newest session of a day, if it was read."""
        wanted = day.isoformat()
        return next((record for record in self.records if record.day == wanted), None)

    def neighbour(self, session_id: str) -> str | None:
        """Return the id of the session below one, or above it where it is the last."""
        ids = [record.id for record in self.records]
        index = ids.index(session_id)
        return next(iter([*ids[index + 1 :], *reversed(ids[:index])]), None)


def read_history(context: Context, at_most: int, until: date | None = None) -> HistoryPage:
    """Return the part of the history that the screen shows, with the sessions up to a day.

    Raises:
        CoachError: The history cannot be read.
    """
    today, rules = context.today, context.counting_rules
    with context.history() as database:
        statistics = load_statistics(database, None, today, rules)
        if len(statistics.days) < DAYS_SHOWN:
            statistics = load_statistics(database, range_start(DAYS_SHOWN, today), today, rules)
        records = list_sessions(database, _query(at_most, 0, until))
    return HistoryPage(statistics, records[:at_most], len(records) > at_most, until)


def read_sessions(
    context: Context, at_most: int, after: int, until: date | None = None
) -> tuple[list[SessionRecord], bool]:
    """Return more sessions up to a day, and whether there are still more.

    Raises:
        CoachError: The history cannot be read.
    """
    with context.history() as database:
        records = list_sessions(database, _query(at_most, after, until))
    return records[:at_most], len(records) > at_most


def read_day(context: Context, day: date, *, with_steps: bool) -> list[tuple[SessionRecord, list[StepRecord]]]:
    """Return the sessions of a day, oldest first, each with its steps if they are wanted.

    Raises:
        CoachError: The history cannot be read.
    """
    text = day.isoformat()
    with context.history() as database:
        records = reversed(list_sessions(database, SessionQuery(text, until_day=text)))
        return [(record, list_steps(database, record.id) if with_steps else []) for record in records]


def read_steps(context: Context, session_id: str) -> list[StepRecord]:
    """Read the steps of a session.

    Raises:
        CoachError: The history cannot be read.
    """
    with context.history() as database:
        return list_steps(database, session_id)


def change_history(context: Context, change: Callable[[sqlite3.Connection, int], None]) -> None:
    """Change the history.

    Raises:
        CoachError: It cannot be changed.
    """
    with context.writable_history() as database:
        change(database, context.clock.wall().ms)


def _query(at_most: int, after: int, until: date | None) -> SessionQuery:
    return SessionQuery(at_most=at_most + 1, after=after, until_day=until.isoformat() if until else "")
