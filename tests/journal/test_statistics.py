"""The record over a span of days, and what is said of comfort. Today is Friday 20 November 2026."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.comfort import ComfortPair, Trend, around_sessions, compare, over_time
from stretch_coach.journal.day import DAY
from stretch_coach.journal.freezes import record_frozen_days
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.revisions import delete_session, rate_comfort
from stretch_coach.journal.statistics import DayKind, gather, span_of
from stretch_coach.journal.summary import summarise

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)


def test_an_empty_record_is_one_open_day(database: sqlite3.Connection) -> None:
    found = gather(database, None, FRIDAY)
    assert [(day.day, day.kind) for day in found.days] == [(FRIDAY, DayKind.OPEN)]
    assert (found.habits, sum(found.hours), found.comfort, found.adherence()) == ([], 0, [], None)


def test_each_day_is_told_for_what_it_was(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 10), Plan(frozenset(range(5))), 0)
    record_frozen_days(database, [date(2026, 11, 13)])
    did(date(2026, 11, 12))
    did(date(2026, 11, 16), Outcome.STOPPED, done_ms=20_000)
    did(date(2026, 11, 17), source=Source.MANUAL)
    did(date(2026, 11, 17))
    gone = did(date(2026, 11, 19))
    delete_session(database, gone.id, 1)
    found = gather(database, date(2026, 11, 9), FRIDAY)
    assert [day.kind.value for day in found.days] == [
        "before", "missed", "missed", "done", "frozen", "rest", "rest", "part", "done", "missed", "missed", "open",
    ]  # fmt: skip
    tuesday = found.days[8]
    assert (tuesday.planned, tuesday.done, tuesday.sessions) == (1, 1, 2)
    assert (tuesday.done_ms, tuesday.by_hand_ms) == (120_000, 60_000)
    assert found.weeks() == [(date(2026, 11, 9), 60_000), (date(2026, 11, 16), 140_000)]
    assert found.adherence() == 2 / 8


def test_the_curve_ends_at_the_strength(database: sqlite3.Connection, did: Did) -> None:
    for back in (0, 1, 2, 5, 6, 20):
        did(FRIDAY - back * DAY)
    found = gather(database, None, FRIDAY)
    assert found.days[-1].strength == found.summary.strength == summarise(database, FRIDAY).strength
    assert found.days[0].strength == pytest.approx(0.0519, abs=1e-4)


def test_habits_and_hours_of_all_and_of_a_span_agree(database: sqlite3.Connection, did: Did) -> None:
    for hour, offset in ((7, 0), (7, 3600), (23, 3600)):
        did(started_ms=int(datetime(2026, 11, 20, hour, tzinfo=UTC).timestamp() * 1000), utc_offset_s=offset)
    whole, span = gather(database, None, FRIDAY), gather(database, FRIDAY, FRIDAY + DAY)
    assert [whole.hours[hour] for hour in (7, 8, 0)] == [1, 1, 1]
    did(FRIDAY - DAY)
    part = gather(database, FRIDAY, FRIDAY)
    assert (part.hours, part.habits) == (whole.hours, whole.habits) == (span.hours, span.habits)


def test_comfort_is_that_of_living_sessions(database: sqlite3.Connection, did: Did) -> None:
    one, gone = did(), did()
    rate_comfort(database, one.id, before=5, after=3, at_ms=1)
    rate_comfort(database, gone.id, before=9, at_ms=1)
    delete_session(database, gone.id, 2)
    assert gather(database, None, FRIDAY).comfort == [ComfortPair("2026-11-20", 5, 3)]


@pytest.mark.parametrize(
    ("earlier", "later", "trend"),
    [
        ([6, 6, 6, 6], [1] * 5, Trend.TOO_FEW),
        ([6] * 5, [4] * 5, Trend.LOWER),
        ([4] * 5, [6] * 5, Trend.HIGHER),
        ([6] * 5, [4.1] * 5, Trend.USUAL),
        ([8] * 5, [6] * 5, Trend.USUAL),  # two points, but a quarter only
        ([0] * 5, [0] * 5, Trend.USUAL),
    ],
)
def test_a_change_is_told_above_both_thresholds(earlier: list[float], later: list[float], trend: Trend) -> None:
    assert compare(earlier, later).trend is trend


def test_over_time_the_first_third_is_held_against_the_last() -> None:
    pairs = [ComfortPair("", before, None) for before in [7] * 6 + [5] * 6 + [3] * 6]
    assert over_time(pairs) == (Trend.LOWER, 7, 3)
    assert over_time(pairs[:9]).trend is Trend.TOO_FEW
    assert around_sessions(pairs).trend is Trend.TOO_FEW


@given(st.lists(st.builds(ComfortPair, st.just(""), st.integers(0, 10), st.integers(0, 10)), max_size=40))
def test_comfort_that_never_differs_by_two_points_never_changed(pairs: list[ComfortPair]) -> None:
    change = around_sessions(pairs)
    if change.trend in (Trend.LOWER, Trend.HIGHER):
        assert change.earlier is not None
        assert change.later is not None
        assert abs(change.earlier - change.later) >= 2
    if len(pairs) < 5:
        assert change.trend is Trend.TOO_FEW


def test_a_span_ends_with_its_last_day() -> None:
    assert span_of(1, FRIDAY) == FRIDAY
    assert span_of(7, FRIDAY) == date(2026, 11, 14)
