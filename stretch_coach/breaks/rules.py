"""When an active-time rule may ask, and which rules one break satisfies."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from stretch_coach.settings import BreakRule, Window

HORIZON_DAYS = 9
"""A weekday returns within seven days; two more for time zones that skip a day."""

_DAY = timedelta(days=1)


def is_open(rule: BreakRule, wall: datetime) -> bool:
    """Return whether an active-time rule may ask at a wall time."""
    if not rule.windows:
        return wall.weekday() in rule.days
    return any(_covers(rule, window, wall) for window in rule.windows)


def next_opening(rule: BreakRule, wall: datetime) -> datetime | None:
    """Return the first wall time from `wall` on at which an active-time rule may ask, or None if there is none."""
    if is_open(rule, wall):
        return wall
    starts = [window.start for window in rule.windows] or [datetime.min.time()]
    days = [wall.date() + number * _DAY for number in range(HORIZON_DAYS)]
    openings = [datetime.combine(day, start) for day in days if day.weekday() in rule.days for start in starts]
    return min((opening for opening in openings if opening >= wall), default=None)


def satisfied_rules(rules: Sequence[BreakRule], asked: Sequence[str]) -> list[str]:
    """Return the ids of the active-time rules that a break satisfies: those that ask as often, or more often.

    Args:
        rules: All rules.
        asked: The ids of the rules that asked for the break. If a fixed-time rule is among them, all are satisfied.
    """
    asking = [rule for rule in rules if rule.id in asked]
    longest = max((rule.every or 0 for rule in asking), default=0)
    for_all = any(rule.at for rule in asking)
    return [rule.id for rule in rules if rule.every and (for_all or rule.every <= longest)]


def _covers(rule: BreakRule, window: Window, wall: datetime) -> bool:
    now = wall.time()
    if window.start < window.end:
        return wall.weekday() in rule.days and window.start <= now < window.end
    # It continues past midnight, and belongs to the day on which it starts.
    if now >= window.start:
        return wall.weekday() in rule.days
    return now < window.end and (wall - _DAY).weekday() in rule.days
