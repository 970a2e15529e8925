"""Answers to break prompts, listed and counted by day and rule."""

import sqlite3

import pytest

from stretch_coach.journal.prompts import Answer, AnswerCount, PromptRecord, count_answers, list_answers, save_prompts
from tests.journal.stored import stored_prompts

ONE = PromptRecord(f"{1:036d}", 1, 1_795_132_800_000, 3600, "2026-11-20", "desk", "micro-break", Answer.SNOOZED)


def test_answers_are_listed_newest_first_and_counted(database: sqlite3.Connection) -> None:
    later = ONE._replace(asking=2, answered_ms=ONE.answered_ms + 300_000, answer=Answer.STARTED)
    other = ONE._replace(id=f"{2:036d}", day="2026-11-21", answered_ms=ONE.answered_ms + 86_400_000)
    save_prompts(database, [ONE, later, other])
    assert stored_prompts(database) == [other, later, ONE]
    assert list_answers(database, "2026-11-20") == [ONE, later, other]
    assert list_answers(database, "2026-11-21") == [other]
    assert count_answers(database) == [
        AnswerCount("2026-11-20", "desk", Answer.SNOOZED, 1),
        AnswerCount("2026-11-20", "desk", Answer.STARTED, 1),
        AnswerCount("2026-11-21", "desk", Answer.SNOOZED, 1),
    ]


def test_answer_is_saved_once(database: sqlite3.Connection) -> None:
    save_prompts(database, [ONE])
    save_prompts(database, [ONE, ONE])
    assert stored_prompts(database) == [ONE]


def test_answers_are_saved_all_or_none(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        save_prompts(database, [ONE, ONE._replace(asking=-1)])
    assert stored_prompts(database) == []
