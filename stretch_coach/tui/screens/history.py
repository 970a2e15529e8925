"""The history at a glance: days and sessions, trends, habits and comfort, each in a section of its own."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList, Static

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.revisions import delete_session, note_session, restore_session
from stretch_coach.journal.sentences import streak_sentence
from stretch_coach.journal.year_map import Move
from stretch_coach.routine.library import Library
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.history_page import HistoryPage, change_history, read_history, read_sessions, read_steps
from stretch_coach.tui.keymap import name_keys
from stretch_coach.tui.screens.session_detail import SessionDetailScreen
from stretch_coach.tui.widgets.charts_section import ChartsSection
from stretch_coach.tui.widgets.days_section import DaysSection
from stretch_coach.tui.widgets.heat_map import HeatMap
from stretch_coach.tui.widgets.history_text import number_line
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.section_bar import SectionBar

_SECTIONS = ("Days", "Trends", "Habits", "Comfort")
_PAGE = 100
"""How many sessions are read at a time."""

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
        "Each square is a day: the brighter it is, the more you did. Arrow keys choose a day, Page Up and Page Down "
        "move by a month, {history.earlier} and {history.later} by a year; "
        "Enter goes to the day's sessions. In the list, Enter shows a session step by step, {history.delete} deletes "
        "it from the history, and {history.undo} undoes that. {history.days}, {history.trends}, {history.habits} "
        "and {history.comfort} open the sections."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="history.back", tooltip="Go back"),
        *(
            Binding(
                str(number),
                f"section({number})",
                name,
                show=False,
                id=f"history.{name.lower()}",
                tooltip=f"Show the section {name}",
            )
            for number, name in enumerate(_SECTIONS, start=1)
        ),
        Binding("m", "measure", "Shade", id="history.measure", tooltip="Shade by minutes / sessions"),
        *(
            Binding(key, f"year('{move}')", name, key_display=sign, id=f"history.{name.lower()}", tooltip=tooltip)
            for key, sign, move, name, tooltip in (
                ("left_square_bracket", "[", Move.YEAR_BACK, "Earlier", "Show an earlier year"),
                ("right_square_bracket", "]", Move.YEAR_ON, "Later", "Show a later year"),
            )
        ),
        Binding("d", "delete", "Delete", id="history.delete", tooltip="Delete the selected session from the history"),
        Binding("u", "undo", "Undo", id="history.undo", tooltip="Undo the last deletion"),
    ]
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    HistoryScreen {
        #history-streak { padding: 0 2; height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        #history-sections { padding: 0 2; margin-bottom: 1; }
        #history-days { padding: 0 2; }
        #history-charts { padding: 0 2; display: none; }
        &.-charts #history-charts { display: block; }
        &.-charts #history-days { display: none; }
        &.-high #history-streak { margin-top: 1; }
        &.-high #history-sections { margin: 1 0; height: 1; }
        &.-low #history-sections { margin: 0; }
    }
    """

    _days = query_one(DaysSection)
    _bar = query_one(SectionBar)
    _charts = query_one(ChartsSection)

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._names = {id_: exercise.name for id_, exercise in library.exercises.items()}
        self._now: HistoryPage | None = None
        self._deleted: list[str] = []
        self._is_writing = False

    def compose(self) -> ComposeResult:
        """Lay out the streak, the names of the sections, and the open section."""
        yield Static("…", id="history-streak")
        yield SectionBar(_SECTIONS, id="history-sections")
        yield DaysSection(self.context, self._names)
        yield ChartsSection(id="history-charts")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the history."""
        self.reload()

    def on_screen_suspend(self) -> None:
        """Take away what was said about the list, which cannot be undone on another screen."""
        self.app.clear_notifications()

    def on_resize(self) -> None:
        """Fit what is drawn to the new size."""
        self.call_after_refresh(self._draw)

    @work(exclusive=True)
    async def reload(self) -> None:
        """Read the history again, and keep the marked session marked."""
        marked = self._days.marked
        await self._reload(marked.id if marked else None)

    async def _reload(self, mark: str | None) -> None:
        """Read the history again, show it, and mark the session with this id."""
        at_least = len(self._now.records) if self._now else 0
        until = self._now.until if self._now else None
        try:
            with self._reporting_waits():
                self._now = await asyncio.to_thread(read_history, self.context, max(at_least, _PAGE), until)
        except CoachError as error:
            self._show_error(error)
            return
        if not self.is_attached:
            return  # it was closed in the meantime
        self._days.show(self._now, mark)
        self._draw()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done."""
        if not self.is_mounted:
            return True
        match action:
            case "delete":
                return bool(self._now and self._now.records) and self._days.rows.has_focus
            case "undo":
                return bool(self._deleted)
            case "measure":
                return self._bar.opened == 1
            case "year":
                return self._bar.opened == 1 and self._days.map.can_move(Move(str(parameters[0])))
            case _:
                return True

    def action_measure(self) -> None:
        """Shade the days by minutes or by sessions."""
        self._days.choose_measure()

    def action_section(self, number: int) -> None:
        """Open a section, and give it the focus."""
        self._bar.opened = number
        self.set_class(number > 1, "-charts")
        self._draw()
        if number > 1:
            self._charts.scroll_home(animate=False)
            self._charts.focus()
        else:
            self.call_after_refresh(self._days.focus_start)
        self.refresh_bindings()

    @on(SectionBar.Picked)
    def _section_picked(self, message: SectionBar.Picked) -> None:
        self.action_section(message.number)

    def action_year(self, move: str) -> None:
        """Show an earlier or a later year."""
        self._days.map.action_move(move)

    def on_descendant_focus(self) -> None:
        """Offer the keys of the part that has the focus."""
        self.refresh_bindings()

    @on(HeatMap.Moved)
    def _day_moved(self) -> None:
        self.refresh_bindings()

    @on(DaysSection.DayWanted)
    @work(exclusive=True)
    async def _day_wanted(self, message: DaysSection.DayWanted) -> None:
        """Read the sessions from a day back, and mark the day's newest."""
        if self._now is None or self._is_writing:
            return
        self._now = self._now._replace(until=message.day, records=[])
        await self._reload(None)
        self._days.mark_day(message.day)

    @work
    async def action_delete(self) -> None:
        """Delete the selected session from the history, and mark its neighbour."""
        marked = self._days.marked
        if marked is None or self._now is None or self._is_writing:
            return
        neighbour = self._now.neighbour(marked.id)
        if await self._write(lambda database, now_ms: delete_session(database, marked.id, now_ms), mark=neighbour):
            self._deleted.append(marked.id)
            undo = name_keys("Press {history.undo} to undo.", self.context.settings.keys)
            self.notify(f"Deleted {marked.title} ({marked.day}). {undo}", markup=False)
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

    @on(DaysSection.NearEnd)
    @work(exclusive=True, group="more")
    async def _read_more(self) -> None:
        """Read more sessions."""
        now = self._now
        if now is None or not now.has_more:
            return
        after = len(now.records)
        try:
            records, has_more = await asyncio.to_thread(read_sessions, self.context, _PAGE, after, now.until)
        except CoachError as error:
            self._show_error(error)
            return
        if self._now and len(self._now.records) == after:
            self._now = self._now._replace(records=self._now.records + records, has_more=has_more)
            self._days.add(self._now)

    @on(OptionList.OptionSelected)
    @work
    async def _selected(self) -> None:
        """Show a session in full, and keep the note that the user wrote."""
        record = self._days.marked
        if record is None:
            return
        try:
            steps = await asyncio.to_thread(read_steps, self.context, record.id)
        except CoachError as error:
            self._show_error(error)
            return
        note = await self.app.push_screen_wait(SessionDetailScreen(record, steps, self._names))
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

    def _show_error(self, error: CoachError) -> None:
        self.query_one("#history-streak", Static).update(Content.styled(str(error), "$text-error"))

    def _draw(self) -> None:
        """Fit what is drawn to the size of the screen."""
        if self._now is None:
            return
        statistics = self._now.statistics
        summary = statistics.summary
        style = "$text-warning" if summary.streak.at_risk and not summary.hurt else ""
        sentence = Content.styled(streak_sentence(summary), style)
        if self._bar.opened > 1 or self.has_class("-narrow") or self.has_class("-low"):
            sentence = Content.assemble(sentence, (f"  {number_line(summary)}", "not bold $text-muted"))
        self._update("history-streak", sentence)
        if self.focused is None:
            self._days.focus_start()
        if self._bar.opened == 1:
            self._days.fit()
            return
        self._charts.show(_SECTIONS[self._bar.opened - 1], statistics, self.size)

    def _update(self, id_: str, words: Content) -> None:
        self.query_one(f"#{id_}", Static).update(words)
