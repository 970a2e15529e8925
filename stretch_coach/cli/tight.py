"""`tight`: find exercises for the places where it is tight, and start or save a routine of them."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.library import find_library
from stretch_coach.cli.output import echo, echo_columns
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import FAILURE, SUCCESS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stretch_coach.guide.body_map import BodyMap
    from stretch_coach.guide.tight import TightPlan


def _complete_place(_context: click.Context, _parameter: click.Parameter, start: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(zone.label) for zone in _load_map().zones if zone.label.startswith(start)]


@click.command(short_help="Find exercises for where it is tight.")
@click.argument("places", nargs=-1, metavar="PLACE…", shell_complete=_complete_place)
@click.option(
    "--minutes",
    metavar="N",
    type=int,
    help="How long the routine takes, 1 to 15. By default what your profile says, or 3.",
)
@click.option("--start", is_flag=True, help="Start the routine.")
@click.option(
    "--save", "file", metavar="FILE", type=click.Path(path_type=Path), help="Save the routine to FILE (.json)."
)
def tight(places: tuple[str, ...], *, minutes: int | None, start: bool, file: Path | None) -> int:
    """Show which muscles may be felt at PLACE, such as "side of the neck", and build a routine for them.

    Without a place, the places are listed. This is never a diagnosis.
    """
    from stretch_coach.guide.suitability import load_suitability
    from stretch_coach.guide.tight import default_minutes, plan_for_zones

    body_map = _load_map()
    if not places:
        echo("Where is it tight?")
        echo_columns([(f"  {zone.label}",) for zone in body_map.zones])
        echo('For example: stretch-coach tight "side of the neck" --minutes 3')
        return SUCCESS
    context = find_context()
    library = find_library(context.places)
    suits = load_suitability(context.places)
    minutes = default_minutes(suits.profile) if minutes is None else minutes
    zones = [body_map.zone(place) for place in places]
    plan = plan_for_zones(body_map, zones, suits.suitable(library.exercises), minutes)
    _show(body_map, plan)
    if plan.routine is None:
        return FAILURE if start or file else SUCCESS
    if file:
        _save(plan, file)
    if not start:
        if not file:
            echo("\nAdd --start to start it (it asks about the warning signs first), or --save FILE to keep it.")
        return SUCCESS
    from stretch_coach.cli.session import run_request
    from stretch_coach.session.request import SessionRequest

    return run_request(context, SessionRequest(plan.routine))


def _load_map() -> "BodyMap":
    from stretch_coach.guide.body_map import load_body_map
    from stretch_coach.paths import bundled_routines

    return load_body_map(bundled_routines())


def _show(body_map: "BodyMap", plan: "TightPlan") -> None:
    """Print the muscles with the map's caveat, and the routine with the reason for each exercise."""
    from stretch_coach.cli.notice import wrap_prose
    from stretch_coach.phrasing import minutes_and_seconds

    if plan.muscles:
        echo("People with tightness in these muscles sometimes feel it there:")
        echo_columns([("  " + one.muscle.label, ", ".join(zone.label for zone in one.zones)) for one in plan.muscles])
        echo(wrap_prose(body_map.caveat.note))
    for sentence in plan.notes:
        echo(wrap_prose(sentence))
    if plan.routine is None:
        if plan.has_exercises:
            echo("No exercise fits into that time. Allow more with --minutes.")
        elif plan.muscles:
            echo("No exercise for these muscles suits you. `stretch-coach profile` shows what is left out.")
        return
    echo(f"\n{plan.routine.title} ({minutes_and_seconds(plan.routine.total_seconds)})")
    for number, reason in enumerate(plan.reasons, start=1):
        echo(f"{number:>3}  {reason.exercise.name}")
        echo(f"     {reason.sentence}")


def _save(plan: "TightPlan", file: Path) -> None:
    """Write the routine to a new file.

    Raises:
        CoachError: The file exists, cannot be written, or its name does not end in .json.
    """
    import json

    from stretch_coach.files import create_file
    from stretch_coach.guide.built_routine import routine_json
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library

    if plan.routine is None or file.suffix.lower() != ".json":
        raise CoachError(str(file), "does not end in .json.", "Choose another name.")
    bundled = load_library(bundled_routines(), Path("no-such-folder")).exercises
    content = routine_json(plan.routine, bundled)
    del content["id"]  # a routine is named after its file
    try:
        create_file(file, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    except FileExistsError:
        raise CoachError(str(file), "already exists and was not changed.", "Choose another name.") from None
    except OSError as error:
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check the folder.") from error
    echo(f"\nSaved to {file}. Start it with: stretch-coach start {shlex.quote(str(file))}")
