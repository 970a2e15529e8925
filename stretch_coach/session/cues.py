"""The words that go with each segment."""

from stretch_coach.routine.text import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind


def cue_text(segment: Segment) -> str:
    """What is said at a segment's start: how to get there, what to keep in mind, or how to let go."""
    exercise = segment.exercise
    if exercise is None:
        return segment.say or "Rest."
    match segment.kind:
        case SegmentKind.PREPARE:
            text = segment.say or exercise.say
        case SegmentKind.HOLD:
            text = exercise.cue
        case SegmentKind.REST:
            text = exercise.release
    return fill_side(text, segment.side)
