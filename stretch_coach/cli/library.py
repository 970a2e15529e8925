"""Loading the library for commands, and finding routines by id, title or path."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.output import warn
from stretch_coach.paths import Places, find_places

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine


def find_library(places: Places) -> "Library":
    """Return the bundled routines and the user's own, and warn about each file that cannot be used."""
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library

    library = load_library(bundled_routines(), places.routines)
    for error in library.errors:
        warn(error)
    return library


def find_routine(library: "Library", name: str) -> "Routine":
    """Return the routine with an id, a title, the start of an id, or a path.

    Raises:
        CoachError: There is no such routine, or its file cannot be used.
    """
    from stretch_coach.routine.library import load_routine_file

    if name not in library.routines and (is_path(name) or file_exists(name)):
        return load_routine_file(Path(name), library)
    return library.find(name)


def is_path(name: str) -> bool:
    """Return whether a name can only be the path of a file."""
    return name.lower().endswith(".json") or os.sep in name or "/" in name


def file_exists(name: str) -> bool:
    """Return whether there is a regular file with this name, which may be a name that no file can have."""
    return os.path.isfile(name)  # noqa: PTH113 - Path.is_file raises an error for a name that is too long


def complete_routine(_context: click.Context, _parameter: click.Parameter, start: str) -> "list[CompletionItem]":
    """Return the ids of routines for the shell to complete, or file names if no id starts like this."""
    from click.shell_completion import CompletionItem

    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library

    library = load_library(bundled_routines(), find_places().routines)
    routines = [routine for id_, routine in library.routines.items() if id_.startswith(start)]
    ids = [CompletionItem(routine.id, help=routine.title) for routine in routines]
    return ids or [CompletionItem(start, type="file")]
