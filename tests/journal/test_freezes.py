"""Freezes: earned by done days, and used for missed days between two of them. 1 November is a Sunday."""

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.day import DAY
from stretch_coach.journal.freezes import Freezes, load_frozen_days, record_frozen_days, settle_freezes
from stretch_coach.journal.streak import Planned, current_streak
from tests.journal.calendar import every_day, november, weekdays

FIRST = date(2026, 11, 1)
NONE: frozenset[date] = frozenset()


def until(last: int) -> frozenset[date]:
    return november(*range(1, last + 1))


@pytest.mark.parametrize(("done_days", "left"), [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2), (21, 2), (28, 2)])
def test_freeze_is_earned_every_seventh_day_and_two_are_kept(done_days: int, left: int) -> None:
    today = FIRST + (done_days - 1) * DAY
    assert settle_freezes(until(done_days), today, every_day, NONE) == Freezes(NONE, NONE, left)


def test_missed_day_without_a_freeze_is_not_frozen() -> None:
    assert settle_freezes(until(6), date(2026, 11, 9), every_day, NONE).frozen == NONE


def test_missed_day_is_frozen_when_it_is_over() -> None:
    on_the_eighth = settle_freezes(until(7), date(2026, 11, 8), every_day, NONE)
    on_the_ninth = settle_freezes(until(7), date(2026, 11, 9), every_day, NONE)
    assert on_the_eighth == Freezes(NONE, NONE, left=1)
    assert on_the_ninth == Freezes(november(8), NONE, left=0)


def test_freeze_is_used_up_by_the_next_done_day() -> None:
    settled = settle_freezes(until(7) | november(9), date(2026, 11, 9), every_day, NONE)
    assert settled == Freezes(november(8), november(8), left=0)
    assert current_streak(until(7) | november(9), date(2026, 11, 9), every_day, settled.frozen).length == 8


def test_freeze_that_saves_no_streak_is_given_back() -> None:
    done = until(7) | november(10)
    assert settle_freezes(done, date(2026, 11, 10), every_day, NONE) == Freezes(november(8), NONE, left=1)


def test_two_freezes_bridge_two_days_but_not_three() -> None:
    two_missed = settle_freezes(until(14) | november(17), date(2026, 11, 17), every_day, NONE)
    assert two_missed == Freezes(november(15, 16), november(15, 16), left=0)
    three_missed = until(14) | november(18)
    settled = settle_freezes(three_missed, date(2026, 11, 18), every_day, NONE)
    assert settled == Freezes(november(15, 16), NONE, left=2)
    assert current_streak(three_missed, date(2026, 11, 18), every_day, settled.frozen).length == 1


def test_rest_days_need_no_freeze() -> None:
    done = november(2, 3, 4, 5, 6, 9, 10)
    monday = date(2026, 11, 16)
    settled = settle_freezes(done, monday, weekdays, NONE)
    assert settled.frozen == november(11)  # one was earned; the 12th ends the streak; the weekends are free


def test_days_before_the_first_done_day_are_not_frozen() -> None:
    assert settle_freezes(november(20), date(2026, 11, 25), every_day, NONE) == Freezes(NONE, NONE, left=0)
    assert settle_freezes(NONE, date(2026, 11, 25), every_day, NONE) == Freezes(NONE, NONE, left=0)


def test_recorded_freeze_survives_a_new_plan() -> None:
    recorded = november(8)
    assert settle_freezes(until(7), date(2026, 11, 9), lambda _: False, recorded).frozen == recorded
    assert settle_freezes(NONE, date(2026, 11, 9), every_day, recorded).frozen == recorded


def test_frozen_day_that_turns_out_done_gives_the_freeze_back() -> None:
    """Another machine may have recorded a session on that day."""
    settled = settle_freezes(until(8), date(2026, 11, 9), every_day, november(8))
    assert settled == Freezes(november(8), NONE, left=1)


def test_recording_frozen_days_again_changes_nothing(database: sqlite3.Connection) -> None:
    assert load_frozen_days(database) == NONE
    record_frozen_days(database, november(8, 9))
    record_frozen_days(database, november(9, 10))
    record_frozen_days(database, NONE)
    assert load_frozen_days(database) == november(8, 9, 10)


LAST = 60
DAYS = st.frozensets(st.integers(0, LAST - 1).map(lambda ahead: FIRST + ahead * DAY))
MISSED = st.frozensets(st.integers(0, LAST - 1).map(lambda ahead: FIRST + ahead * DAY), max_size=15)
# Mostly done, because it takes seven done days to earn a freeze.
HISTORIES = DAYS | MISSED.map(lambda missed: frozenset(FIRST + n * DAY for n in range(LAST)) - missed)
TODAYS = st.integers(0, LAST).map(lambda ahead: FIRST + ahead * DAY)
PLANS = st.sampled_from([every_day, weekdays])


@given(HISTORIES, TODAYS, PLANS, st.frozensets(TODAYS, max_size=4))
def test_settling_freezes_is_idempotent(
    done: frozenset[date], today: date, planned: Planned, recorded: frozenset[date]
) -> None:
    once = settle_freezes(done, today, planned, recorded)
    assert settle_freezes(done, today, planned, once.frozen) == once


@given(HISTORIES, TODAYS, PLANS)
def test_settling_freezes_daily_equals_settling_at_once(done: frozenset[date], today: date, planned: Planned) -> None:
    recorded = NONE
    day = FIRST
    while day <= today:
        so_far = frozenset(one for one in done if one <= day)
        recorded = settle_freezes(so_far, day, planned, recorded).frozen
        day += DAY
    assert recorded == settle_freezes(done, today, planned, NONE).frozen


@given(HISTORIES, TODAYS, PLANS, st.frozensets(TODAYS, max_size=4))
def test_frozen_days_are_earned_over_planned_and_missed(
    done: frozenset[date], today: date, planned: Planned, recorded: frozenset[date]
) -> None:
    freezes = settle_freezes(done, today, planned, recorded)
    new = freezes.frozen - recorded
    assert recorded <= freezes.frozen
    assert freezes.bridging <= freezes.frozen - done
    assert all(planned(day) and day < today and day not in done for day in new)
    assert 0 <= freezes.left <= 2
    assert len(freezes.bridging - recorded) <= sum(day <= today for day in done) // 7


@given(HISTORIES, TODAYS, PLANS)
def test_bridging_freezes_lie_inside_one_streak(done: frozenset[date], today: date, planned: Planned) -> None:
    freezes = settle_freezes(done, today, planned, NONE)
    for day in freezes.bridging:
        following = min(one for one in done if one > day)
        streak = current_streak(done, following, planned, freezes.frozen)
        assert streak.start is not None
        assert streak.start < day < following
