"""The folder of the user's own routines: ids for new ones, and writing them without ever losing one."""

import json
import re
import time
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_write, create_file, exclusive_lock, read_regular_file
from stretch_coach.guide.built_routine import routine_json
from stretch_coach.paths import make_private_folder
from stretch_coach.routine.diagnostics import as_id
from stretch_coach.routine.document import BYTES_AT_MOST
from stretch_coach.routine.library import Library, load_routine_file
from stretch_coach.routine.model import Routine
from stretch_coach.routine.schema import write_schemas
from stretch_coach.text import quoted

ID_CHARACTERS = 64
_WINDOWS_DEVICES = re.compile(r"con|prn|aux|nul|com[1-9]|lpt[1-9]")
_UNNAMED = "my-routine"
_WAIT_SECONDS, _TRIES = 0.02, 100
_UTF8_MARK = b"\xef\xbb\xbf"


class FileChanged(CoachError):  # noqa: N818 - it is no error of the program
    """A file is no longer what it was when it was read; it was not overwritten."""


def check_id(id_: str) -> None:
    """Check that an id can also be the name of a file.

    Raises:
        CoachError: It cannot.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) or len(id_) > ID_CHARACTERS:
        cure = f"Use up to {ID_CHARACTERS} lowercase letters, digits and hyphens, such as my-break."
        raise CoachError(quoted(id_), "is not an id.", cure)
    if _WINDOWS_DEVICES.fullmatch(id_):
        raise CoachError(quoted(id_), "cannot be the name of a file on Windows.", "Choose another id.")


def free_id(title: str, taken: Collection[str]) -> str:
    """Return an id for a routine of this title that is not among the ids that are taken."""
    start = as_id(title)[:ID_CHARACTERS].rstrip("-") or _UNNAMED
    if _WINDOWS_DEVICES.fullmatch(start):
        start = f"{_UNNAMED}-{start}"
    number, id_ = 1, start
    while id_ in taken:
        number += 1
        end = f"-{number}"
        id_ = start[: ID_CHARACTERS - len(end)].rstrip("-") + end
    return id_


def taken_ids(folder: Path, ids: Iterable[str]) -> set[str]:
    """Return ids that no new routine may have: the ones that are known, and the names of all files of a folder."""
    try:
        files = {path.stem for path in folder.iterdir()}
    except OSError:  # such as a folder that does not exist yet
        files = set()
    return {*ids, *files}


def save_new(file: Path, text: str, exercises: Iterable[str]) -> None:
    """Write a routine to a new file of the user's folder, beside the schemas for editors.

    Args:
        file: The file.
        text: Its text.
        exercises: The ids of the library's exercises, which the schema offers.

    Raises:
        CoachError: The file exists, or cannot be written.
    """
    try:
        _prepare_folder(file.parent, exercises)
        create_file(file, text)
    except FileExistsError:
        raise CoachError(str(file), "already exists and was not changed.", "Choose another id.") from None
    except OSError as error:
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check the folder.") from error


def save_built(routine: Routine, library: Library, folder: Path) -> Routine:
    """Write a routine that was built to a new file, add it to the library, and return it.

    Args:
        routine: The routine.
        library: What it consists of, and what it is added to.
        folder: The folder of the user's own routines.

    Raises:
        CoachError: The file cannot be written.
    """
    id_ = free_id(routine.title, taken_ids(folder, library.routines))
    file = folder / f"{id_}.json"
    content = routine_json(routine, library.exercises) | {"id": id_}
    save_new(file, json.dumps(content, ensure_ascii=False, indent=2) + "\n", library.exercises)
    saved = load_routine_file(file, library)
    library.put(saved)
    return saved


def save_changed(file: Path, text: str, seen: str | None, exercises: Iterable[str]) -> None:
    """Overwrite an earlier version of a routine. Whatever happens, the file has one of the two.

    Args:
        file: The file.
        text: Its new text.
        seen: Its text when it was read, or None to overwrite whatever it is now.
        exercises: The ids of the library's exercises, which the schema offers.

    Raises:
        FileChanged: Another program has changed or removed the file since it was read.
        CoachError: The file cannot be written.
    """
    try:
        _prepare_folder(file.parent, exercises)
        with exclusive_lock(file, wait=partial(time.sleep, _WAIT_SECONDS), tries=_TRIES):
            if seen is not None and _read(file) != seen:
                raise FileChanged(str(file), "was changed by another program.", "It was not overwritten.")
            with atomic_write(file) as stream:
                stream.write(text)
    except OSError as error:
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check the folder.") from error


def _prepare_folder(folder: Path, exercises: Iterable[str]) -> None:
    make_private_folder(folder)
    write_schemas(folder / "schema", exercises)


def _read(file: Path) -> str | None:
    """Return the text of a file, or None if it is no longer one."""
    try:
        return read_regular_file(file, BYTES_AT_MOST).removeprefix(_UTF8_MARK).decode("utf-8")
    except (CoachError, OSError, UnicodeDecodeError):
        return None
