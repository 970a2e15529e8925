"""Going on with a session that was interrupted: what of it was done, and where it begins again."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.running import is_under_way
from stretch_coach.journal.sessions import last_session, list_steps
from stretch_coach.routine.timeline import Timeline


class Interrupted(NamedTuple):
    """A session that the program did not live to finish, with the steps that were reached."""

    record: SessionRecord
    steps: list[StepRecord]


class Resumption(NamedTuple):
    """Where to begin again.

    Attributes:
        first: The segment to begin with: the start of a set, so that there is time to get into position.
        done: Seconds done of each segment; none of any where it is left out.
    """

    first: int = 0
    done: Sequence[float] | None = None


def find_interrupted(history: sqlite3.Connection, running: Path, today: date) -> Interrupted | None:
    """The last session, if it was interrupted today and nobody is doing it now."""
    last = last_session(history)
    if last is None or last.outcome is not Outcome.INTERRUPTED or last.day != today.isoformat():
        return None
    if last.segments_done == last.segments or is_under_way(running, last.id):
        return None
    return Interrupted(last, list_steps(history, last.id))


def resume(interrupted: Interrupted, timeline: Timeline) -> Resumption | None:
    """How to go on with a session on a timeline of its routine.

    Returns:
        None if nothing is left to do, or if the routine is no longer the one that was begun.
    """
    sets: dict[tuple[int, str | None], int] = {
        (one.step, one.side): number
        for number, indices in enumerate(timeline.sets)
        for one in (timeline.segments[indices.start],)
    }
    done = [0.0] * len(timeline.segments)
    first_set = 0
    for step in interrupted.steps:
        number = sets.get((step.number, step.side))
        if number is None or not _is_same(timeline, number, step):
            return None
        _spread(step.done_ms, timeline, number, done)
        # One of which nothing was held looks as if it had been left out; it may as well have been under way.
        first_set = max(first_set, number + (step.outcome is StepOutcome.DONE))
    if first_set == len(timeline.sets):
        return None
    return Resumption(timeline.sets[first_set].start, done)


def _is_same(timeline: Timeline, number: int, step: StepRecord) -> bool:
    first = timeline.segments[timeline.sets[number].start]
    exercise = first.exercise.id if first.exercise else None
    return exercise == step.exercise and first.reps == step.reps


def _spread(done_ms: int, timeline: Timeline, number: int, done: list[float]) -> None:
    """What was done of a set, given to its segments in the order in which they were run."""
    for index in timeline.sets[number]:
        share = min(done_ms, timeline.segments[index].length_ms)
        done[index] = share / 1000
        done_ms -= share
