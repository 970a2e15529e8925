"""The clocks that are passed to everything timed. Only this module reads the machine's clock."""

import time
from datetime import datetime
from typing import NamedTuple, Protocol


class Instant(NamedTuple):
    """An instant, with the offset of the wall clock at that instant.

    Attributes:
        ms: Milliseconds since 1970-01-01T00:00Z.
        utc_offset_s: Seconds by which the local wall clock was ahead of UTC.
        zone: The short name of the time zone, such as `CET`; None where the system does not know it.
    """

    ms: int
    utc_offset_s: int
    zone: str | None = None


def local_instant(moment: datetime) -> Instant:
    """Return the instant of a datetime; one without an offset is in the system's local time."""
    local = moment if moment.tzinfo else moment.astimezone()
    offset = local.utcoffset()
    return Instant(round(local.timestamp() * 1000), round(offset.total_seconds()) if offset else 0, local.tzname())


class Clock(Protocol):
    """The interface of all clocks.

    `pace` is how many of the clock's seconds pass in one real second: 1 except in a rehearsal.
    """

    @property
    def pace(self) -> float:
        """Seconds of this clock in one real second."""

    def now(self) -> float:
        """Return seconds that never decrease. Only differences between them mean anything."""

    def wall(self) -> Instant:
        """Return the date and time, which may be set back."""


class SystemClock:
    """The machine's clock. `now` includes the time the machine slept, so that a sleep shows as a gap.

    In suspend, Linux stops `CLOCK_MONOTONIC` and macOS stops Python's `time.monotonic`. `CLOCK_BOOTTIME` on Linux and
    `CLOCK_MONOTONIC` on macOS continue, and so does the monotonic clock of Windows.
    """

    pace = 1.0

    def __init__(self) -> None:
        self._id: int | None = getattr(time, "CLOCK_BOOTTIME", None)
        if self._id is None:
            self._id = getattr(time, "CLOCK_MONOTONIC", None)

    def now(self) -> float:
        """Return the seconds since some fixed moment, including sleep."""
        return time.monotonic() if self._id is None else time.clock_gettime(self._id)

    def wall(self) -> Instant:
        """Return the present moment with its local offset."""
        return local_instant(datetime.now().astimezone())


class FasterClock:
    """Another clock, sped up from the moment this one is made: for rehearsals.

    Args:
        clock: The clock to speed up.
        pace: How many times as fast it runs, above 0.
    """

    def __init__(self, clock: Clock, pace: float) -> None:
        self._clock = clock
        self._zero = clock.now()
        self.pace = pace * clock.pace
        self._factor = pace

    def now(self) -> float:
        """Return the other clock's seconds, multiplied by `pace` since this one was made."""
        return self._zero + (self._clock.now() - self._zero) * self._factor

    def wall(self) -> Instant:
        """Return the date and time, which are not sped up."""
        return self._clock.wall()


def shared_instant(clock: Clock, instant: float) -> float:
    """Return an instant of a session's clock as an instant of `time.monotonic()`, which all processes share."""
    return time.monotonic() + (instant - clock.now()) / clock.pace
