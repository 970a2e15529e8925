"""`export`, `import` and `sync`: the history as files, and on several machines."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.options import DATE
from stretch_coach.cli.output import confirm, echo, echo_data, note, warn
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import FAILURE, SUCCESS
from stretch_coach.phrasing import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stretch_coach.journal.exchange.archive import Archive
    from stretch_coach.journal.exchange.lines import MergeResult
    from stretch_coach.journal.exchange.record_type import ExportRange

_FORMATS = ("jsonl", "csv", "zip")
_MAX_REPORTED = 20
_PATH = click.Path(path_type=Path, allow_dash=True)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="The format, if the name of FILE does not show it.")
@click.option("--from", "first", type=DATE, help="The first day, YYYY-MM-DD.")
@click.option("--to", "last", type=DATE, help="The last day.")
@click.option("--days", type=click.IntRange(min=1, max=36500), metavar="N", help="Only the last N days.")
@click.option("--deleted", is_flag=True, help="Include deleted sessions.")
@click.option("--all", "everything", is_flag=True, help="Write a .zip file with your settings and routines too.")
def export(
    file: Path,
    form: str | None,
    first: date | None,
    last: date | None,
    days: int | None,
    *,
    deleted: bool,
    everything: bool,
) -> None:
    """Export your history to FILE, or to standard output if FILE is -.

    JSONL (.jsonl) contains the whole history and can be imported again. CSV (.csv) is a table of sessions. ZIP (.zip)
    contains the history with deleted sessions, your settings and your routines, and can be imported again.
    """
    from stretch_coach.journal.exchange.record_type import ExportRange
    from stretch_coach.journal.statistics import range_start

    if days and (first or last):
        raise click.UsageError("--days cannot be combined with --from or --to.")
    if first and last and last < first:
        raise click.UsageError("--to is before --from.")
    form = form or ("zip" if everything and str(file) == "-" else _format_of(file))
    if everything and form != "zip":
        raise click.UsageError("--all needs a FILE that ends in .zip.")
    if form == "zip" and (days or first or last):
        raise click.UsageError("a .zip file contains everything: leave out --days, --from and --to.")
    context = find_context()
    if days:
        first = range_start(days, context.today)
    _write(context, file, form, ExportRange(first, last, deleted or form == "zip"))


def _format_of(file: Path) -> str:
    ending = file.suffix.lower().removeprefix(".")
    if str(file) == "-":
        return "jsonl"
    if ending not in _FORMATS:
        raise click.UsageError("FILE does not end in .jsonl, .csv or .zip: add --format.")
    return ending


def _write(context: Context, file: Path, form: str, wanted: "ExportRange") -> None:
    from stretch_coach.files import atomic_replace, atomic_write
    from stretch_coach.journal.exchange.archive import write_archive
    from stretch_coach.journal.exchange.lines import write_lines
    from stretch_coach.journal.exchange.spreadsheet import BYTE_ORDER_MARK, write_table
    from stretch_coach.journal.user_files import read_user_files

    with context.history() as database:
        database.execute("BEGIN")  # so that everything exported shows the same moment
        lines = write_table(database, wanted) if form == "csv" else write_lines(database, wanted)
        files = read_user_files(context.places.config) if form == "zip" else {}
        if str(file) == "-":
            if form == "zip":
                write_archive(sys.stdout.buffer, lines, files)
            else:
                echo_data(lines)
            return
        sessions = database.execute(
            "SELECT count(*) FROM session WHERE day BETWEEN ? AND ? AND (? OR deleted = 0)",
            (*wanted.bounds, wanted.deleted),
        ).fetchone()[0]
        if form == "zip":
            with atomic_replace(file) as raw:
                write_archive(raw, lines, files)
        else:
            with atomic_write(file) as text:
                text.write(BYTE_ORDER_MARK if form == "csv" else "")
                text.writelines(lines)
    also = f" and {count(len(files), 'file')}" if form == "zip" else ""
    echo(f"Exported {count(sessions, 'session')}{also} to {file}.")


@click.command("import")
@click.argument("file", type=_PATH)
@click.option("--yes", is_flag=True, help="Do not ask about a history from another device.")
@click.option("--into", "person", metavar="NAME", help="Import into a history of its own, such as that of a client.")
@click.option("--replace", is_flag=True, help="Replace settings and routines that differ. The previous ones are kept.")
def import_(file: Path, person: str | None, *, yes: bool, replace: bool) -> int:
    """Add what is in FILE to your history, or what is on standard input if FILE is -. What you have stays unchanged.

    FILE was written by `export`: a .jsonl file, or a .zip file with settings and routines too. Invalid lines are
    reported and skipped.
    """
    from stretch_coach.journal.exchange.archive import MAGIC, Archive
    from stretch_coach.journal.exchange.sources import open_import

    context = find_context()
    if person is not None:
        context = _context_of(context, person)
    name = "standard input" if str(file) == "-" else str(file)
    try:
        with open_import(file) as source:
            is_archive = source.read(len(MAGIC)) == MAGIC
            archive = Archive(source, name) if is_archive else None
            files = archive.read_files() if archive else {}
            if not yes and person is None:
                _ask_about_devices(context, _lines(source, archive), name)
            merged = _merge(context, _lines(source, archive), name)
    except OSError as error:
        raise CoachError(name, f"cannot be read ({error.strerror}).", "Nothing was imported.") from error
    if files:
        _import_files(context, files, replace=replace)
    if person is not None:
        echo(f"This is a history of its own. To use it, set STRETCH_COACH_HOME={context.places.data}")
    if merged.skipped:
        warn(f"skipped {count(merged.skipped, 'invalid line')}.")
        return FAILURE
    return SUCCESS


def _lines(source: IO[bytes], archive: "Archive | None") -> "Iterator[bytes | None]":
    from stretch_coach.journal.exchange.lines import read_lines

    if archive:
        return archive.history_lines()
    source.seek(0)
    return read_lines(source)


def _context_of(context: Context, person: str) -> Context:
    """Return the context of another person, whose history is kept apart from the user's.

    Raises:
        CoachError: The name cannot be the name of a folder.
    """
    from stretch_coach.paths import HOME_VARIABLE, find_places

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", person):
        raise CoachError("--into", "is not a name.", "Use up to 40 letters, digits, hyphens and underscores.")
    home = context.places.data / "people" / person
    return Context(find_places({HOME_VARIABLE: str(home)}), None, context.clock, context.warn)


def _ask_about_devices(context: Context, lines: "Iterator[bytes | None]", name: str) -> None:
    """Ask before merging the history of a device that the user's history does not know.

    Raises:
        CoachError: Nobody can answer.
        Abort: The answer is no.
    """
    from stretch_coach.journal.exchange.lines import find_devices
    from stretch_coach.journal.sessions import list_devices

    with context.history() as database:
        known = list_devices(database)
    if not known:
        return
    unknown = {device: sessions for device, sessions in find_devices(lines, name).items() if device not in known}
    if not unknown:
        return
    sessions = sum(unknown.values())
    what = count(sessions, "session") if sessions else "plans or corrections"
    message = f"has {what} from {count(len(unknown), 'device')} that your history does not know."
    if name == "standard input" or not sys.stdin.isatty():
        hint = "If it is yours, add --yes. If it is another person's, add --into NAME."
        raise CoachError(name, message, hint)
    echo(f"{name} {message} If it is another person's, cancel and add --into NAME.")
    confirm("Add it to your history?")


def _merge(context: Context, lines: "Iterator[bytes | None]", name: str) -> "MergeResult":
    from stretch_coach.journal.exchange.lines import describe_counts, merge_file
    from stretch_coach.journal.transaction import transaction

    with context.writable_history() as database, transaction(database):
        merged = merge_file(database, lines, name)
    _report_problems(f"{name}: {skipped}" for skipped in merged.reported)
    known = f" {count(merged.known, 'line')} had nothing new." if merged.known else ""
    echo(f"Imported {describe_counts(merged.new)}.{known}")
    return merged


def _import_files(context: Context, files: dict[str, bytes], *, replace: bool) -> None:
    from stretch_coach.journal.user_files import write_user_files

    aside = context.places.config / f"before-import-{context.clock.wall().ms}"
    result = write_user_files(context.places.config, files, aside, replace=replace)
    if result.written:
        echo(f"Imported {', '.join(result.written)}.{result.aside_sentence}")
    if result.kept:
        warn(f"left {', '.join(result.kept)} unchanged. To replace what differs, add --replace.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--create", is_flag=True, help="Create FOLDER if it does not exist.")
def sync(folder: Path, *, create: bool) -> None:
    """Sync your history with FOLDER, which another tool keeps in sync, such as Syncthing, Dropbox or git.

    Each machine writes only to its own file there, so there are never conflicts.
    """
    from stretch_coach.journal.exchange.lines import describe_counts
    from stretch_coach.journal.exchange.sync import sync_folder

    context = find_context()
    if not folder.exists():
        _create(folder, create=create)
    with context.writable_history() as database:
        result = sync_folder(database, folder)
    _report_problems(result.problems)
    others = count(result.files, "other machine")
    echo(f"Received {describe_counts(result.received)} from {others}. Sent {describe_counts(result.sent)}.")


def _create(folder: Path, *, create: bool) -> None:
    from stretch_coach.paths import make_private_folder

    if not create:
        if not sys.stdin.isatty():
            raise CoachError(str(folder), "does not exist.", "Create it, or add --create.")
        confirm(f"{folder} does not exist. Create it?")
    make_private_folder(folder)


def _report_problems(problems: "Iterable[str]") -> None:
    shown = 0
    for number, problem in enumerate(problems):
        if number < _MAX_REPORTED:
            note(problem)
        shown = number + 1
    if shown > _MAX_REPORTED:
        note(f"And {shown - _MAX_REPORTED} more.")
