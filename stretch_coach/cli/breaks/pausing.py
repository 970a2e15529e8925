"""``breaks pause`` and ``resume``: no prompts for a while, and a pause that ends by itself."""

import re
from datetime import datetime, time, timedelta

import click

from stretch_coach.breaks.commands import ring
from stretch_coach.breaks.pause import end_pause, paused_until, set_pause
from stretch_coach.breaks.zone import SystemZone, Zone
from stretch_coach.cli.breaks.standing import HOW_TO_WATCH, is_watching, wall_seconds
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError

_LONGEST = timedelta(days=31)
_SPAN = r"(?:(?P<hours>\d{1,3})\s*h)?\s*(?:(?P<minutes>\d{1,5})\s*(?:m|min)?)?"
_CURE = "Write it as 2h, 45m, 1h30, today, or until 14:00."


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


def pause_end(words: str, now: float, zone: Zone, day_start: time) -> float:
    """The instant at which a pause ends that somebody asks for in these words.

    Raises:
        CoachError: The words say none.
    """
    wall = zone.wall(now)
    if words == "today":
        return _next(day_start, wall, zone)
    if found := re.fullmatch(r"until\s+(\d?\d):(\d\d)", words, re.ASCII):
        try:
            return _next(time(int(found[1]), int(found[2])), wall, zone)
        except ValueError:
            raise CoachError("pause", f'"{words}" has no time of day.', _CURE) from None
    found = re.fullmatch(_SPAN, words, re.ASCII)
    span = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0)) if found else timedelta(0)
    if not timedelta(0) < span <= _LONGEST:
        shown = words if words.isprintable() else ascii(words)
        raise CoachError("pause", f'"{shown}" is not a length of time up to 31 days.', _CURE)
    return now + span.total_seconds()


def _next(at: time, wall: datetime, zone: Zone) -> float:
    """The next instant at which the wall clock shows a time."""
    day = wall.date() + timedelta(days=at <= wall.time())
    return zone.instant(datetime.combine(day, at))
