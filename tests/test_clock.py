"""The clocks: the machine's, which includes sleep, and a faster one for rehearsals."""

import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.clock import Clock, FasterClock, Instant, SystemClock, local_instant
from tests.clocks import FixedClock


def test_instant_has_the_offset_of_its_datetime() -> None:
    nepal = timezone(timedelta(hours=5, minutes=45), "NPT")
    moment = datetime(2026, 11, 20, 12, 0, 0, 5000, tzinfo=nepal)
    assert local_instant(moment) == Instant(1_795_155_300_005, 20_700, "NPT")
    assert local_instant(datetime(1970, 1, 1, tzinfo=UTC)) == Instant(0, 0, "UTC")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
def test_datetime_without_offset_is_local_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XYZ-2")
    time.tzset()
    try:
        assert local_instant(datetime(1970, 1, 1, 2)) == Instant(0, 7200, "XYZ")  # noqa: DTZ001 - that is the point
        assert SystemClock().wall().utc_offset_s == 7200
    finally:
        monkeypatch.undo()
        time.tzset()


def test_system_clock_never_decreases() -> None:
    clock = SystemClock()
    readings = [clock.now() for _ in range(1000)]
    assert all(earlier <= later for earlier, later in pairwise(readings))
    assert clock.pace == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count sleep in other clocks")
def test_system_clock_includes_sleep_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    read_ids = []

    def read(clock_id: int) -> float:
        read_ids.append(clock_id)
        return 5.0

    monkeypatch.setattr(time, "clock_gettime", read)
    assert SystemClock().now() == 5
    assert read_ids == [time.CLOCK_BOOTTIME]


def test_system_clock_falls_back_to_monotonic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    monkeypatch.delattr(time, "CLOCK_MONOTONIC", raising=False)
    monkeypatch.setattr(time, "monotonic", lambda: 7.0)
    assert SystemClock().now() == 7


def test_system_clock_has_the_calendar_of_the_system() -> None:
    before = time.time() * 1000
    assert before - 1 <= SystemClock().wall().ms <= time.time() * 1000 + 1


@given(st.floats(1, 1000), st.floats(0, 1e6), st.floats(0, 1e5))
def test_faster_clock_multiplies_the_time_since_it_was_made(pace: float, zero: float, seconds: float) -> None:
    inner = FixedClock(now=zero)
    faster = FasterClock(inner, pace)
    assert faster.pace == pace
    start = faster.now()
    inner.time += seconds
    assert faster.now() - start == pytest.approx((inner.time - zero) * pace, rel=1e-6, abs=1e-6)


def test_faster_clock_keeps_the_calendar() -> None:
    inner: Clock = FixedClock()
    assert FasterClock(inner, 60).wall() == inner.wall()


def test_faster_clock_can_be_sped_up_again() -> None:
    inner = FixedClock()
    faster = FasterClock(FasterClock(inner, 10), 6)
    inner.time = 1
    assert faster.pace == faster.now() == 60
