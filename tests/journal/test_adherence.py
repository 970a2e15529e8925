"""Adherence, the share of the plan that was done, and strength, a habit's staying power."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.adherence import adherence, strength
from stretch_coach.journal.day import DAY
from stretch_coach.journal.plan import Plan, PlanBook

FRIDAY = date(2026, 11, 20)
LONG_AGO = date(2026, 1, 1)
DAILY = PlanBook()


def plan(days: int, per_day: int = 1) -> PlanBook:
    """Planned on the first so many days of the week."""
    return PlanBook([(LONG_AGO, Plan(frozenset(range(days)), per_day))])


def perfect(days: int, until: date = FRIDAY) -> dict[date, int]:
    return {until - back * DAY: 1 for back in range(days)}


TWICE_A_WEEKDAY = plan(5, per_day=2)
MONDAY_TO_FRIDAY = {date(2026, 11, day): made for day, made in zip(range(16, 21), (2, 3, 0, 1, 1), strict=True)}


def test_three_of_two_make_up_for_no_other_day_and_today_is_still_open() -> None:
    assert adherence(MONDAY_TO_FRIDAY, TWICE_A_WEEKDAY, FRIDAY, 7, LONG_AGO) == 5 / 8 == 0.625


def test_today_counts_once_it_is_satisfied() -> None:
    done = MONDAY_TO_FRIDAY | {FRIDAY: 2}
    assert adherence(done, TWICE_A_WEEKDAY, FRIDAY, 7, LONG_AGO) == 7 / 10


def test_on_the_next_day_an_unsatisfied_one_counts() -> None:
    assert adherence(MONDAY_TO_FRIDAY, TWICE_A_WEEKDAY, FRIDAY + DAY, 7, LONG_AGO) == 6 / 10


@pytest.mark.parametrize(("window", "share"), [(7, 6 / 6), (28, 10 / 27)])
def test_the_window_ends_with_today(window: int, share: float) -> None:
    yesterday = FRIDAY - DAY
    assert adherence(perfect(10, until=yesterday), DAILY, FRIDAY, window, LONG_AGO) == share


def test_days_before_the_first_one_are_not_held_against_the_user() -> None:
    begun = FRIDAY - 3 * DAY
    assert adherence({begun: 1}, DAILY, FRIDAY, 28, begun) == 1 / 3


@pytest.mark.parametrize("window", [7, 28])
def test_where_nothing_was_planned_there_is_no_share(window: int) -> None:
    assert adherence({}, plan(0), FRIDAY, window, LONG_AGO) is None
    assert adherence({FRIDAY: 3}, plan(0), FRIDAY, window, LONG_AGO) is None


def test_on_the_first_day_before_the_first_session_there_is_no_share() -> None:
    assert adherence({}, DAILY, FRIDAY, 7, FRIDAY) is None


COUNTS = st.dictionaries(st.integers(0, 60).map(lambda back: FRIDAY - back * DAY), st.integers(1, 4))
PLANS = st.builds(plan, st.integers(1, 7), st.integers(1, 3))
BACK = st.integers(0, 60).map(lambda back: FRIDAY - back * DAY)


@given(COUNTS, PLANS, st.sampled_from([7, 28]), BACK)
def test_adherence_is_a_share_and_more_never_lowers_it(
    done: dict[date, int], plans: PlanBook, window: int, extra: date
) -> None:
    share = adherence(done, plans, FRIDAY, window, LONG_AGO)
    assert share is None or 0 <= share <= 1
    more = adherence({**done, extra: done.get(extra, 0) + 1}, plans, FRIDAY, window, LONG_AGO)
    assert share is None or (more is not None and more >= share)


@pytest.mark.parametrize(
    ("days", "score"),
    [(1, 0.0519), (7, 0.3115), (13, 0.5), (21, 0.6736), (30, 0.7980), (66, 0.9704), (90, 0.9918)],
)
def test_strength_after_perfect_days(days: int, score: float) -> None:
    done = perfect(days)
    assert strength(done, DAILY, min(done), FRIDAY) == pytest.approx(score, abs=5e-5)


@pytest.mark.parametrize(("missed", "score"), [(1, 0.9403), (2, 0.8914), (7, 0.6828), (14, 0.4701)])
def test_strength_when_days_are_missed_after_90_perfect_ones(missed: int, score: float) -> None:
    done = perfect(90, until=FRIDAY - missed * DAY)
    assert strength(done, DAILY, min(done), FRIDAY) == pytest.approx(score, abs=5e-5)


@pytest.mark.parametrize(("days", "kept"), [(7, 0.94808), (5, 0.95594), (3, 0.96570)])
def test_what_a_missed_day_leaves_of_it(days: int, kept: float) -> None:
    assert strength({}, plan(days), FRIDAY, FRIDAY, before=1.0) == pytest.approx(kept, abs=5e-6)


def test_a_part_of_a_days_plan_counts_in_part() -> None:
    twice = plan(7, per_day=2)
    half = strength({FRIDAY: 1}, twice, FRIDAY, FRIDAY)
    assert half == pytest.approx(strength({FRIDAY: 2}, twice, FRIDAY, FRIDAY) / 2)


def test_with_a_plan_of_less_than_once_a_day_the_last_two_weeks_count() -> None:
    """Three days a week: on each day of a perfect fortnight's end the share is whole, also on the rest days."""
    thrice = plan(3)
    done = {FRIDAY - back * DAY: 1 for back in range(100) if thrice.planned(FRIDAY - back * DAY)}
    assert strength(done, thrice, FRIDAY, FRIDAY, before=1.0) == pytest.approx(1)
    one_missed = {day: 1 for day in done if day != date(2026, 11, 18)}
    kept = 0.5 ** ((3 / 7) ** 0.5 / 13)
    assert strength(one_missed, thrice, FRIDAY, FRIDAY, before=1.0) == pytest.approx(kept + (1 - kept) * 5 / 6)


def test_rest_days_and_skipped_days_leave_it_as_it_is() -> None:
    weekend = (date(2026, 11, 14), date(2026, 11, 15))
    assert strength({}, TWICE_A_WEEKDAY, *weekend, before=0.5) == 0.5
    assert strength({}, DAILY, FRIDAY, FRIDAY, skipped=frozenset({FRIDAY}), before=0.5) == 0.5


def test_a_session_on_a_rest_day_does_not_weaken_the_habit() -> None:
    saturday = date(2026, 11, 14)
    assert strength({saturday: 1}, TWICE_A_WEEKDAY, saturday, saturday, before=0.9) > 0.9


SKIPPED = st.frozensets(BACK, max_size=5)
SHARE = st.floats(0, 1)


@given(COUNTS, PLANS, SKIPPED, SHARE, BACK)
def test_strength_is_a_share_and_more_never_lowers_it(
    done: dict[date, int], plans: PlanBook, skipped: frozenset[date], before: float, extra: date
) -> None:
    first = FRIDAY - 60 * DAY
    score = strength(done, plans, first, FRIDAY, skipped=skipped, before=before)
    assert 0 <= score <= 1
    more = {**done, extra: done.get(extra, 0) + 1}
    assert strength(more, plans, first, FRIDAY, skipped=skipped, before=before) >= score - 1e-12
    assert strength(done, plans, first, FRIDAY, skipped=skipped, before=1.0) >= score - 1e-12


@given(COUNTS, PLANS, SKIPPED, SHARE, st.integers(1, 59))
def test_strength_can_be_carried_on_from_any_day(
    done: dict[date, int], plans: PlanBook, skipped: frozenset[date], before: float, back: int
) -> None:
    first, middle = FRIDAY - 60 * DAY, FRIDAY - back * DAY
    whole = strength(done, plans, first, FRIDAY, skipped=skipped, before=before)
    half = strength(done, plans, first, middle, skipped=skipped, before=before)
    rest = strength(done, plans, middle + DAY, FRIDAY, skipped=skipped, before=half)
    assert rest == pytest.approx(whole, abs=1e-12)
