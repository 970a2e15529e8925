"""Commands that run without loading click: `streak`, which status bars run every minute, and `breaks watch`."""

from typing import TYPE_CHECKING

from stretch_coach.cli.output import echo, echo_json, fill_template
from stretch_coach.phrasing import count, percent

if TYPE_CHECKING:
    from datetime import date

    from stretch_coach.journal.summary import Summary


def run_quickly(arguments: list[str]) -> bool:
    """Run `streak`, `streak --json`, `streak --format TEMPLATE` or `breaks watch`, and return True.

    For anything else, wrong usage included, return False: click handles it.
    """
    match arguments:
        case ["streak"]:
            show_streak()
        case ["streak", "--json"]:
            show_streak(as_json=True)
        case ["streak", "--format", template]:
            show_streak(template=template)
        case ["breaks", "watch"]:
            from stretch_coach.cli.watch import run_watcher

            run_watcher()
        case _:
            return False
    return True


def show_streak(day: "date | None" = None, template: str | None = None, *, as_json: bool = False) -> None:
    """Print the streak and the other numbers of the history.

    Args:
        day: The day whose numbers to print; None for today.
        template: Print one line with these names replaced, such as `{current}`.
        as_json: Print JSON.

    Raises:
        CoachError: The settings or the history cannot be read, or the template has an unknown name.
    """
    from stretch_coach.cli.context import find_context
    from stretch_coach.journal.summary import load_summary

    context = find_context()
    with context.history() as database:
        summary = load_summary(database, day or context.today, context.counting_rules)
    if as_json:
        echo_json(summary.as_json())
    elif template is not None:
        echo(fill_template(template, _template_values(summary)))
    else:
        from stretch_coach.journal.sentences import streak_sentence

        echo(streak_sentence(summary, day if day != context.today else None))
        numbers = [
            f"longest {count(summary.longest, 'day')}",
            f"last 7 days {percent(summary.adherence_7)}",
            f"last 28 days {percent(summary.adherence_28)}",
            f"strength {percent(summary.strength)}",
            f"{count(summary.freezes.left, 'freeze')} left",
        ]
        echo(" · ".join(numbers))


def _template_values(summary: "Summary") -> dict[str, str]:
    shares, words = ("adherence_7", "adherence_28", "strength"), {True: "yes", False: "no"}
    return {
        name: percent(value) if name in shares else words[value] if isinstance(value, bool) else str(value)
        for name, value in summary.as_json().items()
    }
