"""A year of days with a column for each week: how much was done on each day, and the kind of the others."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.journal.statistics import DAY_KIND_WORDS, DayFacts, DayKind
from stretch_coach.phrasing import count

_WEEKDAYS = ("Mon", "   ", "Wed", "   ", "Fri", "   ", "Sun")
_MARGIN = 4
_SHADES = "░▒▓█"
_SIGNS = {
    DayKind.PART: "▁",
    DayKind.FROZEN: "*",
    DayKind.REST: "·",
    DayKind.OPEN: "o",
    DayKind.MISSED: "□",
    DayKind.BEFORE: " ",
}
_COLOURS = {
    DayKind.DONE: "$text-accent",
    DayKind.PART: "$text-accent",
    DayKind.FROZEN: "$text-primary",
    DayKind.OPEN: "$text-warning",
}
_QUIET = "$text-muted"
_DAYS_OF_WEEK = 7
_MONTH_CELLS = 3


class Measure(StrEnum):
    """What the shade of a day stands for."""

    MINUTES = "minutes"
    SESSIONS = "sessions"

    def of(self, day: DayFacts) -> float:
        """Return how much was done on a day."""
        return day.done_ms / 60_000 if self is Measure.MINUTES else float(day.sessions)


def day_sign(day: DayFacts, measure: Measure, most: float) -> str:
    """Return the sign of a day: its kind, or for a done day a shade, the darker the closer to `most`."""
    if day.kind is not DayKind.DONE:
        return _SIGNS[day.kind]
    share = measure.of(day) / most if most else 0.0
    return _SHADES[min(len(_SHADES) - 1, int(share * len(_SHADES)))]


def month_line(monday: int, weeks: int, cell: int) -> str:
    """Return the names of the months above the weeks in which they begin.

    Args:
        monday: The first Monday, as an ordinal of the proleptic calendar.
        weeks: How many weeks there are.
        cell: The width of a week in cells.
    """
    line = ""
    for week in range(weeks):
        first = date.fromordinal(monday + _DAYS_OF_WEEK * week)
        begins = first.day <= _DAYS_OF_WEEK or week == 0
        at = week * cell
        if begins and len(line) <= at and (weeks - week) * cell >= _MONTH_CELLS:
            name = f"{first:%b}"
            line = line.ljust(at) + (f"{name} " if line or not week else name)
    return line.rstrip()


class HeatMap(Widget):
    """Draws each day with a sign and a colour, either of which is enough to read it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"heat--done", "heat--quiet", "heat--frozen", "heat--open", "heat--axis"}
    DEFAULT_CSS = """
    HeatMap { height: 8; width: 1fr; }
    HeatMap > .heat--done { color: $text-accent; }
    HeatMap > .heat--quiet { color: $text-muted; }
    HeatMap > .heat--frozen { color: $text-primary; }
    HeatMap > .heat--open { color: $text-warning; }
    HeatMap > .heat--axis { color: $text-muted; }
    """
    _COMPONENTS: ClassVar[dict[DayKind, str]] = {
        DayKind.DONE: "heat--done",
        DayKind.PART: "heat--done",
        DayKind.FROZEN: "heat--frozen",
        DayKind.OPEN: "heat--open",
    }

    days: reactive[Sequence[DayFacts]] = reactive(())
    measure: reactive[Measure] = reactive(Measure.MINUTES)

    @property
    def most(self) -> float:
        """The most that was done on any of the days."""
        return max((self.measure.of(day) for day in self.days), default=0.0)

    def legend(self, width: int) -> Content:
        """Return what the signs mean, in their colours, as far as that fits into `width` cells."""
        number = round(self.most)
        most = f"{number} min" if self.measure is Measure.MINUTES else count(number, "session")
        parts = [Content.assemble((_SHADES, _COLOURS[DayKind.DONE]), f" up to {most}")] if self.most else []
        for kind, sign in _SIGNS.items():
            if kind is not DayKind.BEFORE:
                parts.append(Content.assemble((sign, _COLOURS.get(kind, _QUIET)), f" {DAY_KIND_WORDS[kind]}"))
        gap = "   " if sum(part.cell_length + 3 for part in parts) <= width else "  "
        return Content(gap).join(parts)

    def render_line(self, y: int) -> Strip:
        """Draw one weekday, or the months above them."""
        width = self.size.width
        if not self.days:
            return Strip.blank(width, self.rich_style)
        first, last = self.days[0].day.toordinal(), self.days[-1].day.toordinal()
        monday = first - self.days[0].day.weekday()
        weeks = (last - monday) // _DAYS_OF_WEEK + 1
        cell = 2 if weeks * 2 + _MARGIN <= width else 1
        cut = max(0, weeks - (width - _MARGIN) // cell)  # the oldest weeks are left out if not all fit
        monday, weeks = monday + _DAYS_OF_WEEK * cut, weeks - cut
        axis = self.get_component_rich_style("heat--axis")
        if y == 0:
            segments = [Segment(" " * _MARGIN + month_line(monday, weeks, cell), axis)]
        else:
            segments = [Segment(_WEEKDAYS[y - 1] + " ", axis)]
            most = self.most
            for week in range(weeks):
                index = monday + _DAYS_OF_WEEK * week + y - 1 - first
                inside = 0 <= index < len(self.days)
                segments.append(
                    self._day(self.days[index], most, cell) if inside else Segment(" " * cell, self.rich_style)
                )
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _day(self, day: DayFacts, most: float, cell: int) -> Segment:
        style = self.get_component_rich_style(self._COMPONENTS.get(day.kind, "heat--quiet"))
        sign = day_sign(day, self.measure, most)
        return Segment(sign * cell if day.kind is DayKind.DONE else sign.ljust(cell), style)
