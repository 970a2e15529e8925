"""`streak`: print the numbers of the history."""

from datetime import date

import click

from stretch_coach.cli.options import DATE
from stretch_coach.cli.quick import show_streak


@click.command()
@click.option("--on", "day", type=DATE, help="Show the numbers of this day, YYYY-MM-DD. The default is today.")
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@click.option("--format", "template", metavar="TEMPLATE", help='Print one line, such as "{current} {at_risk}".')
def streak(day: date | None, template: str | None, *, as_json: bool) -> None:
    """Show your streak, your adherence to the plan, and the strength of your habit."""
    if as_json and template is not None:
        raise click.UsageError("--json and --format cannot be combined.")
    show_streak(day, template, as_json=as_json)
