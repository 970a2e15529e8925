"""Break prompts in the history: how each was answered."""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.journal.transaction import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class Answer(StrEnum):
    """How a prompt was answered, or `natural` for a break that the user took without one."""

    STARTED = "started"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    MISSED = "missed"
    NATURAL = "natural"


class PromptRecord(NamedTuple):
    """One answer to a prompt. A prompt that was snoozed and shown again has several.

    Attributes:
        id: The prompt, a UUID of version 7.
        asking: How often the prompt had been shown by then, or 0 for a natural break.
        answered_ms: When it was answered, in milliseconds since 1970.
        utc_offset_s: Seconds the wall clock was ahead of UTC.
        day: The day it belongs to, as `YYYY-MM-DD`.
        rule: The id of the rule that asked, or empty for a natural break that no rule had asked for.
        routine: The id of the routine that was offered, or empty for a natural break that no rule had asked for.
        answer: The answer.
    """

    id: str
    asking: int
    answered_ms: int
    utc_offset_s: int
    day: str
    rule: str
    routine: str
    answer: Answer


class AnswerCount(NamedTuple):
    """How many times one rule got one answer on one day."""

    day: str
    rule: str
    answer: Answer
    times: int


_ANSWERS = frozenset(Answer)
_COLUMNS = ", ".join(PromptRecord._fields)
_VALUES = ", ".join("?" for _ in PromptRecord._fields)


def save_prompts(database: "sqlite3.Connection", records: "Iterable[PromptRecord]") -> None:
    """Save answers in one transaction. Answers that are there already stay as they are."""
    with transaction(database):
        database.executemany(f"INSERT INTO prompt({_COLUMNS}) VALUES({_VALUES}) ON CONFLICT DO NOTHING", records)


def count_answers(database: "sqlite3.Connection", since_day: str = "") -> list[AnswerCount]:
    """Return how often each answer was given since a day, by day and rule, earliest day first."""
    rows = database.execute(
        "SELECT day, rule, answer, count(*) FROM prompt WHERE day >= ? GROUP BY day, rule, answer "
        "ORDER BY day, rule, answer",
        (since_day,),
    )
    return [AnswerCount(day, rule, Answer(answer), times) for day, rule, answer, times in rows if answer in _ANSWERS]


def list_answers(database: "sqlite3.Connection", since_day: str) -> list[PromptRecord]:
    """Return the answers since a day, in the order in which they were given."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM prompt WHERE day >= ? ORDER BY answered_ms",  # noqa: S608 - our columns
        (since_day,),
    )
    records = [PromptRecord(*row) for row in rows if row[-1] in _ANSWERS]
    return [record._replace(answer=Answer(record.answer)) for record in records]
