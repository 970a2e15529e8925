"""What the record comes to over a span of days: for the history screen, the report, and whoever asks.

The sums by day and by habit are kept in the history; one pass over the days gives the rest.
"""

import sqlite3
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from stretch_coach.journal.adherence import strength_curve
from stretch_coach.journal.comfort import ComfortPair
from stretch_coach.journal.day import DAY
from stretch_coach.journal.freezes import load_frozen_days
from stretch_coach.journal.plan import PlanBook, load_plans
from stretch_coach.journal.sessions import DaySummary, summarise_days
from stretch_coach.journal.summary import Summary, lost_days, reckon


class DayKind(StrEnum):
    """What became of a day."""

    DONE = "done"
    PART = "part"
    FROZEN = "frozen"
    REST = "rest"
    OPEN = "open"
    MISSED = "missed"
    BEFORE = "before"


class DayFacts(NamedTuple):
    """One day.

    Attributes:
        day: The day.
        kind: What became of it: done, part (something was done, but it does not count), frozen, rest, open (today),
            missed, or before the record began.
        planned: Sessions planned.
        done: Sessions that count.
        sessions: All sessions.
        done_ms: What was done in them.
        by_hand_ms: How much of that was noted by hand.
        strength: The habit's strength at its end, 0 to 1.
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
    """One routine: its newest title, how many sessions, and what was done in them."""

    routine: str
    title: str
    sessions: int
    done_ms: int


class Statistics(NamedTuple):
    """The record over a span of days.

    Attributes:
        summary: Streak, adherence, strength and freezes on the last day.
        days: Every day of the span, in order.
        habits: The routines, the most done first.
        hours: Sessions by the hour of the wall clock at which they began.
        comfort: How the neck felt, in order, where it was said.
    """

    summary: Summary
    days: list[DayFacts]
    habits: list[Habit]
    hours: list[int]
    comfort: list[ComfortPair]

    def weeks(self) -> list[tuple[date, int]]:
        """Each week, by its Monday, and the milliseconds done in it."""
        sums: dict[date, int] = {}
        for one in self.days:
            monday = one.day - one.day.weekday() * DAY
            sums[monday] = sums.get(monday, 0) + one.done_ms
        return list(sums.items())

    def adherence(self) -> float | None:
        """Sessions done of those planned over the span's closed days; none if nothing was planned."""
        closed = [day for day in self.days if day.kind not in (DayKind.OPEN, DayKind.BEFORE)]
        planned = sum(day.planned for day in closed)
        return sum(min(day.done, day.planned) for day in closed) / planned if planned else None


def gather(
    database: sqlite3.Connection,
    first: date | None,
    last: date,
    *,
    partial_counts: bool = False,
    manual_counts: bool = False,
) -> Statistics:
    """The record from a day to another, as it stood at the end of the last.

    Args:
        database: The history.
        first: The first day; none for the first of the record.
        last: The last day, which is still open.
        partial_counts: Whether a session of which 80 % was done counts.
        manual_counts: Whether those noted by hand count.
    """
    end = last.isoformat()
    summed = summarise_days(database, partial_counts=partial_counts, manual_counts=manual_counts)
    days = [day for day in summed if day.day <= end]
    plans = PlanBook(load_plans(database), rest_days=lost_days(days))
    frozen = frozenset(day for day in load_frozen_days(database) if day <= last)
    summary = reckon(days, plans, frozen, last)
    begun = date.fromisoformat(days[0].day) if days else last
    since = first or begun
    whole = since <= begun and len(days) == len(summed)
    bounds = None if whole else (since.isoformat(), end)
    return Statistics(
        summary,
        _days(days, plans, summary, since, last),
        _habits(database, bounds),
        _hours(database, bounds),
        _comfort(database, since, last),
    )


def _days(days: list[DaySummary], plans: PlanBook, summary: Summary, since: date, last: date) -> list[DayFacts]:
    by_day = {date.fromisoformat(one.day): one for one in days}
    done = {day: one.done for day, one in by_day.items() if one.done}
    begun = min(by_day, default=last)
    known_from = min(begun, plans.first_day or begun)
    first_done = min(done, default=last)
    skipped = summary.freezes.bridging
    strengths = dict(strength_curve(done, plans, first_done, last, skipped=skipped)) if done else {}
    facts = []
    nothing = DaySummary("", 0, 0, 0)
    day = since
    while day <= last:
        one, planned = by_day.get(day, nothing), plans.sessions(day)
        kind = DayKind.BEFORE
        if day >= known_from or one.sessions:
            kind = _kind(one, planned, frozen=day in summary.freezes.frozen, open_still=day == last)
        strength = strengths.get(day, 0.0)
        facts.append(DayFacts(day, kind, planned, one.done, one.sessions, one.done_ms, one.by_hand_ms, strength))
        day += DAY
    return facts


def _kind(one: DaySummary, planned: int, *, frozen: bool, open_still: bool) -> DayKind:
    if one.done:
        return DayKind.DONE
    if one.sessions:
        return DayKind.PART
    if frozen:
        return DayKind.FROZEN
    if not planned:
        return DayKind.REST
    return DayKind.OPEN if open_still else DayKind.MISSED


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
    return [ComfortPair(*row) for row in rows]


def span_of(days: int, last: date) -> date:
    """The first of so many days that end with the last."""
    return last - timedelta(days=days - 1)
