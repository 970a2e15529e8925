"""The days of the history: their map, the day below its cursor, and the list of sessions."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.year_map import Measure
from stretch_coach.tui.history_page import HistoryPage, read_day, read_steps
from stretch_coach.tui.widgets.heat_map import HeatMap
from stretch_coach.tui.widgets.history_text import number_lines
from stretch_coach.tui.widgets.map_symbols import map_width
from stretch_coach.tui.widgets.session_text import day_text, list_line, session_text

_NEAR_END = 20
"""More are read once the cursor is this close to the last one that was read."""

_NUMBER_CELLS = 20
_NONE_YET = "No sessions yet. Start one at home."


class DayText(Static):
    """A text that is written again when its width changes."""

    class Widened(Message):
        """The width has changed."""

    _width = 0

    def on_resize(self) -> None:
        """Say that the width has changed."""
        if self.size.width != self._width:
            self._width = self.size.width
            self.post_message(self.Widened())


class DaysSection(Vertical):
    """Shows days and sessions. What is marked in one part is shown in the others.

    Args:
        context: The user's history.
        names: The names of exercises by their ids.
    """

    class NearEnd(Message):
        """The cursor is near the last session that was read."""

    @dataclass
    class DayWanted(Message):
        """The user chose `day`, whose sessions were not read."""

        day: date

    SCOPED_CSS = False
    DEFAULT_CSS = """
    DaysSection {
        height: 1fr;
        #history-top { height: auto; }
        #history-map { padding: 0; }
        #history-numbers { width: 20; height: 8; padding: 1 0 0 1; }
        #history-key { height: auto; max-height: 2; margin-bottom: 1; }
        #history-below { height: 1fr; }
        #history-day {
            width: 1fr; height: 1fr; padding-right: 1; border-right: solid $border;
            scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        }
        #history-list {
            width: 1fr; height: 1fr; padding: 0 0 0 1; border: none; background: $background;
            text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
            &:focus { background-tint: $background; }
        }
    }
    .-mid #history-key { margin: 0; }
    .-narrow #history-numbers { display: none; }
    .-low #history-top, .-low #history-key, .-low #history-day { display: none; }
    .-narrow #history-below, .-medium #history-below { layout: vertical; }
    .-narrow #history-day, .-medium #history-day {
        width: 1fr; height: auto; max-height: 4; padding: 0; border: none;
    }
    .-narrow #history-list, .-medium #history-list { width: 1fr; padding: 0; }
    """
    rows = query_one("#history-list", OptionList)
    map = query_one(HeatMap)
    _day = query_one("#history-day-text", DayText)

    def __init__(self, context: Context, names: Mapping[str, str]) -> None:
        super().__init__(id="history-days")
        self.context = context
        self._names = names
        self._page: HistoryPage | None = None

    def compose(self) -> ComposeResult:
        """Lay out the map with its numbers and key, and below it the day and the sessions."""
        with Horizontal(id="history-top"):
            yield HeatMap(id="history-map")
            yield Static(id="history-numbers")
        yield Static(id="history-key")
        with Horizontal(id="history-below"):
            with VerticalScroll(id="history-day", can_focus=False):
                yield DayText(id="history-day-text")
            yield OptionList(id="history-list", markup=False)

    @property
    def marked(self) -> SessionRecord | None:
        """The marked session of the list."""
        option = self.rows.highlighted_option
        return self._page.find(option.id) if self._page and option and option.id else None

    def on_mount(self) -> None:
        """Draw the key in the colours of a new theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self.fit))

    def on_resize(self) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self.fit)

    def focus_start(self) -> None:
        """Focus the map, or the list where the map is not shown."""
        (self.map if self.map.display and self.query_one("#history-top", Horizontal).display else self.rows).focus()

    def show(self, page: HistoryPage, mark: str | None) -> None:
        """Show a part of the history, and mark the session with this id."""
        self._page = page
        self.map.show(page.statistics.days)
        self.rows.clear_options()
        self.rows.add_options(self._options(page.records))
        if ids := [record.id for record in page.records]:
            self.rows.highlighted = ids.index(mark) if mark in ids else 0
        else:
            self.rows.add_option(Option(Content(_NONE_YET), disabled=True))
        self.fit()
        self.show_marked()

    def add(self, page: HistoryPage) -> None:
        """Show that more sessions were read."""
        known = len(self._page.records) if self._page else 0
        self._page = page
        self.rows.add_options(self._options(page.records)[known:])

    def fit(self) -> None:
        """Fit map and key to the size of the screen."""
        if self._page is None:
            return
        width = self.content_size.width
        self.map.styles.width = map_width(width - (0 if self.screen.has_class("-narrow") else _NUMBER_CELLS))
        self._update("history-numbers", number_lines(self._page.statistics))
        self._update("history-key", self.map.legend(width))

    def choose_measure(self) -> None:
        """Shade the days by minutes or by sessions."""
        self.map.measure = Measure.SESSIONS if self.map.measure is Measure.MINUTES else Measure.MINUTES
        self.fit()

    def mark_day(self, day: date) -> None:
        """Mark the newest session of a day in the list, and focus it."""
        record = self._page.first_of(day) if self._page else None
        if self._page and record:
            self.rows.focus()
            self.rows.highlighted = self._page.records.index(record)
            self.rows.scroll_to_highlight(top=True)

    @on(HeatMap.Moved)
    @on(DayText.Widened)
    def show_marked(self) -> None:
        """Show the day below the cursor, or the marked session if the list has the focus."""
        self._read_marked()

    @on(HeatMap.Chosen)
    def _day_chosen(self, message: HeatMap.Chosen) -> None:
        facts = self.map.chosen
        if self._page is None or facts is None or not facts.sessions:
            return
        if self._page.first_of(message.day):
            self.mark_day(message.day)
        else:
            self.post_message(self.DayWanted(message.day))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Move the map's cursor along, and ask for more sessions near the end."""
        page, record = self._page, self.marked
        if page is None or record is None:
            return
        if page.has_more and message.option_index >= len(page.records) - _NEAR_END:
            self.post_message(self.NearEnd())
        if self.rows.has_focus:
            day = date.fromisoformat(record.day)
            if day == self.map.cursor or not page.statistics.days[0].day <= day <= page.statistics.days[-1].day:
                self.show_marked()
            else:
                self.map.cursor = day

    def on_descendant_focus(self) -> None:
        """Show what belongs to the part that has the focus."""
        self.show_marked()

    @work(exclusive=True, group="marked")
    async def _read_marked(self) -> None:
        """Read and show the day or the session that is marked."""
        facts = self.map.chosen
        record = self.marked if self.rows.has_focus else None
        width, is_wide = self._day.size.width, self.screen.has_class("-wide")
        try:
            if record and is_wide:
                steps = await asyncio.to_thread(read_steps, self.context, record.id)
                text = session_text(record, steps, self._names, width)
            elif facts:
                found = await asyncio.to_thread(read_day, self.context, facts.day, with_steps=is_wide)
                text = day_text(facts, found, self._names, width)
            else:
                return
        except CoachError as error:
            text = Content.styled(str(error), "$text-error")
        if not self.is_attached:
            return  # the screen was closed in the meantime
        self._day.update(text)
        self._day.parent.scroll_home(animate=False)  # type: ignore[union-attr]

    def _options(self, records: list[SessionRecord]) -> list[Option]:
        before = [None, *(record.day for record in records)]
        year = self.context.today.year
        return [
            Option(list_line(record, year, shows_day=record.day != previous), id=record.id)
            for record, previous in zip(records, before, strict=False)
        ]

    def _update(self, id_: str, words: Content) -> None:
        self.query_one(f"#{id_}", Static).update(words)
