"""The tones that mark a start, an end, a change of side, a breath and the last seconds, synthesised."""

import math
from enum import StrEnum
from itertools import chain

from stretch_coach.voice.sound import RATE, Sound, from_floats

_FADE_SECONDS = 0.012
_AMPLITUDE = 0.45


class Tone(StrEnum):
    """What a tone means."""

    START = "start"
    END = "end"
    SIDE = "side"
    COUNT = "count"
    REST = "rest"
    IN = "in"
    OUT = "out"


# The pitch in hertz (0 for silence) and the seconds of each note: rising to start, falling to let go, the same note
# twice to change sides, and low notes that rise and fall with the breath.
_NOTES: dict[Tone, list[tuple[float, float]]] = {
    Tone.START: [(523.25, 0.09), (783.99, 0.16)],
    Tone.END: [(783.99, 0.09), (523.25, 0.18)],
    Tone.SIDE: [(659.26, 0.10), (0.0, 0.05), (659.26, 0.12)],
    Tone.COUNT: [(880.0, 0.06)],
    Tone.REST: [(440.0, 0.14)],
    Tone.IN: [(261.63, 0.1), (349.23, 0.18)],
    Tone.OUT: [(349.23, 0.1), (261.63, 0.18)],
}


def make_tone(tone: Tone, volume: float = 1.0) -> Sound:
    """Return the sound of a tone at a volume from 0 to 1; other volumes are clamped."""
    amplitude = _AMPLITUDE * max(0.0, min(1.0, volume))
    return from_floats(list(chain.from_iterable(_note(pitch, seconds, amplitude) for pitch, seconds in _NOTES[tone])))


def tone_seconds(tone: Tone) -> float:
    """Return how long a tone lasts."""
    return sum(seconds for _, seconds in _NOTES[tone])


def _note(pitch: float, seconds: float, amplitude: float) -> list[float]:
    """Return a sine that fades in and out, so that it does not click."""
    count = round(seconds * RATE)
    fade = round(_FADE_SECONDS * RATE)
    return [
        amplitude * min(1.0, index / fade, (count - index) / fade) * math.sin(2 * math.pi * pitch * index / RATE)
        for index in range(count)
    ]
