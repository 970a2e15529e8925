"""What a cue is, and how cues are given."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from stretch_coach.routine.exercise import Exercise
from stretch_coach.voice.tones import Tone, tone_seconds

GAP_SECONDS = 0.15
"""Silence between two cues."""


class Level(StrEnum):
    """How much is said."""

    FULL = "full"
    BRIEF = "brief"
    TONES = "tones"
    OFF = "off"


class CueKind(StrEnum):
    """What a cue is for. Start, stop and side are always given."""

    START = "start"
    STOP = "stop"
    SIDE = "side"
    COUNTDOWN = "countdown"
    INSTRUCTION = "instruction"
    HALF_WAY = "half-way"
    ENCOURAGEMENT = "encouragement"


class Form(NamedTuple):
    """One way to give a cue: words, or a tone that stands for words."""

    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """Something said or sounded.

    Attributes:
        offset: Seconds from its segment's start.
        seconds: How long it takes.
        kind: What it is for.
        text: The words; for a tone, the words it stands for.
        tone: The tone, if it is one.
    """

    offset: float
    seconds: float
    kind: CueKind
    text: str
    tone: Tone | None = None

    @property
    def end(self) -> float:
        """Seconds from its segment's start to its end."""
        return self.offset + self.seconds


@dataclass(frozen=True, slots=True)
class Speaking:
    """How cues are given.

    Attributes:
        level: How much is said.
        seconds: How long a text takes to say.
        explained: Whether an exercise's full instructions are to be said.
    """

    level: Level
    seconds: Callable[[str], float]
    explained: Callable[[Exercise], bool] = lambda _: False


def estimate_seconds(text: str, rate: int) -> float:
    """How long a text takes at a rate in words a minute, rather too long than too short.

    The shares are espeak-ng's, measured on every bundled text: names such as "Ear-to-shoulder stretch" and the pauses
    of short sentences make counting words come out too short.
    """
    pauses = sum(text.count(mark) for mark in ".,;:!?")
    return max(0.2, 0.1 + (0.17 * len(text) + pauses - 0.3) * 60 / rate)


def form_seconds(form: Form, speaking: Speaking) -> float:
    """How long a form of a cue takes."""
    return tone_seconds(form.tone) if form.tone else speaking.seconds(form.text)
