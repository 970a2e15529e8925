"""The clock that everything timed is given; the only place that reads one."""

import time
from datetime import datetime
from typing import NamedTuple, Protocol


class Instant(NamedTuple):
    """A moment of the calendar, with the wall clock's offset at that moment.

    Attributes:
        ms: Milliseconds since 1970-01-01T00:00Z.
        utc_offset_s: Seconds the local wall clock was ahead of UTC.
        zone: The zone's short name, such as ``CET``, where the system tells it.
    """

    ms: int
    utc_offset_s: int
    zone: str | None = None


def local_instant(moment: datetime) -> Instant:
    """The instant of an aware datetime; a naive one is taken to be the system's local time."""
    local = moment if moment.tzinfo else moment.astimezone()
    offset = local.utcoffset()
    return Instant(round(local.timestamp() * 1000), round(offset.total_seconds()) if offset else 0, local.tzname())


class Clock(Protocol):
    """What a session may ask of time.

    ``pace`` is how many of the clock's seconds go by in one real second: 1, but for a rehearsal.
    """

    @property
    def pace(self) -> float:
        """Seconds of this clock in a real second."""

    def now(self) -> float:
        """Seconds that never go back; only differences mean anything."""

    def wall(self) -> Instant:
        """The calendar's time, which may be set back."""


class SystemClock:
    """The machine's clock. ``now`` goes on while the machine sleeps, so that a sleep shows as a gap.

    Linux stops ``CLOCK_MONOTONIC`` in suspend and macOS stops Python's ``time.monotonic``; ``CLOCK_BOOTTIME`` and
    macOS' ``CLOCK_MONOTONIC`` go on. Windows' monotonic clock goes on by itself.
    """

    pace = 1.0

    def __init__(self) -> None:
        self._id: int | None = getattr(time, "CLOCK_BOOTTIME", None)
        if self._id is None:
            self._id = getattr(time, "CLOCK_MONOTONIC", None)

    def now(self) -> float:
        """Seconds since some fixed moment, the machine's sleep counted."""
        return time.monotonic() if self._id is None else time.clock_gettime(self._id)

    def wall(self) -> Instant:
        """Now, with the local offset of this moment."""
        return local_instant(datetime.now().astimezone())


class FasterClock:
    """Another clock, sped up from the moment this one was made: for rehearsals.

    Args:
        clock: The clock to speed up.
        pace: How many times as fast, above 0.
    """

    def __init__(self, clock: Clock, pace: float) -> None:
        self._clock = clock
        self._zero = clock.now()
        self.pace = pace * clock.pace
        self._factor = pace

    def now(self) -> float:
        """The other clock's seconds, of which ``pace`` go by in each of its own."""
        return self._zero + (self._clock.now() - self._zero) * self._factor

    def wall(self) -> Instant:
        """The calendar, which is not sped up."""
        return self._clock.wall()


def shared_instant(clock: Clock, instant: float) -> float:
    """An instant of a session's clock on ``time.monotonic()``, which other processes on the machine share."""
    return time.monotonic() + (instant - clock.now()) / clock.pace
