"""``breaks list``, ``every``, ``at`` and ``remove``: the rules by which the coach asks."""

from datetime import time
from typing import Any

import click

from stretch_coach.breaks.wording import rule_line
from stretch_coach.cli.dates import TIME_OF_DAY
from stretch_coach.cli.library import complete_routine, find_library
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.weekdays import EVERY_DAY, name_days, parse_days

_ALL_DAY = "24:00"


@click.command("list", short_help="The rules.")
def list_() -> None:
    """List the rules by which the coach asks for breaks."""
    rules = find_world().settings.breaks.rules
    for rule in rules:
        click.echo(rule_line(rule))
    if not rules:
        click.echo("No rules yet. `stretch-coach breaks every 45` or `breaks at 10:30 15:00` makes one.")


@click.command(short_help="Ask after minutes of active time.")
@click.argument("minutes", type=click.IntRange(5, 480))
@click.option("--from", "start", type=TIME_OF_DAY, help="Ask from this time of the day on, such as 09:00.")
@click.option("--to", "end", type=TIME_OF_DAY, help="And until this one, such as 17:30.")
@click.option("--window", "windows", multiple=True, metavar="09:00-12:30", help="The same; several parts of a day.")
@click.option("--days", metavar="DAYS", help="Weekdays: mon-fri, or mon,wed,fri. Every day unless given.")
@click.option(
    "--routine", shell_complete=complete_routine, help="What is offered; as start.routine is set if not given."
)
@click.option("--name", metavar="NAME", help="The rule's name, by which it is removed.")
def every(
    minutes: int,
    *,
    start: time | None,
    end: time | None,
    windows: tuple[str, ...],
    days: str | None,
    routine: str | None,
    name: str | None,
) -> None:
    """Ask for a break each time somebody has been at the screen for MINUTES."""
    parts = list(windows)
    if start or end:
        parts.append(f"{start or time(0):%H:%M}-{f'{end:%H:%M}' if end else _ALL_DAY}")
    _add({"every": minutes, **({"windows": parts} if parts else {})}, days, routine, name)


@click.command(short_help="Ask at times of the day.")
@click.argument("times", nargs=-1, required=True, type=TIME_OF_DAY, metavar="HH:MM…")
@click.option("--days", metavar="DAYS", help="Weekdays: mon-fri, or mon,wed,fri. Every day unless given.")
@click.option(
    "--routine", shell_complete=complete_routine, help="What is offered; as start.routine is set if not given."
)
@click.option("--name", metavar="NAME", help="The rule's name, by which it is removed.")
def at(times: tuple[time, ...], *, days: str | None, routine: str | None, name: str | None) -> None:
    """Ask for a break at these times, wherever you are."""
    _add({"at": [f"{one:%H:%M}" for one in sorted(set(times))]}, days, routine, name)


@click.command(short_help="Take a rule away.")
@click.argument("rule")
def remove(rule: str) -> None:
    """Take RULE away; `stretch-coach breaks list` has the names."""
    from stretch_coach.settings.editing import remove_rule

    remove_rule(find_world().places.settings_file, rule)
    click.echo(f"Removed: {rule}.")


def _add(rule: dict[str, Any], days: str | None, routine: str | None, name: str | None) -> None:
    from stretch_coach.settings.new_rule import add_new_rule

    world = find_world()
    if name in [one.id for one in world.settings.breaks.rules]:
        raise CoachError("breaks", f'"{name}" is the name of another rule.', "Choose another, or remove that one.")
    wished = world.settings.start.routine if routine is None else routine
    chosen = find_library(world.places).find(wished)
    if days is not None:
        try:
            if parse_days(days) != EVERY_DAY:
                rule["days"] = name_days(parse_days(days))
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--days") from error
    named = {"id": name} if name else {}
    settings = add_new_rule(world.places.settings_file, {**named, **rule, "routine": chosen.id})
    click.echo(rule_line(settings.breaks.rules[-1]))
    from stretch_coach.breaks.standing import is_watching
    from stretch_coach.cli.breaks.standing import HOW_TO_WATCH

    if not is_watching(world):
        click.echo(f"No watcher runs at the moment. {HOW_TO_WATCH}")
