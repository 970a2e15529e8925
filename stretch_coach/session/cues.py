"""The plan of what is said when: pure, a segment at a time, so that it can be made anew whenever a segment changes.

No cue overlaps another, and none outlasts its segment. What does not fit is said shorter or left out, in this order:
encouragement, half-way, instruction, countdown. A change of side, a start and a stop are always given, if need be by a
tone alone; only a segment shorter than a tone has none.
"""

from collections.abc import Iterator, Sequence

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.text import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.cue import GAP_SECONDS, Cue, CueKind, Form, Level, Speaking, form_seconds
from stretch_coach.session.placing import Opening, Wish, allowed_forms, make_cue, place_cues
from stretch_coach.voice.tones import Tone

HALF_WAY_FROM_SECONDS = 20.0
ENCOURAGE_FROM_SECONDS = 15.0
COUNTDOWN_FROM_SECONDS = 8.0

_COUNT = {3: "Three.", 2: "Two.", 1: "One."}
_ENCOURAGE_AT = 0.25


def cue_text(segment: Segment) -> str:
    """The words that go with a segment on a screen: how to get there, what to heed, how to let go."""
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


def plan_segment(timeline: Timeline, index: int, length: float, speaking: Speaking) -> list[Cue]:
    """The cues of a segment of this length in seconds, in order."""
    if speaking.level is Level.OFF:
        return []
    segment = timeline.segments[index]
    return place_cues(_openings(timeline, segment), _wishes(timeline, segment, length, speaking), 0.0, length, speaking)


def plan_reentry(timeline: Timeline, index: int, length: float, into: float, speaking: Speaking) -> list[Cue]:
    """The cues of what is left of a segment after a pause: a word to find back in, then what was still to come."""
    if speaking.level is Level.OFF:
        return []
    if into <= 0:
        return plan_segment(timeline, index, length, speaking)
    segment = timeline.segments[index]
    later = [wish for wish in _wishes(timeline, segment, length, speaking) if wish.offset and wish.offset > into]
    return place_cues([_reentry(segment)], later, into, length, speaking)


def closing_cue(timeline: Timeline, speaking: Speaking) -> Cue | None:
    """What is said when all is done; its offset is from the timeline's end."""
    if speaking.level is Level.OFF:
        return None
    last = timeline.segments[-1]
    release = fill_side(last.exercise.release, last.side) if last.exercise and last.kind is SegmentKind.HOLD else ""
    text = f"{release} Well done.".strip()
    return make_cue(CueKind.STOP, 0.0, allowed_forms([Form(text), Form(text, Tone.END)], speaking)[0], speaking)


def full_instructions(exercise: Exercise, side: str | None) -> str:
    """All that is said to someone who is new to an exercise."""
    text = exercise.full_instructions(side)
    return text if side else f"{exercise.name}. {text}"


def opening_seconds(timeline: Timeline, index: int, speaking: Speaking) -> float:
    """How long what a segment always opens with takes in its longest form, with the silence after it."""
    openings = _openings(timeline, timeline.segments[index])
    return sum(form_seconds(forms[0], speaking) + GAP_SECONDS for _, forms in openings)


def texts_to_say(timeline: Timeline, speaking: Speaking) -> list[str]:
    """Every text that may be said in a session, each once, in the order in which it may be needed."""
    if speaking.level in (Level.TONES, Level.OFF):
        return []
    forms: list[Form] = []
    for segment in timeline.segments:
        forms += [form for _, forms in _openings(timeline, segment) for form in forms]
        forms += [form for wish in _wishes(timeline, segment, segment.seconds, speaking) for form in wish.forms]
    if closing := closing_cue(timeline, speaking):
        forms.append(Form(closing.text))
    for segment in timeline.segments:  # last, what only a pause or more time calls for
        forms += _reentry(segment).forms
        longer = segment.seconds + HALF_WAY_FROM_SECONDS
        forms += [form for wish in _wishes(timeline, segment, longer, speaking) for form in wish.forms]
    return list(dict.fromkeys(form.text for form in forms if form.tone is None))


def _openings(timeline: Timeline, segment: Segment) -> Iterator[Opening]:
    """What a segment opens with: letting go of what was held, a change of side, the start of a hold, a rest."""
    before = timeline.segments[segment.index - 1] if segment.index else None
    goes_on = before is not None and before.kind is SegmentKind.HOLD and segment.kind is SegmentKind.HOLD
    begins_set = before is None or (before.step, before.side) != (segment.step, segment.side)
    if before and before.kind is SegmentKind.HOLD and before.exercise and not (goes_on and not begins_set):
        yield Opening(CueKind.STOP, _or_tone([fill_side(before.exercise.release, before.side), "Release."], Tone.END))
    if begins_set and segment.exercise and segment.side:
        side = f"{segment.side.capitalize()} side."
        changed = before is not None and before.step == segment.step
        longest = f"Now the {segment.side} side." if changed else f"{segment.exercise.name}. {side}"
        yield Opening(CueKind.SIDE, _or_tone([longest, side], Tone.SIDE))
    if segment.exercise is None:
        yield Opening(CueKind.STOP, _or_tone([segment.say or "Rest.", "Rest."], Tone.REST))
    elif segment.kind is SegmentKind.HOLD:
        # A movement that goes on without a rest is not told to begin again: a tick marks each time.
        words = [] if goes_on and not begins_set else [_go_word(segment)]
        yield Opening(CueKind.START, _or_tone(words, Tone.START if words else Tone.COUNT, _go_word(segment)))


def _reentry(segment: Segment) -> Opening:
    """The word to find back in after a pause."""
    words = {
        SegmentKind.PREPARE: f"{segment.side.capitalize()} side." if segment.side else "Get ready.",
        SegmentKind.HOLD: _go_word(segment),
        SegmentKind.REST: "Rest.",
    }
    return Opening(CueKind.START, _or_tone([words[segment.kind]], Tone.START))


def _wishes(timeline: Timeline, segment: Segment, length: float, speaking: Speaking) -> list[Wish]:
    """What else a segment may have, what matters most first."""
    if segment.kind is SegmentKind.HOLD:
        return _wishes_of_hold(timeline, segment, length, speaking)
    return [Wish(CueKind.INSTRUCTION, None, [Form(text) for text in _instructions(timeline, segment, speaking)])]


def _wishes_of_hold(timeline: Timeline, segment: Segment, length: float, speaking: Speaking) -> list[Wish]:
    following = timeline.segments[segment.index + 1] if segment.index + 1 < len(timeline.segments) else None
    goes_on = following is not None and following.kind is SegmentKind.HOLD and following.step == segment.step
    wishes = []
    if length >= COUNTDOWN_FROM_SECONDS and not goes_on:
        wishes += [
            Wish(CueKind.COUNTDOWN, length - left, _or_tone([word], Tone.COUNT)) for left, word in _COUNT.items()
        ]
    if speaking.level is Level.FULL:
        if length >= HALF_WAY_FROM_SECONDS:
            wishes.append(Wish(CueKind.HALF_WAY, length / 2, [Form("Half way.")]))
        if length >= ENCOURAGE_FROM_SECONDS and segment.exercise:
            text = fill_side(segment.exercise.cue, segment.side)
            wishes.append(Wish(CueKind.ENCOURAGEMENT, length * _ENCOURAGE_AT, [Form(text)]))
    return wishes


def _instructions(timeline: Timeline, segment: Segment, speaking: Speaking) -> list[str]:
    """How to get into position, from the longest form to the shortest; in a rest, what comes next."""
    exercise = segment.exercise
    if exercise is None:
        following = timeline.segments[segment.index + 1 :][:1]
        return [f"Next, {one.exercise.name}." for one in following if one.exercise]
    if segment.kind is not SegmentKind.PREPARE:
        return []
    texts = [segment.say or exercise.say, exercise.cue] if speaking.level is Level.FULL else [exercise.cue]
    texts = [fill_side(text, segment.side) for text in texts]
    shortest = texts[-1]
    if segment.side is None:  # what is sided was named with its side already
        named = [text if text == exercise.name else f"{exercise.name}. {text}" for text in texts]
        texts = [*named, shortest]
    if timeline.debuts[exercise.id] == segment.index and speaking.explained(exercise):
        texts.insert(0, full_instructions(exercise, segment.side))
    return texts


def _go_word(segment: Segment) -> str:
    holds_still = segment.exercise is None or segment.exercise.figure.motion in ("hold", "pulse")
    return "Hold." if holds_still else "Begin."


def _or_tone(texts: Sequence[str], tone: Tone, words: str = "") -> list[Form]:
    """The texts, and at last tones: the one that says what it is, and a tick where even that is too long."""
    text = texts[0] if texts else words
    return [*map(Form, texts), Form(text, tone), Form(text, Tone.COUNT)]
