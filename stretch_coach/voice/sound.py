"""Sound in memory: 16-bit mono samples at one rate, read from and written to WAV files."""

from __future__ import annotations  # array[int] can be evaluated only from Python 3.12 on

import struct
import sys
import wave
import zlib
from array import array
from pathlib import Path
from typing import NamedTuple

RATE = 22_050
"""Samples per second of everything that is played; the rate at which espeak renders."""

SAMPLE_BYTES = 2

MAX_FILE_BYTES = 16 * 1024 * 1024
"""The largest WAV file that is read: six minutes, where a cue takes a few seconds."""

_MAX_SAMPLE = 32_767
_SILENCE = 300  # of 32767: anything below is inaudible
_LEAD_SAMPLES = RATE // 1000
_TAIL_SAMPLES = RATE // 20
_SPEECH_RMS = 50.0
_MONO, _STEREO = 1, 2
_NOT_WAV = (wave.Error, EOFError, RuntimeError)  # the last for a file that ends in the middle of a header

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_CHECKSUM = struct.Struct("<4sII")


class SoundError(ValueError):
    """A sound that cannot be used; the text says why."""


class Sound(NamedTuple):
    """Little-endian 16-bit mono samples at `RATE`."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        """How long the sound lasts."""
        return len(self.pcm) / SAMPLE_BYTES / RATE


def read_wav(file: Path) -> Sound:
    """Read any 16-bit WAV file, mono or stereo, as a sound at `RATE`.

    Raises:
        SoundError: It is not a complete 16-bit WAV file, holds no samples, or is larger than `MAX_FILE_BYTES`.
        OSError: It cannot be read.
    """
    _check_size(file)
    try:
        with wave.open(str(file), "rb") as stream:
            width, channels, rate = stream.getsampwidth(), stream.getnchannels(), stream.getframerate()
            frames = stream.getnframes()
            raw = stream.readframes(frames)
    except _NOT_WAV as error:
        raise SoundError(f"{file} is not a sound file: {error}") from error
    if width != SAMPLE_BYTES or channels not in (_MONO, _STEREO) or not frames or not rate:
        raise SoundError(f"{file} is not a 16-bit sound file")
    if len(raw) != frames * width * channels:
        raise SoundError(f"{file} is incomplete")
    samples = _samples(raw)
    if channels == _STEREO:
        samples = array("h", ((left + right) // 2 for left, right in zip(samples[::2], samples[1::2], strict=True)))
    return Sound(_pcm(_resample(samples, rate)))


def from_pcm(pcm: bytes, rate: int) -> Sound:
    """Return a sound from 16-bit mono samples at any rate, in samples per second.

    Raises:
        SoundError: It is too long.
    """
    return Sound(_pcm(_resample(_samples(pcm), rate)))


def write_wav(file: Path, sound: Sound) -> None:
    """Write a sound as a WAV file that ends with a checksum of its samples.

    Raises:
        OSError: It cannot be written.
    """
    file.write_bytes(_encode(sound))


def verified_seconds(file: Path) -> float:
    """Return how long a file lasts that `write_wav` wrote, having checked that it is unchanged.

    Raises:
        SoundError: `write_wav` did not write it, it was changed since, or it holds no samples.
        OSError: It cannot be read.
    """
    _check_size(file)
    raw = file.read_bytes()
    sound = Sound(raw[_HEADER.size : -_CHECKSUM.size])
    if not sound.pcm or raw != _encode(sound):
        raise SoundError(f"{file} is damaged")
    return sound.seconds


def trim(sound: Sound) -> Sound:
    """Return a sound without the silence around it, except a millisecond in front and fifty behind."""
    samples = _samples(sound.pcm)
    loud = [index for index, sample in enumerate(samples) if abs(sample) > _SILENCE]
    if not loud:
        return Sound(b"")
    start = max(0, loud[0] - _LEAD_SAMPLES)
    return Sound(_pcm(samples[start : loud[-1] + _TAIL_SAMPLES]))


def is_audible(sound: Sound) -> bool:
    """Return whether anything can be heard: an engine may report success and have written silence."""
    samples = _samples(sound.pcm)
    return bool(samples) and (sum(sample * sample for sample in samples) / len(samples)) ** 0.5 > _SPEECH_RMS


def from_floats(samples: list[float]) -> Sound:
    """Return a sound from samples between -1 and 1; louder ones are clipped."""
    return Sound(_pcm(array("h", (round(max(-1.0, min(1.0, sample)) * _MAX_SAMPLE) for sample in samples))))


def _check_size(file: Path) -> None:
    """Refuse what is not an ordinary file of a sensible size: reading a pipe or a device might never end."""
    if not file.is_file():
        file.stat()  # a missing file is the caller's to handle
        raise SoundError(f"{file} is not a file")
    if file.stat().st_size > MAX_FILE_BYTES:
        raise SoundError(f"{file} is too large")


def _encode(sound: Sound) -> bytes:
    """Return a sound as a WAV file: the header, the samples, and a chunk with their checksum, which players skip."""
    size = len(sound.pcm)
    whole = _HEADER.size - 8 + size + _CHECKSUM.size
    byte_rate, bits = RATE * SAMPLE_BYTES, 8 * SAMPLE_BYTES
    form = (b"fmt ", 16, wave.WAVE_FORMAT_PCM, _MONO, RATE, byte_rate, SAMPLE_BYTES, bits)
    header = _HEADER.pack(b"RIFF", whole, b"WAVE", *form, b"data", size)
    return header + sound.pcm + _CHECKSUM.pack(b"crc ", 4, zlib.crc32(sound.pcm))


def _resample(samples: array[int], rate: int) -> array[int]:
    """Return samples at `RATE`, interpolated linearly."""
    if rate == RATE or not samples:
        return samples
    count = len(samples) * RATE // rate
    if count * SAMPLE_BYTES > MAX_FILE_BYTES:
        raise SoundError(f"a sound at {rate} samples per second is too long")
    step = rate / RATE
    last = len(samples) - 1
    resampled = array("h")
    for index in range(count):
        place = index * step
        left = min(last, int(place))
        right = min(last, left + 1)
        resampled.append(round(samples[left] + (samples[right] - samples[left]) * (place - left)))
    return resampled


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
