"""What is written to start the watcher at login, and how it is written and taken away."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE


class Watcher(NamedTuple):
    """What is to be started.

    Attributes:
        command: The program, by its absolute path, with its arguments.
        environment: What it has to find set.
    """

    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


class Entry(NamedTuple):
    """One way to start it.

    Attributes:
        name: How it is told to the user.
        file: What is written.
        content: What stands in it.
        link: A link to the file that switches it on, where one is needed.
    """

    name: str
    file: Path
    content: bytes
    link: Path | None = None


def make_watcher(command: list[str], environ: Mapping[str, str]) -> Watcher:
    """The watcher as it runs here: the places it uses are kept.

    Raises:
        CoachError: A path holds what no autostart file can hold.
    """
    home = environ.get(HOME_VARIABLE)
    place = str(Path(os.path.expandvars(home)).expanduser().absolute()) if home else ""
    environment = ((HOME_VARIABLE, place),) if place else ()
    for text in (*command, place):
        if not text.isprintable():
            hint = "Move the program, or its folder, to a path without line breaks or other control characters."
            raise CoachError("autostart", f"the path {text!r} cannot be written into an autostart file.", hint)
    if "=" in command[0]:  # env, which sets variables on Linux, would take it for one
        hint = "Install the program below a folder whose path has no such sign."
        raise CoachError("autostart", f"the program's path {command[0]!r} has an equals sign in it.", hint)
    return Watcher(tuple(command), environment)


def write_entry(entry: Entry) -> bool:
    """Write it, whole or not at all; whether anything changed.

    Raises:
        CoachError: It cannot be written.
    """
    if is_written(entry):
        return False
    new = entry.file.with_name(entry.file.name + ".new")
    try:
        entry.file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(entry.content)
        new.chmod(0o600)
        new.replace(entry.file)
        if entry.link:
            entry.link.parent.mkdir(parents=True, exist_ok=True)
            entry.link.unlink(missing_ok=True)
            entry.link.symlink_to(entry.file)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise CoachError(str(error.filename or entry.file), f"this cannot be written ({error.strerror}).") from error
    return True


def is_written(entry: Entry) -> bool:
    """Whether just this is there already."""
    try:
        linked = entry.link is None or entry.link.readlink() == entry.file
        return linked and entry.file.read_bytes() == entry.content
    except OSError:
        return False


def is_there(entry: Entry) -> bool:
    """Whether it, or an older one of that name, is there."""
    return os.path.lexists(entry.file) or (entry.link is not None and os.path.lexists(entry.link))


def remove_entry(entry: Entry, root: Path) -> bool:
    """Take it away, with folders below ``root`` that are empty then; whether anything was there.

    Raises:
        CoachError: It cannot be removed.
    """
    if not is_there(entry):
        return False
    for path in (entry.link, entry.file):
        if path is None:
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CoachError(str(path), f"this cannot be removed ({error.strerror}).") from error
        with contextlib.suppress(OSError):  # a folder that is not empty stays
            for folder in path.parents:
                if folder == root or not folder.is_relative_to(root):
                    break
                folder.rmdir()
    return True
