"""Statistics of the history over a range of days, for the history screen and the report.

Triggers keep the sums by day and by habit, so the time taken depends on the number of days, not of sessions.
"""

import sqlite3
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from stretch_coach.journal.comfort import ComfortPair
from stretch_coach.journal.day import DAY, DEFAULT_COUNTING_RULES, CountingRules, is_day
from stretch_coach.journal.freezes import load_frozen_days
from stretch_coach.journal.plan import PlanBook, load_plans
from stretch_coach.journal.programs import load_rest_days
from stretch_coach.journal.sessions import DaySums, hurt_on, list_day_sums
from stretch_coach.journal.summary import Summary, lost_days, summarise


class DayKind(StrEnum):
    """How a day went. `part`: something was done, but it does not count. `open`: it is today and not done yet."""

    DONE = "done"
    PART = "part"
    FROZEN = "frozen"
    REST = "rest"
    OPEN = "open"
    MISSED = "missed"
    BEFORE = "before"
    """Before the first plan, or without one before the first session; nothing was done."""


DAY_KIND_WORDS = {
    DayKind.DONE: "done",
    DayKind.PART: "partial",
    DayKind.FROZEN: "freeze",
    DayKind.REST: "rest day",
    DayKind.OPEN: "open",
    DayKind.MISSED: "missed",
    DayKind.BEFORE: "no plan yet",
}
"""What a legend calls each kind of day."""


class DayFacts(NamedTuple):
    """One day.

    Attributes:
        day: The day.
        kind: How it went.
        planned: Sessions planned; 0 before the first plan.
        done: Sessions that count.
        sessions: All sessions.
        done_ms: Their time, in milliseconds.
        by_hand_ms: How much of that was logged by hand.
        strength: The strength of the habit at its end, from 0.0 to 1.0.
    """

    day: date
    kind: DayKind
    planned: int
    done: int
    sessions: int
    done_ms: int
    by_hand_ms: int
    strength: float


class Habit(NamedTuple):
    """One routine: its id, its latest title, how many sessions, and their time in milliseconds."""

    routine: str
    title: str
    sessions: int
    done_ms: int


class Statistics(NamedTuple):
    """The statistics of a range of days.

    Attributes:
        summary: The numbers on the last day.
        days: Every day of the range, in order.
        habits: The routines, most used first.
        hours: Sessions by the hour of the wall clock at which they started.
        comfort: How the neck felt, oldest first.
    """

    summary: Summary
    days: list[DayFacts]
    habits: list[Habit]
    hours: list[int]
    comfort: list[ComfortPair]

    def weeks(self) -> list[tuple[date, int]]:
        """Return the Monday of each week, and the milliseconds of that week's sessions."""
        sums: dict[date, int] = {}
        for facts in self.days:
            monday = facts.day - facts.day.weekday() * DAY
            sums[monday] = sums.get(monday, 0) + facts.done_ms
        return list(sums.items())

    def adherence(self) -> float | None:
        """Return the share of the planned sessions that were done, from 0.0 to 1.0, or None if nothing was planned."""
        closed = [day for day in self.days if day.kind not in (DayKind.OPEN, DayKind.BEFORE)]
        planned = sum(day.planned for day in closed)
        return sum(min(day.done, day.planned) for day in closed) / planned if planned else None


def load_statistics(
    database: sqlite3.Connection, first: date | None, last: date, rules: CountingRules = DEFAULT_COUNTING_RULES
) -> Statistics:
    """Return the statistics of a range of days, as they were at the end of the last.

    Args:
        database: The history.
        first: The first day, or None for the first day that has a session.
        last: The last day, which may be open.
        rules: Which sessions count as done.
    """
    end = last.isoformat()
    recorded = list_day_sums(database, rules)
    days = [sums for sums in recorded if sums.day <= end]
    plans = PlanBook(load_plans(database), rest_days=lost_days(days) | load_rest_days(database, last, rules))
    frozen = frozenset(day for day in load_frozen_days(database) if day <= last)
    summary = summarise(days, plans, frozen, last)._replace(hurt=hurt_on(database, end))
    first_recorded = date.fromisoformat(days[0].day) if days else last
    since = first or first_recorded
    is_whole = since <= first_recorded and len(days) == len(recorded)
    bounds = None if is_whole else (since.isoformat(), end)
    return Statistics(
        summary,
        _day_facts(days, plans, summary, since, last),
        _habits(database, bounds),
        _hours(database, bounds),
        _comfort(database, since, last),
    )


def range_start(days: int, last: date) -> date:
    """Return the first day of a range of `days` days that ends with `last`."""
    return last - (days - 1) * DAY


def _day_facts(days: list[DaySums], plans: PlanBook, summary: Summary, since: date, last: date) -> list[DayFacts]:
    by_day = {sums.day: sums for sums in days}
    first_recorded = date.fromisoformat(days[0].day) if days else last
    known_from = plans.first_day or first_recorded
    frozen = summary.freezes.frozen
    no_sums = DaySums("", 0, 0, 0)
    facts = []
    for day, _, usual in plans.each_day(since, last):
        planned = usual if day >= known_from else 0
        sums = by_day.get(day.isoformat(), no_sums)
        if sums.done:
            kind = DayKind.DONE
        elif sums.sessions:
            kind = DayKind.PART
        elif day < known_from:
            kind = DayKind.BEFORE
        elif day in frozen:
            kind = DayKind.FROZEN
        elif not planned:
            kind = DayKind.REST
        else:
            kind = DayKind.OPEN if day == last else DayKind.MISSED
        strength = summary.strength_by_day.get(day, 0.0)
        facts.append(DayFacts(day, kind, planned, sums.done, sums.sessions, sums.done_ms, sums.by_hand_ms, strength))
    return facts


def _habits(database: sqlite3.Connection, bounds: tuple[str, str] | None) -> list[Habit]:
    if bounds is None:
        sql = "SELECT routine, max(title), sum(sessions), sum(done_ms) FROM habit_sum GROUP BY routine"
    else:
        sql = (
            "SELECT routine, max(title), count(*), sum(done_ms) FROM session "
            "WHERE day BETWEEN ? AND ? AND deleted = 0 GROUP BY routine"
        )
    rows = database.execute(f"{sql} ORDER BY 3 DESC, routine", bounds or ())
    return [Habit(*row) for row in rows]


def _hours(database: sqlite3.Connection, bounds: tuple[str, str] | None) -> list[int]:
    if bounds is None:
        sql = "SELECT hour, sum(sessions) FROM habit_sum GROUP BY hour"
    else:
        sql = (
            "SELECT ((started_ms / 1000 + utc_offset_s) / 3600 % 24 + 24) % 24, count(*) FROM session "
            "WHERE day BETWEEN ? AND ? AND deleted = 0 GROUP BY 1"
        )
    hours = [0] * 24
    for hour, sessions in database.execute(sql, bounds or ()):
        hours[hour] = sessions
    return hours


def _comfort(database: sqlite3.Connection, since: date, last: date) -> list[ComfortPair]:
    rows = database.execute(
        "SELECT day, comfort_before, comfort_after FROM session INDEXED BY session_comfort "
        "WHERE (comfort_before IS NOT NULL OR comfort_after IS NOT NULL) AND day BETWEEN ? AND ? AND deleted = 0 "
        "ORDER BY day, started_ms",
        (since.isoformat(), last.isoformat()),
    )
    return [pair for pair in map(ComfortPair._make, rows) if is_day(pair.day)]
