"""The arithmetic of the map of days: how dark a day is, and to which day its cursor moves. Pure."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from stretch_coach.journal.day import DAY
from stretch_coach.journal.statistics import DayFacts, DayKind

SHADES = 4
"""A map has at most this many shades for days on which something was done."""

_WEEK = 7
_MONTHS = 12


class Measure(StrEnum):
    """What the shade of a day stands for."""

    MINUTES = "minutes"
    SESSIONS = "sessions"

    def of(self, day: DayFacts) -> int:
        """Return how much was done on a day; a day with any session has at least 1."""
        if self is Measure.SESSIONS:
            return day.sessions
        return max(round(day.done_ms / 60_000), 1 if day.sessions else 0)


class Move(StrEnum):
    """A move of the cursor."""

    DAY_BACK = "day-back"
    DAY_ON = "day-on"
    WEEK_BACK = "week-back"
    WEEK_ON = "week-on"
    MONTH_BACK = "month-back"
    MONTH_ON = "month-on"
    YEAR_BACK = "year-back"
    YEAR_ON = "year-on"
    FIRST = "first"
    LAST = "last"


_DAYS = {
    Move.DAY_BACK: -1,
    Move.DAY_ON: 1,
    Move.WEEK_BACK: -_WEEK,
    Move.WEEK_ON: _WEEK,
    Move.YEAR_BACK: -52 * _WEEK,
    Move.YEAR_ON: 52 * _WEEK,
}


class Week(NamedTuple):
    """One week.

    Attributes:
        monday: Its first day.
        sessions: Sessions that count.
        planned: Sessions planned.
        done_ms: The time of all its sessions, in milliseconds.
    """

    monday: date
    sessions: int
    planned: int
    done_ms: int


def shade_bounds(amounts: Iterable[int]) -> tuple[int, ...]:
    """Return the least amount of each shade, from light to dark.

    The days with anything done are split into equal parts, so that one long day does not make all others pale.

    Args:
        amounts: How much was done on each day; days without anything do not count.

    Returns:
        At most `SHADES` amounts, each larger than the one before; none if nothing was done.
    """
    done = sorted(amount for amount in amounts if amount > 0)
    if not done:
        return ()
    return tuple(sorted({done[len(done) * part // SHADES] for part in range(SHADES)}))


def shade_of(amount: int, bounds: Sequence[int]) -> int:
    """Return the number of an amount's shade, from 1; 0 if nothing was done."""
    return max(1, bisect_right(bounds, amount)) if amount > 0 else 0


def moved(day: date, move: Move, first: date, last: date) -> date:
    """Return the day to which the cursor moves, which is never outside `first` and `last`."""
    match move:
        case Move.FIRST:
            return first
        case Move.LAST:
            return last
        case Move.MONTH_BACK | Move.MONTH_ON:
            wanted = _add_months(day, -1 if move is Move.MONTH_BACK else 1, first, last)
        case _:
            wanted = day + max(first - day, min(last - day, _DAYS[move] * DAY))
    return min(last, max(first, wanted))


def sum_weeks(days: Iterable[DayFacts]) -> list[Week]:
    """Return the weeks of days in order; the first and the last week may lack days."""
    weeks: list[Week] = []
    for facts in days:
        monday = facts.day - facts.day.weekday() * DAY
        if not weeks or weeks[-1].monday != monday:
            weeks.append(Week(monday, 0, 0, 0))
        last = weeks[-1]
        weeks[-1] = Week(monday, last.sessions + facts.done, last.planned + facts.planned, last.done_ms + facts.done_ms)
    return weeks


def kept_by_month(days: Iterable[DayFacts]) -> list[tuple[date, float]]:
    """Return the first day of each month in which anything was planned, with the share of it that was done, in order.

    A day that is still open does not count.
    """
    planned: dict[date, int] = {}
    done: dict[date, int] = {}
    for facts in days:
        if facts.planned and facts.kind is not DayKind.OPEN:
            month = facts.day.replace(day=1)
            planned[month] = planned.get(month, 0) + facts.planned
            done[month] = done.get(month, 0) + min(facts.done, facts.planned)
    return [(month, done[month] / number) for month, number in planned.items()]


def sum_weekdays(days: Iterable[DayFacts]) -> list[int]:
    """Return how many sessions there were on each weekday, from Monday."""
    sums = [0] * _WEEK
    for facts in days:
        sums[facts.day.weekday()] += facts.sessions
    return sums


def _add_months(day: date, months: int, first: date, last: date) -> date:
    """Return the same day of another month, or that month's last day, if it is not outside `first` and `last`."""
    number = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(number, _MONTHS)
    if not first.year <= year <= last.year:
        return first if months < 0 else last
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
