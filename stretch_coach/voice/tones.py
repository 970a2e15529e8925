"""The tones that mark a start, an end, a change of side and the last seconds; made, not recorded."""

import math
from enum import StrEnum
from itertools import chain

from stretch_coach.voice.sound import RATE, Sound, from_floats

_FADE_SECONDS = 0.012
_LOUDNESS = 0.45


class Tone(StrEnum):
    """What a tone means."""

    START = "start"
    END = "end"
    SIDE = "side"
    COUNT = "count"
    REST = "rest"


# Pitch in hertz and seconds of each note: up for going, down for letting go, twice the same for changing over.
_NOTES: dict[Tone, list[tuple[float, float]]] = {
    Tone.START: [(523.25, 0.09), (783.99, 0.16)],
    Tone.END: [(783.99, 0.09), (523.25, 0.18)],
    Tone.SIDE: [(659.26, 0.10), (0.0, 0.05), (659.26, 0.12)],
    Tone.COUNT: [(880.0, 0.06)],
    Tone.REST: [(440.0, 0.14)],
}


def make_tone(tone: Tone, volume: float = 1.0) -> Sound:
    """The sound of a tone at a volume from 0 to 1."""
    loudness = _LOUDNESS * max(0.0, min(1.0, volume))
    return from_floats(list(chain.from_iterable(_note(pitch, seconds, loudness) for pitch, seconds in _NOTES[tone])))


def _note(pitch: float, seconds: float, loudness: float) -> list[float]:
    """A sine that fades in and out, so that it does not click."""
    count = round(seconds * RATE)
    fade = round(_FADE_SECONDS * RATE)
    return [
        loudness * min(1.0, index / fade, (count - index) / fade) * math.sin(2 * math.pi * pitch * index / RATE)
        for index in range(count)
    ]


def tone_seconds(tone: Tone) -> float:
    """How long a tone takes."""
    return sum(seconds for _, seconds in _NOTES[tone])
