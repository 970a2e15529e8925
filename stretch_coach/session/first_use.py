"""What a new user chooses: which days, how often, the voice, and whether to be asked for breaks."""

from typing import TYPE_CHECKING, Any, NamedTuple

from stretch_coach.journal import acknowledgements
from stretch_coach.journal.plan import Plan, PlanBook, load_plans, set_plan
from stretch_coach.journal.summary import close_days
from stretch_coach.phrasing import count
from stretch_coach.settings.choices import SHORT_BREAKS
from stretch_coach.weekdays import name_days

if TYPE_CHECKING:
    import sqlite3

    from stretch_coach.context import Context

SUBJECT = "setup"
"""The subject that is acknowledged at 0 while the choices are still to be asked for, and later when they were."""

_OPEN_MS = 0
_ALL_DAYS = 7
_WORKDAYS = frozenset(range(5))


class Choices(NamedTuple):
    """What the user chooses.

    Attributes:
        days: On which weekdays to plan sessions, from 0 for Monday.
        per_day: How many sessions a day.
        level: What is heard, as in the setting `voice.level`.
        every: After how many minutes at the screen to ask for a break, or None for no reminders.
    """

    days: frozenset[int] = _WORKDAYS
    per_day: int = 1
    level: str = "full"
    every: int | None = None

    def break_rule(self) -> dict[str, Any] | None:
        """Return the break rule as a table of the settings file, or None for no reminders."""
        if self.every is None:
            return None
        days = {} if len(self.days) == _ALL_DAYS else {"days": name_days(self.days)}
        return {"every": self.every, **days, "routine": SHORT_BREAKS}

    def sentence(self) -> str:
        """Return the choices in a sentence."""
        if not self.days:
            return "Choose at least one day."
        week = count(len(self.days) * self.per_day, "session")
        plan = f"{week} a week: {_days_phrase(self.days)}, {count(self.per_day, 'session')} a day."
        if self.every is None:
            return f"{plan} No break reminders."
        return f"{plan} On these days, a break after {self.every} minutes at the screen, while the app is open."


def is_due(history: "sqlite3.Connection") -> bool:
    """Return whether the choices are still to be asked for, as first use was not finished."""
    return acknowledgements.acknowledged_at(history, SUBJECT) == _OPEN_MS


def leave_open(history: "sqlite3.Connection") -> None:
    """Remember that the choices are still to be asked for."""
    acknowledgements.acknowledge(history, [SUBJECT], _OPEN_MS)


def finish(context: "Context") -> None:
    """Remember that the user was asked.

    Raises:
        CoachError: The history cannot be written.
    """
    with context.writable_history() as history:
        acknowledgements.acknowledge(history, [SUBJECT], context.clock.wall().ms)


def current_choices(context: "Context", *, new: bool) -> Choices:
    """Return the choices that apply now; a new user has the defaults.

    Raises:
        CoachError: The history cannot be read.
    """
    level = context.settings.voice.level
    with context.history() as history:
        plans = load_plans(history)
    if new and not plans:
        return Choices(level=level)
    plan = PlanBook(plans).on(context.today)
    return Choices(plan.days, plan.per_day, level)


def keep_choices(context: "Context", choices: Choices) -> None:
    """Write what the user has chosen: the plan from today on, the voice, and the break rule.

    Raises:
        CoachError: The history or the settings cannot be written.
    """
    from stretch_coach.settings.edit import add_rule, change_setting  # noqa: PLC0415 - the app starts without it

    now_ms, plan = context.clock.wall().ms, Plan(choices.days, choices.per_day)
    with context.writable_history() as history:
        book = PlanBook(load_plans(history))
        if book.first_day is None or book.on(context.today) != plan:
            close_days(history, context.today, context.counting_rules)
            set_plan(history, context.today, plan, now_ms)
        acknowledgements.acknowledge(history, [SUBJECT], now_ms)
    if choices.level != context.settings.voice.level:
        context.edit_settings(lambda file: change_setting(file, "voice.level", choices.level))
    if rule := choices.break_rule():
        context.edit_settings(lambda file: add_rule(file, rule))


def _days_phrase(days: frozenset[int]) -> str:
    if len(days) == _ALL_DAYS:
        return "every day"
    return ", ".join(" to ".join(day.capitalize() for day in part.split("-")) for part in name_days(days).split(","))
