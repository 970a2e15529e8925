"""``breaks pause`` and ``resume``: no prompts for a while, and a pause that ends by itself."""

import click

from stretch_coach.breaks.commands import ring
from stretch_coach.breaks.pause import end_pause, paused_until, set_pause
from stretch_coach.breaks.pause_words import pause_end
from stretch_coach.breaks.standing import is_watching, wall_seconds
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.cli.breaks.standing import HOW_TO_WATCH
from stretch_coach.cli.world import find_world


@click.command(short_help="No prompts for a while.")
@click.argument("how_long", nargs=-1, required=True, metavar="2h | 45m | today | until 14:00")
def pause(how_long: tuple[str, ...]) -> None:
    """Ask for nothing for a while: for hours and minutes, for the rest of today, or until a time of the day."""
    world = find_world()
    zone, now = SystemZone(), wall_seconds(world)
    until = pause_end(" ".join(how_long).strip().lower(), now, zone, world.settings.record.day_start)
    set_pause(world.places.breaks, until)
    ring(world.places.breaks)
    click.echo(f"Paused until {zone.wall(until):%a %H:%M}; `stretch-coach breaks resume` ends it before.")
    if not is_watching(world):
        click.echo(f"No watcher runs at the moment. {HOW_TO_WATCH}")


@click.command(short_help="End a pause.")
def resume() -> None:
    """End a pause before its time."""
    world = find_world()
    was_paused = paused_until(world.places.breaks, wall_seconds(world)) is not None
    end_pause(world.places.breaks)
    ring(world.places.breaks)
    click.echo("The pause is over." if was_paused else "There was no pause.")
    if not is_watching(world):
        click.echo(f"No watcher runs at the moment. {HOW_TO_WATCH}")
