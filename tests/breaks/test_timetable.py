"""Times of day against an oracle, in zones where the clock is changed or a day is skipped."""

import os
import time as clock
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.timetable import SystemZone, next_time, times_between, wall_timestamp
from stretch_coach.settings import BreakRule
from tests.breaks.zones import RegionZone

wall_time = datetime.fromisoformat

ZONE_NAMES = [
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
    "Africa/Casablanca",
    "Pacific/Apia",
]
ZONES = st.sampled_from(ZONE_NAMES)
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
TIMES = st.lists(MINUTES, min_size=1, max_size=4, unique=True).map(lambda times: tuple(sorted(times)))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
INSTANTS = st.one_of(
    st.datetimes(wall_time("2025-01-01"), wall_time("2027-12-01")),
    st.datetimes(wall_time("2011-12-20"), wall_time("2012-01-10")),  # when Apia skipped a day
).map(lambda moment: moment.replace(tzinfo=UTC).timestamp())


def expected(zone: ZoneInfo, rule: BreakRule, after: float, count: int) -> list[float]:
    """Return what dateutil says when it is asked for wall times without a zone, where it is right."""
    day = datetime.fromtimestamp(after, zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    start = day - timedelta(days=3)
    walls = (
        wall
        for at in rule.at
        for wall in rrule.rrule(
            rrule.WEEKLY,
            byweekday=sorted(rule.days),
            byhour=at.hour,
            byminute=at.minute,
            bysecond=0,
            dtstart=start,
            until=start + timedelta(days=80),
        )
    )
    instants = {wall.replace(tzinfo=zone, fold=0).timestamp() for wall in walls}
    return [instant for instant in sorted(instants) if instant > after][:count]


@given(ZONES, TIMES, DAYS, INSTANTS)
def test_next_time_agrees_with_the_oracle(
    name: str, times: tuple[time, ...], days: frozenset[int], after: float
) -> None:
    zone, rule = ZoneInfo(name), BreakRule("x", at=times, days=days)
    found, instant = [], after
    for _ in range(6):
        following = next_time([rule], instant, RegionZone(zone))
        assert following is not None
        found.append(instant := following)
    assert found == expected(zone, rule, after, 6)


@given(ZONES, TIMES, DAYS, INSTANTS, st.lists(st.floats(1, 200_000), max_size=12))
def test_no_time_is_lost_or_repeated_between_two_intervals(
    name: str, times: tuple[time, ...], days: frozenset[int], after: float, steps: list[float]
) -> None:
    zone, rule = RegionZone(ZoneInfo(name)), BreakRule("x", at=times, days=days)
    found, edge = [], after
    for step in steps:
        found += times_between(rule, edge, edge + step, zone)
        edge += step
    assert found == times_between(rule, after, edge, zone)


@pytest.mark.parametrize(
    ("zone", "day", "at", "instants"),
    [
        ("America/New_York", wall_time("2026-03-08"), time(2, 30), ["2026-03-08T03:30:00-04:00"]),
        ("America/New_York", wall_time("2026-11-01"), time(1, 30), ["2026-11-01T01:30:00-04:00"]),
        ("Australia/Lord_Howe", wall_time("2026-10-04"), time(2, 15), ["2026-10-04T02:45:00+11:00"]),
        # Samoa had no 30 December 2011.
        ("Pacific/Apia", wall_time("2011-12-29"), time(10), ["2011-12-29T10:00:00-10:00", "2011-12-31T10:00:00+14:00"]),
    ],
)
def test_a_skipped_time_moves_and_a_repeated_time_counts_once(
    zone: str, day: datetime, at: time, instants: list[str]
) -> None:
    region = RegionZone(ZoneInfo(zone))
    start = region.instant(day)
    end = region.instant(day + timedelta(days=2, hours=23)) if day.year == 2011 else region.instant(day + timedelta(1))
    found = times_between(BreakRule("x", at=(at,)), start, end, region)
    assert [wall_timestamp(region, instant) for instant, _ in found] == instants


@pytest.fixture(params=["America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def system_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """Put the process into a zone for a while."""
    if not hasattr(clock, "tzset"):
        pytest.skip("a process cannot change its zone here")
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield ZoneInfo(request.param)
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    clock.tzset()


def test_the_system_zone_agrees_with_the_same_zone_by_name(system_zone: ZoneInfo) -> None:
    named, system = RegionZone(system_zone), SystemZone()
    for half_hour in range(0, 3 * 365 * 48, 7):
        wall = wall_time("2025-01-01") + timedelta(minutes=30 * half_hour)
        assert system.instant(wall) == named.instant(wall)
        assert system.wall(named.instant(wall)) == named.wall(named.instant(wall))
