"""The timeline of a routine: each prepare, hold and rest with its exact place in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from stretch_coach.routine.exercise import Exercise, RepName
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
        index: Its index in the timeline, from 0.
        kind: Prepare, hold or rest.
        start_ms: Its start, in milliseconds from the start of the timeline.
        length_ms: Its length in milliseconds, always more than 0.
        step: The number of its step, from 1.
        exercise: What is done, in the form of this repetition, or of the next one for a rest before it; `None` in a
            rest between exercises.
        side: The side of the target muscle; `None` for what is not sided.
        rep: The number of the repetition, from 1; a rest belongs to the repetition before it.
        reps: How many repetitions the step has.
        say: What the routine says instead of the exercise's own sentence, if anything.
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
    def rep_name(self) -> RepName | None:
        """What a repetition of the exercise is called, `hold` or `round`; `None` in a rest between exercises."""
        return self.exercise.rep_name if self.exercise else None

    @property
    def start(self) -> float:
        """Its start, in seconds from the start of the timeline."""
        return self.start_ms / 1000

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.length_ms / 1000

    @property
    def end(self) -> float:
        """Its end, in seconds from the start of the timeline; exactly the start of the next segment."""
        return (self.start_ms + self.length_ms) / 1000


@dataclass(frozen=True)
class Timeline:
    """The segments of a routine in order, without gap or overlap.

    Attributes:
        segments: The segments.
        steps: How many steps the routine has, including those that have no segment.
    """

    segments: tuple[Segment, ...]
    steps: int

    @property
    def total(self) -> float:
        """Its length in seconds."""
        return self.segments[-1].end if self.segments else 0.0

    @cached_property
    def sets(self) -> tuple[range, ...]:
        """The indexes of the segments of each set, which is one step on one side."""
        owners = [(segment.step, segment.side) for segment in self.segments]
        starts = [index for index, owner in enumerate(owners) if index == 0 or owner != owners[index - 1]]
        return tuple(range(start, stop) for start, stop in zip(starts, [*starts[1:], len(self.segments)], strict=True))

    @cached_property
    def debuts(self) -> dict[str, int]:
        """The index of the segment in which each exercise first appears, by its id."""
        return {segment.exercise.id: segment.index for segment in reversed(self.segments) if segment.exercise}

    def set_of(self, index: int) -> int:
        """Return the index in `sets` of the set that a segment belongs to."""
        return next(number for number, members in enumerate(self.sets) if index in members)


def build_timeline(routine: Routine) -> Timeline:
    """Return the timeline of a routine.

    One side is finished before the other begins, and no rest follows the last repetition. What has no length has no
    segment.
    """
    segments: list[Segment] = []
    start_ms = 0
    for number, step in enumerate(routine.steps, start=1):
        forms = [step.exercise.in_repetition(rep) for rep in range(1, step.reps + 1)] if step.exercise else []
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
                    exercise=forms[rep if kind is SegmentKind.REST else rep - 1] if forms else None,
                    side=side,
                    rep=rep,
                    reps=step.reps,
                    say=step.say,
                )
            )
            start_ms += length_ms
    return Timeline(tuple(segments), steps=len(routine.steps))


def _parts(step: Step) -> Iterator[tuple[SegmentKind, float, Side | None, int]]:
    """Yield the kind, length in seconds, side and repetition of each part of a step."""
    if step.exercise is None:
        yield SegmentKind.REST, step.rest, None, 1
        return
    for number, side in enumerate(step.sides):
        yield SegmentKind.PREPARE, step.prepare + (0 if number else step.extra_prepare), side, 1
        for rep in range(1, step.reps + 1):
            yield SegmentKind.HOLD, step.hold, side, rep
            if rep < step.reps:
                yield SegmentKind.REST, step.rest, side, rep
