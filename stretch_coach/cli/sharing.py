"""`add` and `share`: take a routine that somebody sent, and write one to send."""

import json
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.cli.output import can_confirm, confirm, echo, note
from stretch_coach.errors import CoachError
from stretch_coach.paths import bundled_routines, find_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stretch_coach.routine.document import Document
    from stretch_coach.routine.exercise import Exercise
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine

_BY_OTHERS = (
    "Somebody else wrote this routine. It did not come with Stretch Coach, whose makers have not reviewed it. Read its "
    "steps and cautions first, and stop if anything hurts."
)
_FILE_CHARACTERS = 400


@click.command(short_help="Add a routine that somebody sent you.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "wanted_id", metavar="ID", help="Give it another id.")
@click.option("--yes", is_flag=True, help="Add it without asking. Nothing of yours is replaced.")
def add(file: Path, *, wanted_id: str | None, yes: bool) -> None:
    """Check the routine in FILE, show it, and after a question copy it into your routines folder."""
    from stretch_coach.guide.own_routines import check_id, save_changed, save_new
    from stretch_coach.routine.document import read_document
    from stretch_coach.routine.resolve import parse_routine

    document = read_document(file)
    library = find_library(find_places())
    routine = parse_routine(document, library.exercises)
    id_ = wanted_id or routine.id
    check_id(id_)
    _show(routine, document, library)
    present = library.routines.get(id_)
    folder = find_places().routines
    target = present.path if present and not present.bundled else folder / f"{id_}.json"
    replaces = _question(present, target)
    if not yes and not can_confirm():
        raise CoachError("add", "asks before it adds a routine.", "Add --yes to agree beforehand.")
    if replaces and (yes or not can_confirm()):
        raise CoachError(f'"{id_}"', "is already the id of a routine.", _other_name(library, file, id_, folder))
    if not yes:
        confirm(replaces or f"Add it as {id_}?")
    text = _own_text(document, id_, library.exercises)
    if os.path.lexists(target):
        save_changed(target, text, None, library.exercises)
    else:
        save_new(target, text, library.exercises)
    echo(f"Added: {target}\nStart it with:\n  stretch-coach start {id_}")


def _question(present: "Routine | None", target: Path) -> str:
    """Return the question to ask before a routine takes the place of another one; empty if it does not."""
    if present and present.bundled:
        return f'"{present.title}", which came with the program, has the id {present.id} too. Use this one instead?'
    if present:
        return f'Your routine "{present.title}" has the id {present.id} too. Replace it?'
    return f"{target} is there already. Replace it?" if os.path.lexists(target) else ""


def _other_name(library: "Library", file: Path, id_: str, folder: Path) -> str:
    from stretch_coach.guide.own_routines import free_id, taken_ids

    free = free_id(id_, taken_ids(folder, library.routines))
    return f"Give it another one: stretch-coach add {shlex.quote(str(file))} --as {free}"


def _own_text(document: "Document", id_: str, exercises: "Mapping[str, Exercise]") -> str:
    """Return the text of a sent file with the id that it gets here, and the schema that is here."""
    from stretch_coach.routine.draft import Draft

    draft = Draft(document.text, document.path.with_name(f"{id_}.json"), exercises).with_schema()
    return draft.text if document.data.get("id", id_) == id_ else draft.with_id(id_).text


def _show(routine: "Routine", document: "Document", library: "Library") -> None:
    """Print a routine that somebody sent, with what it brings along and what to know about it."""
    from stretch_coach.cli.files import warnings_about
    from stretch_coach.cli.notice import wrap_prose
    from stretch_coach.cli.routines import show_routine
    from stretch_coach.routine.format import locate

    show_routine(routine)
    echo()
    for id_, exercise in routine.file.exercises.items():
        known = " It takes the place of the one with this id in this routine." if id_ in library.exercises else ""
        locked = " Only for people whose clinician taught it." if exercise.locked else ""
        echo(wrap_prose(f"Its own exercise: {exercise.name} ({id_}).{locked}{known}"))
        for line in (*exercise.instructions, *(f"Caution: {caution}" for caution in exercise.cautions)):
            echo(wrap_prose(f"  {line}"))
    for warning in warnings_about(routine):
        located = locate(document, warning)
        note(f"{located.place}: warning: {located.problem}")
    echo(wrap_prose(_BY_OTHERS))


@click.command(short_help="Write a routine to a file to send to somebody.")
@click.argument("routine", shell_complete=complete_routine)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write over FILE without asking.")
def share(routine: str, file: Path | None, *, yes: bool) -> None:
    """Write ROUTINE to FILE with everything it needs, for somebody else to add.

    Your own exercises are in it. The default is a file named after the routine, in the current folder.
    """
    from stretch_coach.files import atomic_write
    from stretch_coach.guide.built_routine import routine_json
    from stretch_coach.phrasing import count, minutes_and_seconds
    from stretch_coach.text import excerpt, quoted

    found = find_routine(find_library(find_places()), routine)
    target = file or Path(f"{found.id}.json")
    if os.path.isdir(target):  # noqa: PTH112 - Path.is_dir raises an error for a name that is too long
        target /= f"{found.id}.json"
    if target.suffix.lower() != ".json":
        raise CoachError(excerpt(str(target)), "does not end in .json.", "Choose another name.")
    if not yes and os.path.lexists(target):
        if not can_confirm():
            raise CoachError(str(target), "already exists and was not changed.", "Choose another name, or add --yes.")
        confirm(f"{target} is there already. Replace it?")
    content = routine_json(found, _bundled_exercises())
    try:
        with atomic_write(target) as stream:
            stream.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    except (OSError, ValueError) as error:  # a name that no file can have
        raise CoachError(quoted(str(target)), "is not the name of a file.", "Choose another name.") from error
    own = len(content.get("exercises", {}))
    total = minutes_and_seconds(found.total_seconds)
    within = f", with {count(own, 'exercise')} that did not come with the program" if own else ""
    shown = excerpt(str(target), at_most=_FILE_CHARACTERS)
    echo(f"Wrote {shown}: {found.title}, {total}{within}.\nWhoever gets it types:")
    echo(f"  stretch-coach add {shlex.quote(target.name)}")


def _bundled_exercises() -> "Mapping[str, Exercise]":
    from stretch_coach.routine.library import load_library

    return load_library(bundled_routines(), Path("no-such-folder")).exercises
