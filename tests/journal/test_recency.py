"""What was done lately: the facts by which routines and exercises take turns."""

import sqlite3
from collections.abc import Callable
from datetime import date

from stretch_coach.journal.day import DAY
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.prompts import Answer, PromptRecord, save_prompts
from stretch_coach.journal.recency import Recency, last_times_done, load_recency
from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.sessions import save_session

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)
NOON_MS, DAY_MS = 1_795_176_000_000, 86_400_000


def answered(database: sqlite3.Connection, routine: str, answer: Answer, days_ago: int = 0) -> int:
    at_ms, day = NOON_MS + 1 - days_ago * DAY_MS, FRIDAY - days_ago * DAY
    record = PromptRecord(new_id(at_ms), 1, at_ms, 0, day.isoformat(), "desk", routine, answer)
    save_prompts(database, [record])
    return at_ms


def test_nothing_is_known_of_an_empty_history(database: sqlite3.Connection) -> None:
    assert load_recency(database, FRIDAY, NOON_MS) == Recency(FRIDAY, NOON_MS)
    assert last_times_done(database, FRIDAY, NOON_MS) == {}


def test_sessions_count_however_they_ended(database: sqlite3.Connection, did: Did) -> None:
    for outcome in Outcome:
        did(FRIDAY, outcome)
    did(FRIDAY - 3 * DAY)
    found = load_recency(database, FRIDAY, NOON_MS)
    assert found.last_day == {"micro-break": FRIDAY}
    assert found.turns_today == {"micro-break": len(Outcome)}
    assert found.last_turn_ms == {"micro-break": NOON_MS}


def test_old_sessions_are_only_known_to_be_old(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY - 29 * DAY)
    found = load_recency(database, FRIDAY, NOON_MS)
    assert (found.last_day, found.long_ago) == ({}, frozenset({"micro-break"}))


def test_prompt_that_was_skipped_or_missed_is_a_turn_and_a_snoozed_one_is_not(database: sqlite3.Connection) -> None:
    skipped = answered(database, "screen-break", Answer.SKIPPED)
    missed = answered(database, "eyes-and-jaw", Answer.MISSED, days_ago=2)
    answered(database, "daily-strength", Answer.SNOOZED)
    answered(database, "", Answer.NATURAL)
    found = load_recency(database, FRIDAY, NOON_MS)
    assert found.last_turn_ms == {"screen-break": skipped, "eyes-and-jaw": missed}
    assert found.turns_today == {"screen-break": 1, "eyes-and-jaw": 0}
    assert found.last_day == {}


def test_prompt_that_was_taken_counts_once(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY)
    answered(database, "micro-break", Answer.STARTED)
    assert load_recency(database, FRIDAY, NOON_MS).turns_today == {"micro-break": 1}


def test_exercises_are_known_by_their_last_session_before_an_instant(database: sqlite3.Connection, did: Did) -> None:
    for back, outcome in ((0, StepOutcome.DONE), (2, StepOutcome.PARTIAL), (4, StepOutcome.SKIPPED)):
        record = did(FRIDAY - back * DAY)
        save_session(database, record, [StepRecord(1, None, f"chin-{outcome}", 1000, 1000, 1, 1, outcome)])
    found = last_times_done(database, FRIDAY, NOON_MS + 1)
    assert found == {"chin-done": NOON_MS, "chin-partial": NOON_MS - 2 * DAY_MS}
    assert last_times_done(database, FRIDAY, NOON_MS) == {"chin-partial": NOON_MS - 2 * DAY_MS}
