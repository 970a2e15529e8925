"""The words for what happens in a session, the same in every face."""

from stretch_coach.routine.fields import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.events import Extended, Paused, PauseReason, Resumed

PAUSED_KEYS = "Paused: space to resume, q to end"
"""What a paused session says where there is a keyboard."""


class Cautions:
    """The cautions of a session's exercises, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, segment: Segment) -> list[str]:
        """Return the cautions of the segment's exercise the first time it comes, as sentences."""
        exercise = segment.exercise
        if exercise is None or exercise.id in self._given:
            return []
        self._given.add(exercise.id)
        return [f"Caution: {caution}" for caution in exercise.cautions]


def exercise_text(segment: Segment) -> str:
    """Return the exercise with its side, or `Rest` between exercises."""
    if segment.exercise is None:
        return "Rest"
    return f"{segment.exercise.name}, {segment.side}" if segment.side else segment.exercise.name


def kind_text(segment: Segment) -> str:
    """Return what happens in the segment, such as `get ready`, `hold`, `round 2 of 4` or `rest`."""
    match segment.kind:
        case SegmentKind.PREPARE:
            return "get ready"
        case SegmentKind.REST:
            return "rest"
        case SegmentKind.HOLD:
            name = segment.rep_name or "hold"
            return f"{name} {segment.rep} of {segment.reps}" if segment.reps > 1 else name


def heading_text(segment: Segment) -> str:
    """Return the exercise and what happens in the segment, such as `Chin tuck: hold 1 of 2`."""
    name = exercise_text(segment)
    return name if segment.exercise is None else f"{name}: {kind_text(segment)}"


def cue_text(segment: Segment) -> str:
    """Return what to do in the segment: how to get into position, what to feel, how to let go."""
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


def extra_text(segment: Segment) -> str:
    """Return what to do in the segment, or an empty text where its heading says that already."""
    text = cue_text(segment)
    name = segment.exercise.name if segment.exercise else "Rest"
    return "" if text.rstrip(".") == name.rstrip(".") else text


def next_text(timeline: Timeline, segment: Segment) -> str:
    """Return what comes after the set of a segment, such as `Next: Chin tuck`."""
    following = timeline.set_of(segment.index) + 1
    if following == len(timeline.sets):
        return "Last one"
    first = timeline.segments[timeline.sets[following].start]
    if first.step == segment.step and first.side:
        return f"Next: {first.side} side"
    return f"Next: {exercise_text(first)}"


def change_text(event: Paused | Resumed | Extended) -> str:
    """Return a sentence for a pause, its end, or an extension."""
    match event:
        case Paused(reason=PauseReason.GAP, gap=gap):
            return f"Paused: the computer slept or the program was suspended for {gap:.0f} s."
        case Paused():
            return "Paused."
        case Resumed():
            return "Resumed."
        case Extended(seconds=seconds):
            return f"{seconds:.0f} seconds more."
