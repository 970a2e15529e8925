"""The days of a history with a column for each week: how much was done on each, and a cursor that chooses one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.journal.statistics import DAY_KIND_WORDS, DayFacts, DayKind
from stretch_coach.journal.year_map import SHADES, Measure, Move, moved, shade_bounds, shade_of
from stretch_coach.tui.widgets.map_symbols import (
    BLOCK,
    DAYS_OF_WEEK,
    MARGIN,
    PART,
    SHADES_WITHOUT_COLOUR,
    WEEKDAY_NAMES,
    WEEKS,
    WIDEST_CELL,
    cell_width,
    day_words,
    map_symbol,
    month_line,
)

_LEGEND_GAP = 5
_LIGHTEST, _MISSED_TINT = 0.35, 0.12
_FEW_COLOURS = (None, "standard")


class HeatMap(Widget, can_focus=True):
    """Draws each day with a colour, or with a symbol where there are no colours, and lets the user choose one."""

    @dataclass
    class Moved(Message):
        """The cursor is on another day."""

        day: date

    @dataclass
    class Chosen(Message):
        """The user chose a day."""

        day: date

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"move('{move}')", words, show=False, id=f"map.{move}", tooltip=tooltip)
            for key, move, words, tooltip in (
                ("up", Move.DAY_BACK, "Day before", "Choose the day before"),
                ("down", Move.DAY_ON, "Next day", "Choose the next day"),
                ("left", Move.WEEK_BACK, "Week before", "Choose the same day a week before"),
                ("right", Move.WEEK_ON, "Next week", "Choose the same day a week later"),
                ("pageup", Move.MONTH_BACK, "Month before", "Choose the same day a month before"),
                ("pagedown", Move.MONTH_ON, "Next month", "Choose the same day a month later"),
                ("home", Move.FIRST, "First day", "Choose the first day"),
                ("end", Move.LAST, "Today", "Choose today"),
            )
        ),
        Binding("enter", "choose", "Sessions", id="map.choose", tooltip="Go to the sessions of the day"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"heat--done", "heat--quiet", "heat--frozen", "heat--open", "heat--cursor"}
    DEFAULT_CSS = """
    HeatMap { height: 8; width: 1fr; }
    HeatMap > .heat--done { color: $accent; }
    HeatMap > .heat--quiet { color: $text-muted; }
    HeatMap > .heat--frozen { color: $text-primary; }
    HeatMap > .heat--open { color: $text-warning; }
    HeatMap > .heat--cursor { color: $foreground; text-style: bold; }
    """

    days: reactive[Sequence[DayFacts]] = reactive(())
    """All days, in order and without gaps."""
    measure: reactive[Measure] = reactive(Measure.MINUTES)
    cursor: reactive[date | None] = reactive(None)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._last_week = 0
        self._bounds: tuple[int, ...] = ()

    @property
    def cell(self) -> int:
        """The width of a week in cells: as wide as a year allows."""
        return cell_width(self.size.width)

    @property
    def weeks(self) -> int:
        """How many weeks are shown at most."""
        return max(1, min(WEEKS, (self.size.width - MARGIN) // self.cell))

    @property
    def first_monday(self) -> int:
        """The first Monday that is shown, as an ordinal."""
        return self._last_week - DAYS_OF_WEEK * (self.weeks - 1)

    @property
    def chosen(self) -> DayFacts | None:
        """The day below the cursor, if there are days."""
        if not self.days or self.cursor is None:
            return None
        return self.days[(self.cursor - self.days[0].day).days]

    @property
    def has_colours(self) -> bool:
        """Whether shades can be told apart by colour."""
        return not self.app.no_color and self.app.console.color_system not in _FEW_COLOURS

    def show(self, days: Sequence[DayFacts]) -> None:
        """Show these days. The cursor stays where it was; at first it is on the last day."""
        self.days = days
        at_end = self.cursor is None
        kept = self.cursor or days[-1].day
        self.cursor = min(days[-1].day, max(days[0].day, kept))
        if at_end:
            self._last_week = _monday(days[-1].day)
        self._keep_cursor_visible()
        self._find_bounds()

    def can_move(self, move: Move) -> bool:
        """Return whether there are days in that direction."""
        if not self.days or self.cursor is None:
            return False
        return moved(self.cursor, move, self.days[0].day, self.days[-1].day) != self.cursor

    def watch_cursor(self, _: date | None, day: date | None) -> None:
        """Keep the cursor in view, and say where it is."""
        self._keep_cursor_visible()
        if day:
            self.post_message(self.Moved(day))

    def watch_measure(self) -> None:
        """Find the shades for what is shown now."""
        self._find_bounds()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._keep_cursor_visible()

    def on_click(self, event: events.Click) -> None:
        """Choose the day below the pointer."""
        if facts := self._day_at(event):
            self.cursor = facts.day
            if event.chain > 1:
                self.action_choose()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say how the day below the pointer went."""
        facts = self._day_at(event)
        self.tooltip = Content(day_words(facts)) if facts else None

    def _day_at(self, event: events.MouseEvent) -> DayFacts | None:
        week, row = divmod(event.x - MARGIN, self.cell)[0], event.y - 1
        if not self.days or not 0 <= row < DAYS_OF_WEEK or week < 0:
            return None
        index = self.first_monday + week * DAYS_OF_WEEK + row - self.days[0].day.toordinal()
        return self.days[index] if 0 <= index < len(self.days) else None

    def action_move(self, move: str) -> None:
        """Move the cursor."""
        if self.days and self.cursor:
            if move in (Move.YEAR_BACK, Move.YEAR_ON):
                by = -WEEKS if move == Move.YEAR_BACK else WEEKS
                self._last_week = max(_monday(self.days[0].day), self._last_week + by * DAYS_OF_WEEK)
            self.cursor = moved(self.cursor, Move(move), self.days[0].day, self.days[-1].day)

    def action_choose(self) -> None:
        """Choose the day below the cursor."""
        if self.cursor:
            self.post_message(self.Chosen(self.cursor))

    def legend(self, width: int) -> Content:
        """Return what the symbols mean, in their colours: on one line if that fits into `width` cells, or on two."""
        unit = "min" if self.measure is Measure.MINUTES else "sessions"
        shades = [Content.assemble((symbol, style), f" {words}") for symbol, style, words in self._shade_keys()]
        amounts = Content.assemble("Less  ", Content("  ").join(shades), f" {unit}  More") if shades else Content("")
        kinds = []
        for kind in (DayKind.PART, DayKind.FROZEN, DayKind.REST, DayKind.OPEN, DayKind.MISSED):
            symbol, style = self._symbol(DayFacts(date.min, kind, 0, 0, 0, 0, 0, 0.0))
            kinds.append(Content.assemble((symbol, _colour_of(style)), f" {DAY_KIND_WORDS[kind]}"))
        rest = Content("  ").join(kinds)
        if not shades:
            return rest
        fits = amounts.cell_length + rest.cell_length + _LEGEND_GAP <= width
        return Content(" " * _LEGEND_GAP if fits else "\n").join((amounts, rest))

    def render_line(self, y: int) -> Strip:
        """Draw one weekday, or the months above them."""
        width = self.size.width
        if not self.days:
            return Strip.blank(width, self.rich_style)
        monday, weeks, cell = self.first_monday, self.weeks, self.cell
        quiet = self.get_component_rich_style("heat--quiet")
        cursor = self.cursor.toordinal() if self.cursor and self.has_focus_within else 0
        if y == 0:
            segments = [Segment(" " * MARGIN + month_line(monday, weeks, cell), quiet)]
        else:
            marked = cursor and (cursor - monday) % DAYS_OF_WEEK == y - 1
            style = self.get_component_rich_style("heat--cursor") if marked else quiet
            name = f"{date.fromordinal(cursor):%a}" if marked else WEEKDAY_NAMES[y - 1]
            segments = [Segment(f"{name:<{MARGIN}}", style)]
            first = self.days[0].day.toordinal()
            for index in range(monday - first + y - 1, monday - first + y - 1 + weeks * DAYS_OF_WEEK, DAYS_OF_WEEK):
                inside = 0 <= index < len(self.days)
                segments += self._day(self.days[index]) if inside else [Segment(" " * cell, self.rich_style)]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _day(self, day: DayFacts) -> list[Segment]:
        symbol, style = self._symbol(day)
        cell, base = self.cell, self.rich_style
        block = cell - (cell == WIDEST_CELL)  # where there is space for a gap between two weeks
        is_cursor = day.day == self.cursor
        if is_cursor:
            mark = "[]" if cell > 1 else "+"
            return [Segment(mark, self._cursor_style()), Segment(" " * (cell - len(mark)), base)]
        if symbol in (BLOCK, PART) or symbol in SHADES_WITHOUT_COLOUR[SHADES]:
            return [Segment(symbol * block, style), Segment(" " * (cell - block), base)]
        return [Segment(symbol.ljust(cell), style)]

    def _cursor_style(self) -> Style:
        marked = self.get_component_rich_style("heat--cursor")
        if not self.has_colours:
            return marked + Style(reverse=True)
        return Style(color=self.rich_style.bgcolor, bgcolor=marked.color, bold=True)

    def _symbol(self, day: DayFacts) -> tuple[str, Style]:
        shade = shade_of(self.measure.of(day), self._bounds)
        symbol = map_symbol(day, shade, len(self._bounds), has_colours=self.has_colours)
        match day.kind:
            case DayKind.DONE:
                return symbol, self._shade_style(shade)
            case DayKind.PART:
                return symbol, self._shade_style(SHADES)
            case DayKind.FROZEN:
                return symbol, self.get_component_rich_style("heat--frozen")
            case DayKind.OPEN:
                return symbol, self.get_component_rich_style("heat--open")
            case DayKind.MISSED if self.has_colours:
                return symbol, self._tinted("heat--quiet", _MISSED_TINT)
            case _:
                return symbol, self.get_component_rich_style("heat--quiet")

    def _shade_style(self, shade: int) -> Style:
        steps = max(1, len(self._bounds) - 1)
        tint = 1.0 if len(self._bounds) <= 1 else _LIGHTEST + (1 - _LIGHTEST) * min(shade - 1, steps) / steps
        return self._tinted("heat--done", tint) if self.has_colours else self.get_component_rich_style("heat--done")

    def _tinted(self, name: str, tint: float) -> Style:
        """Return the style of a part of the map, with its colour mixed into the background."""
        styles = self.get_component_styles(name)
        behind = self.background_colors[1]
        return Style(color=behind.blend(Color.parse(styles.color), tint).rich_color, bgcolor=behind.rich_color)

    def _shade_keys(self) -> list[tuple[str, str, str]]:
        """Return the symbol, the style and the amounts of each shade."""
        keys = []
        for number, least in enumerate(self._bounds, start=1):
            upper = self._bounds[number] - 1 if number < len(self._bounds) else 0
            words = f"{least}+" if not upper else f"{least}" if upper == least else f"{least}–{upper}"
            facts = DayFacts(date.min, DayKind.DONE, 1, 1, least, least * 60_000, 0, 0.0)
            symbol, style = self._symbol(facts)
            keys.append((symbol * 2, _colour_of(style), words))
        return keys

    def _find_bounds(self) -> None:
        self._bounds = shade_bounds(map(self.measure.of, self.days))
        self.refresh()

    def _keep_cursor_visible(self) -> None:
        if not self.days or self.cursor is None:
            return
        week = _monday(self.cursor)
        span = DAYS_OF_WEEK * (self.weeks - 1)
        self._last_week = min(max(self._last_week, week), week + span)
        self.refresh()


def _monday(day: date) -> int:
    """Return the Monday of a day's week, as an ordinal."""
    return day.toordinal() - day.weekday()


def _colour_of(style: Style) -> str:
    return style.color.name if style.color else ""
