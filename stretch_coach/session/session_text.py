"""The words for what happens in a session, the same in every face."""

import math

from stretch_coach.routine.fields import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.events import Extended, Paused, PauseReason, Resumed

_ERROR_SECONDS = 8.0

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


class Errors:
    """The common errors of a session's exercises, for a face that adds a line when another one is due."""

    def __init__(self) -> None:
        self._last: tuple[str, str] | None = None

    def new(self, segment: Segment) -> list[str]:
        """Return what to avoid at the start of a hold, unless it was the last thing that was said."""
        error = error_text(segment, 0.0, segment.seconds)
        if segment.exercise is None or not error or self._last == (segment.exercise.id, error):
            return []
        self._last = (segment.exercise.id, error)
        return [f"Avoid: {error}"]


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
    """Return what to do in the segment: how to get into position, what to feel, how to let go or what changes."""
    exercise = segment.exercise
    if exercise is None:
        return segment.say or "Rest."
    match segment.kind:
        case SegmentKind.PREPARE:
            text = segment.say or exercise.say
        case SegmentKind.HOLD:
            text = exercise.cue
        case SegmentKind.REST:
            text = exercise.say if exercise.repetitions else exercise.release
    return fill_side(text, segment.side)


def moment_text(segment: Segment, elapsed: float) -> str:
    """Return what to do at a moment of a segment: what `cue_text` says, or in a breath which way the air goes now.

    Args:
        segment: The segment.
        elapsed: Seconds since its start.
    """
    breath = segment.exercise.figure.breath if segment.exercise else None
    if breath is None or segment.kind is not SegmentKind.HOLD:
        return cue_text(segment)
    return "Breathe in." if breath.is_in(elapsed) else "Breathe out."


def error_text(segment: Segment, elapsed: float, length: float) -> str:
    """Return a common error to avoid at a moment of a hold, each in turn; empty if there is none or nothing is held.

    Each is shown for eight seconds or more: a long hold shows several, and several short rounds share one.

    Args:
        segment: The segment.
        elapsed: Seconds since its start.
        length: Its length in seconds, extensions included.
    """
    exercise = segment.exercise
    if exercise is None or segment.kind is not SegmentKind.HOLD or not exercise.errors:
        return ""
    in_hold = max(1, int(length // _ERROR_SECONDS))
    rounds_for_each = max(1, math.ceil(_ERROR_SECONDS / segment.seconds)) if in_hold == 1 else 1
    turn = (segment.rep - 1) // rounds_for_each * in_hold + min(int(elapsed / length * in_hold), in_hold - 1)
    return exercise.errors[(turn + (segment.side == "right")) % len(exercise.errors)]


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
