"""The record in numbers: ``streak``, ``plan``."""

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.dates import DATE
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.journal.freezes import Freezes
    from stretch_coach.journal.summary import Summary


@click.command(short_help="How many planned days in a row were done.")
@click.option("--on", "day", type=DATE, help="As it stood on this day, YYYY-MM-DD.")
@click.option("--json", "as_json", is_flag=True, help="All numbers, for programs.")
@click.option("--format", "template", metavar="TEMPLATE", help='One line, such as "{current} {at_risk}".')
def streak(day: date | None, template: str | None, *, as_json: bool) -> None:
    """Show the streak, the share of the plan that was done, and how strong the habit is."""
    from stretch_coach.journal.summary import summarise
    from stretch_coach.journal.wording import days_text, streak_sentence

    if as_json and template is not None:
        raise click.UsageError("--json and --format do not go together.")
    world = find_world()
    with world.history() as database:
        summary = summarise(database, day or world.today, **world.counting)
    if as_json:
        click.echo(json.dumps(summary.as_json()))
        return
    if template is not None:
        from stretch_coach.journal.template import fill

        click.echo(fill(template, _values(summary)))
        return
    click.echo(streak_sentence(summary, day if day != world.today else None))
    numbers = [
        f"longest {days_text(summary.longest)}",
        f"last 7 days {_percent(summary.adherence_7)}",
        f"last 28 days {_percent(summary.adherence_28)}",
        f"strength {_percent(summary.strength)}",
        f"{summary.freezes.left} {'freeze' if summary.freezes.left == 1 else 'freezes'} left",
    ]
    click.echo(" · ".join(numbers))


@click.command(short_help="Which days, and how many sessions a day.")
@click.option("--days", metavar="DAYS", help="Weekdays: mon-fri, or mon,wed,fri, or daily.")
@click.option("--per-day", type=click.IntRange(1, 24), metavar="N", help="Sessions on each of them.")
@click.option("--from", "start", type=DATE, help="The day from which it holds, YYYY-MM-DD; today unless given.")
@click.option("--withdraw", type=DATE, metavar="DATE", help="Take back the plan that began on this day.")
@click.option("--json", "as_json", is_flag=True, help="Every plan there was, for programs.")
def plan(days: str | None, per_day: int | None, start: date | None, withdraw: date | None, *, as_json: bool) -> None:
    """Show the plan, or with --days or --per-day set a new one. The days before it stay judged by the old one."""
    from stretch_coach.journal.plan import Plan, PlanBook, load_plans, set_plan
    from stretch_coach.journal.summary import close_days
    from stretch_coach.weekdays import name_days, parse_days

    world = find_world()
    if withdraw:
        if days is not None or per_day is not None or start or as_json:
            raise click.UsageError("--withdraw stands alone.")
        _withdraw_plan(world, withdraw)
        return
    if days is None and per_day is None:
        if start:
            raise click.UsageError("--from needs a plan: add --days or --per-day.")
        _show_plans(world, as_json=as_json)
        return
    try:
        weekdays = None if days is None else parse_days(days)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--days") from error
    first = start or world.today
    with world.writable_history() as database:
        close_days(database, world.today, **world.counting)
        before = PlanBook(load_plans(database)).on(first)
        new = Plan(weekdays or before.days, per_day or before.per_day)
        set_plan(database, first, new, world.clock.wall().ms)
    if as_json:
        _show_plans(world, as_json=True)
    else:
        click.echo(f"From {first}: {name_days(new.days)}, {_sessions(new.per_day)} a day.")
        if first < world.today:
            click.echo(f"This judges days that have been. To take it back: stretch-coach plan --withdraw {first}")


def _values(summary: "Summary") -> dict[str, str]:
    told = summary.as_json()
    shares = ("adherence_7", "adherence_28", "strength")
    words = {True: "yes", False: "no"}
    return {
        name: _percent(value) if name in shares else words[value] if isinstance(value, bool) else str(value)
        for name, value in told.items()
    }


def _withdraw_plan(world: World, day: date) -> None:
    from stretch_coach.journal.plan import withdraw_plan

    with world.writable_history() as database:
        if not withdraw_plan(database, day, world.clock.wall().ms):
            raise CoachError("plan", f"no plan begins on {day}.", "`stretch-coach plan` lists them.")
    click.echo(f"The plan from {day} on was taken back.")


def _show_plans(world: World, *, as_json: bool) -> None:
    from stretch_coach.journal.freezes import earned_freezes
    from stretch_coach.journal.plan import Plan, load_plans
    from stretch_coach.journal.sessions import summarise_days
    from stretch_coach.journal.summary import summarise
    from stretch_coach.weekdays import WEEKDAYS, name_days

    with world.history() as database:
        plans = load_plans(database)
        freezes = summarise(database, world.today, **world.counting).freezes
        earned = earned_freezes(sum(day.done > 0 for day in summarise_days(database, **world.counting)))
    if as_json:
        told = [
            {"from": start.isoformat(), "days": [WEEKDAYS[day] for day in sorted(one.days)], "per_day": one.per_day}
            for start, one in plans
        ]
        click.echo(json.dumps(told))
        return
    if not plans or plans[0][0] > world.today:
        click.echo(f"{name_days(Plan().days)}, {_sessions(Plan().per_day)} a day, until you plan something else.")
    for start, one in plans:
        click.echo(f"From {start}: {name_days(one.days)}, {_sessions(one.per_day)} a day.")
    click.echo(_freezes_sentence(freezes, earned))


def _freezes_sentence(freezes: "Freezes", earned: int) -> str:
    """Freezes by their rule: how many were earned and used, and for which days."""
    used = sorted(freezes.bridging)
    days = f" ({', '.join(map(str, used))})" if used else ""
    told = "1 freeze" if earned == 1 else f"{earned} freezes"
    return (
        f"{told} earned, {len(used)} used{days}, {freezes.left} left. Every seventh done day earns one; two are kept."
    )


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
