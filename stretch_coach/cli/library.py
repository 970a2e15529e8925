"""Finding routines for commands: by id, title or path."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.paths import Places, find_places

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine


def find_library(places: Places) -> "Library":
    """The bundled routines and the user's own; each broken file is told in a sentence on stderr."""
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library

    library = load_library(bundled_routines(), places.routines)
    for problem in library.problems:
        click.echo(f"stretch-coach: {problem}", err=True)
    return library


def find_routine(library: "Library", wanted: str) -> "Routine":
    """The routine of an id, the beginning of one, a title, or a path.

    Raises:
        CoachError: There is none, or its file cannot be used.
    """
    from stretch_coach.routine.library import load_routine_file

    is_path = wanted.endswith(".json") or os.sep in wanted or "/" in wanted
    if wanted not in library.routines and (is_path or Path(wanted).is_file()):
        return load_routine_file(Path(wanted), library)
    return library.find(wanted)


def complete_routine(_context: click.Context, _parameter: click.Parameter, begun: str) -> "list[CompletionItem]":
    """Ids for the shell to complete."""
    from click.shell_completion import CompletionItem

    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library

    library = load_library(bundled_routines(), find_places().routines)
    ids = [CompletionItem(id_, help=one.title) for id_, one in library.routines.items() if id_.startswith(begun)]
    return ids or [CompletionItem(begun, type="file")]
