"""Freezes: missed days that a streak survives because it earned them."""

import sqlite3
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import DAY
from stretch_coach.journal.streak import Planned

DONE_DAYS_PER_FREEZE = 7
FREEZES_AT_MOST = 2


class Freezes(NamedTuple):
    """Which days are frozen, and how many freezes are left to use.

    Attributes:
        frozen: Every frozen day.
        bridging: Those that lie between two done days of one run: only these were used up.
        left: Freezes that can still be used.
    """

    frozen: frozenset[date]
    bridging: frozenset[date]
    left: int


def settle_freezes(done: AbstractSet[date], today: date, planned: Planned, recorded: AbstractSet[date]) -> Freezes:
    """Close every day before today, freezing missed ones while there are freezes.

    One freeze is earned with every seventh done day, and two can be kept at most. A missed planned day of a running
    streak is frozen when it closes; the freeze is used up only once a later done day makes it a bridge.

    Args:
        done: The done days.
        today: Still open.
        planned: Whether anything was planned on a day.
        recorded: Days that were frozen before; they stay so whatever was changed since.
    """
    left = count = 0
    running = False
    bridging: set[date] = set()
    frozen = set(recorded)
    pending: list[date] = []
    day = min(done, default=today)
    while day <= today:
        if day in done:
            left -= len(pending)
            bridging.update(pending)
            pending = []
            running = True
            count += 1
            if count % DONE_DAYS_PER_FREEZE == 0:
                left += 1
            left = max(0, min(left, FREEZES_AT_MOST))
        elif day in recorded:
            pending += [day] if running else []
        elif day < today and planned(day) and running:
            if len(pending) < left:
                pending.append(day)
                frozen.add(day)
            else:
                running, pending = False, []
        day += DAY
    return Freezes(frozenset(frozen), frozenset(bridging), max(0, left - len(pending)))


def earned_freezes(done_days: int) -> int:
    """How many freezes so many done days earned; one that is earned while two are kept is not added to them."""
    return done_days // DONE_DAYS_PER_FREEZE


def load_frozen_days(database: sqlite3.Connection) -> frozenset[date]:
    """The days that were frozen and recorded."""
    return frozenset(date.fromisoformat(day) for (day,) in database.execute("SELECT day FROM freeze"))


def record_frozen_days(database: sqlite3.Connection, days: Iterable[date]) -> None:
    """Record frozen days; those that are recorded already stay."""
    database.executemany(
        "INSERT INTO freeze(day) VALUES(?) ON CONFLICT(day) DO NOTHING", [(day.isoformat(),) for day in sorted(days)]
    )
