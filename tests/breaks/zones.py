"""Time zones that stay the same wherever the tests run."""

from datetime import datetime, tzinfo


class RegionZone:
    """A zone that stays the same wherever the machine is.

    Args:
        region: Such as `zoneinfo.ZoneInfo("Europe/Berlin")`.
    """

    def __init__(self, region: tzinfo) -> None:
        self._region = region

    def wall(self, instant: float) -> datetime:
        """Return what the wall clock shows at an instant, without a zone."""
        return datetime.fromtimestamp(instant, self._region).replace(tzinfo=None, fold=0)

    def instant(self, wall: datetime) -> float:
        """Return when the wall clock shows a time."""
        return wall.replace(tzinfo=self._region, fold=0).timestamp()
