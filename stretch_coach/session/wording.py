"""How segments and times are put into words, the same in every face."""

from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline


def clock_text(seconds: float) -> str:
    """Minutes and seconds, such as ``3:05``; part of a second counts as a whole one."""
    whole = -int(-seconds // 1)
    return f"{whole // 60}:{whole % 60:02d}"


def exercise_text(segment: Segment) -> str:
    """The exercise and its side, or a rest between exercises."""
    if segment.exercise is None:
        return "Rest"
    return f"{segment.exercise.name}, {segment.side}" if segment.side else segment.exercise.name


def kind_text(segment: Segment) -> str:
    """What the segment is for: get ready, hold, or rest, and which repetition."""
    match segment.kind:
        case SegmentKind.PREPARE:
            return "get ready"
        case SegmentKind.REST:
            return "rest"
        case SegmentKind.HOLD:
            return f"hold {segment.rep} of {segment.reps}" if segment.reps > 1 else "hold"


def following_text(timeline: Timeline, segment: Segment) -> str:
    """The set that comes after the one a segment belongs to, such as ``Next: Chin tuck``; for the last one, a word."""
    following = timeline.set_of(segment.index) + 1
    if following == len(timeline.sets):
        return "The last one."
    first = timeline.segments[timeline.sets[following].start]
    if first.step == segment.step and first.side:
        return f"Next: {first.side} side"
    return f"Next: {exercise_text(first)}"
