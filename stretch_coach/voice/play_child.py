"""The process that plays: the only one that imports miniaudio. Run by ``player``, never by hand.

One device stays open, with a short buffer, and cues wait in memory, so that each begins at its instant to the sample.
JSON lines: ``{"op": "load", "key", "path"}``, ``{"op": "tone", "key", "tone", "volume"}``,
``{"op": "play", "key", "at"}`` (``at`` on ``time.monotonic()``, which processes share), ``{"op": "forget"}``,
``{"op": "hush"}`` and ``{"op": "ping"}``. It ends when its standard input does.
"""

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any, TextIO

from stretch_coach.voice.sound import RATE, Sound, SoundError, read_wav
from stretch_coach.voice.tones import Tone, make_tone

BUFFER_MS = 20
_BYTES = 2


class Mixer:
    """Feeds the device: one cue at a time, each begun at its instant."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sounding = b""
        self._waiting: list[tuple[float, bytes]] = []
        self.fed = 0

    def play(self, at: float, sound: Sound) -> None:
        """Begin a sound at an instant of ``time.monotonic()``, or at once if that has been."""
        with self._lock:
            self._waiting.append((at, sound.pcm))
            self._waiting.sort(key=lambda one: one[0])

    def forget(self) -> None:
        """Forget what waits."""
        with self._lock:
            self._waiting.clear()

    def hush(self) -> None:
        """Stop what sounds and forget what waits."""
        with self._lock:
            self._waiting.clear()
            self._sounding = b""

    def feed(self) -> Generator[bytes, int, None]:
        """The device's source: takes how many samples are needed, gives them."""
        needed = yield b""
        while True:
            with self._lock:
                self.fed += 1
                out = self._next(needed)
            needed = yield out

    def _next(self, needed: int) -> bytes:
        now = time.monotonic()
        size = needed * _BYTES
        out = b""
        if self._waiting and self._waiting[0][0] < now + needed / RATE:
            at, pcm = self._waiting.pop(0)
            before = max(0, int((at - now) * RATE)) * _BYTES
            out = self._sounding[:before].ljust(before, b"\0")
            self._sounding = pcm
        rest = size - len(out)
        out += self._sounding[:rest]
        self._sounding = self._sounding[rest:]
        return out.ljust(size, b"\0")


def _claim_streams() -> TextIO:
    """Keep standard output for replies; sound systems print their troubles where the screen is drawn."""
    replies = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def _open_device(mixer: Mixer) -> Any:
    import miniaudio  # noqa: PLC0415 - what it prints while loading must find the streams claimed

    device = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=RATE,
        buffersize_msec=BUFFER_MS,
        app_name="Stretch Coach",
    )
    source = mixer.feed()
    next(source)
    device.start(source)
    return device


def _obey(mixer: Mixer, sounds: dict[str, Sound], request: dict[str, Any]) -> dict[str, Any] | None:
    match request["op"]:
        case "load":
            sounds[request["key"]] = read_wav(Path(request["path"]))
        case "tone":
            sounds[request["key"]] = make_tone(Tone(request["tone"]), request["volume"])
        case "play":
            if request["key"] in sounds:
                mixer.play(request["at"], sounds[request["key"]])
        case "forget":
            mixer.forget()
        case "hush":
            mixer.hush()
        case "ping":
            return {"event": "pong", "fed": mixer.fed}
    return None


def main() -> int:
    """Play until standard input ends."""
    replies = _claim_streams()

    def reply(**message: Any) -> None:
        replies.write(json.dumps(message) + "\n")

    mixer, sounds = Mixer(), dict[str, Sound]()
    try:
        device = _open_device(mixer)
    except Exception as error:  # noqa: BLE001 - no library, no device: the coach is to hear of it and go on
        reply(event="fatal", error=f"{type(error).__name__}: {error}")
        return 3
    reply(event="ready", device=f"{device.backend}")
    for line in sys.stdin:
        with contextlib.suppress(SoundError, OSError, ValueError, KeyError):
            if answer := _obey(mixer, sounds, json.loads(line)):
                reply(**answer)
    os._exit(0)  # closing a device can take as long as it likes; the system closes it as well


if __name__ == "__main__":
    sys.exit(main())
