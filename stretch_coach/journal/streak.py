"""Streaks: how many done days in a row, where rest days do not matter. Pure arithmetic."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import DAY

Planned = Callable[[date], bool]
"""Returns whether any session is planned on a day."""


class Streak(NamedTuple):
    """The run of done days that is current on a day.

    Attributes:
        length: How many done days. Rest days and frozen days bridge the run without adding to it.
        start: The first done day, or None without a streak.
        end: The last done day, or None without a streak.
        at_risk: The day itself is planned, not done yet, and the streak ends if it stays so.
    """

    length: int
    start: date | None
    end: date | None
    at_risk: bool


def current_streak(
    done: AbstractSet[date], today: date, planned: Planned, frozen: AbstractSet[date] = frozenset()
) -> Streak:
    """Return the streak on `today`.

    Counted back from today, a done day adds one, a rest day or a frozen day bridges, and any other planned day ends
    the streak. Today itself does not end it: while today is not done, it is open.
    """
    length = 0
    start = end = None
    day, earliest = today, min(done, default=today)
    while day >= earliest:
        if day in done:
            length += 1
            start, end = day, end or day
        elif day != today and day not in frozen and planned(day):
            break
        day -= DAY
    open_today = planned(today) and today not in done and today not in frozen
    return Streak(length, start, end, bool(length) and open_today)


def longest_streak(
    done: AbstractSet[date], today: date, planned: Planned, frozen: AbstractSet[date] = frozenset()
) -> int:
    """Return the length of the longest streak up to `today`, by the rules of `current_streak`."""
    longest = length = 0
    day = min(done, default=today)
    while day <= today:
        if day in done:
            length += 1
            longest = max(longest, length)
        elif day != today and day not in frozen and planned(day):
            length = 0
        day += DAY
    return longest
