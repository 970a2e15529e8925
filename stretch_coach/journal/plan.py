"""The plan: on which days, how many sessions a day. Each plan holds from its day on and leaves the past alone."""

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.ids import new_id
from stretch_coach.journal.transaction import writing
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


def set_plan(database: sqlite3.Connection, from_day: date, plan: Plan, at_ms: int) -> None:
    """Let a plan hold from a day on; one that began on that very day is replaced.

    Args:
        database: The history, open for writing.
        from_day: The first day it holds for.
        plan: The plan.
        at_ms: Now; of two machines' plans for a day the later one holds.
    """
    with writing(database):
        _change(database, from_day, plan, at_ms)


def withdraw_plan(database: sqlite3.Connection, from_day: date, at_ms: int) -> bool:
    """Take back the plan that began on a day, so that the one before it holds on; whether there was one."""
    with writing(database):
        if not any(start == from_day for start, _ in load_plans(database)):
            return False
        _change(database, from_day, None, at_ms)
    return True


def load_plans(database: sqlite3.Connection) -> list[tuple[date, Plan]]:
    """Every plan with the day from which it holds, in order."""
    rows = database.execute("SELECT from_day, days, per_day FROM plan_change ORDER BY from_day, at_ms, id")
    latest = {start: (days, per_day) for start, days, per_day in rows}
    return [
        (date.fromisoformat(start), Plan(parse_days(days), per_day))
        for start, (days, per_day) in latest.items()
        if days is not None
    ]


def _change(database: sqlite3.Connection, from_day: date, plan: Plan | None, at_ms: int) -> None:
    start = from_day.isoformat()
    # Later than what it changes, also where the clock was set back.
    [latest] = database.execute("SELECT max(at_ms) FROM plan_change WHERE from_day = ?", (start,)).fetchone()
    at_ms = at_ms if latest is None else max(at_ms, latest + 1)
    days = ",".join(WEEKDAYS[day] for day in sorted(plan.days)) if plan else None
    database.execute(
        "INSERT INTO plan_change(id, at_ms, device, from_day, days, per_day) "
        "VALUES(?, ?, (SELECT device FROM identity), ?, ?, ?)",
        (new_id(at_ms), at_ms, start, days, plan.per_day if plan else None),
    )
