"""Counts how much of each step was done, from the seconds that its segments ran."""

from collections.abc import Sequence

from stretch_coach.journal.records import StepOutcome, StepRecord
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline


def tally_set(timeline: Timeline, number: int, done: Sequence[float], *, stopped: bool = False) -> StepRecord:
    """Return the record of one set, which is a step on one side.

    Args:
        timeline: The routine's timeline.
        number: The set, counted from 0.
        done: Seconds done of each segment of the timeline.
        stopped: Whether the session was stopped in this set because it hurt.
    """
    segments = [timeline.segments[index] for index in timeline.sets[number]]
    counted = [segment for segment in segments if segment.kind is SegmentKind.HOLD] or segments
    complete = sum(is_complete(segment, done) for segment in counted)
    first = segments[0]
    return StepRecord(
        number=first.step,
        side=first.side,
        exercise=first.exercise.id if first.exercise else None,
        planned_ms=sum(segment.length_ms for segment in segments),
        done_ms=sum(round(done[segment.index] * 1000) for segment in segments),
        reps=first.reps,
        reps_done=complete,
        outcome=_outcome(complete, [done[segment.index] for segment in counted], stopped=stopped),
    )


def count_complete(timeline: Timeline, done: Sequence[float]) -> int:
    """Return how many segments were done to their end."""
    return sum(is_complete(segment, done) for segment in timeline.segments)


def set_shares(timeline: Timeline, done: Sequence[float]) -> list[float]:
    """Return how much of each set was done, from 0 to 1.

    Args:
        timeline: The routine's timeline.
        done: Seconds done of each segment.
    """
    shares = []
    for indices in timeline.sets:
        segments = timeline.segments[indices.start : indices.stop]
        ran = sum(min(done[segment.index], segment.seconds) for segment in segments)
        shares.append(ran / sum(segment.seconds for segment in segments))
    return shares


def is_complete(segment: Segment, done: Sequence[float]) -> bool:
    """Return whether a segment was done to its end, to the millisecond."""
    return round(done[segment.index] * 1000) >= segment.length_ms


def _outcome(complete: int, seconds: list[float], *, stopped: bool) -> StepOutcome:
    if stopped:
        return StepOutcome.STOPPED
    if complete == len(seconds):
        return StepOutcome.DONE
    return StepOutcome.PARTIAL if any(seconds) else StepOutcome.SKIPPED
