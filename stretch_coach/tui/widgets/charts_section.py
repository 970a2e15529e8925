"""The sections of the history that are charts."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from stretch_coach.journal.statistics import Statistics
from stretch_coach.tui.widgets.history_charts import comfort_lines, habit_lines, trend_lines

_AROUND_WIDE, _AROUND_HIGH = 6, 6
"""The cells of the screen that are not for charts: padding, scrollbar and heading."""


class ChartsSection(VerticalScroll):
    """Shows trends, habits or comfort."""

    DEFAULT_CSS = "ChartsSection { height: 1fr; scrollbar-size-vertical: 1; }"

    def compose(self) -> ComposeResult:
        """Lay out the text that all charts are."""
        yield Static(id="history-chart")

    def show(self, section: str, statistics: Statistics, screen: Size) -> None:
        """Show a section, `Trends`, `Habits` or `Comfort`, on a screen of this size."""
        width, height = max(20, screen.width - _AROUND_WIDE), screen.height - _AROUND_HIGH
        match section:
            case "Trends":
                lines = trend_lines(statistics, width, height)
            case "Habits":
                lines = habit_lines(statistics, width, height)
            case _:
                lines = comfort_lines(statistics, width, height)
        self.query_one("#history-chart", Static).update(Content("\n").join(lines))
