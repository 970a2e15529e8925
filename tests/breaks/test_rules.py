"""When rules ask: against an oracle, in zones where clocks do odd things."""

import os
import time as clock
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.rules import is_open, next_opening, next_time, times_between
from stretch_coach.breaks.zone import RegionZone, SystemZone, timestamp
from stretch_coach.settings import BreakRule, Window

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
# With the year in which Apia left out a day.
INSTANTS = st.one_of(
    st.datetimes(wall_time("2025-01-01"), wall_time("2027-12-01")),
    st.datetimes(wall_time("2011-12-20"), wall_time("2012-01-10")),
).map(lambda moment: moment.replace(tzinfo=UTC).timestamp())


def expected(zone: ZoneInfo, rule: BreakRule, after: float, count: int) -> list[float]:
    """What dateutil says, asked for wall times without a zone, where it is right."""
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
def test_times_are_those_of_the_oracle(name: str, times: tuple[time, ...], days: frozenset[int], after: float) -> None:
    zone, rule = ZoneInfo(name), BreakRule("x", at=times, days=days)
    mine, instant = [], after
    for _ in range(6):
        found = next_time([rule], instant, RegionZone(zone))
        assert found is not None
        mine.append(instant := found)
    assert mine == expected(zone, rule, after, 6)


@given(ZONES, TIMES, DAYS, INSTANTS, st.lists(st.floats(1, 200_000), max_size=12))
def test_looked_at_in_any_parts_no_time_is_lost_or_seen_twice(
    name: str, times: tuple[time, ...], days: frozenset[int], after: float, steps: list[float]
) -> None:
    zone, rule = RegionZone(ZoneInfo(name)), BreakRule("x", at=times, days=days)
    seen, edge = [], after
    for step in steps:
        seen += times_between(rule, edge, edge + step, zone)
        edge += step
    assert seen == times_between(rule, after, edge, zone)


@pytest.mark.parametrize(
    ("zone", "day", "at", "instants"),
    [
        ("America/New_York", wall_time("2026-03-08"), time(2, 30), ["2026-03-08T03:30:00-04:00"]),
        ("America/New_York", wall_time("2026-11-01"), time(1, 30), ["2026-11-01T01:30:00-04:00"]),
        ("Australia/Lord_Howe", wall_time("2026-10-04"), time(2, 15), ["2026-10-04T02:45:00+11:00"]),
        # In Samoa there was no 30 December 2011.
        ("Pacific/Apia", wall_time("2011-12-29"), time(10), ["2011-12-29T10:00:00-10:00", "2011-12-31T10:00:00+14:00"]),
    ],
)
def test_a_time_that_is_left_out_moves_on_and_one_that_comes_twice_is_taken_once(
    zone: str, day: datetime, at: time, instants: list[str]
) -> None:
    region = RegionZone(ZoneInfo(zone))
    begun = region.instant(day)
    end = region.instant(day + timedelta(days=2, hours=23)) if day.year == 2011 else region.instant(day + timedelta(1))
    found = times_between(BreakRule("x", at=(at,)), begun, end, region)
    assert [timestamp(region, instant) for instant, _ in found] == instants


@pytest.fixture(params=ZONE_NAMES)
def system_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """A zone that the system is in for a while."""
    if not hasattr(clock, "tzset"):
        pytest.skip("a process cannot change its zone there")
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield ZoneInfo(request.param)
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    clock.tzset()


def test_the_systems_zone_is_as_good_as_one_that_is_named(system_zone: ZoneInfo) -> None:
    named, system = RegionZone(system_zone), SystemZone()
    for half_hour in range(0, 3 * 365 * 48, 7):
        wall = wall_time("2025-01-01") + timedelta(minutes=30 * half_hour)
        assert system.instant(wall) == named.instant(wall)
        assert system.wall(named.instant(wall)) == named.wall(named.instant(wall))


DESK = BreakRule(
    "x",
    every=45,
    days=frozenset(range(5)),
    windows=(Window(time(9), time(12, 30)), Window(time(13, 30), time(17, 30)), Window(time(22), time(2))),
)


@pytest.mark.parametrize(
    ("wall", "opened"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T12:29", True),
        ("2026-11-23T12:30", False),
        ("2026-11-23T01:00", False),  # the night of Sunday
        ("2026-11-24T01:59", True),
        ("2026-11-24T02:00", False),
        ("2026-11-28T01:00", True),  # Friday's night
        ("2026-11-28T10:00", False),
        ("2026-11-28T23:00", False),
    ],
)
def test_a_part_of_the_day_belongs_to_the_day_it_starts_on(wall: str, opened: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    assert is_open(DESK, datetime.fromisoformat(wall)) is opened


@given(st.datetimes(wall_time("2026-01-01"), wall_time("2027-01-01")), st.sampled_from([DESK, BreakRule("y", every=5)]))
def test_the_next_opening_is_the_first_open_minute(wall: datetime, rule: BreakRule) -> None:
    opening = next_opening(rule, wall)
    assert opening is not None
    assert opening >= wall
    assert is_open(rule, opening)
    between = (opening - wall).total_seconds() / 7
    assert not any(is_open(rule, wall + timedelta(seconds=between * part)) for part in range(7)) or opening == wall
