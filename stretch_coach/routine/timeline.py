"""The timeline of a routine: every prepare, hold and rest with its exact place in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Side, Step


class SegmentKind(StrEnum):
    """What a segment is for."""

    PREPARE = "prepare"
    HOLD = "hold"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Segment:
    """One prepare, hold or rest.

    Attributes:
        index: Its place in the timeline, from 0.
        kind: Prepare, hold or rest.
        start_ms: Milliseconds from the timeline's zero to its start.
        length_ms: Its length in milliseconds, above 0.
        step: Which step it belongs to, from 1.
        exercise: What is done; none in a rest between exercises.
        side: The side of the target muscle; none for what is not sided.
        rep: Which repetition, from 1; a rest belongs to the one before it.
        reps: How many repetitions the step has.
        say: The step's own words, where the routine gives some.
    """

    index: int
    kind: SegmentKind
    start_ms: int
    length_ms: int
    step: int
    exercise: Exercise | None
    side: Side | None
    rep: int
    reps: int
    say: str | None

    @property
    def start(self) -> float:
        """Seconds from the timeline's zero."""
        return self.start_ms / 1000

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.length_ms / 1000

    @property
    def end(self) -> float:
        """Seconds from the timeline's zero to its end, exactly the next one's start."""
        return (self.start_ms + self.length_ms) / 1000


@dataclass(frozen=True)
class Timeline:
    """The segments of a routine in order, without gap or overlap."""

    segments: tuple[Segment, ...]
    steps: int

    @property
    def total(self) -> float:
        """Seconds from zero to the last segment's end."""
        return self.segments[-1].end if self.segments else 0.0

    @cached_property
    def sets(self) -> tuple[range, ...]:
        """The segments of each set: one step on one side, in order."""
        starts = [
            one.index
            for one in self.segments
            if one.index == 0
            or (one.step, one.side) != (self.segments[one.index - 1].step, self.segments[one.index - 1].side)
        ]
        return tuple(range(start, stop) for start, stop in zip(starts, [*starts[1:], len(self.segments)], strict=True))

    @cached_property
    def debuts(self) -> dict[str, int]:
        """The segment with which each exercise comes for the first time, by its id."""
        return {one.exercise.id: one.index for one in reversed(self.segments) if one.exercise}

    def set_of(self, index: int) -> int:
        """Which set a segment belongs to, from 0."""
        return next(number for number, members in enumerate(self.sets) if index in members)


def build_timeline(routine: Routine) -> Timeline:
    """Lay a routine out in time, as written. Segments of no length do not exist.

    A step takes sides x (prepare + reps x hold + (reps - 1) x rest) seconds: one side is finished before the other
    begins, and nothing follows the last repetition.
    """
    segments: list[Segment] = []
    start_ms = 0
    for number, step in enumerate(routine.steps, start=1):
        for kind, seconds, side, rep in _parts(step):
            length_ms = round(seconds * 1000)
            if length_ms == 0:
                continue
            segments.append(
                Segment(
                    index=len(segments),
                    kind=kind,
                    start_ms=start_ms,
                    length_ms=length_ms,
                    step=number,
                    exercise=step.exercise,
                    side=side,
                    rep=rep,
                    reps=step.reps,
                    say=step.say,
                )
            )
            start_ms += length_ms
    return Timeline(tuple(segments), steps=len(routine.steps))


def _parts(step: Step) -> Iterator[tuple[SegmentKind, float, Side | None, int]]:
    """Kind, seconds, side and repetition of what a step consists of."""
    if step.exercise is None:
        yield SegmentKind.REST, step.rest, None, 1
        return
    for place, side in enumerate(step.sides):
        yield SegmentKind.PREPARE, step.prepare + (0 if place else step.explaining), side, 1
        for rep in range(1, step.reps + 1):
            yield SegmentKind.HOLD, step.hold, side, rep
            if rep < step.reps:
                yield SegmentKind.REST, step.rest, side, rep
