"""``report``: the record as one page to print or to take along."""

from datetime import date
from pathlib import Path

import click

from stretch_coach import __version__
from stretch_coach.cli.dates import DATE
from stretch_coach.cli.world import find_world


@click.command(short_help="The record as a page for a clinician, or for yourself.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.html")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=84, show_default=True, metavar="N", help="The last N days."
)
@click.option("--to", "last", type=DATE, help="The last day of them; today unless given.")
@click.option("--notes", is_flag=True, help="With your notes, which are left out otherwise.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def report(file: Path, days: int, last: date | None, *, notes: bool, show: bool) -> None:
    """Write the record of a time to FILE.html: one page that needs nothing else, to print or to save as PDF."""
    from stretch_coach.journal.plan import PlanBook, load_plans
    from stretch_coach.journal.report import ReportFacts, write_report
    from stretch_coach.journal.report_facts import list_exercises, list_notes, list_routines, list_stops
    from stretch_coach.journal.statistics import gather, span_of
    from stretch_coach.new_file import new_file
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library
    from stretch_coach.routine.safety import load_safety

    world = find_world()
    last = min(last or world.today, world.today)
    first = span_of(days, last)
    library = load_library(bundled_routines(), world.places.routines)
    names = {exercise: one.name for exercise, one in library.exercises.items()}
    for routine in library.routines.values():
        names |= {exercise: one.name for exercise, one in routine.file.exercises.items()}
    with world.history() as database:
        database.execute("BEGIN")  # all of it as it is at one moment
        plans = load_plans(database)
        facts = ReportFacts(
            gather(database, first, last, **world.counting),
            [(first, PlanBook(plans).on(first)), *((start, plan) for start, plan in plans if first < start <= last)],
            list_routines(database, first, last),
            list_exercises(database, first, last),
            list_stops(database, first, last),
            list_notes(database, first, last) if notes else [],
            names,
            load_safety(bundled_routines()).intended_use,
            world.today,
            __version__,
        )
    with new_file(file) as page:
        page.write(write_report(facts))
    click.echo(f"The record of {days} days was written to {file}. To print it, open it in a browser.")
    if show:
        click.launch(str(file.resolve()))
