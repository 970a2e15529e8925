"""Sessions in the history: what is saved is read back, all of it or none."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from stretch_coach.journal.database import open_for_reading
from stretch_coach.journal.day import CountingRules
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sessions import (
    DaySums,
    SessionQuery,
    clock_was_set_back,
    device_id,
    list_day_sums,
    list_sessions,
    list_steps,
    save_session,
)

Session = Callable[..., SessionRecord]
LEFT = StepRecord(1, "left", "upper-trap-stretch", 25_000, 25_000, 1, 1, StepOutcome.DONE)
RIGHT = LEFT._replace(side="right", done_ms=4_000, reps_done=0, outcome=StepOutcome.PARTIAL)
REST = StepRecord(2, None, None, 20_000, 0, 1, 0, StepOutcome.SKIPPED)
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


def test_saved_session_is_read_back(database: sqlite3.Connection, session: Session) -> None:
    saved = session(source=Source.BREAK)._replace(title='Hals „Nacken" 🙆', ended_ms=None, device=device_id(database))
    save_session(database, saved, [LEFT, RIGHT, REST])
    assert list_sessions(database) == [saved]
    assert list_steps(database, saved.id) == [LEFT, RIGHT, REST]
    assert isinstance(list_sessions(database)[0].outcome, Outcome)
    assert isinstance(list_steps(database, saved.id)[0].outcome, StepOutcome)


def test_saved_session_is_visible_elsewhere(database: sqlite3.Connection, history: Path, session: Session) -> None:
    save_session(database, session(), [LEFT])
    with closing(open_for_reading(history)) as reader:
        assert len(list_sessions(reader)) == 1


def test_saving_again_updates_only_what_grows(database: sqlite3.Connection, session: Session) -> None:
    started = session(FRIDAY, Outcome.INTERRUPTED, done_ms=0)._replace(ended_ms=None, segments_done=0)
    save_session(database, started)
    save_session(database, started, [LEFT])
    later = started._replace(
        done_ms=60_000, segments_done=4, outcome=Outcome.COMPLETED, ended_ms=started.started_ms + 60_000
    )
    save_session(database, later._replace(day="2027-01-01", routine="another", started_ms=0), [RIGHT])
    save_session(database, later, [RIGHT._replace(done_ms=25_000, reps_done=1, outcome=StepOutcome.DONE)])
    assert list_sessions(database) == [later]
    assert list_steps(database, started.id) == [LEFT, LEFT._replace(side="right")]


def test_session_and_steps_are_saved_all_or_none(database: sqlite3.Connection, session: Session) -> None:
    started = session()
    save_session(database, started, [LEFT])
    impossible = RIGHT._replace(reps_done=2)
    with pytest.raises(sqlite3.IntegrityError):
        save_session(database, started._replace(done_ms=1), [LEFT._replace(done_ms=1), impossible])
    assert not database.in_transaction
    assert list_sessions(database) == [started]
    assert list_steps(database, started.id) == [LEFT]
    save_session(database, started._replace(done_ms=2))
    assert list_sessions(database)[0].done_ms == 2


def test_sessions_are_listed_newest_first(database: sqlite3.Connection, session: Session, now_ms: int) -> None:
    one, two, three = (session(started_ms=now_ms + hours * 3_600_000) for hours in (0, 2, 1))
    for each in (one, two, three):
        save_session(database, each)
    assert [each.id for each in list_sessions(database)] == [two.id, three.id, one.id]


def test_sessions_since_a_day(database: sqlite3.Connection, did: Session) -> None:
    did(THURSDAY)
    friday = did(FRIDAY)
    assert list_sessions(database, SessionQuery("2026-11-20")) == [friday]
    assert len(list_sessions(database, SessionQuery("2026-11-19"))) == 2
    assert list_sessions(database, SessionQuery("2026-11-21")) == []
    assert list_sessions(database, SessionQuery("2026-11-20", until_day="2026-11-20")) == [friday]
    assert list_sessions(database, SessionQuery("2026-11-20", until_day="2026-11-19")) == []


def test_session_without_steps(database: sqlite3.Connection, did: Session) -> None:
    assert list_steps(database, did().id) == []


@pytest.mark.parametrize(("back_ms", "suspect"), [(0, False), (3_600_000, False), (3_600_001, True), (-5, False)])
def test_clock_set_back_over_an_hour_is_noticed(
    database: sqlite3.Connection,
    did: Session,
    now_ms: int,
    back_ms: int,
    suspect: bool,  # noqa: FBT001 - a parameter
) -> None:
    assert not clock_was_set_back(database, 0)
    did(started_ms=now_ms - 86_400_000)
    did(started_ms=now_ms)
    assert clock_was_set_back(database, now_ms - back_ms) is suspect


def test_clock_suspect_is_saved(database: sqlite3.Connection, session: Session) -> None:
    save_session(database, session()._replace(clock_suspect=True))
    assert list_sessions(database)[0].clock_suspect is True


def test_day_sums(database: sqlite3.Connection, did: Session) -> None:
    did(THURSDAY, utc_offset_s=3600)
    did(THURSDAY, utc_offset_s=-7200)
    did(THURSDAY, Outcome.STOPPED)
    did(FRIDAY, Outcome.INTERRUPTED, utc_offset_s=50_400)
    assert list_day_sums(database) == [
        DaySums("2026-11-19", done=2, least_offset_s=-7200, most_offset_s=3600, sessions=3, done_ms=180_000),
        DaySums("2026-11-20", done=0, least_offset_s=50_400, most_offset_s=50_400, sessions=1, done_ms=60_000),
    ]


@pytest.mark.parametrize(("done_ms", "counted"), [(79_999, 0), (80_000, 1)])
def test_partial_counts_from_80_percent(database: sqlite3.Connection, did: Session, done_ms: int, counted: int) -> None:
    did(FRIDAY, Outcome.PARTIAL, planned_ms=100_000, done_ms=done_ms)
    assert list_day_sums(database)[0].done == 0
    assert list_day_sums(database, CountingRules(partial_counts=True))[0].done == counted


def test_partial_sessions_do_not_add_up(database: sqlite3.Connection, did: Session) -> None:
    for _ in range(2):
        did(FRIDAY, Outcome.PARTIAL, planned_ms=100_000, done_ms=50_000)
    assert list_day_sums(database, CountingRules(partial_counts=True))[0].done == 0


def test_manual_sessions_count_only_with_the_rule(database: sqlite3.Connection, did: Session) -> None:
    did(FRIDAY, source=Source.MANUAL)
    did(FRIDAY, Outcome.PARTIAL, source=Source.MANUAL, planned_ms=100_000, done_ms=90_000)
    counted = [
        list_day_sums(database, CountingRules(manual_counts=manual, partial_counts=partial))[0].done
        for manual in (False, True)
        for partial in (False, True)
    ]
    assert counted == [0, 0, 1, 2]


def test_break_session_counts(database: sqlite3.Connection, did: Session) -> None:
    did(FRIDAY, source=Source.BREAK)
    assert list_day_sums(database)[0].done == 1
