"""How segments and times are put into words, the same in every face."""

from stretch_coach.routine.timeline import Segment, SegmentKind


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
