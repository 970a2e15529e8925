"""``breaks watch``: ask at the right moment, until it is ended."""

import sys
from typing import TYPE_CHECKING

import click

from stretch_coach.paths import find_places

if TYPE_CHECKING:
    import sqlite3


@click.command(short_help="Watch, and ask at the right moment.")
def watch() -> None:
    """Watch the seat and the clock, and ask for breaks, until Ctrl+C or a logout ends it."""
    from stretch_coach.breaks.edges import find_edges
    from stretch_coach.breaks.watcher import watch as watch_until_ended
    from stretch_coach.clock import SystemClock

    places, clock = find_places(), SystemClock()

    def open_history() -> "sqlite3.Connection":
        from stretch_coach.settings import Settings
        from stretch_coach.world import World

        # The settings are followed by the watcher itself, which goes on when they are broken.
        return World(places, Settings(), clock, _say).open_history()

    watch_until_ended(places, clock, find_edges(clock, sys.stderr, places.state), open_history, _say)


def _say(sentence: str) -> None:
    click.echo(f"stretch-coach: {sentence}", err=True)
