"""Wall time and instants: where the clock on the wall stands, and when it will show a time.

A wall time that a change of the clock leaves out is moved on by as much as the clock is, and one that comes twice is
taken the first time: RFC 5545, section 3.3.5. Instants are seconds since 1970-01-01T00:00Z.
"""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Protocol


class Zone(Protocol):
    """A zone of the earth, as far as breaks need it."""

    def wall(self, instant: float) -> datetime:
        """What the clock on the wall shows at an instant, without a zone."""

    def instant(self, wall: datetime) -> float:
        """When the clock on the wall shows a time."""


class SystemZone:
    """Wherever the user is: the zone of the machine, which a process sees change after ``time.tzset()``."""

    def wall(self, instant: float) -> datetime:
        """What the clock on the wall shows at an instant, without a zone."""
        return datetime.fromtimestamp(instant).replace(fold=0)  # noqa: DTZ006 - the system's zone is meant

    def instant(self, wall: datetime) -> float:
        """When the clock on the wall shows a time."""
        return wall.replace(fold=0).timestamp()


class RegionZone:
    """One zone that stays the same wherever the machine is.

    Args:
        region: Such as ``zoneinfo.ZoneInfo("Europe/Berlin")``.
    """

    def __init__(self, region: tzinfo) -> None:
        self._region = region

    def wall(self, instant: float) -> datetime:
        """What the clock on the wall shows at an instant, without a zone."""
        return datetime.fromtimestamp(instant, self._region).replace(tzinfo=None, fold=0)

    def instant(self, wall: datetime) -> float:
        """When the clock on the wall shows a time."""
        return wall.replace(tzinfo=self._region, fold=0).timestamp()


def offset_seconds(zone: Zone, instant: float) -> int:
    """Seconds the wall clock is ahead of UTC at an instant."""
    return round((zone.wall(instant).replace(tzinfo=UTC).timestamp() - instant) / 60) * 60


def timestamp(zone: Zone, instant: float) -> str:
    """An instant as RFC 3339 with the offset of the wall clock, to the second."""
    offset = timezone(timedelta(seconds=offset_seconds(zone, instant)))
    return datetime.fromtimestamp(round(instant), offset).isoformat()
