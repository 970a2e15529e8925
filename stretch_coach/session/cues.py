"""What a cue is, and how cues are placed in a segment so that none overlaps another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from stretch_coach.routine.exercise import Exercise
from stretch_coach.voice.tones import Tone, tone_seconds

CUE_GAP_SECONDS = 0.15
"""The silence between two cues."""

_ROUNDING = 1e-9


class SpeechLevel(StrEnum):
    """How much is said."""

    FULL = "full"
    BRIEF = "brief"
    TONES = "tones"
    OFF = "off"


class CueKind(StrEnum):
    """The purpose of a cue. Start, stop and side are always given."""

    START = "start"
    STOP = "stop"
    SIDE = "side"
    BREATH = "breath"
    COUNTDOWN = "countdown"
    INSTRUCTION = "instruction"
    HALF_WAY = "half-way"
    ENCOURAGEMENT = "encouragement"


_TIMED = (CueKind.COUNTDOWN, CueKind.BREATH)
"""Kinds of cues that are worth nothing at another time."""


class Form(NamedTuple):
    """One way to give a cue: as words, or as a tone in place of the words."""

    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words or a tone at their place in a segment.

    Attributes:
        offset: Seconds from the start of the segment.
        seconds: How long the cue takes.
        kind: Its purpose.
        text: The words, spoken or replaced by the tone.
        tone: The tone, or None if the words are spoken.
    """

    offset: float
    seconds: float
    kind: CueKind
    text: str
    tone: Tone | None = None

    @property
    def end(self) -> float:
        """Seconds from the start of the segment to the end of the cue."""
        return self.offset + self.seconds


@dataclass(frozen=True, slots=True)
class CueTiming:
    """What the plan of the cues depends on besides the timeline.

    Attributes:
        level: How much is said.
        seconds: Returns how long a text takes to say.
        is_explained: Returns whether an exercise is explained in full before its first hold.
        is_new: Returns whether the user is new to an exercise.
        turn: A number that grows from session to session, and chooses among the variants of a sentence.
        speaks_cautions: Whether the exercises' cautions are spoken, because nobody watches.
    """

    level: SpeechLevel
    seconds: Callable[[str], float]
    is_explained: Callable[[Exercise], bool] = lambda _: False
    is_new: Callable[[Exercise], bool] = lambda _: False
    speaks_cautions: bool = False
    turn: int = 0

    def duration(self, form: Form) -> float:
        """Return how long a form of a cue takes, in seconds."""
        return tone_seconds(form.tone) if form.tone else self.seconds(form.text)

    def allowed(self, forms: Iterable[Form]) -> list[Form]:
        """Return the forms that the level permits: tones only, or all of them."""
        return [form for form in forms if form.tone or self.level is not SpeechLevel.TONES]

    def make_cue(self, kind: CueKind, offset: float, form: Form) -> Cue:
        """Return a form of a cue at a place in its segment."""
        return Cue(offset, self.duration(form), kind, form.text, form.tone)


class OptionalCue(NamedTuple):
    """A cue that is given where there is time for it.

    Attributes:
        kind: Its purpose.
        offset: Seconds from the start of the segment; None for directly after the required cues.
        forms: Its forms, the preferred one first.
    """

    kind: CueKind
    offset: float | None
    forms: Sequence[Form]


class RequiredCue(NamedTuple):
    """A cue that is always given.

    Attributes:
        kind: Its purpose.
        forms: Its forms, from the longest to the shortest, which is a tone.
        names: Whether the longest form names the exercise, which matters more than an instruction.
    """

    kind: CueKind
    forms: Sequence[Form]
    names: bool = False


def estimate_seconds(text: str, rate: int) -> float:
    """Return how long a text takes at a rate in words per minute, rather too long than too short.

    The factors were measured with espeak-ng on every bundled text. Counting words underestimates names such as
    "Ear-to-shoulder stretch" and the pauses between short sentences. A text ends with a pause, with or
    without a mark.
    """
    pauses = max(1, sum(text.count(mark) for mark in ".,;:!?"))
    return max(0.2, 0.1 + (0.17 * len(text) + pauses - 0.3) * 60 / rate)


def place_cues(
    required: Iterable[RequiredCue], optional: Sequence[OptionalCue], start: float, length: float, timing: CueTiming
) -> list[Cue]:
    """Place the required cues one after the other, then the optional ones where there is time.

    Args:
        required: The cues that open the segment, in order.
        optional: The other cues, the most important first.
        start: Where the first required cue starts, in seconds from the start of the segment.
        length: The length of the segment in seconds; no cue outlasts it.
        timing: How long the forms take, and which of them the level permits.

    Returns:
        The cues in the order in which they are given.
    """
    placed: list[Cue] = []
    after = start
    permitted = [cue._replace(forms=timing.allowed(cue.forms)) for cue in required]
    for kind, form in _choose_forms(permitted, optional, length - start, length, timing):
        placed.append(timing.make_cue(kind, after, form))
        after = placed[-1].end + CUE_GAP_SECONDS
    for wanted in optional:
        offset = after if wanted.offset is None else wanted.offset
        for form in timing.allowed(wanted.forms):
            cue = timing.make_cue(wanted.kind, offset, form)
            if cue.end <= _latest_end(wanted, optional, length) and all(_are_apart(cue, other) for other in placed):
                placed.append(cue)
                break
    return sorted(placed, key=lambda cue: cue.offset)


def _latest_end(cue: OptionalCue, optional: Sequence[OptionalCue], length: float) -> float:
    """Return when a cue has to be over: in time for the next of its kind, or with the segment."""
    after = length if cue.offset is None else cue.offset
    later = [other.offset for other in optional if other.kind is cue.kind and other.offset and other.offset > after]
    return min(later) - CUE_GAP_SECONDS if later else length


def _choose_forms(
    required: Sequence[RequiredCue], optional: Sequence[OptionalCue], available: float, length: float, timing: CueTiming
) -> list[tuple[CueKind, Form]]:
    """Choose one form of each required cue.

    Words come first, as long as they leave time for an instruction, the countdown or the next phase of a breath; a name
    that fits goes before an instruction. Otherwise the longest that fit are chosen.
    """
    starts = (length - cue.offset for cue in optional if cue.kind in _TIMED and cue.offset)
    timed = max(starts, default=0.0)
    following = [form for cue in optional if cue.offset is None for form in timing.allowed(cue.forms)]
    reserved = max(timed, min(map(timing.duration, following), default=0.0))
    attempts = [(required, reserved)]
    if any(cue.names for cue in required):
        in_full = [cue._replace(forms=cue.forms[:1]) if cue.names else cue for cue in required]
        attempts = [(in_full, reserved), (in_full, timed), *attempts]
    for cues, seconds in attempts:
        in_words = _longest_that_fit(cues, available - seconds - (CUE_GAP_SECONDS if seconds else 0.0), timing)
        if in_words and not any(form.tone for _, form in in_words):
            return in_words
    for first in range(len(required)):  # where not even ticks fit, what starts matters more than what ends
        if chosen := _longest_that_fit(required[first:], available, timing):
            return chosen
    return []


def _longest_that_fit(
    required: Sequence[RequiredCue], available: float, timing: CueTiming
) -> list[tuple[CueKind, Form]]:
    """Choose one form of each cue, shortening one after the other until all fit; return nothing if they cannot.

    The words at a stop are shortened first, because the other words may name the exercise, and then the longest.
    """
    chosen = [0] * len(required)

    def durations() -> list[float]:
        return [timing.duration(cue.forms[form]) for cue, form in zip(required, chosen, strict=True)]

    while sum(durations()) + CUE_GAP_SECONDS * (len(required) - 1) > available:
        shortenable = [place for place, cue in enumerate(required) if chosen[place] < len(cue.forms) - 1]
        if not shortenable:
            return []
        seconds = durations()
        in_full = [required[place].kind is CueKind.STOP and chosen[place] == 0 for place in range(len(required))]
        chosen[max(shortenable, key=lambda place: (in_full[place], seconds[place]))] += 1
    return [(cue.kind, cue.forms[form]) for cue, form in zip(required, chosen, strict=True)]


def _are_apart(one: Cue, other: Cue) -> bool:
    gap = CUE_GAP_SECONDS - _ROUNDING
    return one.offset >= other.end + gap or other.offset >= one.end + gap
