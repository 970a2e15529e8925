"""``export``, ``import`` and ``sync``: the record out, in, and between machines."""

import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.dates import DATE
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.journal.exchange import Problem
    from stretch_coach.journal.exchange_types import Range

FORMATS = ("jsonl", "csv")
_PATH = click.Path(path_type=Path, allow_dash=True)


@click.command(short_help="Write the record to a file: JSONL, or CSV for spreadsheets.")
@click.argument("file", type=_PATH)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Unless the file's ending says it: jsonl or csv.")
@click.option("--from", "first", type=DATE, help="From this day on, YYYY-MM-DD.")
@click.option("--to", "last", type=DATE, help="Up to this day.")
@click.option("--days", type=click.IntRange(min=1, max=36500), metavar="N", help="Only the last N days.")
@click.option("--deleted", is_flag=True, help="With the sessions that were deleted.")
def export(
    file: Path, form: str | None, first: date | None, last: date | None, days: int | None, *, deleted: bool
) -> None:
    """Write the record to FILE; - is standard output.

    JSONL (.jsonl) has all of it and can come back in with `import`. CSV (.csv) is a table of sessions.
    """
    from stretch_coach.journal.exchange_types import Range

    if days and (first or last):
        raise click.UsageError("--days stands without --from and --to.")
    if first and last and last < first:
        raise click.UsageError("--to is before --from.")
    world = find_world()
    if days:
        first = world.today - timedelta(days=days - 1)
    _write(world, file, form or _format_of(file), Range(first, last, deleted))


def _format_of(file: Path) -> str:
    ending = file.suffix.lower().removeprefix(".")
    if str(file) == "-":
        return "jsonl"
    if ending not in FORMATS:
        raise click.UsageError("the ending of FILE is neither .jsonl nor .csv: add --format.")
    return ending


def _write(world: World, file: Path, form: str, wanted: "Range") -> None:
    from stretch_coach.journal.exchange import write_lines
    from stretch_coach.journal.table import write_table
    from stretch_coach.new_file import new_file

    with world.history() as database:
        database.execute("BEGIN")  # all of it as it is at one moment
        lines = write_lines(database, wanted) if form == "jsonl" else write_table(database, wanted)
        if str(file) == "-":
            _write_out(lines)
            return
        sessions = database.execute(
            "SELECT count(*) FROM session WHERE day BETWEEN ? AND ? AND (? OR deleted = 0)",
            (*wanted.bounds, wanted.deleted),
        ).fetchone()[0]
        with new_file(file) as text:
            text.writelines(lines)
    click.echo(f"{sessions} {'session' if sessions == 1 else 'sessions'} written to {file}.")


def _write_out(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.buffer.write(line.encode())
    sys.stdout.buffer.flush()


@click.command("import", short_help="Take in an exported record.")
@click.argument("file", type=_PATH)
def import_(file: Path) -> int:
    """Take what FILE has into the record; - is standard input. What is known already is left as it is.

    Lines that will not do are named and skipped.
    """
    from stretch_coach.journal.exchange import merge_file, say_counts
    from stretch_coach.journal.transaction import writing

    world = find_world()
    name = "standard input" if str(file) == "-" else str(file)
    try:
        with click.open_file(str(file), "rb") as opened, world.writable_history() as database, writing(database):
            merged = merge_file(database, opened, name)
    except OSError as error:
        raise CoachError(name, f"cannot be read ({error.strerror}).", "Nothing was taken from it.") from error
    _tell_problems((name, problem) for problem in merged.problems)
    known = f"; {merged.known} known already" if merged.known else ""
    click.echo(f"Taken in: {say_counts(merged.news)}{known}.")
    if merged.skipped:
        lines = "1 line was" if merged.skipped == 1 else f"{merged.skipped} lines were"
        click.echo(f"stretch-coach: {lines} skipped; the rest was taken in.", err=True)
        return 1
    return 0


@click.command(short_help="Share the record between your machines through a folder.")
@click.argument("folder", type=click.Path(path_type=Path))
def sync(folder: Path) -> None:
    """Bring the record and FOLDER to the same. The folder is carried by a tool of your own: Syncthing, Dropbox, git.

    Each machine writes only to a file of its own there, so that no two are ever in conflict.
    """
    from stretch_coach.journal.exchange import say_counts
    from stretch_coach.journal.sync import sync_folder

    world = find_world()
    with world.writable_history() as database:
        synced = sync_folder(database, folder)
    _tell_problems(synced.problems)
    others = "1 other file" if synced.files == 1 else f"{synced.files} other files"
    click.echo(f"Came: {say_counts(synced.came)}, from {others}. Went: {say_counts(synced.went)}.")


def _tell_problems(problems: "Iterable[tuple[str, Problem | CoachError]]") -> None:
    at_most = 20
    for number, (name, problem) in enumerate(problems):
        if number < at_most:
            click.echo(str(problem) if isinstance(problem, CoachError) else f"{name}: {problem}", err=True)
