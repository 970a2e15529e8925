"""The numbers of the history on a day: streak, adherence, strength, freezes."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from stretch_coach.journal.adherence import adherence, strength_curve
from stretch_coach.journal.day import DAY, DEFAULT_COUNTING_RULES, CountingRules
from stretch_coach.journal.freezes import Freezes, load_frozen_days, record_frozen_days, settle_freezes
from stretch_coach.journal.plan import PlanBook, load_plans
from stretch_coach.journal.programs import load_rest_days
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import DaySums, hurt_on, list_day_sums
from stretch_coach.journal.streak import Streak, current_streak, longest_streak

_HALF_A_DAY_S = 12 * 3600
_WEEK, _FOUR_WEEKS = 7, 28


class Summary(NamedTuple):
    """The numbers of the history on a day.

    Attributes:
        streak: The current streak.
        longest: The length of the longest streak up to the day.
        today_done: The day counts as done.
        sessions_today: Sessions of the day that count.
        adherence_7: Adherence over the last 7 days, or None if nothing was planned.
        adherence_28: The same over the last 28 days.
        strength: The strength of the habit from 0.0 to 1.0, or None before the first done day. Does not include the
            day itself while that is open.
        strength_by_day: The strength at the end of each day since the first done day.
        freezes: Frozen days, and the freezes that are left.
        hurt: A session of the day was stopped because it hurt, so that nothing may urge the user to do more.
    """

    streak: Streak
    longest: int
    today_done: bool
    sessions_today: int
    adherence_7: float | None
    adherence_28: float | None
    strength: float | None
    strength_by_day: Mapping[date, float]
    freezes: Freezes
    hurt: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the numbers as `streak --json` prints them."""
        return {
            "current": self.streak.length,
            "longest": self.longest,
            "at_risk": self.streak.at_risk,
            "today_done": self.today_done,
            "adherence_7": _rounded(self.adherence_7),
            "adherence_28": _rounded(self.adherence_28),
            "strength": _rounded(self.strength),
            "freezes": self.freezes.left,
        }


class Today(NamedTuple):
    """A day so far.

    Attributes:
        day: The day.
        summary: The numbers on that day.
        planned: Sessions planned for the day.
        done: Sessions of the day that count.
        sessions: All sessions of the day, newest first.
    """

    day: date
    summary: Summary
    planned: int
    done: int
    sessions: list[SessionRecord]


def load_summary(database: sqlite3.Connection, today: date, rules: CountingRules = DEFAULT_COUNTING_RULES) -> Summary:
    """Return the numbers on a day. What was recorded for later days does not count."""
    days = list_day_sums(database, rules)
    last = today.isoformat()
    summary = summarise(
        [sums for sums in days if sums.day <= last],
        PlanBook(load_plans(database), rest_days=lost_days(days) | load_rest_days(database, today, rules)),
        frozenset(day for day in load_frozen_days(database) if day <= today),
        today,
    )
    return summary._replace(hurt=hurt_on(database, last))


def close_days(database: sqlite3.Connection, today: date, rules: CountingRules = DEFAULT_COUNTING_RULES) -> None:
    """Record which days before `today` are frozen, so that a later change of the plan cannot undo it."""
    record_frozen_days(database, load_summary(database, today, rules).freezes.frozen)


def summarise(days: list[DaySums], plans: PlanBook, recorded_freezes: frozenset[date], today: date) -> Summary:
    """Return the numbers on `today`. Pure.

    Args:
        days: The sums of the days up to today, in order.
        plans: The plans.
        recorded_freezes: The days up to today that were frozen before.
        today: The day, which may be open.
    """
    sessions = {date.fromisoformat(sums.day): sums.done for sums in days if sums.done}
    done = sessions.keys()
    freezes = settle_freezes(done, today, plans.planned, recorded_freezes)
    first_recorded = date.fromisoformat(days[0].day) if days else today
    first = min(first_recorded, plans.first_day or first_recorded)
    open_today = plans.planned(today) and sessions.get(today, 0) < plans.sessions(today)
    first_done = min(done, default=None)
    strengths: dict[date, float] = {}
    if first_done:
        strengths = dict(strength_curve(sessions, plans, first_done, today, skipped=freezes.bridging))
    return Summary(
        streak=current_streak(done, today, plans.planned, freezes.frozen),
        longest=longest_streak(done, today, plans.planned, freezes.frozen),
        today_done=today in done,
        sessions_today=sessions.get(today, 0),
        adherence_7=adherence(sessions, plans, today, _WEEK, first),
        adherence_28=adherence(sessions, plans, today, _FOUR_WEEKS, first),
        strength=strengths.get(today - DAY if open_today else today, 0.0) if first_done else None,
        strength_by_day=strengths,
        freezes=freezes,
    )


def lost_days(days: list[DaySums]) -> frozenset[date]:
    """Return the missing days of which travel left less than half, because the offset jumped by over twelve hours."""
    lost = set()
    for earlier, later in pairwise(days):
        if later.least_offset_s - earlier.most_offset_s > _HALF_A_DAY_S:
            missing = date.fromisoformat(earlier.day) + DAY
            if missing < date.fromisoformat(later.day):
                lost.add(missing)
    return frozenset(lost)


def _rounded(share: float | None) -> float | None:
    digits = 4
    return None if share is None else round(share, digits)
