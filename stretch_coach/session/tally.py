"""What was done of each step, from the seconds that its segments ran."""

from collections.abc import Sequence

from stretch_coach.journal.records import StepOutcome, StepRecord
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline


def tally_set(timeline: Timeline, number: int, done: Sequence[float], *, stopped: bool = False) -> StepRecord:
    """The record of one set, which is a step on one side.

    Args:
        timeline: The routine's timeline.
        number: Which of its sets, from 0.
        done: Seconds done of each segment of the timeline.
        stopped: Whether the session was stopped there because it hurt.
    """
    segments = [timeline.segments[index] for index in timeline.sets[number]]
    what_counts = [one for one in segments if one.kind is SegmentKind.HOLD] or segments
    whole = sum(is_whole(one, done) for one in what_counts)
    first = segments[0]
    return StepRecord(
        number=first.step,
        side=first.side,
        exercise=first.exercise.id if first.exercise else None,
        planned_ms=sum(one.length_ms for one in segments),
        done_ms=sum(round(done[one.index] * 1000) for one in segments),
        reps=first.reps,
        reps_done=whole,
        outcome=_outcome(whole, [done[one.index] for one in what_counts], stopped=stopped),
    )


def count_whole(timeline: Timeline, done: Sequence[float]) -> int:
    """How many segments were done to their end."""
    return sum(is_whole(one, done) for one in timeline.segments)


def set_shares(timeline: Timeline, done: Sequence[float]) -> list[float]:
    """How much of each set was done, from 0 to 1, of seconds done of each segment."""
    shares = []
    for indices in timeline.sets:
        segments = timeline.segments[indices.start : indices.stop]
        ran = sum(min(done[one.index], one.seconds) for one in segments)
        shares.append(ran / sum(one.seconds for one in segments))
    return shares


def is_whole(segment: Segment, done: Sequence[float]) -> bool:
    """Whether a segment was done to its end, to the millisecond."""
    return round(done[segment.index] * 1000) >= segment.length_ms


def _outcome(whole: int, seconds: list[float], *, stopped: bool) -> StepOutcome:
    if stopped:
        return StepOutcome.STOPPED
    if whole == len(seconds):
        return StepOutcome.DONE
    return StepOutcome.PARTIAL if any(seconds) else StepOutcome.SKIPPED
