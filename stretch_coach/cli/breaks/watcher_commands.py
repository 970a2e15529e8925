"""`breaks watch`, `install` and `uninstall`: the watcher, and whether it starts at login."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.output import echo, note

if TYPE_CHECKING:
    from stretch_coach.breaks.autostart.install import AutostartOptions


@click.command()
def watch() -> None:
    """Watch how long you have been at the screen, and ask for breaks, until Ctrl+C or a logout ends it."""
    from stretch_coach.cli.watch import run_watcher

    run_watcher()


@click.command()
@click.option("--systemd", is_flag=True, help="As a systemd user unit instead of an XDG autostart file (Linux).")
@click.option("--print", "only_print", is_flag=True, help="Print what would be written, and write nothing.")
def install(*, systemd: bool, only_print: bool) -> None:
    """Start the watcher at login. Installing again changes nothing; `uninstall` removes it."""
    from stretch_coach.breaks.autostart import install as autostart
    from stretch_coach.breaks.autostart.formats import UNIT
    from stretch_coach.errors import CoachError
    from stretch_coach.paths import find_checkout

    options = find_autostart_options()
    chosen = options.files[0]
    if systemd:
        units = [one for one in options.files if one.file.name == UNIT]
        if not units:
            raise CoachError("--systemd", "there is no systemd here.", "Leave it out.")
        chosen = units[0]
    if only_print:
        note(f"{chosen.file}:")
        echo(chosen.content.decode("utf-16" if chosen.file.suffix == ".xml" else "utf-8"), newline=False)
        return
    changed = autostart.install(options, chosen)
    echo(f"{'Installed' if changed else 'Already installed'}: {chosen.name}, {chosen.file}")
    if checkout := find_checkout():
        echo(f"It runs from the checkout {checkout}, and stops working when that folder moves or goes.")
        echo("To be independent of it, install the program first (README.md), and then repeat this.")
    echo("It starts at your next login. To start it now: stretch-coach breaks watch")


@click.command()
@click.option("--print", "only_print", is_flag=True, help="Print what would be removed, and remove nothing.")
def uninstall(*, only_print: bool) -> None:
    """Don't start the watcher at login. One that is running continues until you log out or end it."""
    from stretch_coach.breaks.autostart import install as autostart

    options = find_autostart_options()
    if only_print:
        for one, _ in autostart.installed(options):
            echo(str(one.file))
        return
    removed = autostart.uninstall(options)
    for one in removed:
        echo(f"Removed: {one.name}, {one.file}")
    if not removed:
        echo("Nothing was installed.")


def find_autostart_options() -> "AutostartOptions":
    """Return the ways to start this user's watcher with this Python at login."""
    from stretch_coach.breaks.autostart.formats import watcher_command
    from stretch_coach.breaks.autostart.install import find_options
    from stretch_coach.breaks.session_processes import coach_command
    from stretch_coach.paths import find_places

    command = watcher_command(coach_command("breaks", "watch", window=False), os.environ)
    return find_options(command, os.environ, find_places().state, home=Path.home())
