"""The plan: which days, how many sessions a day, and that a new plan leaves the past unchanged."""

import sqlite3
from datetime import date

import pytest

from stretch_coach.journal.day import DAY
from stretch_coach.journal.plan import Plan, PlanBook, load_plans, set_plan, withdraw_plan

MONDAY = date(2026, 11, 16)
WORKING_DAYS = frozenset(range(5))


def test_default_plan_is_one_session_every_day() -> None:
    plans = PlanBook()
    assert [plans.sessions(MONDAY + n * DAY) for n in range(7)] == [1] * 7
    assert plans.first_day is None


def test_plan_holds_from_its_first_day() -> None:
    wednesday = MONDAY + 2 * DAY
    plans = PlanBook([(wednesday, Plan(WORKING_DAYS, 2))])
    assert [plans.sessions(MONDAY + n * DAY) for n in range(7)] == [1, 1, 2, 2, 2, 0, 0]
    assert plans.first_day == wednesday


def test_latest_plan_that_has_started_holds() -> None:
    plans = PlanBook([(MONDAY, Plan(per_day=2)), (MONDAY + DAY, Plan(per_day=3)), (MONDAY + 9 * DAY, Plan(per_day=4))])
    assert [plans.on(MONDAY + n * DAY).per_day for n in (-1, 0, 1, 8, 9, 1000)] == [1, 2, 3, 3, 4, 4]


def test_rest_day_overrides_the_plan() -> None:
    plans = PlanBook(rest_days=frozenset({MONDAY}))
    assert not plans.planned(MONDAY)
    assert plans.planned(MONDAY + DAY)


def test_plan_sessions_per_week() -> None:
    assert Plan().per_week == 7
    assert Plan(WORKING_DAYS, 2).per_week == 10


def test_plans_are_loaded_in_order(database: sqlite3.Connection) -> None:
    assert load_plans(database) == []
    set_plan(database, MONDAY, Plan(WORKING_DAYS, 2), 0)
    set_plan(database, MONDAY - 30 * DAY, Plan(frozenset({0, 3})), 0)
    assert load_plans(database) == [
        (MONDAY - 30 * DAY, Plan(frozenset({0, 3}))),
        (MONDAY, Plan(WORKING_DAYS, 2)),
    ]


def test_plan_replaces_one_that_starts_on_the_same_day(database: sqlite3.Connection) -> None:
    set_plan(database, MONDAY, Plan(WORKING_DAYS, 2), 0)
    set_plan(database, MONDAY, Plan(), 0)
    assert load_plans(database) == [(MONDAY, Plan())]


def test_plan_of_more_than_24_sessions_a_day_is_refused(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        set_plan(database, MONDAY, Plan(per_day=25), 0)


def test_withdrawn_plan_gives_way_to_the_one_before(database: sqlite3.Connection) -> None:
    set_plan(database, MONDAY, Plan(WORKING_DAYS), 0)
    set_plan(database, MONDAY + 7 * DAY, Plan(per_day=3), 0)
    assert withdraw_plan(database, MONDAY + 7 * DAY, 0)
    assert load_plans(database) == [(MONDAY, Plan(WORKING_DAYS))]


def test_withdrawing_a_missing_plan_changes_nothing(database: sqlite3.Connection) -> None:
    set_plan(database, MONDAY, Plan(WORKING_DAYS), 0)
    assert not withdraw_plan(database, MONDAY + DAY, 0)
    assert load_plans(database) == [(MONDAY, Plan(WORKING_DAYS))]
