"""The record: ``streak``, ``history``, ``plan``."""

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.dates import DATE
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.journal.records import SessionRecord


@click.command(short_help="How many planned days in a row were done.")
@click.option("--on", "day", type=DATE, help="As it stood on this day, YYYY-MM-DD.")
@click.option("--json", "as_json", is_flag=True, help="All numbers, for programs.")
def streak(day: date | None, *, as_json: bool) -> None:
    """Show the streak, the share of the plan that was done, and how strong the habit is."""
    from stretch_coach.journal.summary import summarise
    from stretch_coach.journal.wording import days_text, streak_sentence

    world = find_world()
    with world.history() as database:
        summary = summarise(database, day or world.today, **world.counting)
    if as_json:
        click.echo(json.dumps(summary.as_json()))
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


@click.command(short_help="The sessions that were recorded.")
@click.option("--days", type=click.IntRange(min=1, max=36500), metavar="N", help="Only the last N days.")
@click.option("--json", "as_json", is_flag=True, help="All that is recorded, newest first, for programs.")
def history(days: int | None, *, as_json: bool) -> None:
    """List the sessions, newest first."""
    from stretch_coach.journal.records import session_json
    from stretch_coach.journal.running import is_under_way
    from stretch_coach.journal.sessions import list_sessions, list_steps

    world = find_world()
    since = (world.today - timedelta(days=days - 1)).isoformat() if days else ""
    with world.history() as database:
        records = [
            record
            for record in list_sessions(database, since)
            if record.ended_ms is not None or not is_under_way(world.places.running, record.id)
        ]
        if as_json:
            told = [session_json(record, list_steps(database, record.id)) for record in records]
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
            return
    for record in records:
        click.echo(_history_line(record))
    if not records:
        click.echo("No sessions yet. `stretch-coach start` begins one.")


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


def _withdraw_plan(world: World, day: date) -> None:
    from stretch_coach.journal.plan import withdraw_plan

    with world.writable_history() as database:
        if not withdraw_plan(database, day, world.clock.wall().ms):
            raise CoachError("plan", f"no plan begins on {day}.", "`stretch-coach plan` lists them.")
    click.echo(f"The plan from {day} on was taken back.")


def _show_plans(world: World, *, as_json: bool) -> None:
    from stretch_coach.journal.plan import Plan, load_plans
    from stretch_coach.weekdays import WEEKDAYS, name_days

    with world.history() as database:
        plans = load_plans(database)
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


def _history_line(record: "SessionRecord") -> str:
    from datetime import datetime, timezone

    zone = timezone(timedelta(seconds=record.utc_offset_s))
    begun = datetime.fromtimestamp(record.started_ms / 1000, zone)
    minutes = f"{_clock(record.done_ms)} of {_clock(record.planned_ms)}"
    how = record.outcome.value + ("" if record.source == "timer" else f", {record.source.value}")
    return f"{begun:%Y-%m-%d %H:%M}  {minutes:>14}  {how:<18}  {record.title}"


def _clock(ms: int) -> str:
    seconds = round(ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
