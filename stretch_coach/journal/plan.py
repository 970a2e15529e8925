"""The plan: on which days, how many sessions a day. Each plan holds from its day on and leaves the past alone."""

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stretch_coach.weekdays import WEEKDAYS, parse_days


class Plan(NamedTuple):
    """Weekdays, from 0 for Monday, and sessions on each of them."""

    days: frozenset[int] = frozenset(range(7))
    per_day: int = 1

    @property
    def per_week(self) -> int:
        """Sessions a week."""
        return len(self.days) * self.per_day


class PlanBook:
    """All plans there were. Before the first of them one session every day is taken as planned.

    Args:
        plans: Each plan with the day from which it holds, in order.
        rest_days: Days on which nothing is planned whatever the plan says.
    """

    def __init__(self, plans: Sequence[tuple[date, Plan]] = (), rest_days: frozenset[date] = frozenset()) -> None:
        self._starts = [start for start, _ in plans]
        self._plans = [Plan(), *(plan for _, plan in plans)]
        self._rest_days = rest_days

    @property
    def first_day(self) -> date | None:
        """The day from which the first plan the user made holds."""
        return self._starts[0] if self._starts else None

    def on(self, day: date) -> Plan:
        """The plan that holds on a day."""
        return self._plans[bisect_right(self._starts, day)]

    def sessions(self, day: date) -> int:
        """How many sessions are planned on a day."""
        plan = self.on(day)
        return plan.per_day if day.weekday() in plan.days and day not in self._rest_days else 0

    def planned(self, day: date) -> bool:
        """Whether any session is planned on a day."""
        return self.sessions(day) > 0


def set_plan(database: sqlite3.Connection, from_day: date, plan: Plan) -> None:
    """Let a plan hold from a day on; one that began on that very day is replaced."""
    database.execute(
        "INSERT INTO plan(from_day, days, per_day) VALUES(?, ?, ?) "
        "ON CONFLICT(from_day) DO UPDATE SET days = excluded.days, per_day = excluded.per_day",
        (from_day.isoformat(), ",".join(WEEKDAYS[day] for day in sorted(plan.days)), plan.per_day),
    )


def withdraw_plan(database: sqlite3.Connection, from_day: date) -> bool:
    """Take back the plan that began on a day, so that the one before it holds on; whether there was one."""
    return database.execute("DELETE FROM plan WHERE from_day = ?", (from_day.isoformat(),)).rowcount > 0


def load_plans(database: sqlite3.Connection) -> list[tuple[date, Plan]]:
    """Every plan with the day from which it holds, in order."""
    rows = database.execute("SELECT from_day, days, per_day FROM plan ORDER BY from_day")
    return [(date.fromisoformat(start), Plan(parse_days(days), per_day)) for start, days, per_day in rows]
