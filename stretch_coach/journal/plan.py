"""The plan: on which weekdays, and how many sessions a day. A plan applies from its first day on, not to the past."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import DAY, is_day
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.transaction import transaction
from stretch_coach.weekdays import WEEKDAYS, parse_days


class Plan(NamedTuple):
    """Weekdays, from 0 for Monday, and how many sessions on each of them. The default is one session every day."""

    days: frozenset[int] = frozenset(range(7))
    per_day: int = 1

    @property
    def per_week(self) -> int:
        """How many sessions a week."""
        return len(self.days) * self.per_day


class PlanBook:
    """All plans over time. Before the user's first plan, the default plan holds.

    Args:
        plans: Each plan with its first day, in order.
        rest_days: Days on which nothing is planned, whatever the plan says.
    """

    def __init__(self, plans: Sequence[tuple[date, Plan]] = (), rest_days: frozenset[date] = frozenset()) -> None:
        self._starts = [start for start, _ in plans]
        self._plans = [Plan(), *(plan for _, plan in plans)]
        self._rest_days = rest_days

    @property
    def first_day(self) -> date | None:
        """The first day of the user's first plan, or None without one."""
        return self._starts[0] if self._starts else None

    def on(self, day: date) -> Plan:
        """Return the plan that holds on a day."""
        return self._plans[bisect_right(self._starts, day)]

    def sessions(self, day: date) -> int:
        """Return how many sessions are planned on a day."""
        return self._sessions(day, self.on(day))

    def planned(self, day: date) -> bool:
        """Return whether any session is planned on a day."""
        return self.sessions(day) > 0

    def each_day(self, first: date, last: date) -> Iterator[tuple[date, Plan, int]]:
        """Yield each day from `first` to `last` with its plan and how many sessions are planned on it."""
        index = bisect_right(self._starts, first)
        day = first
        while day <= last:
            while index < len(self._starts) and self._starts[index] <= day:
                index += 1
            plan = self._plans[index]
            yield day, plan, self._sessions(day, plan)
            day += DAY

    def _sessions(self, day: date, plan: Plan) -> int:
        return plan.per_day if day.weekday() in plan.days and day not in self._rest_days else 0


def set_plan(database: sqlite3.Connection, from_day: date, plan: Plan, at_ms: int) -> None:
    """Make a plan hold from a day on, in place of one that starts on the same day.

    Args:
        database: The history, open for writing.
        from_day: The plan's first day.
        plan: The plan.
        at_ms: Now, in milliseconds since 1970. Of two machines' plans for a day, the later one wins.
    """
    with transaction(database):
        _record_change(database, from_day, plan, at_ms)


def withdraw_plan(database: sqlite3.Connection, from_day: date, at_ms: int) -> bool:
    """Withdraw the plan that starts on a day, so that the one before it holds.

    Returns:
        Whether there was such a plan.
    """
    with transaction(database):
        if not any(start == from_day for start, _ in load_plans(database)):
            return False
        _record_change(database, from_day, None, at_ms)
    return True


def load_plans(database: sqlite3.Connection) -> list[tuple[date, Plan]]:
    """Return every plan with its first day, in order."""
    rows = database.execute("SELECT from_day, days, per_day FROM plan_change ORDER BY from_day, at_ms, id")
    latest = {start: (days, per_day) for start, days, per_day in rows}
    plans = []
    for start, (days, per_day) in latest.items():
        if days is not None and is_day(start):
            with suppress(ValueError):  # weekdays that no version of this program can have written
                plans.append((date.fromisoformat(start), Plan(parse_days(days), per_day)))
    return plans


def _record_change(database: sqlite3.Connection, from_day: date, plan: Plan | None, at_ms: int) -> None:
    start = from_day.isoformat()
    # The latest change wins, so this one must be later than the others even if the clock was set back.
    [latest] = database.execute("SELECT max(at_ms) FROM plan_change WHERE from_day = ?", (start,)).fetchone()
    at_ms = at_ms if latest is None else max(at_ms, latest + 1)
    days = ",".join(WEEKDAYS[day] for day in sorted(plan.days)) if plan else None
    database.execute(
        "INSERT INTO plan_change(id, at_ms, device, from_day, days, per_day) "
        "VALUES(?, ?, (SELECT device FROM identity), ?, ?, ?)",
        (new_id(at_ms), at_ms, start, days, plan.per_day if plan else None),
    )
