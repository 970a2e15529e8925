"""The numbers of the record in one piece: streak, adherence, strength, freezes."""

import sqlite3
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from stretch_coach.journal.adherence import adherence, strength
from stretch_coach.journal.day import DAY
from stretch_coach.journal.freezes import Freezes, load_frozen_days, record_frozen_days, settle_freezes
from stretch_coach.journal.plan import PlanBook, load_plans
from stretch_coach.journal.sessions import DaySummary, summarise_days
from stretch_coach.journal.streak import Streak, current_streak, longest_streak

_HALF_A_DAY_S = 12 * 3600
_WEEK, _FOUR_WEEKS = 7, 28


class Summary(NamedTuple):
    """The record as it stands on a day."""

    streak: Streak
    longest: int
    today_done: bool
    sessions_today: int
    adherence_7: float | None
    adherence_28: float | None
    strength: float | None
    freezes: Freezes

    def as_json(self) -> dict[str, Any]:
        """The numbers as ``streak --json`` gives them; shares from 0 to 1, or none."""
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


def summarise(
    database: sqlite3.Connection, today: date, *, partial_counts: bool = False, manual_counts: bool = False
) -> Summary:
    """The numbers on a day, of what was recorded up to it."""
    days = summarise_days(database, partial_counts=partial_counts, manual_counts=manual_counts)
    last = today.isoformat()
    return reckon(
        [one for one in days if one.day <= last],
        PlanBook(load_plans(database), rest_days=lost_days(days)),
        frozenset(day for day in load_frozen_days(database) if day <= today),
        today,
    )


def close_days(
    database: sqlite3.Connection, today: date, *, partial_counts: bool = False, manual_counts: bool = False
) -> None:
    """Record the freezes of every day before today, so that later changes of the plan do not undo them."""
    summary = summarise(database, today, partial_counts=partial_counts, manual_counts=manual_counts)
    record_frozen_days(database, summary.freezes.frozen)


def reckon(days: list[DaySummary], plans: PlanBook, recorded_freezes: frozenset[date], today: date) -> Summary:
    """The numbers from the days of the record; pure."""
    sessions = {date.fromisoformat(one.day): one.done for one in days if one.done}
    done = sessions.keys()
    freezes = settle_freezes(done, today, plans.planned, recorded_freezes)
    begun = date.fromisoformat(days[0].day) if days else today
    first = min(begun, plans.first_day or begun)
    open_today = plans.planned(today) and sessions.get(today, 0) < plans.sessions(today)
    until = today - DAY if open_today else today
    return Summary(
        streak=current_streak(done, today, plans.planned, freezes.frozen),
        longest=longest_streak(done, today, plans.planned, freezes.frozen),
        today_done=today in done,
        sessions_today=sessions.get(today, 0),
        adherence_7=adherence(sessions, plans, today, _WEEK, first),
        adherence_28=adherence(sessions, plans, today, _FOUR_WEEKS, first),
        strength=strength(sessions, plans, min(done), until, skipped=freezes.bridging) if done else None,
        freezes=freezes,
    )


def lost_days(days: list[DaySummary]) -> frozenset[date]:
    """Days that travel cut to less than half: the first day missing where the offset jumped by over twelve hours."""
    lost = set()
    for earlier, later in pairwise(days):
        missing = date.fromisoformat(earlier.day) + DAY
        jump = later.least_offset_s - earlier.most_offset_s
        if jump > _HALF_A_DAY_S and missing < date.fromisoformat(later.day):
            lost.add(missing)
    return frozenset(lost)


def _rounded(share: float | None) -> float | None:
    digits = 4
    return None if share is None else round(share, digits)
