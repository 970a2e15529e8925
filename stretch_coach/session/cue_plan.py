"""Plans the cues of a segment. They depend only on the timeline, so they can be planned again at any time.

No cue overlaps another or outlasts its segment. What does not fit is said shorter or dropped, in this order:
encouragement, half-way, instruction, countdown. The name of an exercise is said before how to get into position. A
change of side, a start and a stop are always given, by a tone if need be; only a segment shorter than a tone has none.
A breath has its own cues, and nothing else is said during it.
"""

from collections.abc import Iterator, Sequence

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.fields import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.cues import (
    CUE_GAP_SECONDS,
    Cue,
    CueKind,
    CueTiming,
    Form,
    OptionalCue,
    RequiredCue,
    SpeechLevel,
    place_cues,
)
from stretch_coach.session.variants import CLOSING, HALF_WAY, NEXT, choose_words
from stretch_coach.voice.tones import Tone

HALF_WAY_FROM_SECONDS = 20.0
ENCOURAGE_FROM_SECONDS = 15.0
COUNTDOWN_FROM_SECONDS = 8.0

BREATHE_IN, BREATHE_OUT = "In…", "Out…"
_CHANGE = "Change."
_COUNT = {3: "Three.", 2: "Two.", 1: "One."}
_ENCOURAGE_AT = 0.25


def plan_segment(timeline: Timeline, index: int, length: float, timing: CueTiming) -> list[Cue]:
    """Return the cues of a segment in order.

    Args:
        timeline: The timeline.
        index: The segment.
        length: Its length in seconds, extensions included.
        timing: How much is said, and how long it takes.
    """
    if timing.level is SpeechLevel.OFF:
        return []
    segment = timeline.segments[index]
    required = _required_cues(timeline, segment)
    return place_cues(required, _optional_cues(timeline, segment, length, timing), 0.0, length, timing)


def plan_reentry(timeline: Timeline, index: int, length: float, elapsed: float, timing: CueTiming) -> list[Cue]:
    """Return the cues of the rest of a segment after a pause: a word to start again, then the cues still to come.

    Args:
        timeline: The timeline.
        index: The segment.
        length: Its length in seconds, extensions included.
        elapsed: How many of its seconds are over.
        timing: How much is said, and how long it takes.
    """
    if timing.level is SpeechLevel.OFF:
        return []
    if elapsed <= 0:
        return plan_segment(timeline, index, length, timing)
    segment = timeline.segments[index]
    optional = _optional_cues(timeline, segment, length, timing)
    later = [cue for cue in optional if cue.offset and cue.offset > elapsed]
    return place_cues([_reentry(segment, elapsed)], later, elapsed, length, timing)


def closing_cue(timeline: Timeline, timing: CueTiming) -> Cue | None:
    """Return what is said when a session is completed, or None if nothing is; its offset is from the timeline's end."""
    if timing.level is SpeechLevel.OFF:
        return None
    last = timeline.segments[-1]
    release = fill_side(last.exercise.release, last.side) if last.exercise and last.kind is SegmentKind.HOLD else ""
    text = f"{release} {choose_words(CLOSING, timing.turn)}".strip()
    return timing.make_cue(CueKind.STOP, 0.0, timing.allowed([Form(text), Form(text, Tone.END)])[0])


def full_instructions(exercise: Exercise, side: str | None) -> str:
    """Return everything that is said to someone who is new to an exercise."""
    text = exercise.full_instructions(side)
    return text if side else f"{exercise.name}. {text}"


def introduction(exercise: Exercise, side: str | None, say: str | None, timing: CueTiming) -> str:
    """Return the text before an exercise's first appearance that is given the time it needs; empty if none is.

    Args:
        exercise: The exercise.
        side: The side it comes on first.
        say: The routine's own words in place of the exercise's.
        timing: What is said.
    """
    needs_time = timing.is_explained(exercise) or (timing.is_new(exercise) and _cautions(exercise, timing))
    return _introductions(exercise, side, say, timing)[0] if needs_time else ""


def required_seconds(timeline: Timeline, index: int, timing: CueTiming) -> float:
    """Return how long the required cues of a segment take in their longest forms, the gaps after them included."""
    required = _required_cues(timeline, timeline.segments[index])
    return sum(timing.duration(cue.forms[0]) + CUE_GAP_SECONDS for cue in required)


def texts_to_say(timeline: Timeline, timing: CueTiming) -> list[str]:
    """Return every text that a session may say, each once, in the order in which it may be needed."""
    if timing.level in (SpeechLevel.TONES, SpeechLevel.OFF):
        return []
    forms: list[Form] = []
    for segment in timeline.segments:
        forms += [form for cue in _required_cues(timeline, segment) for form in cue.forms]
        forms += [form for cue in _optional_cues(timeline, segment, segment.seconds, timing) for form in cue.forms]
    if closing := closing_cue(timeline, timing):
        forms.append(Form(closing.text))
    for segment in timeline.segments:  # last, what only a pause or an extension calls for
        forms += [form for elapsed in _reentries(segment) for form in _reentry(segment, elapsed).forms]
        extended = segment.seconds + HALF_WAY_FROM_SECONDS
        forms += [form for cue in _optional_cues(timeline, segment, extended, timing) for form in cue.forms]
        if segment.exercise and segment.side is None:  # where the rest before turns out to name it, or not to
            forms += [Form(segment.exercise.name), Form(segment.exercise.cue)]
    return list(dict.fromkeys(form.text for form in forms if form.tone is None))


def _required_cues(timeline: Timeline, segment: Segment) -> Iterator[RequiredCue]:
    """Yield the cues that open a segment: the release of a hold, a change of side, the start of a hold, a rest."""
    before = timeline.segments[segment.index - 1] if segment.index else None
    after_hold = before is not None and before.kind is SegmentKind.HOLD
    starts_set = before is None or (before.step, before.side) != (segment.step, segment.side)
    same_movement = after_hold and segment.kind is SegmentKind.HOLD and not starts_set
    if before and after_hold and before.exercise and not same_movement:
        yield RequiredCue(CueKind.STOP, _or_tone(_release_texts(before, segment), Tone.END))
    if starts_set and segment.exercise and segment.side:
        side = f"{segment.side.capitalize()} side."
        changed = before is not None and before.step == segment.step
        longest = f"Now the {segment.side} side." if changed else f"{segment.exercise.name}. {side}"
        yield RequiredCue(CueKind.SIDE, _or_tone([longest, side], Tone.SIDE), names=not changed)
    if segment.exercise is None:
        yield RequiredCue(CueKind.STOP, _or_tone([segment.say or "Rest.", "Rest."], Tone.REST))
    elif segment.kind is SegmentKind.HOLD:
        yield RequiredCue(CueKind.START, _start_forms(segment.exercise, segment, continues=same_movement))


def _release_texts(before: Segment, segment: Segment) -> list[str]:
    """Return what is said when a hold is over; before a repetition that differs, what changes."""
    if before.exercise is None:
        return []
    if segment.kind is SegmentKind.REST and segment.exercise and segment.exercise.repetitions:
        return [fill_side(segment.exercise.say, segment.side), _CHANGE]
    return [fill_side(before.exercise.release, before.side), "Release."]


def _start_forms(exercise: Exercise, segment: Segment, *, continues: bool) -> list[Form]:
    """Return what is said when a hold, a round or a breath starts.

    Args:
        exercise: What is done.
        segment: The hold.
        continues: Whether the same movement continues without a rest, so that a tick marks it.
    """
    is_last = segment.rep == segment.reps > 1
    if exercise.figure.breath:
        return _breath_forms(is_in=True, is_last=is_last)
    if exercise.repetitions:
        texts = [fill_side(exercise.say, segment.side), _CHANGE] if continues else [_start_word(segment)]
        return _or_tone(texts, Tone.START)
    if is_last and not _holds_still(segment):
        return _or_tone(["Last one."], Tone.START)
    if continues:
        return _or_tone([], Tone.COUNT, _start_word(segment))
    return _or_tone([_start_word(segment) if segment.rep == 1 or _holds_still(segment) else "Again."], Tone.START)


def _reentries(segment: Segment) -> list[float]:
    """Return the seconds into a segment at which it starts again with different words."""
    breath = segment.exercise.figure.breath if segment.exercise else None
    return [0.0, breath.inhale] if breath else [0.0]


def _reentry(segment: Segment, elapsed: float) -> RequiredCue:
    """Return the word with which a segment starts again after a pause, `elapsed` seconds into it."""
    breath = segment.exercise.figure.breath if segment.exercise else None
    if breath and segment.kind is SegmentKind.HOLD:
        return RequiredCue(CueKind.START, _breath_forms(is_in=breath.is_in(elapsed)))
    words = {
        SegmentKind.PREPARE: f"{segment.side.capitalize()} side." if segment.side else "Get ready.",
        SegmentKind.HOLD: _start_word(segment),
        SegmentKind.REST: "Rest.",
    }
    return RequiredCue(CueKind.START, _or_tone([words[segment.kind]], Tone.START))


def _breath_forms(*, is_in: bool, is_last: bool = False) -> list[Form]:
    """Return how a phase of a breath is announced."""
    if not is_in:
        return _or_tone([BREATHE_OUT], Tone.OUT)
    return _or_tone([f"Last breath. {BREATHE_IN}", BREATHE_IN] if is_last else [BREATHE_IN], Tone.IN)


def _optional_cues(timeline: Timeline, segment: Segment, length: float, timing: CueTiming) -> list[OptionalCue]:
    """Return what else a segment may have, the most important first."""
    if segment.kind is SegmentKind.HOLD:
        return _optional_cues_of_hold(timeline, segment, length, timing)
    forms = [Form(text) for text in _instructions(timeline, segment, timing)]
    return [OptionalCue(CueKind.INSTRUCTION, None, forms)]


def _optional_cues_of_hold(timeline: Timeline, segment: Segment, length: float, timing: CueTiming) -> list[OptionalCue]:
    if segment.exercise and (breath := segment.exercise.figure.breath):
        changes = ((at, is_in) for at, is_in in breath.changes(length) if at > 0)
        return [OptionalCue(CueKind.BREATH, at, _breath_forms(is_in=is_in)) for at, is_in in changes]
    following = timeline.segments[segment.index + 1 : segment.index + 2]
    continues = any(after.kind is SegmentKind.HOLD and after.step == segment.step for after in following)
    cues = []
    if length >= COUNTDOWN_FROM_SECONDS and not continues:
        for left, word in _COUNT.items():
            cues.append(OptionalCue(CueKind.COUNTDOWN, length - left, _or_tone([word], Tone.COUNT)))
    if timing.level is SpeechLevel.FULL:
        if length >= HALF_WAY_FROM_SECONDS:
            cues.append(OptionalCue(CueKind.HALF_WAY, length / 2, [Form(choose_words(HALF_WAY, timing.turn))]))
        if length >= ENCOURAGE_FROM_SECONDS and segment.exercise:
            text = fill_side(segment.exercise.cue, segment.side)
            cues.append(OptionalCue(CueKind.ENCOURAGEMENT, length * _ENCOURAGE_AT, [Form(text)]))
    return cues


def _instructions(timeline: Timeline, segment: Segment, timing: CueTiming) -> list[str]:
    """Return how to get into position, the longest text first; in a rest between exercises, what comes next."""
    exercise = segment.exercise
    if exercise is None:
        following = timeline.segments[segment.index + 1 : segment.index + 2]
        words = choose_words(NEXT, timing.turn)
        return [words.format(after.exercise.name) for after in following if after.exercise]
    if segment.kind is not SegmentKind.PREPARE:
        return []
    announced = _is_announced(timeline, segment, timing)
    if timeline.debuts[exercise.id] == segment.index:
        return _introductions(exercise, segment.side, segment.say, timing, announced=announced)
    return _position_texts(exercise, segment.side, segment.say, timing, announced=announced)


def _is_announced(timeline: Timeline, segment: Segment, timing: CueTiming) -> bool:
    """Return whether the rest before a segment names its exercise."""
    before = timeline.segments[segment.index - 1] if segment.index else None
    if before is None or before.exercise:
        return False
    return any(cue.kind is CueKind.INSTRUCTION for cue in plan_segment(timeline, before.index, before.seconds, timing))


def _introductions(
    exercise: Exercise, side: str | None, say: str | None, timing: CueTiming, *, announced: bool = False
) -> list[str]:
    """Return how to get into position for an exercise that appears for the first time, the preferred text first."""
    texts = _position_texts(exercise, side, say, timing, announced=announced)
    if timing.is_explained(exercise):
        texts.insert(0, full_instructions(exercise, side))
    if cautions := _cautions(exercise, timing):
        texts = [*(f"{text.rstrip('.')}. {cautions}" for text in texts), *texts]
    return texts


def _position_texts(
    exercise: Exercise, side: str | None, say: str | None, timing: CueTiming, *, announced: bool = False
) -> list[str]:
    """Return how to get into position, the longest text first. The last one is the name unless that was announced."""
    texts = [say or exercise.say, exercise.cue] if timing.level is SpeechLevel.FULL else [exercise.cue]
    texts = [fill_side(text, side) for text in texts]
    if side is not None:  # it was named together with its side
        return texts
    named = [text if text == exercise.name else f"{exercise.name}. {text}" for text in texts]
    return [*named, texts[-1] if announced else exercise.name]


def _cautions(exercise: Exercise, timing: CueTiming) -> str:
    """Return the cautions that are spoken before an exercise."""
    return " ".join(exercise.cautions) if timing.speaks_cautions else ""


def _start_word(segment: Segment) -> str:
    start = fill_side(segment.exercise.start, segment.side) if segment.exercise else ""
    return start or ("Hold." if _holds_still(segment) else "Begin.")


def _holds_still(segment: Segment) -> bool:
    return segment.exercise is None or segment.exercise.figure.motion in ("hold", "pulse")


def _or_tone(texts: Sequence[str], tone: Tone, words: str = "") -> list[Form]:
    """Return the texts as forms, then the tone that stands for them, then a tick where even that is too long.

    Args:
        texts: The texts, the longest first.
        tone: The tone.
        words: What the tone stands for where there are no texts.
    """
    text = texts[0] if texts else words
    return [*map(Form, texts), Form(text, tone), Form(text, Tone.COUNT)]
