"""Sound in memory: 16-bit mono samples at one rate, read from and written to WAV files."""

from __future__ import annotations  # array[int] can be written from Python 3.12 on only

import sys
import wave
from array import array
from pathlib import Path
from typing import NamedTuple

RATE = 22_050
"""Samples a second of everything that is played; the rate at which espeak renders."""

_LOUDEST = 32_767
_SILENCE = 300  # of 32767: below this nothing is heard
_LEAD_SAMPLES = RATE // 1000
_TAIL_SAMPLES = RATE // 20
_SPEECH_RMS = 50.0
_NO_WAV = (wave.Error, EOFError, RuntimeError)  # the last where a file is cut in an odd place


class SoundError(ValueError):
    """A sound file that cannot be used."""


class Sound(NamedTuple):
    """Little-endian 16-bit mono samples at ``RATE``."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        """How long it takes to play."""
        return len(self.pcm) / 2 / RATE


def read_wav(file: Path) -> Sound:
    """The sound of a WAV file.

    Raises:
        SoundError: It is no whole WAV file, or is not 16-bit, or holds nothing.
        OSError: It cannot be read.
    """
    try:
        with wave.open(str(file), "rb") as stream:
            width, channels, rate = stream.getsampwidth(), stream.getnchannels(), stream.getframerate()
            frames = stream.getnframes()
            raw = stream.readframes(frames)
    except _NO_WAV as error:
        raise SoundError(f"{file} is no sound file: {error}") from error
    if width != 2 or channels not in (1, 2) or not frames or not rate or len(raw) != frames * width * channels:  # noqa: PLR2004 - 16 bits
        raise SoundError(f"{file} is not a whole 16-bit sound file")
    samples = _samples(raw)
    if channels == 2:  # noqa: PLR2004 - left and right
        samples = array("h", ((left + right) // 2 for left, right in zip(samples[::2], samples[1::2], strict=True)))
    return Sound(_pcm(_at_rate(samples, rate)))


def write_wav(file: Path, sound: Sound) -> None:
    """Write a sound as a WAV file."""
    # Opened here: what cannot be opened makes `wave` print a traceback of its own.
    with file.open("wb") as raw, wave.open(raw, "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(sound.pcm)


def wav_seconds(file: Path) -> float:
    """How long a WAV file of ours takes, from its header alone.

    Raises:
        SoundError: It is no WAV file of ours, or shorter than its header says.
        OSError: It cannot be read.
    """
    try:
        with wave.open(str(file), "rb") as stream:
            frames, rate, width = stream.getnframes(), stream.getframerate(), stream.getsampwidth()
    except _NO_WAV as error:
        raise SoundError(f"{file} is no sound file: {error}") from error
    if not frames or rate != RATE or file.stat().st_size < frames * width:
        raise SoundError(f"{file} is damaged")
    return frames / rate


def trim(sound: Sound) -> Sound:
    """Without the silence around it: a millisecond is kept in front, fifty behind."""
    samples = _samples(sound.pcm)
    loud = [index for index, sample in enumerate(samples) if abs(sample) > _SILENCE]
    if not loud:
        return Sound(b"")
    start = max(0, loud[0] - _LEAD_SAMPLES)
    return Sound(_pcm(samples[start : loud[-1] + _TAIL_SAMPLES]))


def is_audible(sound: Sound) -> bool:
    """Whether something is heard in it: an engine may say it is done and have written silence."""
    samples = _samples(sound.pcm)
    return bool(samples) and (sum(sample * sample for sample in samples) / len(samples)) ** 0.5 > _SPEECH_RMS


def from_floats(samples: list[float]) -> Sound:
    """A sound from samples between -1 and 1."""
    return Sound(_pcm(array("h", (round(max(-1.0, min(1.0, sample)) * _LOUDEST) for sample in samples))))


def _at_rate(samples: array[int], rate: int) -> array[int]:
    """The samples at our rate, drawn out or together in straight lines."""
    if rate == RATE or not samples:
        return samples
    count = len(samples) * RATE // rate
    step = rate / RATE
    last = len(samples) - 1
    drawn = array("h")
    for index in range(count):
        place = index * step
        left = min(last, int(place))
        right = min(last, left + 1)
        drawn.append(round(samples[left] + (samples[right] - samples[left]) * (place - left)))
    return drawn


def _samples(pcm: bytes) -> array[int]:
    samples = array("h")
    samples.frombytes(pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _pcm(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()
