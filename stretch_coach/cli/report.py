"""`report`: the history as a page to print or to take to an appointment."""

from datetime import date
from pathlib import Path

import click

from stretch_coach import __version__
from stretch_coach.cli.context import find_context
from stretch_coach.cli.options import DATE
from stretch_coach.cli.output import echo, echo_data
from stretch_coach.phrasing import count


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.html")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=84, show_default=True, metavar="N", help="Cover the last N days."
)
@click.option("--to", "last", type=DATE, help="The last of these days, YYYY-MM-DD. The default is today.")
@click.option("--notes", is_flag=True, help="Include your notes, which are left out by default.")
@click.option("--open", "show", is_flag=True, help="Open the page in your browser.")
def report(file: Path, days: int, last: date | None, *, notes: bool, show: bool) -> None:
    """Write your history to FILE.html: one page that needs nothing else, to print or to save as PDF.

    If FILE is -, it goes to standard output.
    """
    from stretch_coach.files import atomic_write
    from stretch_coach.journal.report.facts import load_report
    from stretch_coach.journal.report.page import PageTexts, write_report
    from stretch_coach.journal.statistics import range_start
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library
    from stretch_coach.routine.safety import load_safety

    if show and str(file) == "-":
        raise click.UsageError("--open needs a FILE.")
    context = find_context()
    last = min(last or context.today, context.today)
    names = load_library(bundled_routines(), context.places.routines).exercise_names()
    with context.history() as database:
        database.execute("BEGIN")  # so that all numbers are from the same moment
        first = range_start(days, last)
        facts = load_report(database, first, last, context.counting_rules, with_notes=notes)
    # After its first sentence the text is advice to the user, with the keys of the app.
    intended_use = load_safety(bundled_routines()).intended_use[0]
    texts = PageTexts(names, intended_use, context.today, __version__)
    if str(file) == "-":
        echo_data([write_report(facts, texts)])
        return
    with atomic_write(file) as page:
        page.write(write_report(facts, texts))
    echo(f"Wrote the history of {count(days, 'day')} to {file}. To print it, open it in a browser.")
    if show:
        click.launch(str(file.resolve()))
