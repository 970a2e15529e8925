"""The history at a glance: a year of days, trends, habits, comfort, and every session."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.revisions import delete_session, note_session, restore_session
from stretch_coach.journal.sentences import session_line, streak_sentence
from stretch_coach.routine.library import Library
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.history_page import HistoryPage, change_history, read_history, read_sessions, read_steps
from stretch_coach.tui.screens.session_detail import SessionDetailScreen
from stretch_coach.tui.widgets.heat_map import HeatMap, Measure
from stretch_coach.tui.widgets.history_text import (
    comfort_lines,
    habit_lines,
    number_line,
    trend_lines,
    with_coloured_bars,
)
from stretch_coach.tui.widgets.key_footer import KeyFooter

_TABS = ("sessions", "trends", "habits", "comfort")
_PAGE = 100
"""How many sessions are read at a time."""

_NEAR_END = 20
"""More are read once the cursor is this close to the last one that was read."""

_PATIENCE_SECONDS = 1.0
"""How long the screen waits for a busy history before it says so."""

_WAITING = "Waiting for another program that is using the history…"


class HistoryScreen(Screen[None]):
    """Shows the history, and corrects what is wrong in it.

    Args:
        context: The user's settings, history and clock.
        library: The exercises, for their names.
    """

    HELP = (
        "Each mark is a day of the year: the darker it is, the more you did. "
        "Enter shows a session step by step. d deletes one from the history, and u undoes that. "
        "1 to 4 switch between the tabs, [ and ] between the years."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="history.back", tooltip="Go back"),
        *(
            Binding(
                str(number),
                f"tab('{name}')",
                name.title(),
                show=False,
                id=f"history.{name}",
                tooltip=f"Show the tab {name.title()}",
            )
            for number, name in enumerate(_TABS, start=1)
        ),
        Binding("m", "measure", "Shade", id="history.measure", tooltip="Shade by minutes / sessions"),
        Binding(
            "left_square_bracket",
            "year(-1)",
            "Earlier",
            key_display="[",
            id="history.earlier",
            tooltip="Show an earlier year",
        ),
        Binding(
            "right_square_bracket", "year(1)", "Later", key_display="]", id="history.later", tooltip="Show a later year"
        ),
        Binding("d", "delete", "Delete", id="history.delete", tooltip="Delete the selected session from the history"),
        Binding("u", "undo", "Undo", id="history.undo", tooltip="Undo the last deletion"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    HistoryScreen {
        #history-streak, #history-numbers { padding: 0 2; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #history-key { padding: 0 2; height: auto; max-height: 2; }
        #history-numbers { color: $text-muted; }
        #history-map { padding: 0 2; }
        #history-tabs { height: 1fr; }
        TabPane { padding: 0 2; }
        TabPane VerticalScroll { scrollbar-size-vertical: 1; }
        Tab { color: $text-muted; }
        Tab.-active { color: $foreground; }
        #history-list {
            height: 1fr; padding: 0; border: none; background: $background;
            text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
        }
        &.-high #history-numbers, &.-high #history-key { margin-bottom: 1; }
        &.-low #history-map, &.-low #history-key { display: none; }
    }
    """

    _list = query_one("#history-list", OptionList)
    _map = query_one(HeatMap)

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._now: HistoryPage | None = None
        self._years_back = 0
        self._deleted: list[str] = []
        self._is_writing = False

    def compose(self) -> ComposeResult:
        """Lay out sentences and map above the tabs."""
        yield Static("…", id="history-streak")
        yield Static(id="history-numbers")
        yield HeatMap(id="history-map")
        yield Static(id="history-key")
        with TabbedContent(id="history-tabs"):
            with TabPane("Sessions", id="tab-sessions"):
                yield OptionList(id="history-list", markup=False)
            for name in _TABS[1:]:
                with TabPane(name.title(), id=f"tab-{name}"), VerticalScroll():
                    yield Static(id=f"history-{name}")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the history."""
        self._list.focus()
        self.reload()

    def on_resize(self) -> None:
        """Fit what is drawn to the new size."""
        self.call_after_refresh(self._draw)

    @work(exclusive=True)
    async def reload(self) -> None:
        """Read the history again, and keep the marked session marked."""
        await self._reload(self._marked_id())

    async def _reload(self, mark: str | None) -> None:
        """Read the history again, show it, and mark the session with this id."""
        at_least = len(self._now.records) if self._now else 0
        try:
            with self._reporting_waits():
                self._now = await asyncio.to_thread(read_history, self.context, max(at_least, _PAGE))
        except CoachError as error:
            self._show_error(error)
            return
        self._list.clear_options()
        self._list.add_options(map(_option, self._now.records))
        if ids := [record.id for record in self._now.records]:
            self._list.highlighted = ids.index(mark) if mark in ids else 0
        else:
            self._list.add_option(Option(Content("No sessions yet. Press Enter at home to start one."), disabled=True))
        self._draw()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done."""
        match action:
            case "delete":
                return bool(self._now and self._now.records)
            case "undo":
                return bool(self._deleted)
            case "year" if parameters == (1,):
                return self._years_back > 0
            case "year":
                return bool(self._now and self._now.has_year(self._years_back + 1))
            case _:
                return True

    def action_measure(self) -> None:
        """Shade the days by minutes or by sessions."""
        self._map.measure = Measure.SESSIONS if self._map.measure is Measure.MINUTES else Measure.MINUTES
        self._draw()

    def action_tab(self, name: str) -> None:
        """Show a tab, and give it the focus."""
        self.query_one(TabbedContent).active = f"tab-{name}"
        pane = self.query_one(f"#tab-{name}", TabPane)
        self.call_after_refresh(pane.query_children("OptionList, VerticalScroll").first().focus)

    def action_year(self, by: int) -> None:
        """Show an earlier year (-1) or a later one (1)."""
        self._years_back = max(0, self._years_back - by)
        self._draw()
        self.refresh_bindings()

    @work
    async def action_delete(self) -> None:
        """Delete the selected session from the history, and mark its neighbour."""
        marked = self._marked()
        if marked is None or self._now is None or self._is_writing:
            return
        neighbour = self._now.neighbour(marked.id)
        if await self._write(lambda database, now_ms: delete_session(database, marked.id, now_ms), mark=neighbour):
            self._deleted.append(marked.id)
            self.notify(f"Deleted {marked.title} ({marked.day}). Press u to undo.", markup=False)
            self.refresh_bindings()

    @work
    async def action_undo(self) -> None:
        """Undo the last deletion, and mark that session."""
        if self._is_writing:
            return
        session_id = self._deleted[-1]
        if await self._write(lambda database, now_ms: restore_session(database, session_id, now_ms), mark=session_id):
            self._deleted.pop()
            self.refresh_bindings()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Read more sessions when the end of those that were read is near."""
        now = self._now
        if now and now.has_more and message.option_index >= len(now.records) - _NEAR_END:
            self._read_more(len(now.records))

    @work(exclusive=True, group="more")
    async def _read_more(self, after: int) -> None:
        try:
            records, has_more = await asyncio.to_thread(read_sessions, self.context, _PAGE, after)
        except CoachError as error:
            self._show_error(error)
            return
        if self._now and len(self._now.records) == after:
            self._now = self._now._replace(records=self._now.records + records, has_more=has_more)
            self._list.add_options(map(_option, records))

    @on(OptionList.OptionSelected)
    @work
    async def _selected(self) -> None:
        """Show a session in full, and keep the note that the user wrote."""
        record = self._marked()
        if record is None:
            return
        try:
            steps = await asyncio.to_thread(read_steps, self.context, record.id)
        except CoachError as error:
            self._show_error(error)
            return
        names = {id_: exercise.name for id_, exercise in self._library.exercises.items()}
        note = await self.app.push_screen_wait(SessionDetailScreen(record, steps, names))
        if note is not None and note != (record.note or ""):
            await self._write(lambda database, now_ms: note_session(database, record.id, note, now_ms), mark=record.id)

    async def _write(self, change: Callable[[sqlite3.Connection, int], None], *, mark: str | None) -> bool:
        """Change the history, show it again, and mark a session. Return False if that was not possible.

        Until the new list is shown, the marked session is not the one that the user sees, so nothing else may change.
        """
        self._is_writing = True
        try:
            with self._reporting_waits():
                await asyncio.to_thread(change_history, self.context, change)
        except CoachError as error:
            self.context.warn(str(error))
            self._draw()
            return False
        else:
            await self._reload(mark)
            return True
        finally:
            self._is_writing = False

    @contextmanager
    def _reporting_waits(self) -> Iterator[None]:
        timer = self.set_timer(_PATIENCE_SECONDS, lambda: self._update("history-streak", Content(_WAITING)))
        try:
            yield
        finally:
            timer.stop()

    def _marked(self) -> SessionRecord | None:
        """Return the marked session."""
        marked = self._marked_id()
        return self._now.find(marked) if self._now and marked else None

    def _marked_id(self) -> str | None:
        option = self._list.highlighted_option
        return option.id if option else None

    def _show_error(self, error: CoachError) -> None:
        self.query_one("#history-streak", Static).update(Content.styled(str(error), "$text-error"))

    def _draw(self) -> None:
        """Fit everything but the list to the size of the screen."""
        if self._now is None:
            return
        statistics = self._now.statistics
        width = max(20, self.size.width - 4)
        self._map.days = self._now.year(self._years_back)
        summary = statistics.summary
        style = "$text-warning" if summary.streak.at_risk and not summary.hurt else "bold"
        self._update("history-streak", Content.styled(streak_sentence(summary), style))
        self._update("history-numbers", Content(number_line(summary)))
        self._update("history-key", self._map.legend(width))
        width -= 1  # the scrollbar of a tab
        shown = statistics._replace(days=list(self._map.days))
        self._update("history-trends", with_coloured_bars(trend_lines(shown, width)))
        self._update("history-habits", with_coloured_bars(habit_lines(statistics, width)))
        self._update("history-comfort", with_coloured_bars(comfort_lines(statistics)))

    def _update(self, id_: str, words: Content) -> None:
        self.query_one(f"#{id_}", Static).update(words)


def _option(record: SessionRecord) -> Option:
    return Option(Content(session_line(record)), id=record.id)
