"""Rendered cues on disk, found by their text and voice."""

import contextlib
import hashlib
import json
import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.paths import make_private_folder
from stretch_coach.voice.sound import SoundError, verified_seconds

MAX_BYTES = 64 * 1024 * 1024
"""When the cache is larger, the cues that were not used for the longest time are removed."""

STALE_SECONDS = 3600.0
"""A hidden file that is older was left by a process that was killed."""

_FORMAT = 2
_TRIAL_BYTES = 512 * 1024


class VoiceParams(NamedTuple):
    """How a text is said.

    Attributes:
        voice: A voice's id, name or language; empty for the engine's default.
        rate: Words per minute.
        volume: From 0 to 1.
        engine: The engine and its version: another one renders everything again.
    """

    voice: str
    rate: int
    volume: float
    engine: str


class Clip(NamedTuple):
    """A rendered cue: its file, and how long it lasts."""

    path: Path
    seconds: float


class Cache:
    """The folder of rendered cues. If it cannot be written, a temporary one takes its place until `close`.

    Args:
        folder: The folder, created when something is first put into it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def path(self, text: str, params: VoiceParams) -> Path:
        """Return where to write a cue."""
        return self._writable / _file_name(text, params)

    def find(self, text: str, params: VoiceParams) -> Clip | None:
        """Return a cue, or None if it is not there. One that was damaged or changed is removed."""
        name = _file_name(text, params)
        for file in dict.fromkeys((self._writable / name, self._folder / name)):
            try:
                clip = Clip(file, verified_seconds(file))
            except OSError:
                continue
            except SoundError:
                with contextlib.suppress(OSError):
                    file.unlink()
                continue
            with contextlib.suppress(OSError):
                os.utime(file)  # its age says when it was last used
            return clip
        return None

    def prepare(self) -> None:
        """Make sure that cues can be written, if necessary to a temporary folder.

        Raises:
            CoachError: They cannot be written anywhere.
        """
        try:
            make_private_folder(self._writable)
            _try_writing(self._writable)
        except (CoachError, OSError):
            self.close()
            try:
                self._temporary = tempfile.TemporaryDirectory(prefix="stretch-coach-", ignore_cleanup_errors=True)
                _try_writing(Path(self._temporary.name))
            except OSError as error:
                raise CoachError(str(self._folder), f"cannot be written ({error.strerror}).") from error

    def shrink(self) -> None:
        """Remove what killed processes left, and the cues unused for the longest time until the rest fits."""
        try:
            files = [(entry.stat(), Path(entry.path)) for entry in os.scandir(self._folder) if entry.is_file()]
        except OSError:
            return
        total = sum(info.st_size for info, _ in files)
        for info, file in sorted(files, key=lambda found: found[0].st_mtime):
            is_stale = file.name.startswith(".") and time.time() - info.st_mtime > STALE_SECONDS
            if total > MAX_BYTES or is_stale:
                with contextlib.suppress(OSError):
                    file.unlink()
                    total -= info.st_size

    def close(self) -> None:
        """Remove the temporary folder, if there is one."""
        if self._temporary:
            self._temporary.cleanup()
            self._temporary = None

    @property
    def _writable(self) -> Path:
        return Path(self._temporary.name) if self._temporary else self._folder


def _file_name(text: str, params: VoiceParams) -> str:
    key = json.dumps([_FORMAT, text, *params])
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.wav"


def _try_writing(folder: Path) -> None:
    """Write a file and remove it. Permissions alone do not show that a disk is full or read-only.

    Raises:
        OSError: It cannot be written.
    """
    with tempfile.TemporaryFile(dir=folder) as trial:
        trial.write(bytes(_TRIAL_BYTES))
        trial.flush()
