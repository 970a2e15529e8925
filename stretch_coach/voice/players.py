"""Chooses the best way to play sound that works on this machine."""

import asyncio
import contextlib
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from stretch_coach.errors import CoachError
from stretch_coach.paths import make_private_folder
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device_player import DevicePlayer
from stretch_coach.voice.fallback_players import BellPlayer, CommandPlayer, SilentPlayer
from stretch_coach.voice.sound import write_wav
from stretch_coach.voice.tones import Tone, make_tone

TRIAL_SECONDS = 1.0
"""How long a command may take to play a tenth of a second of silence."""


class Player(Protocol):
    """Plays sounds that were loaded under a key. Only `close` waits, and not for long."""

    @property
    def name(self) -> str:
        """What plays, in words for the user."""

    @property
    def plays_speech(self) -> bool:
        """Whether rendered cues can be heard."""

    @property
    def plays_tones(self) -> bool:
        """Whether tones can be heard, if only as the terminal's bell."""

    def load(self, key: str, path: Path) -> None:
        """Load a rendered cue."""

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Load a tone under its own value as the key."""

    def play(self, key: str, at: float) -> None:
        """Play a sound at an instant of `time.monotonic()`."""

    def cancel_pending(self) -> None:
        """Drop the sounds that have not started."""

    def stop(self) -> None:
        """Stop the sound that is playing, and drop the pending ones."""

    async def close(self) -> None:
        """Be silent, and leave nothing running."""


async def open_player(
    folder: Path,
    ring: Callable[[], None] | None,
    *,
    open_device: Callable[[], Awaitable[DevicePlayer]] = DevicePlayer.open,
) -> tuple[Player, str | None]:
    """Open the best player that works here.

    Args:
        folder: Where a player may write files.
        ring: Rings the terminal's bell; None where there is no terminal.
        open_device: Opens the first choice; a test passes another.

    Returns:
        The player, and why it is not the first choice, or None if it is.
    """
    try:
        return await open_device(), None
    except ChildError as error:
        why = str(error)
    command = find_command()
    if command and await _can_play(command, folder):
        return CommandPlayer(command, folder), why
    if ring:
        return BellPlayer(ring), why
    return SilentPlayer(), why


def find_command() -> list[str] | None:
    """Return the system's command that plays a WAV file, to which the file is added, or None if there is none."""
    if sys.platform == "win32":
        play = "import sys, winsound; winsound.PlaySound(sys.argv[1], winsound.SND_FILENAME)"
        return [sys.executable, "-c", play]
    for program, *arguments in (["pw-play"], ["paplay", "--latency-msec=20"], ["aplay", "-q"], ["afplay"]):
        if found := shutil.which(program):
            return [found, *arguments]
    return None


async def _can_play(command: list[str], folder: Path) -> bool:
    """Try a command with a moment of silence: most are installed also where nothing can be heard."""
    file = folder / "trial.wav"
    try:
        make_private_folder(folder)
        write_wav(file, make_tone(Tone.COUNT, volume=0.0))
        return await _succeeds([*command, str(file)])
    except (OSError, CoachError):
        return False
    finally:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


async def _succeeds(command: list[str]) -> bool:
    """Run a command, and return whether it succeeds in time."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(TRIAL_SECONDS):
            return await process.wait() == 0
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
