"""Streaks: what counts, what bridges, what ends one. Today is Friday 20 November 2026."""

from collections.abc import Set as AbstractSet
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.day import DAY
from stretch_coach.journal.streak import Planned, Streak, current_streak, longest_streak
from tests.journal.calendar import every_day, november, weekdays

FRIDAY = date(2026, 11, 20)
LONG_AGO = 60


def never(_day: date) -> bool:
    return False


DONE = november(12, 13, 16, 17, 19)
WEDNESDAY = november(18)


def test_streak_ends_at_a_missed_day() -> None:
    streak = current_streak(DONE, FRIDAY, weekdays)
    assert streak == Streak(length=1, start=date(2026, 11, 19), end=date(2026, 11, 19), at_risk=True)


def test_streak_bridges_a_frozen_day() -> None:
    streak = current_streak(DONE, FRIDAY, weekdays, WEDNESDAY)
    assert streak == Streak(length=5, start=date(2026, 11, 12), end=date(2026, 11, 19), at_risk=True)


def test_streak_of_a_daily_plan_ends_at_the_weekend() -> None:
    assert current_streak(DONE, FRIDAY, every_day, WEDNESDAY).length == 3


def test_streak_counts_a_done_rest_day() -> None:
    assert current_streak(DONE | november(14), FRIDAY, weekdays, WEDNESDAY).length == 6


def test_streak_is_not_at_risk_once_today_is_done() -> None:
    streak = current_streak(DONE | {FRIDAY}, FRIDAY, weekdays, WEDNESDAY)
    assert (streak.length, streak.end, streak.at_risk) == (6, FRIDAY, False)


def test_streak_skips_rest_days() -> None:
    saturday = FRIDAY + DAY
    streak = current_streak(DONE | {FRIDAY}, saturday, weekdays)
    assert (streak.length, streak.at_risk) == (2, False)


def test_streak_counts_no_frozen_day() -> None:
    assert current_streak(november(17, 18), FRIDAY, every_day, november(19)).length == 2


def test_streak_without_a_done_day() -> None:
    assert current_streak(frozenset(), FRIDAY, every_day) == Streak(0, None, None, at_risk=False)
    assert longest_streak(frozenset(), FRIDAY, every_day) == 0


def test_streak_ignores_later_days() -> None:
    later = november(21, 22)
    assert current_streak(DONE | later, FRIDAY, weekdays) == current_streak(DONE, FRIDAY, weekdays)
    assert longest_streak(later, FRIDAY, every_day) == 0


def test_longest_streak_may_be_in_the_past() -> None:
    assert longest_streak(november(2, 3, 4, 5, 9, 10), FRIDAY, every_day) == 4


DAYS = st.frozensets(st.integers(0, LONG_AGO).map(lambda back: FRIDAY - back * DAY))
# Dense histories, too: few days at random hardly ever make a long streak.
HISTORIES = DAYS | DAYS.map(lambda missed: frozenset(FRIDAY - n * DAY for n in range(LONG_AGO)) - missed)
FROZEN = st.frozensets(st.integers(0, LONG_AGO).map(lambda back: FRIDAY - back * DAY), max_size=8)
PLANS = st.sampled_from([every_day, weekdays, lambda day: day.weekday() in (0, 2, 4), never])


def survives(day: date, done: AbstractSet[date], today: date, planned: Planned, frozen: AbstractSet[date]) -> bool:
    return day in done or day in frozen or day == today or not planned(day)


def every_run(
    done: AbstractSet[date], today: date, planned: Planned, frozen: AbstractSet[date]
) -> dict[tuple[date, date], int]:
    """Return every range of days in which no day ends a streak, with the number of its done days."""
    days = [today - back * DAY for back in range(LONG_AGO + 1)]
    runs = {}
    for last in range(len(days)):
        for first in range(last, len(days)):
            if not survives(days[first], done, today, planned, frozen):
                break
            runs[days[first], days[last]] = sum(day in done for day in days[last : first + 1])
    return runs


@given(HISTORIES, FROZEN, PLANS)
def test_streak_equals_its_definition(done: frozenset[date], frozen: frozenset[date], planned: Planned) -> None:
    runs = every_run(done, FRIDAY, planned, frozen)
    up_to_today = [days for (_, last), days in runs.items() if last == FRIDAY]
    assert current_streak(done, FRIDAY, planned, frozen).length == max(up_to_today)
    assert longest_streak(done, FRIDAY, planned, frozen) == max(runs.values())


@given(HISTORIES, FROZEN, PLANS, st.integers(0, LONG_AGO))
def test_streak_never_shrinks_by_more_done_more_frozen_or_less_planned(
    done: frozenset[date], frozen: frozenset[date], planned: Planned, back: int
) -> None:
    extra = FRIDAY - back * DAY
    for streak in (_current, longest_streak):
        before = streak(done, FRIDAY, planned, frozen)
        assert streak(done | {extra}, FRIDAY, planned, frozen) >= before
        assert streak(done, FRIDAY, planned, frozen | {extra}) >= before
        assert streak(done, FRIDAY, lambda day: planned(day) and day != extra, frozen) >= before
        assert streak(done, FRIDAY, every_day, frozen) <= before


def _current(done: AbstractSet[date], today: date, planned: Planned, frozen: AbstractSet[date]) -> int:
    return current_streak(done, today, planned, frozen).length


@given(HISTORIES, FROZEN, PLANS)
def test_streak_is_at_most_the_longest_and_the_done_days(
    done: frozenset[date], frozen: frozenset[date], planned: Planned
) -> None:
    streak = current_streak(done, FRIDAY, planned, frozen)
    assert 0 <= streak.length <= longest_streak(done, FRIDAY, planned, frozen) <= len(done)


@given(HISTORIES, FROZEN, PLANS)
def test_streak_starts_and_ends_with_done_days(
    done: frozenset[date], frozen: frozenset[date], planned: Planned
) -> None:
    streak = current_streak(done, FRIDAY, planned, frozen)
    if streak.start is None or streak.end is None:
        assert streak == Streak(0, None, None, at_risk=False)
    else:
        assert {streak.start, streak.end} <= done
        assert streak.length == sum(streak.start <= day <= streak.end for day in done)


@given(HISTORIES, FROZEN, PLANS)
def test_streak_at_midnight_ends_only_after_a_missed_day(
    done: frozenset[date], frozen: frozenset[date], planned: Planned
) -> None:
    before = current_streak(done, FRIDAY, planned, frozen)
    after = current_streak(done, FRIDAY + DAY, planned, frozen)
    missed = planned(FRIDAY) and FRIDAY not in done and FRIDAY not in frozen
    assert after.length == (0 if missed else before.length)
    assert before.at_risk == (before.length > 0 and missed)
