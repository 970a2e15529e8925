"""The map of days: shades that separate quiet days from busy ones, and a cursor that stays on the map."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.statistics import DayFacts, DayKind
from stretch_coach.journal.year_map import (
    SHADES,
    Move,
    kept_by_month,
    moved,
    shade_bounds,
    shade_of,
    sum_weekdays,
    sum_weeks,
)

AMOUNTS = st.lists(st.integers(0, 500), max_size=200)
DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))
FRIDAY = date(2026, 11, 20)


@given(AMOUNTS)
def test_shades_grow_with_the_amount_and_each_is_used(amounts: list[int]) -> None:
    bounds = shade_bounds(amounts)
    assert len(bounds) <= SHADES
    assert all(lower < upper for lower, upper in pairwise(bounds))
    shades = [shade_of(amount, bounds) for amount in sorted(amounts)]
    assert shades == sorted(shades)
    assert {shade for shade in shades if shade} == set(range(1, len(bounds) + 1))
    assert all((shade == 0) == (amount == 0) for amount, shade in zip(sorted(amounts), shades, strict=True))


def test_one_long_day_does_not_make_the_others_pale() -> None:
    bounds = shade_bounds([1, 2, 3, 4, 600])
    assert [shade_of(amount, bounds) for amount in (1, 2, 3, 4, 600)] == [1, 2, 3, 4, 4]


@given(DAYS, DAYS, st.integers(0, 20_000), st.sampled_from(Move))
def test_cursor_stays_within_the_days(one: date, other: date, offset: int, move: Move) -> None:
    first, last = min(one, other), max(one, other)
    day = min(last, first + timedelta(days=offset))
    to = moved(day, move, first, last)
    assert first <= to <= last
    if to not in (first, last):
        back = move.value.endswith(("-back", "first"))
        assert (to < day) == back


def test_months_keep_the_day_where_they_can() -> None:
    first, last = date(2024, 1, 1), date(2026, 12, 31)
    assert moved(date(2026, 3, 31), Move.MONTH_BACK, first, last) == date(2026, 2, 28)
    assert moved(date(2025, 12, 20), Move.MONTH_ON, first, last) == date(2026, 1, 20)
    assert moved(date(2026, 12, 30), Move.MONTH_ON, first, last) == last
    assert moved(date(2024, 1, 20), Move.MONTH_BACK, first, last) == first


def test_weeks_begin_on_monday_and_sum_what_counts() -> None:
    days = [DayFacts(FRIDAY + timedelta(days=number), DayKind.DONE, 2, 1, 3, 60_000, 0, 0.0) for number in range(4)]
    weeks = sum_weeks(days)
    assert [(week.monday, week.sessions, week.planned, week.done_ms) for week in weeks] == [
        (date(2026, 11, 16), 3, 6, 180_000),
        (date(2026, 11, 23), 1, 2, 60_000),
    ]
    assert kept_by_month(days) == [(date(2026, 11, 1), 0.5)]
    assert kept_by_month(day._replace(kind=DayKind.OPEN) for day in days) == []
    assert sum_weekdays(days) == [3, 0, 0, 0, 3, 3, 3]
