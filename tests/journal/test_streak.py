"""Streaks: what counts, what bridges, what ends one. Today is Friday 20 November 2026."""

from collections.abc import Set as AbstractSet
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.journal.day import DAY
from stretch_coach.journal.streak import Planned, Streak, current_streak, longest_streak

FRIDAY = date(2026, 11, 20)
LONG_AGO = 60


def november(*days: int) -> frozenset[date]:
    return frozenset(date(2026, 11, day) for day in days)


def every_day(_day: date) -> bool:
    return True


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def never(_day: date) -> bool:
    return False


DONE = november(12, 13, 16, 17, 19)
WEDNESDAY = november(18)


def test_a_missed_wednesday_ends_it() -> None:
    streak = current_streak(DONE, FRIDAY, weekdays)
    assert streak == Streak(length=1, start=date(2026, 11, 19), end=date(2026, 11, 19), at_risk=True, freezes_used=0)


def test_a_frozen_wednesday_bridges() -> None:
    streak = current_streak(DONE, FRIDAY, weekdays, WEDNESDAY)
    assert streak == Streak(length=5, start=date(2026, 11, 12), end=date(2026, 11, 19), at_risk=True, freezes_used=1)


def test_with_a_plan_for_every_day_the_weekend_ends_it() -> None:
    assert current_streak(DONE, FRIDAY, every_day, WEDNESDAY).length == 3


def test_a_rest_day_that_was_done_counts() -> None:
    assert current_streak(DONE | november(14), FRIDAY, weekdays, WEDNESDAY).length == 6


def test_today_done_lengthens_it_and_takes_the_risk_away() -> None:
    streak = current_streak(DONE | {FRIDAY}, FRIDAY, weekdays, WEDNESDAY)
    assert (streak.length, streak.end, streak.at_risk) == (6, FRIDAY, False)


def test_on_a_rest_day_nothing_is_at_risk() -> None:
    saturday = FRIDAY + DAY
    streak = current_streak(DONE | {FRIDAY}, saturday, weekdays)
    assert (streak.length, streak.at_risk) == (2, False)


def test_a_frozen_day_that_bridges_nothing_is_not_used() -> None:
    streak = current_streak(november(17, 18), FRIDAY, every_day, november(19))
    assert (streak.length, streak.freezes_used) == (2, 0)


def test_without_a_done_day_there_is_no_streak_and_nothing_to_lose() -> None:
    assert current_streak(frozenset(), FRIDAY, every_day) == Streak(0, None, None, at_risk=False, freezes_used=0)
    assert longest_streak(frozenset(), FRIDAY, every_day) == 0


def test_what_was_done_after_today_does_not_count_yet() -> None:
    later = november(21, 22)
    assert current_streak(DONE | later, FRIDAY, weekdays) == current_streak(DONE, FRIDAY, weekdays)
    assert longest_streak(later, FRIDAY, every_day) == 0


def test_the_longest_may_lie_in_the_past() -> None:
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
    """Another definition: every span of days in which no day ends a streak, with how many of its days were done."""
    days = [today - back * DAY for back in range(LONG_AGO + 1)]
    runs = {}
    for last in range(len(days)):
        for first in range(last, len(days)):
            if not survives(days[first], done, today, planned, frozen):
                break
            runs[days[first], days[last]] = sum(day in done for day in days[last : first + 1])
    return runs


@settings(max_examples=300)
@given(HISTORIES, FROZEN, PLANS)
def test_it_is_the_longest_span_that_no_missed_day_ends(
    done: frozenset[date], frozen: frozenset[date], planned: Planned
) -> None:
    runs = every_run(done, FRIDAY, planned, frozen)
    up_to_today = [days for (_, last), days in runs.items() if last == FRIDAY]
    assert current_streak(done, FRIDAY, planned, frozen).length == max(up_to_today)
    assert longest_streak(done, FRIDAY, planned, frozen) == max(runs.values())


@given(HISTORIES, FROZEN, PLANS, st.integers(0, LONG_AGO))
def test_more_done_more_frozen_or_less_planned_never_shortens_it(
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
def test_it_never_exceeds_the_done_days_or_the_longest(
    done: frozenset[date], frozen: frozenset[date], planned: Planned
) -> None:
    streak = current_streak(done, FRIDAY, planned, frozen)
    assert 0 <= streak.length <= longest_streak(done, FRIDAY, planned, frozen) <= len(done)


@given(HISTORIES, FROZEN, PLANS)
def test_its_ends_are_done_days_and_everything_it_counts_lies_between_them(
    done: frozenset[date], frozen: frozenset[date], planned: Planned
) -> None:
    streak = current_streak(done, FRIDAY, planned, frozen)
    if streak.start is None or streak.end is None:
        assert streak == Streak(0, None, None, at_risk=False, freezes_used=0)
    else:
        assert {streak.start, streak.end} <= done
        assert streak.length == sum(streak.start <= day <= streak.end for day in done)
        assert streak.freezes_used == sum(streak.start < day < streak.end for day in frozen - done)


@given(HISTORIES, FROZEN, PLANS)
def test_midnight_adds_nothing_and_ends_it_only_after_a_missed_day(
    done: frozenset[date], frozen: frozenset[date], planned: Planned
) -> None:
    before = current_streak(done, FRIDAY, planned, frozen)
    after = current_streak(done, FRIDAY + DAY, planned, frozen)
    missed = planned(FRIDAY) and FRIDAY not in done and FRIDAY not in frozen
    assert after.length == (0 if missed else before.length)
    assert before.at_risk == (before.length > 0 and missed)
