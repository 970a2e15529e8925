"""The players for when no sound device can be opened: a command of the system, the terminal's bell, or silence."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from stretch_coach.voice.sound import write_wav
from stretch_coach.voice.tones import Tone, make_tone

KILL_SECONDS = 0.2
"""How long a command that was killed is waited for."""


class _Timers:
    """Calls functions at instants of `time.monotonic()`, on the running event loop."""

    def __init__(self) -> None:
        self._handles: set[asyncio.TimerHandle] = set()

    def call_at(self, at: float, function: Callable[[], None]) -> None:
        """Call a function at an instant, or as soon as possible if that is past."""

        def call() -> None:
            self._handles.discard(handle)
            function()

        handle = asyncio.get_running_loop().call_later(max(0.0, at - time.monotonic()), call)
        self._handles.add(handle)

    def cancel(self) -> None:
        """Cancel all calls to come."""
        for handle in self._handles:
            handle.cancel()
        self._handles.clear()


class CommandPlayer:
    """Starts a system command for each sound.

    Args:
        command: The command, to which the file to play is appended.
        folder: Where tones are written as files.
    """

    plays_speech = True
    plays_tones = True

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = list(command)
        self._folder = folder
        self._files: dict[str, Path] = {}
        self._timers = _Timers()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        """The name of the command."""
        return Path(self._command[0]).name

    def load(self, key: str, path: Path) -> None:
        """Remember a cue's file."""
        self._files[key] = path

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Write a tone to a file. If the folder cannot be written, there is no such tone."""
        file = self._folder / f"tone-{tone.value}-{round(volume * 100)}.wav"
        with contextlib.suppress(OSError):
            write_wav(file, make_tone(tone, volume))
            self._files[tone.value] = file

    def play(self, key: str, at: float) -> None:
        """Start the command at an instant."""
        if file := self._files.get(key):
            self._timers.call_at(at, lambda: self._start(file))

    def cancel_pending(self) -> None:
        """Drop the sounds that have not started."""
        self._timers.cancel()

    def stop(self) -> None:
        """Stop the sound that is playing, and drop the pending ones."""
        self._timers.cancel()
        self._end()

    async def close(self) -> None:
        """Leave nothing running."""
        self.stop()

    def _start(self, file: Path) -> None:
        self._end()
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - a command that was looked up, with our own file
                [*self._command, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(KILL_SECONDS)
            self._process = None


class BellPlayer:
    """Rings the terminal's bell for tones, so that at least changes are heard. Speech is left to the screen.

    Args:
        ring: Rings the bell.
    """

    name = "terminal bell"
    plays_speech = False
    plays_tones = True

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._timers = _Timers()

    def load(self, key: str, path: Path) -> None:
        """Ignore speech."""

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Do nothing: the bell has one tone."""

    def play(self, key: str, at: float) -> None:
        """Ring at an instant if the sound is a tone."""
        if key in set(Tone):
            self._timers.call_at(at, self._ring)

    def cancel_pending(self) -> None:
        """Drop the rings to come."""
        self._timers.cancel()

    def stop(self) -> None:
        """Drop the rings to come; one that has started cannot be stopped."""
        self._timers.cancel()

    async def close(self) -> None:
        """Drop the rings to come."""
        self._timers.cancel()


class SilentPlayer:
    """Plays nothing: the screen shows everything."""

    name = "no sound"
    plays_speech = False
    plays_tones = False

    def load(self, key: str, path: Path) -> None:
        """Do nothing."""

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Do nothing."""

    def play(self, key: str, at: float) -> None:
        """Do nothing."""

    def cancel_pending(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""

    async def close(self) -> None:
        """Do nothing."""
