"""``check``, ``new`` and ``schema``: for those who write routines."""

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.errors import CoachError
from stretch_coach.paths import find_places

if TYPE_CHECKING:
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine

_WINDOWS_DEVICES = "con|prn|aux|nul|com[1-9]|lpt[1-9]"


@click.command(short_help="Say exactly what is wrong with routine files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
def check(files: tuple[Path, ...]) -> int:
    """Check routine and exercise files: a line for each thing that is wrong, with its line and column."""
    library = find_library(find_places())
    broken = sum(not _check_file(file, library) for file in files)
    return 1 if broken else 0


def _check_file(file: Path, library: "Library") -> bool:
    from stretch_coach.routine.caps import beyond_caps
    from stretch_coach.routine.check import check_exercise, check_routine, locate
    from stretch_coach.routine.complaint import RoutineFileError
    from stretch_coach.routine.document import read_document
    from stretch_coach.safe_text import shown
    from stretch_coach.session.wording import clock_text

    try:
        document = read_document(file)
        # What has instructions and no steps is meant to be an exercise.
        if isinstance(document.data, dict) and "instructions" in document.data and "steps" not in document.data:
            exercise = check_exercise(document)
            warnings = list(beyond_caps(exercise))
            what = f"an exercise, {exercise.name}"
        else:
            routine = check_routine(document, library.exercises)
            own = routine.file.exercises.items()
            warnings = [one for id_, exercise in own for one in beyond_caps(exercise, ("exercises", id_))]
            steps = f"{len(routine.steps)} {'step' if len(routine.steps) == 1 else 'steps'}"
            what = f"{routine.title}, {steps}, {clock_text(routine.total_seconds)}"
    except RoutineFileError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        return False
    for warning in warnings:
        located = locate(document, warning)
        click.echo(f"{located.place}: warning: {located.problem}", err=True)
    click.echo(f"{shown(str(file), at_most=400)}: good: {what}.")
    return True


@click.command(short_help="Begin a routine of your own.")
@click.argument("name", metavar="ID")
@click.option("--like", metavar="ROUTINE", shell_complete=complete_routine, help="Begin with a copy of this routine.")
def new(name: str, like: str | None) -> None:
    """Write a routine file named ID into your routines folder, to be edited; one that exists is never overwritten."""
    import re

    from stretch_coach.paths import make_private_folder
    from stretch_coach.routine.schema import write_schemas
    from stretch_coach.routine.text import quoted

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise CoachError(quoted(name), "is not an id.", "Write small letters, digits and hyphens, such as my-break.")
    if re.fullmatch(_WINDOWS_DEVICES, name):
        raise CoachError(quoted(name), "cannot be the name of a file on Windows.", "Choose another id.")
    library = find_library(find_places())
    folder = find_places().routines
    text = _template(name) if like is None else _copy_of(find_routine(library, like), name)
    file = folder / f"{name}.json"
    try:
        make_private_folder(folder)
        write_schemas(folder / "schema")
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise CoachError(str(file), "exists already and was left as it is.", "Choose another id.") from None
    except OSError as error:
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check the folder.") from error
    click.echo(f"{file}\nEdit it, and then:")
    click.echo(f"  stretch-coach check {shlex.quote(str(file))}")
    click.echo(f"  stretch-coach start {name}")
    if name in library.routines and library.routines[name].bundled:
        click.echo(f"It replaces the bundled routine {name} for as long as it is there.")


def _template(name: str) -> str:
    title = name.replace("-", " ").capitalize()
    return f"""{{
  "$schema": "schema/routine.schema.json",
  "format": 1,
  "id": "{name}",
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


def _copy_of(original: "Routine", name: str) -> str:
    data = json.loads(original.path.read_text(encoding="utf-8"))
    copy = {"$schema": "schema/routine.schema.json", **data, "id": name, "title": f"{original.title} (my own)"}
    return json.dumps(copy, ensure_ascii=False, indent=2) + "\n"


@click.command(short_help="The JSON Schema of routine files.")
@click.argument("name", type=click.Choice(["routine", "exercise"]), default="routine")
def schema(name: str) -> None:
    """Print the JSON Schema of routine (or exercise) files, for editors and other programs."""
    from stretch_coach.routine.schema import schema_text

    click.echo(schema_text(name), nl=False)
