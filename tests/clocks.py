"""A clock for tests."""

from stretch_coach.clock import Instant

FRIDAY = Instant(1_795_176_000_000, 0, "UTC")
"""20 November 2026, 12:00 UTC."""


class FixedClock:
    """A clock that changes only when a test sets it.

    Args:
        wall: The time of the calendar.
        now: The seconds of the monotonic clock.
    """

    pace = 1.0

    def __init__(self, wall: Instant = FRIDAY, now: float = 0.0) -> None:
        self.instant = wall
        self.time = now

    def now(self) -> float:
        """Return the seconds that were set."""
        return self.time

    def wall(self) -> Instant:
        """Return the moment that was set."""
        return self.instant
