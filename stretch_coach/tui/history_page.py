"""Reads and changes the part of the history that the history screen shows, for threads that leave the screen free."""

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from stretch_coach.context import Context
from stretch_coach.journal.records import SessionRecord, StepRecord
from stretch_coach.journal.sessions import SessionQuery, list_sessions, list_steps
from stretch_coach.journal.statistics import DayFacts, Statistics, load_statistics, range_start

DAYS_SHOWN = 364
"""The map shows 52 weeks."""


class HistoryPage(NamedTuple):
    """The part of the history that the screen shows.

    Attributes:
        statistics: The numbers, and every day.
        records: The newest sessions, as far as they were read.
        has_more: Whether there are more sessions than were read.
    """

    statistics: Statistics
    records: list[SessionRecord]
    has_more: bool

    def find(self, session_id: str) -> SessionRecord | None:
        """Return a session that was read."""
        return next((record for record in self.records if record.id == session_id), None)

    def neighbour(self, session_id: str) -> str | None:
        """Return the id of the session below one, or above it where it is the last."""
        ids = [record.id for record in self.records]
        index = ids.index(session_id)
        return next(iter([*ids[index + 1 :], *reversed(ids[:index])]), None)

    def has_year(self, back: int) -> bool:
        """Return whether there is a map for the year `back` years before the newest one."""
        return len(self.statistics.days) > back * DAYS_SHOWN

    def year(self, back: int) -> tuple[DayFacts, ...]:
        """Return the days of the map for the year `back` years before the newest one, at least one day."""
        end = len(self.statistics.days) - back * DAYS_SHOWN
        return tuple(self.statistics.days[max(0, end - DAYS_SHOWN) : max(end, 1)])


def read_history(context: Context, at_most: int) -> HistoryPage:
    """Return the part of the history that the screen shows.

    Raises:
        CoachError: The history cannot be read.
    """
    today, rules = context.today, context.counting_rules
    with context.history() as database:
        statistics = load_statistics(database, None, today, rules)
        if len(statistics.days) < DAYS_SHOWN:
            statistics = load_statistics(database, range_start(DAYS_SHOWN, today), today, rules)
        records = list_sessions(database, SessionQuery(at_most=at_most + 1))
    return HistoryPage(statistics, records[:at_most], len(records) > at_most)


def read_sessions(context: Context, at_most: int, after: int) -> tuple[list[SessionRecord], bool]:
    """Return more sessions, and whether there are still more.

    Raises:
        CoachError: The history cannot be read.
    """
    with context.history() as database:
        records = list_sessions(database, SessionQuery(at_most=at_most + 1, after=after))
    return records[:at_most], len(records) > at_most


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
