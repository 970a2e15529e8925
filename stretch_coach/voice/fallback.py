"""What plays where no device can be opened: a program of the system, the terminal's bell, or nothing."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from stretch_coach.voice.sound import write_wav
from stretch_coach.voice.tones import Tone, make_tone


class CommandPlayer:
    """A program of the system that plays one file, started for each cue.

    Args:
        command: The program with its arguments; the file is added.
        folder: Where tones are written as files.
    """

    speaks = True
    sounds = True

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = list(command)
        self._folder = folder
        self._files: dict[str, Path] = {}
        self._waiting: list[asyncio.TimerHandle] = []
        self._sounding: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        """The program."""
        return Path(self._command[0]).name

    def load(self, key: str, path: Path) -> None:
        """Remember the file."""
        self._files[key] = path

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Write the tone as a file, if the folder lets us."""
        file = self._folder / f"tone-{tone.value}-{round(volume * 100)}.wav"
        with contextlib.suppress(OSError):
            write_wav(file, make_tone(tone, volume))
            self._files[tone.value] = file

    def play(self, key: str, at: float) -> None:
        """Start the program at an instant."""
        if key in self._files:
            seconds = max(0.0, at - time.monotonic())
            loop = asyncio.get_running_loop()
            self._waiting.append(loop.call_later(seconds, self._start, self._files[key]))

    def forget(self) -> None:
        """Forget what waits."""
        for handle in self._waiting:
            handle.cancel()
        self._waiting.clear()

    def hush(self) -> None:
        """End what sounds and forget what waits."""
        self.forget()
        self._end()

    async def close(self) -> None:
        """Leave nothing running."""
        self.hush()

    def _start(self, file: Path) -> None:
        self._end()
        with contextlib.suppress(OSError):
            self._sounding = subprocess.Popen(  # noqa: S603 - a program that was looked up, and a file of ours
                [*self._command, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _end(self) -> None:
        if self._sounding:
            self._sounding.kill()
            self._sounding.wait()
            self._sounding = None


class BellPlayer:
    """The terminal's bell, for tones only: enough to know that something changes.

    Args:
        ring: Rings it.
    """

    name = "terminal bell"
    speaks = False
    sounds = True

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._waiting: list[asyncio.TimerHandle] = []

    def load(self, key: str, path: Path) -> None:
        """A bell cannot speak."""

    def load_tone(self, tone: Tone, volume: float) -> None:
        """A bell has one tone."""

    def play(self, key: str, at: float) -> None:
        """Ring at an instant; speech is left to the screen."""
        if key in set(Tone):
            loop = asyncio.get_running_loop()
            self._waiting.append(loop.call_later(max(0.0, at - time.monotonic()), self._ring))

    def forget(self) -> None:
        """Forget what waits."""
        for handle in self._waiting:
            handle.cancel()
        self._waiting.clear()

    def hush(self) -> None:
        """A bell is over at once."""
        self.forget()

    async def close(self) -> None:
        """Forget what waits."""
        self.forget()


class SilentPlayer:
    """Plays nothing: the screen says it all."""

    name = "no sound"
    speaks = False
    sounds = False

    def load(self, key: str, path: Path) -> None:
        """Nothing to do."""

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Nothing to do."""

    def play(self, key: str, at: float) -> None:
        """Nothing to do."""

    def forget(self) -> None:
        """Nothing to do."""

    def hush(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""
