"""Which day of the history an instant belongs to, where a day starts at 04:00 by the user's wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.day import DAY, logical_day

FOUR = time(4)


def day_of(moment: datetime, day_start: time = FOUR) -> date:
    offset = moment.utcoffset()
    assert offset is not None
    return logical_day(round(moment.timestamp() * 1000), round(offset.total_seconds()), day_start)


def at(text: str, zone: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("wall", "zone", "fold", "day"),
    [
        pytest.param("2026-11-21T02:00", "Asia/Tokyo", 0, date(2026, 11, 20), id="at-two-it-is-still-yesterday"),
        pytest.param("2026-11-21T03:59:59.999", "Asia/Tokyo", 0, date(2026, 11, 20), id="the-last-instant-of-a-day"),
        pytest.param("2026-11-21T04:00", "Asia/Tokyo", 0, date(2026, 11, 21), id="at-four-a-day-begins"),
        pytest.param("2026-11-01T01:30", "America/New_York", 0, date(2026, 10, 31), id="summer-time-ends-first-0130"),
        pytest.param("2026-11-01T01:30", "America/New_York", 1, date(2026, 10, 31), id="summer-time-ends-second-0130"),
        pytest.param("2026-03-08T03:30", "America/New_York", 0, date(2026, 3, 7), id="summer-time-begins-before-four"),
        pytest.param("2026-03-08T04:00", "America/New_York", 0, date(2026, 3, 8), id="summer-time-begins-at-four"),
    ],
)
def test_day_starts_at_four_by_the_wall_clock(wall: str, zone: str, fold: int, day: date) -> None:
    assert day_of(at(wall, zone, fold)) == day


def test_day_of_one_instant_differs_between_zones() -> None:
    tokyo = at("2026-11-21T04:00", "Asia/Tokyo")
    assert day_of(tokyo) == date(2026, 11, 21)
    assert day_of(tokyo.astimezone(ZoneInfo("America/New_York"))) == date(2026, 11, 20)


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Kiritimati", 21), ("Pacific/Pago_Pago", 20)])
def test_day_at_the_date_line(zone: str, day: int) -> None:
    instant = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert day_of(instant.astimezone(ZoneInfo(zone))) == date(2026, 11, day)


def test_day_start_has_minutes() -> None:
    half_past_two = time(2, 30)
    assert day_of(at("2026-11-21T02:29", "Europe/London"), half_past_two) == date(2026, 11, 20)
    assert day_of(at("2026-11-21T02:30", "Europe/London"), half_past_two) == date(2026, 11, 21)


def test_day_start_is_exact_to_the_millisecond() -> None:
    assert logical_day(4 * 3_600_000 - 1, 0, FOUR) == date(1969, 12, 31)
    assert logical_day(4 * 3_600_000, 0, FOUR) == date(1970, 1, 1)


ZONES = st.sampled_from(
    [
        "America/New_York",
        "Asia/Kathmandu",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Europe/London",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
    ]
).map(ZoneInfo)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
STARTS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(INSTANTS, ZONES, STARTS)
def test_day_is_the_wall_date_or_the_one_before(instant: datetime, zone: ZoneInfo, day_start: time) -> None:
    wall = instant.replace(microsecond=0).astimezone(zone)
    day = day_of(wall, day_start)
    assert day in (wall.date(), wall.date() - DAY)
    assert (day == wall.date()) == (wall.time() >= day_start)
    since_start = timedelta(hours=day_start.hour, minutes=day_start.minute)
    assert day == (wall.replace(tzinfo=None) - since_start).date()
