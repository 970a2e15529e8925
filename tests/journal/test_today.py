"""Today at a glance: what was planned, what was done, and in which words."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.today import look_at_today

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def test_an_empty_day_is_to_do(database: sqlite3.Connection) -> None:
    today = look_at_today(database, FRIDAY)
    assert (today.day, today.planned, today.done, today.sessions) == (FRIDAY, 1, 0, [])
    assert today.sentence == "0 of 1 session done today."
    assert today.streak == "No streak at the moment: today is a good day to begin one."


def test_done_is_done(database: sqlite3.Connection, did: Callable[..., SessionRecord]) -> None:
    earlier, later = did(FRIDAY, started_ms=1_795_164_000_000), did(FRIDAY, started_ms=1_795_178_000_000)
    today = look_at_today(database, FRIDAY)
    assert today.sessions == [later, earlier]
    assert today.sentence == "Done for today: 2 sessions."
    assert today.streak == "Streak: 1 day."


def test_only_what_counts_is_done(database: sqlite3.Connection, did: Callable[..., SessionRecord]) -> None:
    did(FRIDAY, Outcome.PARTIAL, done_ms=59_000)
    did(FRIDAY, source=Source.MANUAL)
    assert look_at_today(database, FRIDAY).done == 0
    assert look_at_today(database, FRIDAY, partial_counts=True).done == 1
    assert look_at_today(database, FRIDAY, partial_counts=True, manual_counts=True).done == 2
    assert len(look_at_today(database, FRIDAY).sessions) == 2


def test_a_streak_at_risk_says_that_today_is_to_do(
    database: sqlite3.Connection, did: Callable[..., SessionRecord]
) -> None:
    did(FRIDAY - timedelta(days=1))
    did(FRIDAY - timedelta(days=2))
    assert look_at_today(database, FRIDAY).streak == "Streak: 2 days, and today is still to do."


@pytest.mark.parametrize(
    ("sessions", "sentence"), [(0, "A rest day."), (1, "A rest day; 1 session done all the same.")]
)
def test_a_rest_day_asks_for_nothing(
    database: sqlite3.Connection, did: Callable[..., SessionRecord], now_ms: int, sessions: int, sentence: str
) -> None:
    set_plan(database, FRIDAY - timedelta(days=30), Plan(frozenset(range(5))), now_ms)
    for _ in range(sessions):
        did(SATURDAY)
    assert look_at_today(database, SATURDAY).sentence == sentence
