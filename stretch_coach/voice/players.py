"""Choosing how to play: the best way that works on this machine."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from stretch_coach.errors import CoachError
from stretch_coach.paths import make_private_folder
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device import DevicePlayer
from stretch_coach.voice.fallback import BellPlayer, CommandPlayer, SilentPlayer
from stretch_coach.voice.player import Player
from stretch_coach.voice.sound import write_wav
from stretch_coach.voice.tones import Tone, make_tone


def find_program() -> list[str] | None:
    """The system's own program that plays a WAV file, with its arguments."""
    if sys.platform == "win32":
        play = "import sys, winsound; winsound.PlaySound(sys.argv[1], winsound.SND_FILENAME)"
        return [sys.executable, "-c", play]
    for program, *arguments in (["pw-play"], ["paplay", "--latency-msec=20"], ["aplay", "-q"], ["afplay"]):
        if found := shutil.which(program):
            return [found, *arguments]
    return None


async def open_player(
    folder: Path,
    ring: Callable[[], None] | None,
    *,
    open_device: Callable[[], Awaitable[DevicePlayer]] = DevicePlayer.open,
) -> tuple[Player, str | None]:
    """The best way to play that works here, and why it is not the first one, if it is not.

    Args:
        folder: Where a player may put files.
        ring: Rings the terminal's bell; none where there is no terminal.
        open_device: Opens the first choice, for tests.
    """
    try:
        return await open_device(), None
    except ChildError as error:
        why = str(error)
    program = find_program()
    if program and await _has_device(program, folder):
        return CommandPlayer(program, folder), why
    if ring:
        return BellPlayer(ring), why
    return SilentPlayer(), why


async def _has_device(program: list[str], folder: Path) -> bool:
    """Whether the program can play: tried with a silent moment, because most are installed where nothing sounds."""
    file = folder / "tone-trial.wav"
    try:
        make_private_folder(folder)
        write_wav(file, make_tone(Tone.COUNT, 0.0))
        process = await asyncio.create_subprocess_exec(
            *program, os.fspath(file), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, CoachError):
        return False
    trial_seconds = 1.0
    try:
        async with asyncio.timeout(trial_seconds):
            return await process.wait() == 0
    except TimeoutError:
        process.kill()
        await process.wait()
        return False
    finally:
        file.unlink(missing_ok=True)
