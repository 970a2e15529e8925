"""A day at a glance: its plan, the week that ends with it, and when each routine was last done."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import DAY, DEFAULT_COUNTING_RULES, CountingRules
from stretch_coach.journal.plan import PlanBook, load_plans
from stretch_coach.journal.records import Outcome, SessionRecord
from stretch_coach.journal.sentences import started_at
from stretch_coach.journal.sessions import SessionQuery, list_sessions
from stretch_coach.journal.statistics import DayFacts, load_statistics, range_start
from stretch_coach.journal.summary import Today
from stretch_coach.phrasing import count

WEEK = 7
_RECENT = 28
_TWO_WEEKS = 14


class Glance(NamedTuple):
    """A day at a glance.

    Attributes:
        today: The day so far.
        week: The seven days that end with it, in order.
        recent: The sessions of the last four weeks, newest first.
        last_done: The last day within the last four weeks on which each routine was completed, by its id.
        long_ago: The ids of the routines whose sessions are all older than that.
        next_day: The next day after it for which anything is planned, or None if there is none within two weeks.
    """

    today: Today
    week: Sequence[DayFacts]
    recent: list[SessionRecord]
    last_done: Mapping[str, date]
    long_ago: frozenset[str]
    next_day: date | None = None


class PlanLine(NamedTuple):
    """One session of a day, done or still planned.

    Attributes:
        time: When it started, as `HH:MM`, or empty for one that is still planned.
        words: Its title, or that it is planned.
        outcome: How it ended, or None if it is still planned.
    """

    time: str
    words: str
    outcome: Outcome | None


def load_glance(database: sqlite3.Connection, day: date, rules: CountingRules = DEFAULT_COUNTING_RULES) -> Glance:
    """Return a day at a glance."""
    statistics = load_statistics(database, range_start(WEEK, day), day, rules)
    recent = list_sessions(database, SessionQuery((day - _RECENT * DAY).isoformat()))
    sessions = [record for record in recent if record.day == day.isoformat()]
    facts = statistics.days[-1]
    today = Today(day, statistics.summary, facts.planned, facts.done, sessions)
    known = {routine for (routine,) in database.execute("SELECT DISTINCT routine FROM habit_sum")}
    long_ago = frozenset(known - {record.routine for record in recent})
    book = PlanBook(load_plans(database))
    coming = (day + ahead * DAY for ahead in range(1, _TWO_WEEKS + 1))
    next_day = next((one for one in coming if book.planned(one)), None)
    return Glance(today, statistics.days, recent, last_days(recent), long_ago, next_day)


def next_sentence(glance: Glance) -> str:
    """Return what the plan asks for next. On a day on which something hurt, nothing."""
    today = glance.today
    if today.summary.hurt:
        return ""
    if today.done < today.planned:
        left = today.planned - today.done
        return f"Next: {count(left, 'more session' if today.done else 'session')} today."
    if glance.next_day is None:
        return ""
    days = (glance.next_day - today.day).days
    when = "tomorrow" if days == 1 else f"on {glance.next_day:%A}" if days < WEEK else f"in {count(days, 'day')}"
    return f"Next: {when}."


def last_days(newest_first: Sequence[SessionRecord]) -> dict[str, date]:
    """Return the last day on which each routine was completed, by its id."""
    completed = [record for record in newest_first if record.outcome is Outcome.COMPLETED]
    return {record.routine: date.fromisoformat(record.day) for record in reversed(completed)}


def plan_lines(today: Today) -> list[PlanLine]:
    """Return the sessions of a day in the order of time, and then what is still planned.

    On a day on which something hurt, nothing more is planned.
    """
    lines = [PlanLine(f"{started_at(one):%H:%M}", one.title, one.outcome) for one in reversed(today.sessions)]
    left = 0 if today.summary.hurt else max(0, today.planned - today.done)
    return [*lines, PlanLine("", f"{count(left, 'session')} to go", None)] if left else lines


def last_done_phrase(glance: Glance, routine: str) -> str:
    """Return when a routine was last done, such as `2 days ago`, or an empty text if never lately."""
    if routine in glance.last_done:
        return days_ago((glance.today.day - glance.last_done[routine]).days)
    return "a while ago" if routine in glance.long_ago else ""


def days_ago(days: int) -> str:
    """Return how long ago a day was, such as `yesterday` or `2 weeks ago`."""
    match days:
        case 0:
            return "today"
        case 1:
            return "yesterday"
        case _ if 0 < days < _TWO_WEEKS:
            return f"{count(days, 'day')} ago"
        case _:
            return f"{count(days // WEEK, 'week')} ago" if days > 0 else "later"
