"""Statistics over a range of days. Today is Friday 20 November 2026."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from stretch_coach.journal.comfort import ComfortPair
from stretch_coach.journal.day import DAY
from stretch_coach.journal.freezes import record_frozen_days
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.revisions import delete_session, rate_comfort
from stretch_coach.journal.statistics import DayKind, load_statistics, range_start
from stretch_coach.journal.summary import load_summary

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)


def test_statistics_of_an_empty_history_have_one_open_day(database: sqlite3.Connection) -> None:
    found = load_statistics(database, None, FRIDAY)
    assert [(day.day, day.kind) for day in found.days] == [(FRIDAY, DayKind.OPEN)]
    assert (found.habits, sum(found.hours), found.comfort, found.adherence()) == ([], 0, [], None)


def test_statistics_kinds_of_days(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 10), Plan(frozenset(range(5))), 0)
    record_frozen_days(database, [date(2026, 11, 13)])
    did(date(2026, 11, 12))
    did(date(2026, 11, 16), Outcome.STOPPED, done_ms=20_000)
    did(date(2026, 11, 17), source=Source.MANUAL)
    did(date(2026, 11, 17))
    gone = did(date(2026, 11, 19))
    delete_session(database, gone.id, 1)
    found = load_statistics(database, date(2026, 11, 9), FRIDAY)
    assert [day.kind.value for day in found.days] == [
        "before", "missed", "missed", "done", "frozen", "rest", "rest", "part", "done", "missed", "missed", "open",
    ]  # fmt: skip
    tuesday = found.days[8]
    assert (tuesday.planned, tuesday.done, tuesday.sessions) == (1, 1, 2)
    assert (tuesday.done_ms, tuesday.by_hand_ms) == (120_000, 60_000)
    assert found.weeks() == [(date(2026, 11, 9), 60_000), (date(2026, 11, 16), 140_000)]
    assert found.adherence() == 2 / 8


def test_days_before_the_first_plan_are_neither_missed_nor_frozen(database: sqlite3.Connection, did: Did) -> None:
    record_frozen_days(database, [date(2026, 11, 13)])
    did(date(2026, 11, 12))
    did(date(2026, 11, 17))
    set_plan(database, date(2026, 11, 16), Plan(frozenset(range(5))), 0)
    found = load_statistics(database, date(2026, 11, 11), FRIDAY)
    assert [day.kind.value for day in found.days] == [
        "before", "done", "before", "before", "before", "missed", "done", "missed", "missed", "open",
    ]  # fmt: skip
    assert found.adherence() == 1 / 4


def test_statistics_strength_ends_at_the_summary(database: sqlite3.Connection, did: Did) -> None:
    for back in (0, 1, 2, 5, 6, 20):
        did(FRIDAY - back * DAY)
    found = load_statistics(database, None, FRIDAY)
    assert found.days[-1].strength == found.summary.strength == load_summary(database, FRIDAY).strength
    assert found.days[0].strength == pytest.approx(0.0519, abs=1e-4)


def test_statistics_habits_and_hours_agree_for_whole_and_range(database: sqlite3.Connection, did: Did) -> None:
    for hour, offset in ((7, 0), (7, 3600), (23, 3600)):
        did(started_ms=int(datetime(2026, 11, 20, hour, tzinfo=UTC).timestamp() * 1000), utc_offset_s=offset)
    whole, span = load_statistics(database, None, FRIDAY), load_statistics(database, FRIDAY, FRIDAY + DAY)
    assert [whole.hours[hour] for hour in (7, 8, 0)] == [1, 1, 1]
    did(FRIDAY - DAY)
    part = load_statistics(database, FRIDAY, FRIDAY)
    assert (part.hours, part.habits) == (whole.hours, whole.habits) == (span.hours, span.habits)


def test_statistics_comfort_leaves_out_deleted_sessions(database: sqlite3.Connection, did: Did) -> None:
    one, gone = did(), did()
    rate_comfort(database, one.id, before=5, after=3, at_ms=1)
    rate_comfort(database, gone.id, before=9, at_ms=1)
    delete_session(database, gone.id, 2)
    assert load_statistics(database, None, FRIDAY).comfort == [ComfortPair("2026-11-20", 5, 3)]


def test_range_start() -> None:
    assert range_start(1, FRIDAY) == FRIDAY
    assert range_start(7, FRIDAY) == date(2026, 11, 14)
