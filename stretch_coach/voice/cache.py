"""Rendered cues on disk, found again by what was said and how."""

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from stretch_coach.paths import make_private_folder
from stretch_coach.voice.sound import SoundError, wav_seconds

BYTES_AT_MOST = 64 * 1024 * 1024
"""When the cache is larger, what was not used for the longest time is removed."""

_FORM = 1


class Manner(NamedTuple):
    """How something is said.

    Attributes:
        voice: The engine's id of a voice; empty for its default.
        rate: Words a minute.
        volume: From 0 to 1.
        engine: Engine and versions, so that a new one renders anew.
    """

    voice: str
    rate: int
    volume: float
    engine: str


class Cache:
    """The folder with rendered cues.

    Args:
        folder: Made when something is put into it. One that cannot be written costs rendering again, no more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, text: str, manner: Manner) -> Path:
        """Where a cue is, or will be."""
        key = json.dumps([_FORM, text, *manner], ensure_ascii=True)
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.wav"

    def find(self, text: str, manner: Manner) -> tuple[Path, float] | None:
        """The file of a cue and its seconds; none if it is not there, or is damaged, which removes it."""
        file = self.path(text, manner)
        try:
            seconds = wav_seconds(file)
        except OSError:
            return None
        except SoundError:
            with contextlib.suppress(OSError):
                file.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        return file, seconds

    def prepare(self) -> None:
        """Make the folder.

        Raises:
            CoachError: It cannot be made.
        """
        make_private_folder(self._folder)

    def shrink(self) -> None:
        """Remove what was not used for the longest time until the rest fits the bound, and what crashes left."""
        try:
            files = [(entry.stat(), entry.path) for entry in os.scandir(self._folder) if entry.is_file()]
        except OSError:
            return
        total = sum(info.st_size for info, _ in files)
        for info, path in sorted(files, key=lambda one: one[0].st_mtime):
            if total <= BYTES_AT_MOST:
                break
            with contextlib.suppress(OSError):
                Path(path).unlink()
                total -= info.st_size
