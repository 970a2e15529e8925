"""A day at a glance: its plan, the week that ends with it, and when each routine was last done."""

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from stretch_coach.journal.day import DAY
from stretch_coach.journal.glance import (
    PlanLine,
    days_ago,
    last_done_phrase,
    load_glance,
    next_sentence,
    plan_lines,
)
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord
from stretch_coach.journal.statistics import DayKind
from stretch_coach.journal.summary import load_summary

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)


def test_glance_of_an_empty_history(database: sqlite3.Connection) -> None:
    glance = load_glance(database, FRIDAY)
    assert [day.day for day in glance.week] == [FRIDAY - back * DAY for back in range(6, -1, -1)]
    assert [day.kind for day in glance.week] == [*[DayKind.BEFORE] * 6, DayKind.OPEN]
    assert plan_lines(glance.today) == [PlanLine("", "1 session to go", None)]
    assert last_done_phrase(glance, "micro-break") == ""


def test_glance_agrees_with_the_day(database: sqlite3.Connection, did: Did) -> None:
    for back in (0, 0, 1, 3, 9):
        did(FRIDAY - back * DAY)
    did(FRIDAY, Outcome.PARTIAL, done_ms=1000)
    today = load_glance(database, FRIDAY).today
    assert today.summary == load_summary(database, FRIDAY)
    assert (today.planned, today.done, len(today.sessions)) == (1, 2, 3)


def test_glance_shows_the_sessions_of_the_day_in_order_and_what_is_left(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, FRIDAY, Plan(per_day=3), 1)
    later, earlier = did(FRIDAY), did(FRIDAY, Outcome.PARTIAL, started_ms=1_795_132_800_000 + 3_600_000)
    assert plan_lines(load_glance(database, FRIDAY).today) == [
        PlanLine("01:00", earlier.title, Outcome.PARTIAL),
        PlanLine("12:00", later.title, Outcome.COMPLETED),
        PlanLine("", "2 sessions to go", None),
    ]


def test_nothing_is_left_on_a_day_on_which_something_hurt(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY, Outcome.STOPPED, done_ms=1000)
    assert [line.outcome for line in plan_lines(load_glance(database, FRIDAY).today)] == [Outcome.STOPPED]


@pytest.mark.parametrize(
    ("back", "outcome", "phrase"),
    [
        *[(0, Outcome.COMPLETED, "today"), (1, Outcome.COMPLETED, "yesterday"), (13, Outcome.COMPLETED, "13 days ago")],
        *[(21, Outcome.COMPLETED, "3 weeks ago"), (60, Outcome.COMPLETED, "a while ago")],
        (0, Outcome.PARTIAL, ""),
    ],
)
def test_last_done_phrase(database: sqlite3.Connection, did: Did, back: int, outcome: Outcome, phrase: str) -> None:
    did(FRIDAY - back * DAY, outcome)
    assert last_done_phrase(load_glance(database, FRIDAY), "micro-break") == phrase


def test_last_completed_day_counts_for_last_done(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY - 5 * DAY)
    did(FRIDAY - 2 * DAY)
    did(FRIDAY, Outcome.PARTIAL, done_ms=1)
    assert last_done_phrase(load_glance(database, FRIDAY), "micro-break") == "2 days ago"


def test_days_ago_before_today() -> None:
    assert days_ago(-1) == "later"


@pytest.mark.parametrize(
    ("days", "per_day", "sentence"),
    [
        (frozenset(range(7)), 1, "Next: tomorrow."),
        (frozenset(range(7)), 3, "Next: 2 more sessions today."),
        (frozenset({0, 4}), 1, "Next: on Monday."),
        (frozenset({4}), 1, "Next: in 7 days."),
    ],
)
def test_next_sentence_follows_the_plan(
    database: sqlite3.Connection, did: Did, days: frozenset[int], per_day: int, sentence: str
) -> None:
    set_plan(database, FRIDAY, Plan(days, per_day), 1)
    did(FRIDAY)
    assert next_sentence(load_glance(database, FRIDAY)) == sentence


def test_nothing_is_next_after_something_hurt(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY, Outcome.STOPPED)
    assert next_sentence(load_glance(database, FRIDAY)) == ""
