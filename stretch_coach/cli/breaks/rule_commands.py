"""`breaks list`, `every`, `at`, `remove` and `ics`: the rules by which the coach asks for breaks."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import click

from stretch_coach.breaks.status import NO_RULES, NO_WATCHER, rule_line
from stretch_coach.breaks.store import is_watching
from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.cli.context import find_context
from stretch_coach.cli.library import complete_routine, find_library
from stretch_coach.cli.options import TIME_OF_DAY
from stretch_coach.cli.output import echo, echo_data, warn
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.phrasing import count
from stretch_coach.settings.choices import rotating, rotating_names
from stretch_coach.weekdays import EVERY_DAY, name_days, parse_days

_END_OF_DAY = "24:00"
_RULES = "breaks.rules"


_ROUTINES = click.option(
    "--routine",
    "routines",
    multiple=True,
    shell_complete=complete_routine,
    help="The routine to offer; repeat it for several that take turns. Default: start.routine.",
)
_ROTATE = click.option(
    "--rotate",
    "tags",
    multiple=True,
    metavar="TAG",
    help="Offer the routines with a tag, such as quick, in turn; all for every routine.",
)


@click.command("list")
def list_() -> None:
    """List the rules by which the coach asks for breaks."""
    context = find_context()
    rules, titles = context.settings.breaks.rules, RoutineTitles(context.places)
    for rule in rules:
        echo(rule_line(rule, titles.find))
    if not rules:
        echo(NO_RULES)
    for number, rule in enumerate(rules):
        if names := rotating_names(rule.routine):
            _warn_of_unknown(context, names, f"{_RULES}[{number}].routine")


def _warn_of_unknown(context: Context, names: tuple[str, ...], place: str) -> None:
    """Warn of a name in a rule that is neither a routine nor a tag of one: the file may have been written by hand."""
    from stretch_coach.guide.choice import check_names
    from stretch_coach.guide.offers import read_offers

    try:
        check_names(names, read_offers(context.places).routines)
    except CoachError as error:
        warn(CoachError(f"{context.places.settings_file}: {place}", str(error)))


@click.command()
@click.argument("minutes", type=click.IntRange(5, 480))
@click.option("--from", "start", type=TIME_OF_DAY, help="Ask from this time of day, such as 09:00.")
@click.option("--to", "end", type=TIME_OF_DAY, help="Ask until this time of day, such as 17:30.")
@click.option(
    "--window", "windows", multiple=True, metavar="09:00-12:30", help="Ask in this part of the day; may be repeated."
)
@click.option("--days", metavar="DAYS", help="Weekdays, such as mon-fri or mon,wed,fri. Default: every day.")
@_ROUTINES
@_ROTATE
@click.option("--name", metavar="NAME", help="A name for the rule.")
def every(
    minutes: int,
    *,
    start: time | None,
    end: time | None,
    windows: tuple[str, ...],
    days: str | None,
    routines: tuple[str, ...],
    tags: tuple[str, ...],
    name: str | None,
) -> None:
    """Ask for a break after every MINUTES at the screen."""
    parts = list(windows)
    if start or end:
        parts.append(f"{start or time(0):%H:%M}-{f'{end:%H:%M}' if end else _END_OF_DAY}")
    _add({"every": minutes, **({"windows": parts} if parts else {})}, days, name, routines, tags)


@click.command()
@click.argument("times", nargs=-1, required=True, type=TIME_OF_DAY, metavar="HH:MM…")
@click.option("--days", metavar="DAYS", help="Weekdays, such as mon-fri or mon,wed,fri. Default: every day.")
@_ROUTINES
@_ROTATE
@click.option("--name", metavar="NAME", help="A name for the rule.")
def at(
    times: tuple[time, ...], *, days: str | None, routines: tuple[str, ...], tags: tuple[str, ...], name: str | None
) -> None:
    """Ask for a break at these times of day, in whatever time zone you are."""
    _add({"at": [f"{one:%H:%M}" for one in sorted(set(times))]}, days, name, routines, tags)


@click.command()
@click.argument("rule")
def remove(rule: str) -> None:
    """Remove RULE. `stretch-coach breaks list` shows the names."""
    from stretch_coach.settings.edit import remove_rule

    remove_rule(find_context().places.settings_file, rule)
    echo(f"Removed: {rule}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def ics(file: Path, *, force: bool) -> None:
    """Write the rules that ask at times of day to FILE, as a calendar with alarms.

    If FILE is -, it goes to standard output. Rules that ask after minutes at the screen are left out, because no
    calendar can count those.
    """
    from stretch_coach.breaks.calendar import calendar_text, calendar_user
    from stretch_coach.breaks.timetable import SystemZone
    from stretch_coach.files import atomic_write

    context = find_context()
    rules = [rule for rule in context.settings.breaks.rules if rule.at]
    if not rules:
        raise CoachError("breaks", "no rule asks at times of day.", "Add one with `stretch-coach breaks at 10:30`.")
    now_ms = context.clock.wall().ms
    text = calendar_text(
        rules,
        SystemZone().wall(now_ms / 1000).date(),
        datetime.fromtimestamp(now_ms / 1000, UTC),
        user=calendar_user(context.places.breaks, now_ms),
        title_of=RoutineTitles(context.places).find,
    )
    if str(file) == "-":
        echo_data([text])
        return
    if file.exists() and not force:
        raise CoachError(str(file), "exists already and was left unchanged.", "Choose another name, or add --force.")
    with atomic_write(file) as out:
        out.write(text)
    times = sum(len(rule.at) for rule in rules)
    echo(f"{file}: {count(times, 'time')} of day, each with an alarm.")


def _add(
    rule: dict[str, Any], days: str | None, name: str | None, routines: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    from stretch_coach.settings.edit import add_rule
    from stretch_coach.settings.schema import RULES

    context = find_context()
    rule["routine"] = _offered(context, routines, tags)
    if days is not None:
        try:
            if parse_days(days) != EVERY_DAY:
                rule["days"] = name_days(parse_days(days))
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--days") from error
    if name:
        rule["id"] = name
    rules = add_rule(context.places.settings_file, rule).breaks.rules
    (wanted,) = RULES.kind.read([rule])
    added = next(one for one in reversed(rules) if one._replace(id=wanted.id) == wanted)
    echo(rule_line(added, RoutineTitles(context.places).find))
    if not is_watching(context.places):
        echo(NO_WATCHER)


def _offered(context: Context, routines: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """Return what a rule offers: one routine, or several in turn; without any name the user's usual choice.

    Raises:
        CoachError: A name is neither a routine nor a tag of one.
    """
    from stretch_coach.guide.choice import check_names
    from stretch_coach.guide.offers import read_offers

    library, usual = find_library(context.places), context.settings.start.routine
    ids = [library.find(one).id for one in routines]
    if not tags and not ids and not rotating_names(usual):
        ids = [library.find(usual).id]
    if len(ids) == 1 and not tags:
        return ids[0]
    names = (*ids, *tags) or rotating_names(usual)
    check_names(names, read_offers(context.places).routines)
    return rotating(names)
