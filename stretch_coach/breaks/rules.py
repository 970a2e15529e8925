"""When a rule may ask: the parts of the day in which one of active time is open, and the instants of one of times."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from stretch_coach.breaks.zone import Zone
from stretch_coach.settings import BreakRule, Window

_DAY = timedelta(days=1)
_FAR_DAYS = 9
"""A weekday comes again in seven; two more for zones that leave out a day."""


def is_open(rule: BreakRule, wall: datetime) -> bool:
    """Whether a rule of active time may ask while the wall clock shows this time."""
    if not rule.windows:
        return wall.weekday() in rule.days
    return any(_covers(rule, window, wall) for window in rule.windows)


def next_opening(rule: BreakRule, wall: datetime) -> datetime | None:
    """The wall time at or after another at which a rule of active time is open; none if it never is."""
    if is_open(rule, wall):
        return wall
    starts = [window.start for window in rule.windows] or [datetime.min.time()]
    days = [wall.date() + number * _DAY for number in range(_FAR_DAYS)]
    openings = [datetime.combine(day, start) for day in days if day.weekday() in rule.days for start in starts]
    return min((opening for opening in openings if opening >= wall), default=None)


def times_between(rule: BreakRule, after: float, until: float, zone: Zone) -> list[tuple[float, datetime]]:
    """The instants of a rule of times that are later than one instant and no later than another, in order.

    Returns:
        Each instant with the wall time it was written as, which is another one where the clock was moved over it.
    """
    # A day before and after, because a wall time may be moved over midnight.
    day, last = zone.wall(after).date() - 2 * _DAY, zone.wall(until).date() + _DAY
    found: dict[float, datetime] = {}
    while day <= last:
        if day.weekday() in rule.days:
            for at in rule.at:
                wall = datetime.combine(day, at)
                instant = zone.instant(wall)
                if after < instant <= until:
                    found.setdefault(instant, wall)
        day += _DAY
    return sorted(found.items())


def next_time(rules: Sequence[BreakRule], after: float, zone: Zone) -> float | None:
    """The first instant later than another at which any of the rules of times asks; none if there is none."""
    until = after + _FAR_DAYS * _DAY.total_seconds()
    instants = (times_between(rule, after, until, zone) for rule in rules if rule.at)
    return min((found[0][0] for found in instants if found), default=None)


def done_with(rules: Sequence[BreakRule], asked: Sequence[str]) -> list[str]:
    """The rules of active time for which a break does that some rules asked for: all that ask as often or more.

    Args:
        rules: All rules.
        asked: The ids of those that asked; one of times does for all.
    """
    asking = [rule for rule in rules if rule.id in asked]
    longest = max((rule.every or 0 for rule in asking), default=0)
    for_all = any(rule.at for rule in asking)
    return [rule.id for rule in rules if rule.every and (for_all or rule.every <= longest)]


def _covers(rule: BreakRule, window: Window, wall: datetime) -> bool:
    now = wall.time()
    if window.start < window.end:
        return wall.weekday() in rule.days and window.start <= now < window.end
    # It goes on past midnight, and belongs to the day on which it starts.
    if now >= window.start:
        return wall.weekday() in rule.days
    return now < window.end and (wall - _DAY).weekday() in rule.days
