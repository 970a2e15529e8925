"""What is remembered of a session, and how it is told outside."""

from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, NamedTuple


class Outcome(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


class Source(StrEnum):
    """What a record comes from: a session one started, one that answered a prompt, or an entry made by hand."""

    TIMER = "timer"
    BREAK = "break"
    MANUAL = "manual"


class StepOutcome(StrEnum):
    """What became of a step on one side."""

    DONE = "done"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    STOPPED = "stopped"


# Named tuples, not dataclasses: `streak` is run by status bars, and importing dataclasses costs as much as reading.
class StepRecord(NamedTuple):
    """One step of a session on one side, as far as it was reached. Times are milliseconds that the timer ran."""

    number: int
    side: str | None
    exercise: str | None
    planned_ms: int
    done_ms: int
    reps: int
    reps_done: int
    outcome: StepOutcome


class SessionRecord(NamedTuple):
    """A session. ``ended_ms`` is none while it runs, and stays so when the program died.

    What follows ``clock_suspect`` is what its revisions come to (``revisions.py``); saving a session leaves it alone.
    """

    id: str
    started_ms: int
    ended_ms: int | None
    utc_offset_s: int
    zone: str | None
    day: str
    routine: str
    title: str
    planned_ms: int
    done_ms: int
    segments: int
    segments_done: int
    outcome: Outcome
    source: Source
    device: str | None
    clock_suspect: bool = False
    deleted: bool = False
    note: str | None = None
    comfort_before: int | None = None
    comfort_after: int | None = None


REVISED_FIELDS = ("deleted", "note", "comfort_before", "comfort_after")


def session_json(record: SessionRecord, steps: list[StepRecord]) -> dict[str, Any]:
    """A session as ``history --json`` gives it."""
    return {
        "type": "session",
        "id": record.id,
        "started_at": timestamp(record.started_ms, record.utc_offset_s),
        "ended_at": None if record.ended_ms is None else timestamp(record.ended_ms, record.utc_offset_s),
        "day": record.day,
        "routine": record.routine,
        "title": record.title,
        "planned_seconds": _seconds(record.planned_ms),
        "done_seconds": _seconds(record.done_ms),
        "segments": record.segments,
        "segments_done": record.segments_done,
        "outcome": record.outcome.value,
        "source": record.source.value,
        "device": record.device,
        "note": record.note,
        "comfort_before": record.comfort_before,
        "comfort_after": record.comfort_after,
        "deleted": record.deleted,
        "steps": [_step_json(step) for step in steps],
    }


def _step_json(step: StepRecord) -> dict[str, Any]:
    return {
        "step": step.number,
        "side": step.side,
        "exercise": step.exercise,
        "planned_seconds": _seconds(step.planned_ms),
        "done_seconds": _seconds(step.done_ms),
        "reps": step.reps,
        "reps_done": step.reps_done,
        "outcome": step.outcome.value,
    }


def _seconds(ms: int) -> float:
    """Whole seconds without a decimal point, as a person would write them."""
    return ms // 1000 if ms % 1000 == 0 else ms / 1000


def timestamp(ms: int, utc_offset_s: int) -> str:
    """An instant in RFC 3339, with the offset the wall clock had, in seconds ahead of UTC."""
    zone = timezone(timedelta(seconds=utc_offset_s))
    return (datetime.fromtimestamp(ms // 1000, zone) + timedelta(milliseconds=ms % 1000)).isoformat(
        timespec="milliseconds"
    )
