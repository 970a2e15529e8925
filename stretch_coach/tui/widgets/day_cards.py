"""The day and the week at a glance, each in a card."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from stretch_coach.journal.sentences import streak_sentence, today_sentence
from stretch_coach.phrasing import count

if TYPE_CHECKING:
    from stretch_coach.journal.glance import Glance, PlanLine

_SYMBOLS = {"completed": ("✓", "$text-success"), "partial": ("◐", "$text-accent"), "stopped": ("■", "$text-error")}
_OTHER, _PLANNED = ("·", "$text-muted"), ("○", "$text-warning")
_WAITING = Content.styled("…", "$text-muted")
_STRIP_WITH_MINUTES = 3


class TodayCard(Widget, can_focus=False):
    """Shows what of today's plan is done, and when the next break prompt comes.

    In a small terminal it is one line, which holds the week and the streak too.
    """

    DEFAULT_CSS = """
    TodayCard { width: 1fr; height: 1fr; padding: 0 1; border: round $border; border-title-color: $text-accent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._glance: Glance | None = None
        self._prompt = ""
        self.border_title = "Today"

    def show(self, glance: "Glance") -> None:
        """Show the day so far."""
        self._glance = glance
        self.border_title = f"{glance.today.day:%A} {glance.today.day.day} {glance.today.day:%B}"
        self.refresh()

    def show_prompt(self, sentence: str) -> None:
        """Show when the next prompt comes, or nothing if the sentence is empty."""
        self._prompt = sentence
        self.refresh()

    def render(self) -> Content:
        """Return the lines that fit."""
        glance, height = self._glance, self.size.height
        if glance is None:
            return _WAITING
        if height < 2:  # noqa: PLR2004 - a single line
            return _one_line(glance, self.size.width)
        from stretch_coach.journal.glance import plan_lines  # noqa: PLC0415 - loaded with the glance

        width = self.size.width
        prompt = Content.styled(self._prompt, "$text-muted").wrap(width) if self._prompt else []
        plan = _plan_text(plan_lines(glance.today), height - 1 - len(prompt))
        lines = [Content.styled(today_sentence(glance.today), "bold"), *plan]
        gap = [Content("")] * (height - len(lines) - len(prompt))
        return _lines([*lines, *gap[:1], *prompt], width)


class WeekCard(Widget, can_focus=False):
    """Shows the last seven days, and the streak."""

    DEFAULT_CSS = """
    WeekCard { width: 1fr; height: 1fr; padding: 0 1; border: round $border; border-title-color: $text-accent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._glance: Glance | None = None
        self.border_title = "Last seven days"
        self.tooltip = Content("● done   ◐ partial   ○ open   □ missed   * streak freeze   · rest day\nClick for more.")

    async def on_click(self) -> None:
        """Open the history."""
        await self.run_action("app.open('history')")

    def show(self, glance: "Glance") -> None:
        """Show the week that ends today."""
        self._glance = glance
        self.refresh()

    def render(self) -> Content:
        """Return the strip and the streak."""
        if self._glance is None:
            return _WAITING
        from stretch_coach.tui.widgets.day_strip import day_strip  # noqa: PLC0415 - loaded with the glance

        summary = self._glance.today.summary
        width, height = self.size
        style = "$text-warning" if summary.streak.at_risk and not summary.hurt else ""
        streak = Content.styled(streak_sentence(summary), style).wrap(width)
        roomy = _STRIP_WITH_MINUTES + len(streak) <= height
        strip = day_strip(self._glance.week, summary.streak, width, minutes=roomy)
        return _lines([*strip, *streak], width)


def _one_line(glance: "Glance", width: int) -> Content:
    """Return the week, the day and the streak on a line, in fewer words where it is short."""
    from stretch_coach.tui.widgets.day_strip import short_strip  # noqa: PLC0415 - loaded with the glance

    today, strip = glance.today, short_strip(glance.week) + "  "
    streak = f"{today.summary.streak.length}-day streak." if today.summary.streak.length else ""
    line = strip + f"{today_sentence(today)} {streak}"
    if line.cell_length <= width or not today.planned or today.summary.hurt:
        return line
    return strip + f"{today.done} of {today.planned} today. {streak}"


def _plan_text(lines: "list[PlanLine]", at_most: int) -> list[Content]:
    """Return the last lines of a plan; if not all fit, the first says how many are left out."""
    shown = lines if len(lines) <= at_most else lines[-max(0, at_most - 1) :] if at_most > 1 else []
    left_out = len(lines) - len(shown)
    more = [Content.styled(f"  {count(left_out, 'session')} earlier", "$text-muted")] if left_out else []
    return [*more[:at_most], *map(_plan_line, shown)]


def _plan_line(line: "PlanLine") -> Content:
    symbol, colour = _SYMBOLS.get(line.outcome, _OTHER) if line.outcome else _PLANNED
    time = Content.styled(f" {line.time}", "$text-muted") if line.time else Content("")
    return Content.assemble((symbol, colour), time, " ", line.words)


def _lines(lines: list[Content], width: int) -> Content:
    return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)
