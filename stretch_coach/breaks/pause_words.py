"""How long a pause is to be, in the words of whoever wants one."""

import re
from datetime import datetime, time, timedelta

from stretch_coach.breaks.zone import Zone
from stretch_coach.errors import CoachError

_LONGEST = timedelta(days=31)
_SPAN = r"(?:(?P<hours>\d{1,3})\s*h)?\s*(?:(?P<minutes>\d{1,5})\s*(?:m|min)?)?"
_CURE = "Write it as 2h, 45m, 1h30, today, or until 14:00."


def pause_end(words: str, now: float, zone: Zone, day_start: time) -> float:
    """The instant at which a pause ends that somebody asks for in these words.

    Raises:
        CoachError: The words say none.
    """
    wall = zone.wall(now)
    if words == "today":
        return _next(day_start, wall, zone)
    if found := re.fullmatch(r"until\s+(\d?\d):(\d\d)", words, re.ASCII):
        try:
            return _next(time(int(found[1]), int(found[2])), wall, zone)
        except ValueError:
            raise CoachError("pause", f'"{words}" has no time of day.', _CURE) from None
    found = re.fullmatch(_SPAN, words, re.ASCII)
    span = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0)) if found else timedelta(0)
    if not timedelta(0) < span <= _LONGEST:
        shown = words if words.isprintable() else ascii(words)
        raise CoachError("pause", f'"{shown}" is not a length of time up to 31 days.', _CURE)
    return now + span.total_seconds()


def _next(at: time, wall: datetime, zone: Zone) -> float:
    """The next instant at which the wall clock shows a time."""
    day = wall.date() + timedelta(days=at <= wall.time())
    return zone.instant(datetime.combine(day, at))
