"""The history in sentences. Today is Friday 20 November 2026."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from stretch_coach.journal.glance import load_glance
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sentences import (
    session_facts,
    session_line,
    session_name,
    step_line,
    streak_sentence,
    today_sentence,
)
from stretch_coach.journal.summary import load_summary

Did = Callable[..., SessionRecord]
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
WEEKDAYS = Plan(frozenset(range(5)))


class TestStreakSentence:
    def test_without_a_streak(self, database: sqlite3.Connection) -> None:
        summary = load_summary(database, FRIDAY)
        assert streak_sentence(summary) == "No streak right now. Today is a good day to start one."
        assert streak_sentence(summary, FRIDAY) == "No streak on 2026-11-20."

    def test_of_a_done_day(self, database: sqlite3.Connection, did: Did) -> None:
        did(FRIDAY)
        summary = load_summary(database, FRIDAY)
        assert streak_sentence(summary) == "1-day streak."
        assert streak_sentence(summary, FRIDAY) == "1-day streak on 2026-11-20."

    def test_at_risk(self, database: sqlite3.Connection, did: Did) -> None:
        for back in range(1, 8):
            did(FRIDAY - timedelta(days=back))
        summary = load_summary(database, FRIDAY)
        assert streak_sentence(summary) == "7-day streak. Do today's session to keep it."
        assert streak_sentence(summary, FRIDAY) == "7-day streak on 2026-11-20. That day's session was not done yet."


class TestTodaySentence:
    @pytest.mark.parametrize(
        ("per_day", "done", "sentence"),
        [
            (1, 0, "0 of 1 session done today."),
            (2, 1, "1 of 2 sessions done today."),
            (2, 2, "Done for today: 2 sessions."),
            (1, 2, "Done for today: 2 sessions."),
        ],
    )
    def test_on_a_planned_day(
        self, database: sqlite3.Connection, did: Did, per_day: int, done: int, sentence: str
    ) -> None:
        set_plan(database, FRIDAY, Plan(per_day=per_day), 0)
        for _ in range(done):
            did(FRIDAY)
        assert today_sentence(load_glance(database, FRIDAY).today) == sentence

    @pytest.mark.parametrize(("done", "sentence"), [(0, "Rest day."), (1, "Rest day; 1 session done anyway.")])
    def test_on_a_rest_day(self, database: sqlite3.Connection, did: Did, done: int, sentence: str) -> None:
        set_plan(database, FRIDAY, WEEKDAYS, 0)
        for _ in range(done):
            did(SATURDAY)
        assert today_sentence(load_glance(database, SATURDAY).today) == sentence


def test_session_line_has_time_share_outcome_and_note(session: Did) -> None:
    one = session(utc_offset_s=3600, done_ms=20_000, outcome=Outcome.PARTIAL, source=Source.BREAK)
    line = session_line(one._replace(note="stiff"))
    assert line == "2026-11-20 13:00    0:20 of 1:00  partial      Micro break (break)  “stiff”"
    assert session_name(one) == "Micro break (2026-11-20 13:00)"


def test_session_facts_leave_out_what_is_unknown(session: Did) -> None:
    one = session()
    assert [name for name, _ in session_facts(one)] == ["id", "routine", "started", "day", "done", "outcome"]
    more = one._replace(note="n", comfort_before=6, comfort_after=3, clock_suspect=True, deleted=True)
    assert dict(session_facts(more)).items() >= {"before": "6 of 10", "after": "3 of 10", "deleted": "yes"}.items()


def test_step_line_names_the_exercise_where_its_name_is_known() -> None:
    step = StepRecord(2, "left", "chin-tuck", 25_000, 7_000, 2, 1, StepOutcome.STOPPED)
    assert step_line(step).split() == ["2", "chin-tuck,", "left", "0:07", "of", "0:25,", "1", "of", "2", "stopped"]
    assert "Chin tuck, left" in step_line(step, "Chin tuck")
    assert step_line(step._replace(side=None, exercise=None)).split()[1] == "rest"
