"""Sounds and WAV files for the tests, synthesised."""

import math
import sys
import wave
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

from stretch_coach.voice.sound import RATE, Sound, from_floats, write_wav


def hum(seconds: float, loudness: float = 0.5, pitch: float = 440.0) -> Sound:
    """Return a sine of one pitch."""
    count = round(seconds * RATE)
    return from_floats([loudness * math.sin(2 * math.pi * pitch * index / RATE) for index in range(count)])


def silence(seconds: float) -> Sound:
    """Return silence."""
    return Sound(bytes(2 * round(seconds * RATE)))


def samples(sound: Sound) -> Sequence[int]:
    """Return the samples of a sound."""
    values = array("h", sound.pcm)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def write_samples(file: Path, values: Sequence[int], *, rate: int = RATE, channels: int = 1, width: int = 2) -> Path:
    """Write a WAV file of any kind."""
    with wave.open(str(file), "wb") as stream:
        stream.setnchannels(channels)
        stream.setsampwidth(width)
        stream.setframerate(rate)
        stream.writeframes(b"".join(value.to_bytes(width, "little", signed=width > 1) for value in values))
    return file


def wav_bytes(folder: Path, seconds: float = 0.3) -> bytes:
    """Return a WAV file as the renderer writes it."""
    file = folder / "whole.wav"
    write_wav(file, hum(seconds))
    return file.read_bytes()


def replaced(raw: bytes, at: int, to: bytes) -> bytes:
    """Return bytes with some of them replaced."""
    return raw[:at] + to + raw[at + len(to) :]


Damage = Callable[[bytes], bytes]

DAMAGES: dict[str, Damage] = {
    "empty": lambda _: b"",
    "garbage": lambda _: b"\x00\xff" * 500,
    "text": lambda _: b"Audio saved to somewhere\n",
    "header alone": lambda raw: raw[:44],
    "cut in the header": lambda raw: raw[:30],
    "cut in the middle": lambda raw: raw[: len(raw) // 2],
    "no samples": lambda raw: replaced(raw[:44], 40, bytes(4)),
    "a rate of zero": lambda raw: replaced(raw, 24, bytes(4)),
    "no channels": lambda raw: replaced(raw, 22, bytes(2)),
    "no width": lambda raw: replaced(raw, 34, bytes(2)),
    "not PCM": lambda raw: replaced(raw, 20, b"\x03\x00"),
}
