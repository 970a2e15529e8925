"""`plan`: the days on which to exercise, and how many sessions a day."""

from datetime import date
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.options import DATE
from stretch_coach.cli.output import echo, echo_json
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.phrasing import count

if TYPE_CHECKING:
    from stretch_coach.journal.freezes import Freezes
    from stretch_coach.journal.plan import Plan


_MAX_DAYS = 3


@click.command()
@click.option("--days", metavar="DAYS", help="Weekdays, such as mon-fri, mon,wed,fri or daily.")
@click.option("--per-day", type=click.IntRange(1, 24), metavar="N", help="Sessions on each of these days.")
@click.option("--from", "start", type=DATE, help="The plan's first day, YYYY-MM-DD. The default is today.")
@click.option("--withdraw", type=DATE, metavar="DATE", help="Withdraw the plan that starts on this day.")
@click.option("--json", "as_json", is_flag=True, help="Print every plan as JSON.")
def plan(days: str | None, per_day: int | None, start: date | None, withdraw: date | None, *, as_json: bool) -> None:
    """Show your plan, or make a new one with --days or --per-day. Earlier days keep the plan they had."""
    context = find_context()
    if withdraw:
        if days is not None or per_day is not None or start or as_json:
            raise click.UsageError("--withdraw cannot be combined with other options.")
        _withdraw_plan(context, withdraw)
        return
    if days is None and per_day is None:
        if start:
            raise click.UsageError("--from needs a plan: add --days or --per-day.")
        _show_plans(context, as_json=as_json)
        return
    _make_plan(context, days, per_day, start or context.today, as_json=as_json)


def _make_plan(context: Context, days: str | None, per_day: int | None, first: date, *, as_json: bool) -> None:
    from stretch_coach.journal.plan import Plan, PlanBook, load_plans, set_plan
    from stretch_coach.journal.summary import close_days
    from stretch_coach.weekdays import parse_days

    try:
        weekdays = None if days is None else parse_days(days)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--days") from error
    with context.writable_history() as database:
        close_days(database, context.today, context.counting_rules)
        before = PlanBook(load_plans(database)).on(first)
        new = Plan(weekdays or before.days, per_day or before.per_day)
        set_plan(database, first, new, context.clock.wall().ms)
    if as_json:
        _show_plans(context, as_json=True)
        return
    echo(_plan_sentence(first, new))
    if first < context.today:
        echo(f"This changes how past days count. Undo: stretch-coach plan --withdraw {first}")


def _withdraw_plan(context: Context, day: date) -> None:
    from stretch_coach.journal.plan import withdraw_plan

    with context.writable_history() as database:
        if not withdraw_plan(database, day, context.clock.wall().ms):
            raise CoachError("plan", f"no plan starts on {day}.", "List your plans with `stretch-coach plan`.")
    echo(f"Withdrew the plan starting {day}.")


def _show_plans(context: Context, *, as_json: bool) -> None:
    from stretch_coach.journal.freezes import earned_freezes
    from stretch_coach.journal.plan import Plan, load_plans
    from stretch_coach.journal.sessions import list_day_sums
    from stretch_coach.journal.summary import load_summary
    from stretch_coach.weekdays import WEEKDAYS

    with context.history() as database:
        plans = load_plans(database)
        freezes = load_summary(database, context.today, context.counting_rules).freezes
        earned = earned_freezes(sum(day.done > 0 for day in list_day_sums(database, context.counting_rules)))
    if as_json:
        rows = [
            {"from": start.isoformat(), "days": [WEEKDAYS[day] for day in sorted(one.days)], "per_day": one.per_day}
            for start, one in plans
        ]
        echo_json(rows)
        return
    if not plans or plans[0][0] > context.today:
        echo(_plan_sentence(None, Plan()))
    for start, one in plans:
        echo(_plan_sentence(start, one))
    echo(_freezes_sentence(freezes, earned))


def _plan_sentence(start: date | None, plan: "Plan") -> str:
    from stretch_coach.weekdays import name_days

    what = f"{name_days(plan.days)}, {count(plan.per_day, 'session')} a day"
    return f"From {start}: {what}." if start else f"Until you make a plan: {what}."


def _freezes_sentence(freezes: "Freezes", earned: int) -> str:
    used = sorted(freezes.bridging)
    days = f" ({', '.join(map(str, used))})" if used else ""
    if len(used) > _MAX_DAYS:
        days = f", the latest on {', '.join(map(str, used[-_MAX_DAYS:]))}"
    numbers = f"{count(earned, 'freeze')} earned, {len(used)} used{days}, {freezes.left} left."
    return f"{numbers} Every seventh done day earns one; you can keep two."
