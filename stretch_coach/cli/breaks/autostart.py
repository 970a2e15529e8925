"""``breaks install`` and ``breaks uninstall``: whether the watcher starts at login."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from stretch_coach.breaks.autostart.choose import Ways


@click.command(short_help="Start the watcher at login.")
@click.option("--systemd", is_flag=True, help="As a systemd user unit instead of an XDG autostart file (Linux).")
@click.option("--print", "only_print", is_flag=True, help="Print what would be written, and write nothing.")
def install(*, systemd: bool, only_print: bool) -> None:
    """Let the watcher start when you log in. Doing it again changes nothing; `uninstall` takes it away."""
    from stretch_coach.breaks.autostart import choose
    from stretch_coach.breaks.autostart.systemd import UNIT
    from stretch_coach.errors import CoachError

    ways = find_own_ways()
    entry = ways.entries[0]
    if systemd:
        units = [one for one in ways.entries if one.file.name == UNIT]
        if not units:
            raise CoachError("--systemd", "there is no systemd here.", "Leave it out.")
        entry = units[0]
    if only_print:
        click.echo(f"{entry.file}:", err=True)
        click.echo(entry.content.decode("utf-16" if entry.file.suffix == ".xml" else "utf-8"), nl=False)
        return
    changed = choose.install(ways, entry)
    click.echo(f"{'Installed' if changed else 'Already installed'}: {entry.name}, {entry.file}")
    click.echo("It starts at your next login. To start it now: stretch-coach breaks watch")


@click.command(short_help="Start the watcher at login no more.")
@click.option("--print", "only_print", is_flag=True, help="Print what would be removed, and remove nothing.")
def uninstall(*, only_print: bool) -> None:
    """Take away what `install` wrote. A watcher that runs already goes on until you log out or end it."""
    from stretch_coach.breaks.autostart import choose

    ways = find_own_ways()
    if only_print:
        for entry, _ in choose.installed(ways):
            click.echo(str(entry.file))
        return
    removed = choose.uninstall(ways)
    for entry in removed:
        click.echo(f"Removed: {entry.name}, {entry.file}")
    if not removed:
        click.echo("Nothing was installed.")


def find_own_ways() -> "Ways":
    """The ways to start the watcher of this user with this Python."""
    from stretch_coach.breaks.autostart.choose import find_ways
    from stretch_coach.breaks.autostart.entry import make_watcher
    from stretch_coach.breaks.program import coach_command
    from stretch_coach.paths import find_places

    watcher = make_watcher(coach_command("breaks", "watch", window=False), os.environ)
    return find_ways(watcher, os.environ, find_places().state, home=Path.home())
