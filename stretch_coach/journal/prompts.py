"""Prompts in the history file: what each was answered, the kinds of answers kept apart."""

from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class Answer(StrEnum):
    """What became of a prompt that was shown, or of the time for one."""

    STARTED = "started"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    MISSED = "missed"
    NATURAL = "natural"


class PromptRecord(NamedTuple):
    """One answer to a prompt. A prompt that was snoozed and comes back has several.

    Attributes:
        id: The prompt.
        asking: How often it had been shown by then; 0 for a break that came before it was.
        answered_ms: When, in milliseconds since 1970-01-01T00:00Z.
        utc_offset_s: Seconds the wall clock was ahead of UTC.
        day: The day of the record.
        rule: The id of the rule that asked; empty for a natural break before any rule did.
        routine: What was offered; empty likewise.
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
    """How often one answer was given to one rule on one day."""

    day: str
    rule: str
    answer: Answer
    times: int


_COLUMNS = ", ".join(PromptRecord._fields)
_VALUES = ", ".join("?" for _ in PromptRecord._fields)


def save_prompts(database: "sqlite3.Connection", records: "Iterable[PromptRecord]") -> None:
    """Write answers, all or nothing; on disk when this returns. One that is there already stays as it is."""
    database.execute("BEGIN IMMEDIATE")
    try:
        database.executemany(f"INSERT INTO prompt({_COLUMNS}) VALUES({_VALUES}) ON CONFLICT DO NOTHING", records)
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def list_prompts(database: "sqlite3.Connection", since_day: str = "") -> list[PromptRecord]:
    """The answers from a day on, newest first."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM prompt WHERE day >= ? ORDER BY answered_ms DESC, id DESC, asking DESC",  # noqa: S608 - our columns
        (since_day,),
    )
    return [PromptRecord(*row)._replace(answer=Answer(row[-1])) for row in rows]


def count_answers(database: "sqlite3.Connection", since_day: str = "") -> list[AnswerCount]:
    """How often each answer was given, by day and rule, from a day on, in order of the days."""
    rows = database.execute(
        "SELECT day, rule, answer, count(*) FROM prompt WHERE day >= ? GROUP BY day, rule, answer "
        "ORDER BY day, rule, answer",
        (since_day,),
    )
    return [AnswerCount(day, rule, Answer(answer), times) for day, rule, answer, times in rows]


def prompt_json(record: PromptRecord) -> dict[str, Any]:
    """An answer as programs are given it."""
    zone = timezone(timedelta(seconds=record.utc_offset_s))
    answered = datetime.fromtimestamp(record.answered_ms // 1000, zone)
    values = record._asdict()
    del values["answered_ms"], values["utc_offset_s"]
    return {**values, "answer": record.answer.value, "answered_at": answered.isoformat()}
