"""`restore`: return to a backup."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.output import confirm, echo
from stretch_coach.errors import CoachError
from stretch_coach.phrasing import count

if TYPE_CHECKING:
    from stretch_coach.context import Context
    from stretch_coach.journal.backups import Contents


@click.command()
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="List the backups.")
@click.option("--history-only", is_flag=True, help="Leave settings, routines and other files unchanged.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
def restore(backup: Path | None, *, only_list: bool, history_only: bool, yes: bool) -> None:
    """Restore your history, settings and routines from BACKUP, a day such as 2026-11-20 or a file.

    The default is the newest backup that is intact. What is replaced is kept under another name.
    """
    from stretch_coach.journal.backups import read_contents, restore_backup
    from stretch_coach.journal.running import any_running

    context = find_context()
    context.reload_settings()  # works with invalid settings too, since the backup may have valid ones
    if only_list:
        _list(context)
        return
    chosen = _choose(context, backup)
    if any_running(context.places.running):
        raise CoachError("restore", "a session is running.", "End it first.")
    contents = read_contents(chosen)
    echo(f"Now:    {_describe_current(context.places.history)}")
    echo(f"Backup: {_describe(contents)} ({chosen})")
    if backup is None:
        _mention_larger(context, chosen, contents)
    if not yes:
        confirm("Restore the backup? What it replaces is kept.")
    restored = restore_backup(context.places, chosen, context.clock.wall().ms, with_files=not history_only)
    echo(f"Restored: {chosen}." + (f" The previous history is kept as {restored.aside}." if restored.aside else ""))
    if restored.files.written:
        echo(f"Restored: {', '.join(restored.files.written)}.{restored.files.aside_sentence}")


def _list(context: "Context") -> None:
    from stretch_coach.journal.backups import list_backups, read_contents

    backups = list_backups(context.places.history, context.today)
    for backup in backups:
        try:
            described = _describe(read_contents(backup.file))
        except CoachError as error:
            described = error.message
        future = ", dated in the future" if backup.day > context.today else ""
        echo(f"{backup.name}  {described}{future}  {backup.file}")
    if not backups:
        echo("No backups yet. One is made at the end of a session.")


def _choose(context: "Context", wanted: Path | None) -> Path:
    from stretch_coach.journal.backups import list_backups, newest_good_backup

    if wanted is None:
        newest = newest_good_backup(context.places.history, context.today)
        if newest is None:
            raise CoachError("restore", "there is no intact backup.", "Name the file of one.")
        return newest.backup.file
    for backup in list_backups(context.places.history, context.today):
        if backup.name == str(wanted):
            return backup.file
    if not wanted.is_file():
        hint = "List them with `stretch-coach restore --list`."
        raise CoachError(str(wanted), "is neither the day of a backup nor a file.", hint)
    return wanted


def _mention_larger(context: "Context", chosen: Path, contents: "Contents") -> None:
    """Name another backup if it has more sessions: the newest may belong to a history that was started later."""
    from stretch_coach.journal.backups import list_backups, read_contents

    for backup in list_backups(context.places.history, context.today):
        try:
            other = read_contents(backup.file)
        except CoachError:
            continue
        if backup.file != chosen and other.sessions > contents.sessions:
            echo(f"The backup {backup.name} has more: {_describe(other)}.")
            return


def _describe_current(history: Path) -> str:
    from stretch_coach.journal.backups import read_contents

    try:
        return f"{_describe(read_contents(history))} ({history})" if history.exists() else "no history"
    except CoachError as error:
        return str(error)


def _describe(contents: "Contents") -> str:
    described = count(contents.sessions, "session")
    if contents.last_day:
        described += f", the last on {contents.last_day}"
    if contents.files:
        described += f", and {count(len(contents.files), 'file')}"
    return described
