"""Rows that no version of this program can have written cost themselves, and nothing else."""

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.day import CountingRules
from stretch_coach.journal.exchange.lines import write_lines
from stretch_coach.journal.exchange.record_type import ExportRange
from stretch_coach.journal.exchange.spreadsheet import write_table
from stretch_coach.journal.freezes import load_frozen_days
from stretch_coach.journal.glance import load_glance
from stretch_coach.journal.plan import Plan, load_plans, set_plan
from stretch_coach.journal.prompts import Answer, PromptRecord, count_answers, save_prompts
from stretch_coach.journal.records import SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.report.facts import load_report
from stretch_coach.journal.report.page import PageTexts, write_report
from stretch_coach.journal.revisions import note_session, rate_comfort
from stretch_coach.journal.sessions import find_session, last_session, list_sessions, list_steps, save_session
from stretch_coach.journal.statistics import load_statistics
from stretch_coach.journal.summary import load_summary

Did = Callable[..., SessionRecord]
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
CHANGES = [
    "outcome = 'finished'",
    "source = 'machine'",
    "day = '2026-02-31'",
    "day = '0001-01-01'",
    "day = '9999-12-31'",
    "day = ''",
    f"started_ms = {2**62}",
    f"started_ms = {-(2**62)}",
    f"ended_ms = {2**62}",
]


@pytest.fixture
def tampered(database: sqlite3.Connection) -> sqlite3.Connection:
    """Return a history in which anything can be written."""
    database.execute("PRAGMA ignore_check_constraints=ON")
    return database


@pytest.mark.parametrize("change", CHANGES)
def test_strange_session_is_left_out(tampered: sqlite3.Connection, did: Did, change: str) -> None:
    kept, strange = did(THURSDAY), did(FRIDAY)
    note_session(tampered, strange.id, "x", 1)
    rate_comfort(tampered, strange.id, before=1, at_ms=1)
    tampered.execute(f"UPDATE session SET {change} WHERE id = ?", (strange.id,))  # noqa: S608 - our own changes
    tampered.execute(
        "UPDATE day_sum SET day = (SELECT day FROM session WHERE id = ?) WHERE day = '2026-11-20'", (strange.id,)
    )
    assert list_sessions(tampered) == [kept]
    assert last_session(tampered) == kept
    load_summary(tampered, FRIDAY)
    load_glance(tampered, FRIDAY)
    load_statistics(tampered, None, FRIDAY)
    assert sum('"type":"session"' in line for line in write_lines(tampered, ExportRange(deleted=True))) == 1
    assert len(list(write_table(tampered, ExportRange()))) == 2
    write_report(
        load_report(tampered, THURSDAY, FRIDAY, CountingRules(), with_notes=True), PageTexts({}, "", FRIDAY, "0")
    )


def test_tables_and_reports_have_no_escape_sequences(tampered: sqlite3.Connection, did: Did) -> None:
    did(THURSDAY)
    tampered.execute("UPDATE session SET title = ?1, routine = ?1, note = ?1", ("\x1b]0;title\x07",))
    texts = PageTexts({}, "", FRIDAY, "0")
    page = write_report(load_report(tampered, THURSDAY, FRIDAY, CountingRules(), with_notes=True), texts)
    for text in ("".join(write_table(tampered, ExportRange())), page):
        assert "\\u001b]0;title\\u0007" in text
        assert not {"\x1b", "\x07"} & {*text}


def test_strange_session_is_not_found_by_its_id(tampered: sqlite3.Connection, did: Did) -> None:
    one = did()
    tampered.execute("UPDATE session SET outcome = 'finished'")
    with pytest.raises(CoachError, match="no session has an id"):
        find_session(tampered, one.id)


def test_strange_step_is_left_out(tampered: sqlite3.Connection, session: Did) -> None:
    one = session()
    steps = [StepRecord(number, None, "chin-tuck", 1, 1, 1, 1, StepOutcome.DONE) for number in (1, 2)]
    save_session(tampered, one, steps)
    tampered.execute("UPDATE step SET outcome = 'skilled' WHERE number = 2")
    assert list_steps(tampered, one.id) == steps[:1]


def test_strange_plan_and_freeze_are_left_out(tampered: sqlite3.Connection) -> None:
    set_plan(tampered, THURSDAY, Plan(per_day=2), 1)
    for start, days in (("2026-02-31", "mon"), ("2026-11-20", "funday")):
        row = (f"{start}{'0' * 26}", start, days)
        tampered.execute("INSERT INTO plan_change VALUES(?, 0, NULL, ?, ?, 1)", row)
    tampered.execute("INSERT INTO freeze VALUES('2026-11-31'), ('2026-11-18')")
    assert load_plans(tampered) == [(THURSDAY, Plan(per_day=2))]
    assert load_frozen_days(tampered) == {date(2026, 11, 18)}


def test_revision_and_plan_of_an_impossible_time_are_not_exported(tampered: sqlite3.Connection, did: Did) -> None:
    note_session(tampered, did().id, "x", 1)
    set_plan(tampered, FRIDAY, Plan(), 1)
    tampered.execute("UPDATE revision SET at_ms = ?", (2**62,))
    tampered.execute("UPDATE plan_change SET at_ms = ?", (-(2**62),))
    assert sum('"revision"' in line or '"plan"' in line for line in write_lines(tampered)) == 0


def test_strange_answer_is_left_out(tampered: sqlite3.Connection) -> None:
    one = PromptRecord(f"{1:036d}", 1, 1, 0, "2026-11-20", "desk", "micro-break", Answer.SNOOZED)
    save_prompts(tampered, [one, one._replace(asking=2)])
    tampered.execute("UPDATE prompt SET answer = 'ignored' WHERE asking = 2")
    assert [answer.times for answer in count_answers(tampered)] == [1]
