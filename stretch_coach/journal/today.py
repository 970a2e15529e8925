"""Today at a glance: what was planned, what was done, and how the record stands."""

import sqlite3
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.plan import PlanBook, load_plans
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.journal.summary import Summary, summarise
from stretch_coach.journal.wording import streak_sentence


class Today(NamedTuple):
    """One day of the record as it goes.

    Attributes:
        day: Which day it is.
        summary: Streak, adherence, strength and freezes.
        planned: Sessions planned for the day.
        done: Sessions that count as done.
        sessions: All sessions of the day, newest first.
    """

    day: date
    summary: Summary
    planned: int
    done: int
    sessions: list[SessionRecord]

    @property
    def sentence(self) -> str:
        """The day's sessions against its plan, in a sentence."""
        if not self.planned:
            return f"A rest day; {_sessions(self.done)} done all the same." if self.done else "A rest day."
        if self.done >= self.planned:
            return f"Done for today: {_sessions(self.done)}."
        return f"{self.done} of {_sessions(self.planned)} done today."

    @property
    def streak(self) -> str:
        """The streak, in a sentence."""
        return streak_sentence(self.summary)


def look_at_today(
    database: sqlite3.Connection, day: date, *, partial_counts: bool = False, manual_counts: bool = False
) -> Today:
    """The day so far."""
    summary = summarise(database, day, partial_counts=partial_counts, manual_counts=manual_counts)
    planned = PlanBook(load_plans(database)).sessions(day)
    return Today(day, summary, planned, summary.sessions_today, list_sessions(database, day.isoformat()))


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"
