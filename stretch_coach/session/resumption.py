"""Resuming a session that was interrupted: how much of it was done, and where to continue."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.running import is_running
from stretch_coach.journal.sessions import last_session, list_steps

if TYPE_CHECKING:
    from stretch_coach.routine.timeline import Timeline


class InterruptedSession(NamedTuple):
    """A session that ended with the program or the terminal, and the steps that it reached."""

    record: SessionRecord
    steps: list[StepRecord]


class Resumption(NamedTuple):
    """Where to start in a timeline.

    Attributes:
        first: The index of the segment to start with: the first of a set, so that there is time to get into position.
        done: Seconds done of each segment before; None for nothing.
    """

    first: int = 0
    done: Sequence[float] | None = None


def find_interrupted(history: sqlite3.Connection, running: Path, today: date) -> InterruptedSession | None:
    """Return the last session if it was interrupted today and is not running in another process, else None.

    Args:
        history: The history.
        running: The folder of the locks of running sessions.
        today: Today's date.
    """
    last = last_session(history)
    if last is None or last.outcome is not Outcome.INTERRUPTED or last.day != today.isoformat():
        return None
    if last.segments_done == last.segments or is_running(running, last.id):
        return None
    return InterruptedSession(last, list_steps(history, last.id))


def plan_resumption(interrupted: InterruptedSession, timeline: "Timeline") -> Resumption | None:
    """Return where to continue a session on a timeline of its routine.

    Returns:
        The start of the first set that was not done, or None if the routine has changed since or nothing is left.
    """
    sets: dict[tuple[int, str | None], int] = {}
    for number, indices in enumerate(timeline.sets):
        first = timeline.segments[indices.start]
        sets[first.step, first.side] = number
    done = [0.0] * len(timeline.segments)
    next_set = 0
    for step in interrupted.steps:
        number = sets.get((step.number, step.side), -1)
        if number < 0 or not _matches(step, timeline, number):
            return None
        _spread(step.done_ms, timeline, number, done)
        # A set without a completed hold looks as if it had been skipped; it may as well have been the current one.
        next_set = max(next_set, number + (step.outcome is StepOutcome.DONE))
    if next_set == len(timeline.sets):  # perhaps only skipped sets are left
        skipped = [number for number, members in enumerate(timeline.sets) if not _is_done(timeline, members, done)]
        if not skipped:
            return None
        next_set = skipped[0]
    return Resumption(timeline.sets[next_set].start, done)


def _matches(step: StepRecord, timeline: "Timeline", number: int) -> bool:
    first = timeline.segments[timeline.sets[number].start]
    exercise = first.exercise.id if first.exercise else None
    return exercise == step.exercise and first.reps == step.reps


def _spread(done_ms: int, timeline: "Timeline", number: int, done: list[float]) -> None:
    """Divide what was done of a set among its segments, in the order in which they were run."""
    for index in timeline.sets[number]:
        share = min(done_ms, timeline.segments[index].length_ms)
        done[index] = share / 1000
        done_ms -= share


def _is_done(timeline: "Timeline", members: range, done: Sequence[float]) -> bool:
    return all(done[index] >= timeline.segments[index].seconds for index in members)
