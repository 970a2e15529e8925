"""``routines`` and ``routines show``: what there is to do."""

import json
from typing import TYPE_CHECKING, Any

import click

from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.paths import find_places

if TYPE_CHECKING:
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine
    from stretch_coach.routine.timeline import Timeline


@click.group(invoke_without_command=True, short_help="What there is to do.")
@click.option("--exercises", is_flag=True, help="List the exercises instead.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def routines(context: click.Context, *, exercises: bool, as_json: bool) -> None:
    """List the routines, the bundled ones and your own."""
    if context.invoked_subcommand is not None:
        return
    library = find_library(find_places())
    if exercises:
        _list_exercises(library, as_json=as_json)
    else:
        _list_routines(library, as_json=as_json)


@routines.command(short_help="The steps and the timeline of a routine.")
@click.argument("routine", shell_complete=complete_routine)
@click.option("--json", "as_json", is_flag=True, help="The timeline, for programs.")
def show(routine: str, *, as_json: bool) -> None:
    """Show what ROUTINE consists of: an id, the beginning of one, a title, or a path to a .json file."""
    from stretch_coach.routine.timeline import build_timeline

    chosen = find_routine(find_library(find_places()), routine)
    timeline = build_timeline(chosen)
    if as_json:
        click.echo(json.dumps(_timeline_json(chosen, timeline), ensure_ascii=False, indent=1))
    else:
        _show_routine(chosen)


def _list_routines(library: "Library", *, as_json: bool) -> None:
    from stretch_coach.session.wording import clock_text

    if as_json:
        told = [_routine_json(one) for one in library.routines.values()]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    width = max((len(id_) for id_ in library.routines), default=0) + 2
    for id_, one in library.routines.items():
        marks = [mark for mark, holds in (("yours", not one.bundled), ("locked", bool(one.locks))) if holds]
        mark = f" ({', '.join(marks)})" if marks else ""
        click.echo(f"{id_:<{width}}{clock_text(one.total_seconds):>6}  {one.title}{mark}")


def _list_exercises(library: "Library", *, as_json: bool) -> None:
    exercises = sorted(library.exercises.items())
    if as_json:
        told = [{"id": id_, "name": one.name, "kind": one.kind, "level": one.level} for id_, one in exercises]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    width = max((len(id_) for id_, _ in exercises), default=0) + 2
    for id_, one in exercises:
        click.echo(f"{id_:<{width}}{one.name}{' (locked)' if one.locked else ''}")


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


def _show_routine(routine: "Routine") -> None:
    from stretch_coach.routine.text import fill_side
    from stretch_coach.session.wording import clock_text

    file = routine.file
    click.echo(f"{routine.title} ({routine.id}), {clock_text(routine.total_seconds)}")
    for line in (file.summary, file.need and f"For: {file.need}", file.frequency and f"How often: {file.frequency}"):
        if line:
            click.echo(line)
    for caution in file.cautions:
        click.echo(f"Caution: {caution}")
    click.echo()
    for number, step in enumerate(routine.steps, start=1):
        if step.exercise is None:
            click.echo(f"{number:>3}  Rest, {step.seconds:g} s{f'. {step.say}' if step.say else ''}")
            continue
        dose = f"{step.hold:g} s" + (f" × {step.reps}" if step.reps > 1 else "")
        sides = "" if step.sides == (None,) else f", {' and '.join(side for side in step.sides if side)}"
        click.echo(f"{number:>3}  {step.exercise.name}{sides}, {dose}")
        click.echo(f"     {fill_side(step.say or step.exercise.say, step.sides[0])}")
    _show_evidence(routine)


def _show_evidence(routine: "Routine") -> None:
    evidence = routine.file.evidence
    if evidence is None:
        return
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.references import load_references

    references = load_references(bundled_routines())
    click.echo()
    click.echo(f"Evidence {evidence.grade}: {evidence.note}")
    for code in evidence.sources:
        if reference := references.get(code):
            click.echo(f"  {reference.citation}. {reference.address}")
