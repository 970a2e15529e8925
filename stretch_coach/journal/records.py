"""Sessions and their steps as the history keeps them, and as JSON for other programs."""

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
    """Where a session came from: started by the user, started from a break prompt, or logged by hand."""

    TIMER = "timer"
    BREAK = "break"
    MANUAL = "manual"


class StepOutcome(StrEnum):
    """How one side of a step ended."""

    DONE = "done"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    STOPPED = "stopped"


# Named tuples, because importing dataclasses takes as long as `streak` takes to read the history.
class StepRecord(NamedTuple):
    """One side of a step that a session reached.

    Attributes:
        number: The step's place in the routine, from 1.
        side: `left` or `right`, or None for a step without sides.
        exercise: The exercise's id, or None for a rest.
        planned_ms: How long the step takes, in milliseconds.
        done_ms: How long the timer ran.
        reps: Repetitions planned.
        reps_done: Repetitions finished.
        outcome: How it ended.
    """

    number: int
    side: str | None
    exercise: str | None
    planned_ms: int
    done_ms: int
    reps: int
    reps_done: int
    outcome: StepOutcome


class SessionRecord(NamedTuple):
    """A session.

    Attributes:
        id: A UUID of version 7.
        started_ms: When it started, in milliseconds since 1970.
        ended_ms: When it ended; None while it runs, and for good if the program died.
        utc_offset_s: Seconds the wall clock was ahead of UTC when it started.
        zone: The name of the time zone, where it is known.
        day: The day it belongs to, as `YYYY-MM-DD`.
        routine: The routine's id.
        title: What the routine was called then.
        planned_ms: How long the routine takes, in milliseconds.
        done_ms: How long the timer ran.
        segments: Segments planned.
        segments_done: Segments finished.
        outcome: How it ended.
        source: Where it came from.
        device: The id of the machine that recorded it.
        clock_suspect: The clock had been set back when it started.
        deleted: The user deleted it. This field and the following come from its revisions; saving a session leaves
            them unchanged.
        note: The user's note.
        comfort_before: How the neck felt before it, from 0 (no discomfort) to 10 (the worst imaginable).
        comfort_after: The same after it.
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
"""The fields that revisions determine."""


def session_json(record: SessionRecord, steps: list[StepRecord]) -> dict[str, Any]:
    """Return a session as `history --json` prints it."""
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
    """Return seconds, without a decimal point where they are whole, as a person would write them."""
    return ms // 1000 if ms % 1000 == 0 else ms / 1000


def timestamp(ms: int, utc_offset_s: int) -> str:
    """Return an instant in RFC 3339, with the offset the wall clock had."""
    zone = timezone(timedelta(seconds=utc_offset_s))
    return (datetime.fromtimestamp(ms // 1000, zone) + timedelta(milliseconds=ms % 1000)).isoformat(
        timespec="milliseconds"
    )
