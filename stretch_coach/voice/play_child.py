"""The process that plays sound, and the only one that imports miniaudio. `device_player` starts it.

One device stays open with a short buffer, and sounds wait in memory, so that each starts at its exact sample.

Requests are JSON lines: `{"op": "load", "key", "path"}`, `{"op": "tone", "key", "tone", "volume"}`,
`{"op": "play", "key", "at"}` with `at` on `time.monotonic()`, which processes share, `{"op": "cancel"}`,
`{"op": "stop"}` and `{"op": "ping"}`. Replies are `ready` or `fatal` at the start, and `pong`. The process ends when
its standard input does.
"""

import contextlib
import ctypes
import gc
import json
import math
import os
import platform
import struct
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TextIO

from stretch_coach.voice.sound import RATE, SAMPLE_BYTES, Sound, SoundError, read_wav
from stretch_coach.voice.tones import Tone, make_tone

BUFFER_MS = 20
"""How much the device takes at a time. What it has taken can no longer be stopped; with half of this, and both cores
busy, its buffer runs dry several times a second."""

TOO_LATE_SECONDS = 1.0
"""A sound that could not start in this time is dropped: after a device has hung, nothing plays in a burst."""

SWITCH_SECONDS = 0.001
"""How long reading a request may keep the interpreter from feeding the device."""

TIME_SLICE_NANOSECONDS = 100_000

_SCHEDULING = struct.Struct("=IIQiIQQQ")  # the kernel's `struct sched_attr`


class StreamClock:
    """Knows when each sample that the device takes is heard.

    A device takes samples in bursts, sooner or later as its buffer drains and the machine finds time, but they are
    heard one after another at a steady rate. So the instant at which a sample is heard follows from its place in the
    stream. The stream starts with the first burst, and again whenever the buffer has run dry.

    The rate of a device is never exactly `RATE`, which shows in its earliest bursts: at exactly that rate, they would
    come equally early in every window of time. A larger change is no drift, but a buffer of another size.
    """

    WINDOW_SECONDS = 10.0
    MAX_DRIFT_SECONDS = 0.002  # per window: 200 parts per million, more than the clock of any sound card is off

    def __init__(self) -> None:
        self._taken = 0
        self._zero = -math.inf  # the instant at which the first sample of the stream is heard
        self._earliest = math.inf  # the zero that fits the earliest burst of this window if it found the buffer empty
        self._last_earliest: float | None = None  # the same for the previous window
        self._window_end = math.inf

    def take(self, count: int, now: float) -> float:
        """Note that the device takes samples, and return the instant at which the first of them is heard.

        Args:
            count: How many samples it takes.
            now: The instant at which it takes them.
        """
        empty_zero = now - self._taken / RATE
        if empty_zero > self._zero:
            self._zero = empty_zero
            self._start_window(now, last_earliest=None)
        self._earliest = min(self._earliest, empty_zero)
        if now >= self._window_end:
            drift = 0.0 if self._last_earliest is None else self._earliest - self._last_earliest
            if abs(drift) <= self.MAX_DRIFT_SECONDS:
                self._zero += drift
            self._start_window(now, last_earliest=self._earliest)
        heard = self._zero + self._taken / RATE
        self._taken += count
        return heard

    def _start_window(self, now: float, last_earliest: float | None) -> None:
        self._last_earliest = last_earliest
        self._earliest = math.inf
        self._window_end = now + self.WINDOW_SECONDS


class Mixer:
    """Feeds the device with one sound at a time, each started at its instant.

    Args:
        clock: Returns the present instant of `time.monotonic()`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._now = clock
        self._lock = threading.Lock()
        self._stream = StreamClock()
        self._sounding = b""
        self._pending: list[tuple[float, bytes]] = []
        self.bursts = 0

    def play(self, at: float, sound: Sound) -> None:
        """Start a sound at an instant of `time.monotonic()`, or at once if that is past."""
        with self._lock:
            self._pending.append((at, sound.pcm))
            self._pending.sort(key=lambda pending: pending[0])

    def cancel_pending(self) -> None:
        """Drop the sounds that have not started."""
        with self._lock:
            self._pending.clear()

    def stop(self) -> None:
        """Stop the sound that is playing, and drop the pending ones."""
        with self._lock:
            self._pending.clear()
            self._sounding = b""

    def feed(self) -> Generator[bytes, int, None]:
        """Yield the samples that the device takes; send how many it takes next."""
        needed = yield b""
        while True:
            with self._lock:
                self.bursts += 1
                burst = self._next_burst(needed)
            needed = yield burst

    def _next_burst(self, needed: int) -> bytes:
        now = self._now()
        heard = self._stream.take(needed, now)
        burst = b""
        while self._pending and self._pending[0][0] < heard + needed / RATE:
            at, pcm = self._pending.pop(0)
            if now - at > TOO_LATE_SECONDS:
                continue
            before = max(len(burst), round((at - heard) * RATE) * SAMPLE_BYTES)
            burst += self._take(before - len(burst))
            self._sounding = pcm
        return burst + self._take(needed * SAMPLE_BYTES - len(burst))

    def _take(self, size: int) -> bytes:
        """Return the next bytes of the sound that is playing, with silence after its end."""
        taken = self._sounding[:size]
        self._sounding = self._sounding[size:]
        return taken.ljust(size, b"\0")


def main() -> int:
    """Play until standard input ends; return the exit code."""
    replies = _claim_streams()

    def reply(**message: Any) -> None:
        replies.write(json.dumps(message) + "\n")

    sys.setswitchinterval(SWITCH_SECONDS)
    _shorten_time_slice()
    mixer, sounds = Mixer(), dict[str, Sound]()
    try:
        device = _open_device(mixer)
    except Exception as error:  # noqa: BLE001 - whatever was raised, the parent gets it as a reply
        reply(event="fatal", error=f"{type(error).__name__}: {error}")
        return 3
    gc.freeze()  # what is loaded by now stays; collecting it again would only delay the device
    reply(event="ready", device=device.backend)
    for line in sys.stdin:
        with contextlib.suppress(SoundError, OSError, ValueError, KeyError, TypeError):
            if answer := obey(mixer, sounds, json.loads(line)):
                reply(**answer)
    os._exit(0)  # closing the device may take long, and the system does it anyway


def obey(mixer: Mixer, sounds: dict[str, Sound], request: dict[str, Any]) -> dict[str, Any] | None:
    """Do what a request asks for, and return the reply if it has one."""
    match request["op"]:
        case "load":
            sounds[request["key"]] = read_wav(Path(request["path"]))
        case "tone":
            sounds[request["key"]] = make_tone(Tone(request["tone"]), request["volume"])
        case "play":
            if request["key"] in sounds:
                mixer.play(request["at"], sounds[request["key"]])
        case "cancel":
            mixer.cancel_pending()
        case "stop":
            mixer.stop()
        case "ping":
            return {"event": "pong", "bursts": mixer.bursts}
    return None


def _claim_streams() -> TextIO:
    """Keep standard output for replies, and discard what sound libraries print on the terminal."""
    replies = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def _shorten_time_slice() -> None:
    """Ask Linux to run this process sooner after it wakes, in exchange for less time at once.

    With both cores busy this halves how often the device's buffer runs dry. Unlike a higher priority it needs no
    privilege; kernels before 6.12 ignore it.
    """
    system_call = {"x86_64": 314, "aarch64": 274}.get(platform.machine())  # sched_setattr
    if sys.platform == "linux" and system_call:
        size = _SCHEDULING.size
        nice = os.getpriority(os.PRIO_PROCESS, 0)
        attributes = _SCHEDULING.pack(size, os.SCHED_OTHER, 0, nice, 0, TIME_SLICE_NANOSECONDS, 0, 0)
        ctypes.CDLL(None).syscall(system_call, 0, attributes, 0)


def _open_device(mixer: Mixer) -> Any:
    import miniaudio  # noqa: PLC0415 - after the streams are claimed: it may print while it loads

    device = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=RATE,
        buffersize_msec=BUFFER_MS,
        app_name="Stretch Coach",
    )
    feed = mixer.feed()
    next(feed)
    device.start(feed)
    return device


if __name__ == "__main__":
    sys.exit(main())
