"""Answers to prompts: each kind is kept apart, and counted by day and rule."""

import sqlite3

import pytest

from stretch_coach.journal.prompts import Answer, AnswerCount, PromptRecord, count_answers, list_prompts, prompt_json
from stretch_coach.journal.prompts import save_prompts as save

ONE = PromptRecord(f"{1:036d}", 1, 1_795_132_800_000, 3600, "2026-11-20", "desk", "micro-break", Answer.SNOOZED)


def test_answers_are_listed_newest_first_and_counted(database: sqlite3.Connection) -> None:
    later = ONE._replace(asking=2, answered_ms=ONE.answered_ms + 300_000, answer=Answer.STARTED)
    other = ONE._replace(id=f"{2:036d}", day="2026-11-21", answered_ms=ONE.answered_ms + 86_400_000)
    save(database, [ONE, later, other])
    assert list_prompts(database) == [other, later, ONE]
    assert list_prompts(database, "2026-11-21") == [other]
    assert count_answers(database) == [
        AnswerCount("2026-11-20", "desk", Answer.SNOOZED, 1),
        AnswerCount("2026-11-20", "desk", Answer.STARTED, 1),
        AnswerCount("2026-11-21", "desk", Answer.SNOOZED, 1),
    ]


def test_the_same_answer_is_written_once(database: sqlite3.Connection) -> None:
    save(database, [ONE])
    save(database, [ONE, ONE])
    assert list_prompts(database) == [ONE]


def test_all_or_nothing_is_written(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        save(database, [ONE, ONE._replace(asking=-1)])
    assert list_prompts(database) == []


def test_it_is_told_with_the_offset_it_was_given_at() -> None:
    assert prompt_json(ONE) == {
        "id": ONE.id,
        "asking": 1,
        "day": "2026-11-20",
        "rule": "desk",
        "routine": "micro-break",
        "answer": "snoozed",
        "answered_at": "2026-11-20T01:00:00+01:00",
    }
