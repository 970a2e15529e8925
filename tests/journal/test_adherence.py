"""Adherence, the share of a plan that was done, and strength, how firm a habit is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.adherence import adherence, strength_curve
from stretch_coach.journal.day import DAY
from stretch_coach.journal.plan import Plan, PlanBook

FRIDAY = date(2026, 11, 20)
LONG_AGO = date(2026, 1, 1)
DAILY = PlanBook()


def plan(days: int, per_day: int = 1) -> PlanBook:
    """Plan sessions on the first `days` days of the week."""
    return PlanBook([(LONG_AGO, Plan(frozenset(range(days)), per_day))])


def perfect(days: int, until: date = FRIDAY) -> dict[date, int]:
    return {until - back * DAY: 1 for back in range(days)}


def strength(
    done: dict[date, int],
    plans: PlanBook,
    first: date,
    last: date,
    *,
    skipped: frozenset[date] = frozenset(),
    before: float = 0.0,
) -> float:
    """Return the strength at the end of the last day."""
    return [score for _, score in strength_curve(done, plans, first, last, skipped=skipped, before=before)][-1]


TWICE_A_WEEKDAY = plan(5, per_day=2)
MONDAY_TO_FRIDAY = {date(2026, 11, day): made for day, made in zip(range(16, 21), (2, 3, 0, 1, 1), strict=True)}


def test_adherence_ignores_extra_sessions_and_open_today() -> None:
    assert adherence(MONDAY_TO_FRIDAY, TWICE_A_WEEKDAY, FRIDAY, 7, LONG_AGO) == 5 / 8 == 0.625


def test_adherence_counts_today_once_its_plan_is_done() -> None:
    done = MONDAY_TO_FRIDAY | {FRIDAY: 2}
    assert adherence(done, TWICE_A_WEEKDAY, FRIDAY, 7, LONG_AGO) == 7 / 10


def test_adherence_counts_an_unfinished_day_once_it_is_over() -> None:
    assert adherence(MONDAY_TO_FRIDAY, TWICE_A_WEEKDAY, FRIDAY + DAY, 7, LONG_AGO) == 6 / 10


@pytest.mark.parametrize(("window", "share"), [(7, 6 / 6), (28, 10 / 27)])
def test_adherence_window_ends_today(window: int, share: float) -> None:
    yesterday = FRIDAY - DAY
    assert adherence(perfect(10, until=yesterday), DAILY, FRIDAY, window, LONG_AGO) == share


def test_adherence_ignores_days_before_the_first() -> None:
    started = FRIDAY - 3 * DAY
    assert adherence({started: 1}, DAILY, FRIDAY, 28, started) == 1 / 3


@pytest.mark.parametrize("window", [7, 28])
def test_adherence_is_none_without_planned_sessions(window: int) -> None:
    assert adherence({}, plan(0), FRIDAY, window, LONG_AGO) is None
    assert adherence({FRIDAY: 3}, plan(0), FRIDAY, window, LONG_AGO) is None


def test_adherence_is_none_on_an_open_first_day() -> None:
    assert adherence({}, DAILY, FRIDAY, 7, FRIDAY) is None


COUNTS = st.dictionaries(st.integers(0, 60).map(lambda back: FRIDAY - back * DAY), st.integers(1, 4))
PLANS = st.builds(plan, st.integers(1, 7), st.integers(1, 3))
BACK = st.integers(0, 60).map(lambda back: FRIDAY - back * DAY)


@given(COUNTS, PLANS, st.sampled_from([7, 28]), BACK)
def test_adherence_is_a_share_that_more_sessions_never_lower(
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
def test_strength_after_missed_days(missed: int, score: float) -> None:
    done = perfect(90, until=FRIDAY - missed * DAY)
    assert strength(done, DAILY, min(done), FRIDAY) == pytest.approx(score, abs=5e-5)


@pytest.mark.parametrize(("days", "kept"), [(7, 0.94808), (5, 0.95594), (3, 0.96570)])
def test_strength_left_by_one_missed_day(days: int, kept: float) -> None:
    assert strength({}, plan(days), FRIDAY, FRIDAY, before=1.0) == pytest.approx(kept, abs=5e-6)


def test_strength_grows_by_the_share_of_the_plan() -> None:
    twice = plan(7, per_day=2)
    half = strength({FRIDAY: 1}, twice, FRIDAY, FRIDAY)
    assert half == pytest.approx(strength({FRIDAY: 2}, twice, FRIDAY, FRIDAY) / 2)


def test_strength_of_a_sparse_plan_depends_on_two_weeks() -> None:
    """With three days a week, the share is whole at the end of a perfect fortnight, on rest days too."""
    thrice = plan(3)
    done = {FRIDAY - back * DAY: 1 for back in range(100) if thrice.planned(FRIDAY - back * DAY)}
    assert strength(done, thrice, FRIDAY, FRIDAY, before=1.0) == pytest.approx(1)
    one_missed = {day: 1 for day in done if day != date(2026, 11, 18)}
    kept = 0.5 ** ((3 / 7) ** 0.5 / 13)
    assert strength(one_missed, thrice, FRIDAY, FRIDAY, before=1.0) == pytest.approx(kept + (1 - kept) * 5 / 6)


def test_strength_is_unchanged_by_rest_days_and_skipped_days() -> None:
    weekend = (date(2026, 11, 14), date(2026, 11, 15))
    assert strength({}, TWICE_A_WEEKDAY, *weekend, before=0.5) == 0.5
    assert strength({}, DAILY, FRIDAY, FRIDAY, skipped=frozenset({FRIDAY}), before=0.5) == 0.5


def test_strength_grows_by_a_session_on_a_rest_day() -> None:
    saturday = date(2026, 11, 14)
    assert strength({saturday: 1}, TWICE_A_WEEKDAY, saturday, saturday, before=0.9) > 0.9


SKIPPED = st.frozensets(BACK, max_size=5)
SHARE = st.floats(0, 1)


@given(COUNTS, PLANS, SKIPPED, SHARE, BACK)
def test_strength_is_a_share_that_more_sessions_never_lower(
    done: dict[date, int], plans: PlanBook, skipped: frozenset[date], before: float, extra: date
) -> None:
    first = FRIDAY - 60 * DAY
    score = strength(done, plans, first, FRIDAY, skipped=skipped, before=before)
    assert 0 <= score <= 1
    more = {**done, extra: done.get(extra, 0) + 1}
    assert strength(more, plans, first, FRIDAY, skipped=skipped, before=before) >= score - 1e-12
    assert strength(done, plans, first, FRIDAY, skipped=skipped, before=1.0) >= score - 1e-12


@given(COUNTS, PLANS, SKIPPED, SHARE, st.integers(1, 59))
def test_strength_continues_from_any_day(
    done: dict[date, int], plans: PlanBook, skipped: frozenset[date], before: float, back: int
) -> None:
    first, middle = FRIDAY - 60 * DAY, FRIDAY - back * DAY
    whole = strength(done, plans, first, FRIDAY, skipped=skipped, before=before)
    half = strength(done, plans, first, middle, skipped=skipped, before=before)
    rest = strength(done, plans, middle + DAY, FRIDAY, skipped=skipped, before=half)
    assert rest == pytest.approx(whole, abs=1e-12)
