"""Freezes: missed days that a streak survives because it has earned them."""

import sqlite3
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import DAY, is_day
from stretch_coach.journal.streak import Planned

DONE_DAYS_PER_FREEZE = 7
MAX_FREEZES = 2


class Freezes(NamedTuple):
    """Which days are frozen, and how many freezes are left.

    Attributes:
        frozen: Every frozen day.
        bridging: The frozen days between two done days of one streak. Only these have used up a freeze.
        left: How many freezes are left.
    """

    frozen: frozenset[date]
    bridging: frozenset[date]
    left: int


def settle_freezes(done: AbstractSet[date], today: date, planned: Planned, recorded: AbstractSet[date]) -> Freezes:
    """Freeze the missed days before `today` for which there was a freeze.

    Every seventh done day earns a freeze, and two can be kept. A planned day that a streak missed is frozen when it is
    over; the freeze is used up once a later done day makes the frozen day a bridge.

    Args:
        done: The done days.
        today: The first day that is not over.
        planned: Returns whether any session is planned on a day.
        recorded: Days that were frozen before. They stay frozen, whatever has changed since.
    """
    left = count = 0
    running = False
    bridging: set[date] = set()
    frozen = set(recorded)
    pending: list[date] = []
    day = min(done, default=today)
    while day <= today:
        if day in done:
            if pending:
                left -= len(pending)
                bridging.update(pending)
                pending = []
            running = True
            count += 1
            if count % DONE_DAYS_PER_FREEZE == 0:
                left += 1
            left = max(0, min(left, MAX_FREEZES))
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
    """Return how many freezes a number of done days earns, including those earned while two were already kept."""
    return done_days // DONE_DAYS_PER_FREEZE


def load_frozen_days(database: sqlite3.Connection) -> frozenset[date]:
    """Return the frozen days that were recorded."""
    rows = database.execute("SELECT day FROM freeze")
    return frozenset(date.fromisoformat(day) for (day,) in rows if is_day(day))


def record_frozen_days(database: sqlite3.Connection, days: Iterable[date]) -> None:
    """Record frozen days. Days recorded before stay frozen."""
    database.executemany(
        "INSERT INTO freeze(day) VALUES(?) ON CONFLICT(day) DO NOTHING", [(day.isoformat(),) for day in sorted(days)]
    )
