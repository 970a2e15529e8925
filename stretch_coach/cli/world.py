"""The world as a command finds it."""

import click

from stretch_coach.clock import SystemClock
from stretch_coach.paths import find_places
from stretch_coach.settings import load_settings
from stretch_coach.world import World


def find_world() -> World:
    """The world as it is now; what is put right by itself is told on stderr.

    Raises:
        CoachError: The settings cannot be used.
    """
    places = find_places()
    return World(places, load_settings(places.settings_file), SystemClock(), _tell)


def _tell(sentence: str) -> None:
    click.echo(f"stretch-coach: {sentence}", err=True)
