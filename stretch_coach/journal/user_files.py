"""The files that a user may edit: settings, profile, routines and exercises. Backups and exports have them too."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_replace, read_regular_file
from stretch_coach.paths import make_private_folder

MAX_FILE_BYTES = 1 << 20
"""A larger file is nobody's settings or routine, and is left out."""

_SUFFIXES = (".toml", ".json")
_FOLDERS = ("routines",)
_MAX_DEPTH = 4


class WrittenFiles(NamedTuple):
    """What `write_user_files` did, as names relative to the configuration folder.

    Attributes:
        written: Files that were missing or different.
        kept: Files that differ and were left unchanged.
        aside: The folder that has the previous versions, or None if there were none.
    """

    written: list[str]
    kept: list[str]
    aside: Path | None

    @property
    def aside_sentence(self) -> str:
        """Where the previous versions are, to follow another sentence; empty if there were none."""
        return f" The previous versions are in {self.aside}." if self.aside else ""


def is_user_file(name: str) -> bool:
    """Return whether a name from a backup or an archive is the name of such a file and stays inside the folder."""
    path = PurePosixPath(name)
    parts = path.parts
    return (
        name == str(path)
        and "\\" not in name
        and name.isprintable()
        and 1 <= len(parts) <= _MAX_DEPTH
        and path.suffix.lower() in _SUFFIXES
        and not any(part.startswith(".") or ":" in part for part in parts)
        and (len(parts) == 1 or parts[0] in _FOLDERS)
    )


def read_user_files(config: Path) -> dict[str, bytes]:
    """Return the contents of the user's files, by their names relative to the configuration folder, in order.

    What is not a regular file, is larger than a megabyte, or cannot be read is left out.
    """
    contents = {}
    for file in sorted(_candidates(config)):
        name = file.relative_to(config).as_posix()
        if is_user_file(name):
            try:
                contents[name] = read_regular_file(file, MAX_FILE_BYTES)
            except (CoachError, OSError):
                continue
    return contents


def write_user_files(config: Path, contents: Mapping[str, bytes], aside: Path, *, replace: bool) -> WrittenFiles:
    """Write files from a backup or an archive.

    Args:
        config: The configuration folder.
        contents: The files by their names, each of which must be a user file's.
        aside: The folder for the previous versions of replaced files.
        replace: Replace files that differ; otherwise they are left unchanged.

    Raises:
        CoachError: A file cannot be written, or something that is not a file has its name.
    """
    present = read_user_files(config)
    different = [name for name, content in contents.items() if present.get(name) != content]
    # What exists but could not be read has no version that could be kept aside.
    kept = [name for name in different if (config / name).exists() and not (replace and name in present)]
    written = [name for name in different if name not in kept]
    replaced = [name for name in written if name in present]
    for name in replaced:
        _write(aside / name, present[name])
    for name in written:
        _write(config / name, contents[name])
    return WrittenFiles(written, kept, aside if replaced else None)


def _candidates(config: Path) -> Iterator[Path]:
    try:
        yield from (file for file in config.iterdir() if file.suffix.lower() in _SUFFIXES)
    except OSError:
        return
    for folder in _FOLDERS:
        for where, _, names in os.walk(config / folder):
            yield from (Path(where, name) for name in names)


def _write(file: Path, content: bytes) -> None:
    make_private_folder(file.parent)
    with atomic_replace(file) as raw:
        raw.write(content)
