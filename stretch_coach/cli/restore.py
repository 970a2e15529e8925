"""``restore``: go back to a backup of the record."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError

if TYPE_CHECKING:
    from stretch_coach.journal.backups import Contents


@click.command(short_help="Go back to a backup of the record.")
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="Only list the backups there are.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(backup: Path | None, *, only_list: bool, yes: bool) -> None:
    """Put BACKUP, a day such as 2026-11-20 or a file, in the place of the record; the newest one unless named.

    The present record is kept beside it under another name.
    """
    from stretch_coach.journal.backups import list_backups, look_into, restore_backup
    from stretch_coach.journal.running import any_under_way

    world = find_world()
    history = world.places.history
    backups = list_backups(history)
    if only_list:
        for one in backups:
            click.echo(f"{one.stem.removeprefix('history-')}  {_said(look_into(one))}  {one}")
        if not backups:
            click.echo("No backups yet. One is made each day on which something is recorded.")
        return
    chosen = _choose(backups, backup)
    if any_under_way(world.places.running):
        raise CoachError("restore", "a session is under way.", "End it first.")
    click.echo(f"Now:    {_now(history)}")
    click.echo(f"Backup: {_said(look_into(chosen))} ({chosen})")
    if not yes:
        click.confirm("Put the backup in the place of the record? The present one is kept", abort=True)
    aside = restore_backup(history, chosen, world.clock.wall().ms)
    click.echo("The backup is the record now." + (f" The one before is kept as {aside}." if aside else ""))


def _choose(backups: list[Path], wanted: Path | None) -> Path:
    if wanted is None:
        if not backups:
            raise CoachError("restore", "there is no backup yet.", "Name the file of one.")
        return backups[0]
    by_day = [one for one in backups if one.stem == f"history-{wanted}"]
    chosen = by_day[0] if by_day else wanted
    if not chosen.is_file():
        raise CoachError(
            str(wanted), "is neither a backup's day nor a file.", "`stretch-coach restore --list` has them."
        )
    return chosen


def _now(history: Path) -> str:
    from stretch_coach.journal.backups import look_into

    try:
        return f"{_said(look_into(history))} ({history})" if history.exists() else "no record"
    except CoachError as error:
        return str(error)


def _said(contents: "Contents") -> str:
    sessions = "1 session" if contents.sessions == 1 else f"{contents.sessions} sessions"
    return f"{sessions}, the last on {contents.last_day}" if contents.last_day else sessions
