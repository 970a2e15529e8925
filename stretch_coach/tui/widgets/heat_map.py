"""A year of days, a column a week: how much was done on each, and what became of the others."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.journal.statistics import DayFacts, DayKind

_LABELS = ("Mon", "   ", "Wed", "   ", "Fri", "   ", "Sun")
_MARGIN = 4
_LEVELS = "░▒▓█"
SIGNS = {
    DayKind.PART: "▁",
    DayKind.FROZEN: "*",
    DayKind.REST: "·",
    DayKind.OPEN: "o",
    DayKind.MISSED: "□",
    DayKind.BEFORE: " ",
}
KEY = "░▒▓█ done   ▁ something done   * bridged by a freeze   · nothing planned   □ nothing recorded   o today"
SHORT_KEY = "░▒▓█ done  ▁ some  * frozen  · rest day  □ nothing  o today"


class Measure(StrEnum):
    """What the shade of a done day tells."""

    MINUTES = "minutes"
    SESSIONS = "sessions"


def amount(day: DayFacts, measure: Measure) -> float:
    """How much was done on a day."""
    return day.done_ms / 60_000 if measure is Measure.MINUTES else float(day.sessions)


def sign_of(day: DayFacts, measure: Measure, most: float) -> str:
    """The sign of a day; of a done one, the darker the more, against the most of any day."""
    if day.kind is not DayKind.DONE:
        return SIGNS[day.kind]
    share = amount(day, measure) / most if most else 0.0
    return _LEVELS[min(len(_LEVELS) - 1, int(share * len(_LEVELS)))]


def months_line(monday: int, weeks: int, cell: int) -> str:
    """The names of the months above the weeks in which they begin."""
    line = ""
    for week in range(weeks):
        first = date.fromordinal(monday + 7 * week)
        begins = first.day <= 7 or week == 0  # noqa: PLR2004 - the first week of a month
        at = week * cell
        if begins and len(line) <= at and (weeks - week) * cell >= 3:  # noqa: PLR2004 - the length of a name
            name = f"{first:%b}"
            line = line.ljust(at) + (f"{name} " if line or not week else name)
    return line.rstrip()


class HeatMap(Widget):
    """The days, drawn by sign and by colour, so that either is enough."""

    COMPONENT_CLASSES = {"heat--done", "heat--quiet", "heat--frozen", "heat--open", "heat--axis"}  # noqa: RUF012 - Textual's way
    DEFAULT_CSS = """
    HeatMap { height: 8; width: 1fr; }
    HeatMap > .heat--done { color: $accent; }
    HeatMap > .heat--quiet { color: $text-disabled; }
    HeatMap > .heat--frozen { color: $primary; }
    HeatMap > .heat--open { color: $warning; }
    HeatMap > .heat--axis { color: $text-muted; }
    """
    _CLASSES = {  # noqa: RUF012 - never changed
        DayKind.DONE: "done",
        DayKind.PART: "done",
        DayKind.FROZEN: "frozen",
        DayKind.OPEN: "open",
    }

    days: reactive[Sequence[DayFacts]] = reactive(())
    measure: reactive[Measure] = reactive(Measure.MINUTES)

    def render_line(self, y: int) -> Strip:
        """One weekday, or the months above them."""
        width = self.size.width
        if not self.days:
            return Strip.blank(width, self.rich_style)
        first, last = self.days[0].day.toordinal(), self.days[-1].day.toordinal()
        monday = first - self.days[0].day.weekday()
        weeks = (last - monday) // 7 + 1
        cell = 2 if weeks * 2 + _MARGIN <= width else 1
        cut = max(0, weeks - (width - _MARGIN) // cell)  # what does not fit is the oldest
        monday, weeks = monday + 7 * cut, weeks - cut
        axis = self.get_component_rich_style("heat--axis")
        if y == 0:
            segments = [Segment(" " * _MARGIN + months_line(monday, weeks, cell), axis)]
        else:
            segments = [Segment(_LABELS[y - 1] + " ", axis)]
            most = max((amount(day, self.measure) for day in self.days), default=0.0)
            for week in range(weeks):
                index = monday + 7 * week + y - 1 - first
                inside = 0 <= index < len(self.days)
                segments.append(
                    self._day(self.days[index], most, cell) if inside else Segment(" " * cell, self.rich_style)
                )
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _day(self, day: DayFacts, most: float, cell: int) -> Segment:
        style = self.get_component_rich_style(f"heat--{self._CLASSES.get(day.kind, 'quiet')}")
        sign = sign_of(day, self.measure, most)
        return Segment(sign * cell if day.kind is DayKind.DONE else sign.ljust(cell), style)
