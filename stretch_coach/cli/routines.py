"""`routines` and `routines show`: list the routines, and show the steps of a routine."""

from typing import TYPE_CHECKING, Any

import click

from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.cli.output import echo, echo_columns, echo_json
from stretch_coach.paths import Places, find_places

if TYPE_CHECKING:
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine
    from stretch_coach.routine.timeline import Timeline


@click.group(invoke_without_command=True)
@click.option("--exercises", is_flag=True, help="List the exercises instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.pass_context
def routines(context: click.Context, *, exercises: bool, as_json: bool) -> None:
    """List the bundled routines and your own."""
    if context.invoked_subcommand is not None:
        return
    library = find_library(find_places())
    if exercises:
        _list_exercises(library, as_json=as_json)
    else:
        _list_routines(library, as_json=as_json)


@routines.command(short_help="Show the steps of a routine.")
@click.argument("routine", shell_complete=complete_routine)
@click.option("--json", "as_json", is_flag=True, help="Print the timeline as JSON, for other programs.")
def show(routine: str, *, as_json: bool) -> None:
    """Show the steps of ROUTINE: an id, the start of one, a title, or a path to a .json file."""
    from stretch_coach.routine.timeline import build_timeline

    places = find_places()
    found = find_routine(find_library(places), routine)
    if as_json:
        echo_json(_timeline_json(found, build_timeline(found)), indent=1)
    else:
        show_routine(found)
        _show_changes(places, found)


def _show_changes(places: Places, routine: "Routine") -> None:
    """Print what a session of the routine leaves out or shortens for the user's profile."""
    from stretch_coach.guide.suitability import change_sentences, load_suitability
    from stretch_coach.phrasing import minutes_and_seconds

    suited = load_suitability(places).suit(routine)
    if suited.changes:
        echo()
        for sentence in change_sentences(suited.changes):
            echo(sentence)
        echo(f"With that it takes {minutes_and_seconds(suited.routine.total_seconds)}.")


def _list_routines(library: "Library", *, as_json: bool) -> None:
    from stretch_coach.phrasing import minutes_and_seconds

    if as_json:
        echo_json([_routine_json(routine) for routine in library.routines.values()], indent=1)
        return
    rows = []
    for routine in library.routines.values():
        marks = [mark for mark, applies in (("yours", not routine.bundled), ("locked", bool(routine.locks))) if applies]
        title = f"{routine.title} ({', '.join(marks)})" if marks else routine.title
        rows.append((routine.id, f"{minutes_and_seconds(routine.total_seconds):>5}", title))
    echo_columns(rows)


def _list_exercises(library: "Library", *, as_json: bool) -> None:
    exercises = [exercise for _, exercise in sorted(library.exercises.items())]
    if as_json:
        fields = ("id", "name", "kind", "level")
        echo_json([{field: getattr(exercise, field) for field in fields} for exercise in exercises], indent=1)
        return
    echo_columns([(exercise.id, exercise.name + (" (locked)" if exercise.locked else "")) for exercise in exercises])


def _routine_json(routine: "Routine") -> dict[str, Any]:
    return {
        "id": routine.id,
        "title": routine.title,
        "summary": routine.file.summary,
        "total_seconds": routine.total_seconds,
        "steps": len(routine.steps),
        "level": routine.file.level,
        "tags": list(routine.file.tags),
        "locked": bool(routine.locks),
        "bundled": routine.bundled,
        "path": str(routine.path),
    }


def _timeline_json(routine: "Routine", timeline: "Timeline") -> dict[str, Any]:
    segments = [
        {
            "at": segment.start,
            "kind": segment.kind.value,
            "seconds": segment.seconds,
            "step": segment.step,
            "exercise": segment.exercise.id if segment.exercise else None,
            "side": segment.side,
            "rep": segment.rep,
            "reps": segment.reps,
        }
        for segment in timeline.segments
    ]
    return {**_routine_json(routine), "total_seconds": timeline.total, "steps": timeline.steps, "segments": segments}


def show_routine(routine: "Routine") -> None:
    """Print a routine with its steps and its evidence."""
    from stretch_coach.phrasing import minutes_and_seconds
    from stretch_coach.routine.fields import fill_side

    file = routine.file
    echo(f"{routine.title} ({routine.id}), {minutes_and_seconds(routine.total_seconds)}")
    for line in (file.summary, file.need and f"For: {file.need}", file.frequency and f"How often: {file.frequency}"):
        if line:
            echo(line)
    for caution in file.cautions:
        echo(f"Caution: {caution}")
    echo()
    for number, step in enumerate(routine.steps, start=1):
        if step.exercise is None:
            echo(f"{number:>3}  Rest, {step.seconds:g} s{f'. {step.say}' if step.say else ''}")
            continue
        dose = f"{step.hold:g} s" + (f" × {step.reps}" if step.reps > 1 else "")
        sides = "" if step.sides == (None,) else f", {' and '.join(side for side in step.sides if side)}"
        echo(f"{number:>3}  {step.exercise.name}{sides}, {dose}")
        echo(f"     {fill_side(step.say or step.exercise.say, step.sides[0])}")
        if step.swaps:
            echo(f"     Takes turns with: {', '.join(one.name for one in step.swaps)}.")
    _show_evidence(routine)


def _show_evidence(routine: "Routine") -> None:
    evidence = routine.file.evidence
    if evidence is None:
        return
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_references

    references = load_references(bundled_routines())
    echo()
    echo(f"Evidence {evidence.grade}: {evidence.note}")
    for code in evidence.sources:
        if reference := references.get(code):
            echo(f"  {reference.citation}. {reference.address}")
