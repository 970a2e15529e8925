"""``breaks next`` and ``ics``: what comes, here and in a calendar."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from stretch_coach.breaks.files import signature
from stretch_coach.breaks.forecast import Forecast
from stretch_coach.breaks.pause import paused_until
from stretch_coach.breaks.standing import find_status, wall_seconds
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError


@click.command("next", short_help="When prompts are expected.")
@click.option("--count", type=click.IntRange(1, 100), default=5, show_default=True, metavar="N", help="How many.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def next_(count: int, *, as_json: bool) -> None:
    """Tell when the next prompts are expected, if you work on and take each break when it is offered."""
    world = find_world()
    zone, now = SystemZone(), wall_seconds(world)
    status = find_status(world)
    forecast = Forecast(world.settings.breaks, zone, world.settings.record.day_start)
    expected = forecast.expect(status.state, now, count, paused_until(world.places.breaks, now))
    if as_json:
        click.echo(json.dumps([one.as_json(zone) for one in expected], ensure_ascii=False))
        return
    for one in expected:
        click.echo(f"{zone.wall(one.at):%a %d %b %H:%M}  {one.routine}  ({one.rule})")
    if not expected:
        click.echo("No rules yet. `stretch-coach breaks every 45` makes one.")


@click.command(short_help="Times of the day as a calendar file.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def ics(file: Path, *, force: bool) -> None:
    """Write the rules that ask at times of the day as a calendar with alarms; - writes it to the output.

    Rules of active time are not in it: no calendar can count that.
    """
    from stretch_coach.breaks.calendar import calendar_text

    world = find_world()
    rules = [rule for rule in world.settings.breaks.rules if rule.at]
    if not rules:
        raise CoachError("breaks", "no rule asks at times of the day.", "`stretch-coach breaks at 10:30` makes one.")
    now = wall_seconds(world)
    text = calendar_text(rules, SystemZone().wall(now).date(), datetime.fromtimestamp(now, UTC))
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    if signature(file) and not force:
        raise CoachError(str(file), "exists already and was left as it is.", "Choose another name, or add --force.")
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check the folder.") from error
    times = sum(len(rule.at) for rule in rules)
    click.echo(f"{file}: {'1 time' if times == 1 else f'{times} times'} of the day, each with an alarm.")
