"""The days of the history: to which day an instant belongs, and which sessions count."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""A day outside these years is a mistake."""

_END_MS = 32_503_680_000_000  # 3000-01-01T00:00Z
_FIRST_DAY, _LAST_DAY = f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"


class CountingRules(NamedTuple):
    """Which sessions count as done. A completed session that the timer ran always does.

    Attributes:
        partial_counts: A session of which at least 80% was done counts too.
        manual_counts: A session logged by hand counts like one that the timer ran.
    """

    partial_counts: bool = False
    manual_counts: bool = False


DEFAULT_COUNTING_RULES = CountingRules()


def is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar, written as `YYYY-MM-DD`, in the years that a history can have."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return _FIRST_DAY <= text <= _LAST_DAY


def are_days(texts: Sequence[str]) -> bool:
    """Return whether all texts, which must be sorted, are days by the rules of `is_day`."""
    try:
        return not texts or (all(map(date.fromisoformat, texts)) and texts[0] >= _FIRST_DAY and texts[-1] <= _LAST_DAY)
    except ValueError:
        return False


def is_instant(ms: int) -> bool:
    """Return whether milliseconds since 1970 are in the years that a history can have."""
    return 0 <= ms < _END_MS


def logical_day(ms: int, utc_offset_s: int, day_start: time) -> date:
    """Return the day of an instant, by the wall clock its user saw.

    The day is stored with a session and never derived again, so travel, new zone data or a changed setting cannot
    move a session to another day.

    Args:
        ms: Milliseconds since 1970-01-01T00:00Z.
        utc_offset_s: Seconds the wall clock was ahead of UTC.
        day_start: The time of day at which a day begins.
    """
    wall = datetime.fromtimestamp(ms // 1000, UTC).replace(tzinfo=None) + timedelta(seconds=utc_offset_s)
    return (wall - timedelta(hours=day_start.hour, minutes=day_start.minute)).date()
