"""Everything in one file: the history as lines and the user's files, in a zip archive."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from stretch_coach.errors import CoachError
from stretch_coach.journal.exchange.lines import read_lines
from stretch_coach.journal.user_files import MAX_FILE_BYTES, is_user_file

MAGIC = b"PK"
"""What a zip archive starts with; no line of a history does."""

_HISTORY = "history.jsonl"
_FILES = "files/"
_MAX_FILES = 10_000
_MAX_TOTAL_BYTES = 1 << 26
"""More than this is nobody's settings and routines, but an archive that is meant to fill the memory."""

# What zipfile raises for what is damaged, encrypted, or made in a way that it does not know.
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError)


def write_archive(target: IO[bytes], lines: Iterable[str], files: Mapping[str, bytes]) -> None:
    """Write an archive.

    Args:
        target: An open binary file.
        lines: The lines of the history.
        files: The user's files by their names.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_HISTORY, "w", force_zip64=True) as history:
            for line in lines:
                history.write(line.encode())
        for name, content in files.items():
            archive.writestr(_FILES + name, content)


class Archive:
    """An archive that is open for reading. Other members than the history and the user's files are ignored.

    Args:
        source: A seekable binary file.
        name: Its name in error messages.

    Raises:
        CoachError: It is not an archive that `write_archive` wrote, or is damaged.
    """

    def __init__(self, source: IO[bytes], name: str) -> None:
        self._name = name
        with self._reading():
            self._archive = zipfile.ZipFile(source)
            if _HISTORY not in self._archive.namelist():
                raise zipfile.BadZipFile

    def history_lines(self) -> Iterator[bytes | None]:
        """Yield the lines of the history, or None for one that is too long.

        Raises:
            CoachError: The archive is damaged or encrypted.
        """
        with self._reading():
            history = self._archive.open(_HISTORY)
        with history:
            lines = read_lines(history)
            while True:
                with self._reading():
                    line = next(lines, b"")
                if line == b"":
                    return
                yield line

    def read_files(self) -> dict[str, bytes]:
        """Return the user's files by their names.

        Raises:
            CoachError: The archive is damaged or encrypted, or its files are too large in all.
        """
        files, left = {}, _MAX_TOTAL_BYTES
        for member in self._archive.infolist()[:_MAX_FILES]:
            name = member.filename.removeprefix(_FILES)
            if member.filename.startswith(_FILES) and is_user_file(name) and member.file_size <= MAX_FILE_BYTES:
                with self._reading(), self._archive.open(member) as file:
                    files[name] = file.read(MAX_FILE_BYTES)
                left -= len(files[name])
                if left < 0:
                    limit = f"has files of more than {_MAX_TOTAL_BYTES // 1_000_000} MB."
                    raise CoachError(self._name, limit, "Nothing was imported.")
        return files

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _READ_ERRORS as error:
            hint = "Nothing was imported. `stretch-coach export FILE.zip` writes an archive."
            raise CoachError(self._name, "is not an intact archive of Stretch Coach.", hint) from error
