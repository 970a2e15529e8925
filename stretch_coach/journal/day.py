"""Which day of the record an instant belongs to."""

from datetime import UTC, date, datetime, time, timedelta

DAY = timedelta(days=1)

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Days outside these years are taken for mistakes."""


def logical_day(ms: int, utc_offset_s: int, day_start: time) -> date:
    """The day of an instant as its user saw the wall clock, a day beginning at ``day_start``.

    Stored with a record and never derived again, so that later travel, zone data or settings change nothing.

    Args:
        ms: Milliseconds since 1970-01-01T00:00Z.
        utc_offset_s: Seconds the wall clock was ahead of UTC.
        day_start: When a day begins; 04:00 unless the user sets it.
    """
    wall = datetime.fromtimestamp(ms // 1000, UTC).replace(tzinfo=None) + timedelta(seconds=utc_offset_s)
    return (wall - timedelta(hours=day_start.hour, minutes=day_start.minute)).date()
