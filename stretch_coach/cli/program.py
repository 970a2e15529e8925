"""`program`: a path over weeks. List programs, start one, see today's day, stop it."""

from typing import TYPE_CHECKING, Any

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.library import find_library
from stretch_coach.cli.output import echo, echo_columns, echo_json, note
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import FAILURE, SUCCESS
from stretch_coach.paths import find_places
from stretch_coach.phrasing import count

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stretch_coach.guide.programs import ProgramStatus
    from stretch_coach.routine.library import Library

_START_ONE = "Start one with `stretch-coach program start ID`; `stretch-coach program list` lists them."


def _complete_program(_context: click.Context, _parameter: click.Parameter, start: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_programs

    programs = load_programs(bundled_routines(), find_places().routines, [])
    return [CompletionItem(id_, help=one.title) for id_, one in programs.items() if id_.startswith(start)]


@click.group(short_help="Follow a program over weeks.")
def program() -> None:
    """Follow a program over weeks: which routine on which day, with days of rest.

    A day waits until its routines are done, so a missed day moves the rest and loses nothing.
    """


@program.command("list", short_help="List the programs.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def list_(*, as_json: bool) -> None:
    """List the programs, yours among them."""
    library = find_library(find_places())
    if as_json:
        rows = [
            {"id": one.id, "title": one.title, "weeks": one.weeks, "routines": list(one.routines)}
            for one in library.programs.values()
        ]
        echo_json(rows, indent=1)
        return
    echo_columns([(one.id, one.title, count(one.weeks, "week")) for one in library.programs.values()])


@program.command(short_help="Show a program, week by week.")
@click.argument("name", metavar="PROGRAM", shell_complete=_complete_program)
def show(name: str) -> None:
    """Show PROGRAM week by week: an id or the beginning of one, or a title."""
    from stretch_coach.guide.programs import week_lines

    library = find_library(find_places())
    found, titles = library.find_program(name), _titles(library)
    echo(f"{found.title}, {count(found.weeks, 'week')}")
    for text in (found.file.summary, *found.file.cautions):
        if text:
            echo(text)
    number = 0
    for week in found.file.weeks:
        first, number = number + 1, number + week.times
        echo(f"\nWeek {first}: {week.title}" if week.times == 1 else f"\nWeeks {first} to {number}: {week.title}")
        if week.note:
            echo(f"  {week.note}")
        echo_columns([(f"  {which}", what) for which, what in week_lines(week, titles)])
    if found.file.weekdays:
        echo(f"\nIts days are {found.weekday_names}.")
    if evidence := found.file.evidence:
        echo(f"\nEvidence {evidence.grade}: {evidence.note}")


@program.command(short_help="Start a program today.")
@click.argument("name", metavar="PROGRAM", shell_complete=_complete_program)
@click.option("--replace", is_flag=True, help="Stop the program that runs, if there is one.")
def start(name: str, *, replace: bool) -> None:
    """Start PROGRAM today. Home then shows its day, and `start` runs its routines as usual."""
    from stretch_coach.guide.programs import find_schedule
    from stretch_coach.journal.programs import load_program, start_program

    context = find_context()
    library = find_library(context.places)
    found = library.find_program(name)
    with context.history() as history:
        running = load_program(history)
    if running and not replace:
        known = library.programs.get(running.program)
        title = known.title if known else running.program
        raise CoachError("program", f'"{title}" is running.', "Add --replace to start this one in its place.")
    with context.writable_history() as history:
        start_program(history, found.id, context.today, context.clock.wall().ms, find_schedule(found))
    echo(f"Started {found.title}.")
    for caution in found.file.cautions:
        note(caution)
    _show_status(context, library)


@program.command(short_help="Show today's day of the program.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def status(*, as_json: bool) -> int:
    """Show today's day of the program that runs. Exits with 1 if none does."""
    context = find_context()
    return _show_status(context, find_library(context.places), as_json=as_json)


@program.command(short_help="Stop the program.")
def stop() -> None:
    """Stop the program that runs. What you did stays in your history."""
    from stretch_coach.journal.programs import load_program, stop_program

    context = find_context()
    with context.history() as history:
        running = load_program(history)
    if running is None:
        raise CoachError("program", "none is running.", _START_ONE)
    with context.writable_history() as history:
        stop_program(history, context.today, context.clock.wall().ms)
    known = find_library(context.places).programs.get(running.program)
    echo(f"Stopped {known.title if known else running.program}. What you did stays in your history.")


def _show_status(context: Context, library: "Library", *, as_json: bool = False) -> int:
    from stretch_coach.guide.programs import load_status, today_sentences

    found = load_status(context)
    if as_json:
        echo_json(_status_json(found) if found else None, indent=1)
        return SUCCESS if found else FAILURE
    if found is None:
        echo(f"No program is running. {_START_ONE}")
        return FAILURE
    for sentence in filter(None, today_sentences(found, _titles(library))):
        echo(sentence)
    echo(f"{found.program.title}: {found.done_days} of {count(found.all_days, 'day')} done since {found.from_day}.")
    if found.left:
        echo(f"Start it with: stretch-coach start {found.left[0]}")
    return SUCCESS


def _status_json(found: "ProgramStatus") -> dict[str, Any]:
    day = found.day
    return {
        "program": found.program.id,
        "title": found.program.title,
        "from": found.from_day.isoformat(),
        "today": found.today.isoformat(),
        "finished": day is None,
        "week": day.week if day else None,
        "weeks": found.program.weeks,
        "day": day.number if day and day.routines and not found.waits else None,
        "days": day.of if day else None,
        "routines": list(day.routines) if day and not found.waits else [],
        "left": list(found.left),
        "done": found.is_done,
        "done_days": found.done_days,
        "all_days": found.all_days,
        "next_day": found.next_day.isoformat() if found.next_day else None,
    }


def _titles(library: "Library") -> dict[str, str]:
    return {id_: routine.title for id_, routine in library.routines.items()}
