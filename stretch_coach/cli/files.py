"""`check`, `new` and `schema`, for people who write routines."""

import os
import shlex
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.library import complete_routine, file_exists, find_library, find_routine, is_path
from stretch_coach.cli.output import echo, note, warn
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import FAILURE, SUCCESS
from stretch_coach.paths import bundled_routines, find_places

if TYPE_CHECKING:
    from stretch_coach.routine.diagnostics import Problem
    from stretch_coach.routine.document import Document
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine

_PATH_CHARACTERS = 400


@click.command(short_help="Check routine, exercise and program files.")
@click.argument("names", nargs=-1, required=True, metavar="FILE…", shell_complete=complete_routine)
def check(names: tuple[str, ...]) -> int:
    """Check routine, exercise and program files, and print each problem with its line and column.

    FILE is a path, or the id of a routine, an exercise or a program.
    """
    from stretch_coach.routine.library import load_library

    library = load_library(bundled_routines(), find_places().routines)
    files: list[Path] = []
    failed = False
    for name in names:
        try:
            files.append(_find_file(library, name))
        except CoachError as error:
            warn(error)
            failed = True
    for unusable in library.errors:
        if not _is_among(unusable.file, files):
            warn(unusable)
    valid = [_check_file(file, library) for file in files]
    return FAILURE if failed or not all(valid) else SUCCESS


def _find_file(library: "Library", name: str) -> Path:
    """Return the file of a routine, an exercise or a program.

    Args:
        library: The library, for ids.
        name: A path or an id.

    Raises:
        CoachError: The name is neither.
    """
    from stretch_coach.phrasing import did_you_mean
    from stretch_coach.text import quoted

    unusable = {error.file.stem: error.file for error in library.errors}
    named = library.programs | library.routines
    files = library.exercise_files | {id_: item.path for id_, item in named.items()} | unusable
    if name in files:
        return files[name]
    if is_path(name) or file_exists(name):
        return Path(name)
    hint = did_you_mean(name.lower(), files, "`stretch-coach routines` lists the ids.")
    raise CoachError(quoted(name), "is not a file, routine, exercise or program.", hint)


def _is_among(file: Path, files: Collection[Path]) -> bool:
    real = {os.path.realpath(other) for other in files}  # Path.resolve raises an error for a link to itself
    return os.path.realpath(file) in real


def _check_file(file: Path, library: "Library") -> bool:
    """Print what is wrong with a file, or what it defines; return whether it is valid."""
    from stretch_coach.routine.diagnostics import RoutineFileError
    from stretch_coach.routine.document import read_document
    from stretch_coach.routine.format import locate
    from stretch_coach.text import excerpt

    try:
        document = read_document(file)
        summary, warnings = _summarise(document, library)
        # A file can be valid by itself and still not fit into the library, such as a second one with the same id.
        for error in library.errors:
            if _is_among(error.file, [file]):
                raise error
    except RoutineFileError as error:
        for problem in error.problems:
            note(problem)
        return False
    for warning in warnings:
        located = locate(document, warning)
        note(f"{located.place}: warning: {located.problem}")
    echo(f"{excerpt(str(file), at_most=_PATH_CHARACTERS)}: valid: {summary}.")
    return True


def _summarise(document: "Document", library: "Library") -> "tuple[str, list[Problem]]":
    """Return what a file defines, in words, and the warnings about it.

    Raises:
        RoutineFileError: The file is not valid.
    """
    from stretch_coach.phrasing import count, minutes_and_seconds
    from stretch_coach.routine.format import parse_exercise
    from stretch_coach.routine.program import is_program, parse_program
    from stretch_coach.routine.resolve import parse_routine
    from stretch_coach.routine.safety import angle_warnings

    # A file that has instructions but no steps is meant to be an exercise.
    if isinstance(document.data, dict) and "instructions" in document.data and "steps" not in document.data:
        exercise = parse_exercise(document)
        return f"the exercise {exercise.name}", list(angle_warnings(exercise))
    if is_program(document.data):
        program = parse_program(document, library.routines)
        return f"the program {program.title}, {count(program.weeks, 'week')}", []
    routine = parse_routine(document, library.exercises)
    steps = count(len(routine.steps), "step")
    return f"{routine.title}, {steps}, {minutes_and_seconds(routine.total_seconds)}", warnings_about(routine)


def warnings_about(routine: "Routine") -> "list[Problem]":
    """Return the warnings about a valid routine, and about the exercises that its file defines."""
    from stretch_coach.routine.safety import angle_warnings
    from stretch_coach.session.name_warnings import name_warnings

    warnings = list(name_warnings(routine))
    for id_, exercise in routine.file.exercises.items():
        warnings += angle_warnings(exercise, ("exercises", id_))
    return warnings


@click.command(short_help="Write a routine of your own.")
@click.argument("id_", metavar="ID")
@click.option("--like", metavar="ROUTINE", shell_complete=complete_routine, help="Start from a copy of this routine.")
def new(id_: str, like: str | None) -> None:
    """Write a routine named ID into your routines folder for you to edit. An existing file is never overwritten."""
    from stretch_coach.guide.own_routines import check_id, save_new
    from stretch_coach.routine.document import read_document
    from stretch_coach.routine.draft import copy_of

    check_id(id_)
    library = find_library(find_places())
    file = find_places().routines / f"{id_}.json"
    if like is None:
        text = _template(id_)
    else:
        text = copy_of(read_document(find_routine(library, like).path), file, library.exercises).text
    save_new(file, text, library.exercises)
    echo(f"{file}\nEdit it, then run:")
    echo(f"  stretch-coach check {shlex.quote(str(file))}")
    echo(f"  stretch-coach start {id_}")
    if id_ in library.routines and library.routines[id_].bundled:
        echo(f"It replaces the bundled routine {id_} until you remove it.")


def _template(id_: str) -> str:
    title = id_.replace("-", " ").capitalize()
    return f"""{{
  "$schema": "schema/routine.schema.json",
  "format": 1,
  "id": "{id_}",
  "title": "{title}",
  "exercises": {{
    "look-far": {{
      "name": "Look far away",
      "instructions": ["Look at something far away.", "Blink slowly and breathe out."]
    }}
  }},
  "steps": [
    {{"exercise": "posture-reset", "prepare": 5, "hold": 10}},
    {{"exercise": "upper-trap-stretch", "side": "each", "prepare": 5, "hold": 20, "reps": 1}},
    {{"rest": 5, "say": "Shake out your arms."}},
    {{"exercise": "look-far", "prepare": 3, "hold": 15, "reps": 1}}
  ]
}}
"""


@click.command(short_help="Print the JSON Schema of routine files.")
@click.argument("name", type=click.Choice(["routine", "exercise", "program"]), default="routine")
def schema(name: str) -> None:
    """Print the JSON Schema of routine, exercise or program files, for editors and other programs.

    It offers the ids of the bundled exercises and routines, and of your own.
    """
    from stretch_coach.routine.schema import schema_text

    library = find_library(find_places())
    echo(schema_text(name, library.exercises, library.routines), newline=False)
