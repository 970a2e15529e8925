"""Streaks: how many planned days in a row were done. Pure: given days in, numbers out."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import DAY

Planned = Callable[[date], bool]


class Streak(NamedTuple):
    """The run of done days that today belongs to.

    Attributes:
        length: Done days in it; rest days and frozen days bridge without lengthening it.
        start: Its first done day.
        end: Its last done day.
        at_risk: Whether today is planned, not yet done, and would end it.
        freezes_used: Frozen days that lie between two done days of it.
    """

    length: int
    start: date | None
    end: date | None
    at_risk: bool
    freezes_used: int


def current_streak(
    done: AbstractSet[date], today: date, planned: Planned, frozen: AbstractSet[date] = frozenset()
) -> Streak:
    """Walk back from today: a done day counts, a rest day or a frozen day bridges, any other planned day ends it.

    Today, while it is not done, is open: it neither counts nor ends the streak.
    """
    length = used = pending = 0
    start = end = None
    day, earliest = today, min(done, default=today)
    while day >= earliest:
        if day in done:
            used += pending if length else 0
            length, pending = length + 1, 0
            start, end = day, end or day
        elif day in frozen:
            pending += 1
        elif day != today and planned(day):
            break
        day -= DAY
    open_today = planned(today) and today not in done and today not in frozen
    return Streak(length, start, end, bool(length) and open_today, used)


def longest_streak(
    done: AbstractSet[date], today: date, planned: Planned, frozen: AbstractSet[date] = frozenset()
) -> int:
    """The most done days that any run had, by the rules of ``current_streak``."""
    best = run = 0
    day = min(done, default=today)
    while day <= today:
        if day in done:
            run += 1
            best = max(best, run)
        elif day != today and day not in frozen and planned(day):
            run = 0
        day += DAY
    return best
