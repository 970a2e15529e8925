"""The record at a glance: a year of days, the trends, the habits, and every session."""

import re
import sqlite3
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from stretch_coach.errors import CoachError
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.revisions import delete_session, note_session, restore_session
from stretch_coach.journal.sessions import Wanted, list_sessions, list_steps
from stretch_coach.journal.statistics import DayFacts, Statistics, gather, span_of
from stretch_coach.journal.wording import session_line, streak_sentence
from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.session_detail import SessionDetailScreen
from stretch_coach.tui.sizes import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.heat_map import KEY, SHORT_KEY, HeatMap, Measure
from stretch_coach.tui.widgets.record_text import comfort_lines, habit_lines, number_line, trend_lines

_TABS = ("sessions", "trends", "habits", "comfort")
_YEAR = 364
"""Days of the map: 52 weeks."""

_PAGE = 100
"""Sessions read at a time."""

_BARS = re.compile("[\u2581-\u258f]+")


class HistoryScreen(Screen[None]):
    """Looks at the record, and puts right what is wrong in it.

    Args:
        room: What the screens share.
    """

    HELP = (
        "Each day of the year has a sign: the darker, the more was done. "
        "Enter shows a session step by step; d leaves one out of the record, and u takes that back. "
        "1 to 4 go through the tabs, [ and ] through the years."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="history.back", tooltip="Back"),
        *(
            Binding(
                str(number), f"tab('tab-{name}')", name.title(), show=False, id=f"history.{name}", tooltip="Show it"
            )
            for number, name in enumerate(_TABS, start=1)
        ),
        Binding("m", "measure", "Minutes or sessions", id="history.measure", tooltip="What the shades tell"),
        Binding(
            "left_square_bracket", "year(-1)", "Earlier", key_display="[", id="history.earlier", tooltip="A year back"
        ),
        Binding("right_square_bracket", "year(1)", "Later", key_display="]", id="history.later", tooltip="A year on"),
        Binding("d", "delete", "Delete", id="history.delete", tooltip="Leave the session out of the record"),
        Binding("u", "undo", "Undo", id="history.undo", tooltip="Take the last deletion back"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._found: Statistics | None = None
        self._years_back = 0
        self._records: list[SessionRecord] = []
        self._deleted: list[str] = []

    def compose(self) -> ComposeResult:
        """Sentences and the map above, the rest in tabs."""
        yield Static(id="history-streak")
        yield Static(id="history-numbers")
        yield HeatMap(id="history-map")
        yield Static(id="history-key")
        with TabbedContent(id="history-tabs"):
            with TabPane("Sessions", id="tab-sessions"):
                yield OptionList(id="history-list", markup=False)
            for name in _TABS[1:]:
                with TabPane(name.title(), id=f"tab-{name}"), VerticalScroll():
                    yield Static(id=f"history-{name}")
        yield Footer()

    def on_mount(self) -> None:
        """Read the record."""
        self.look_again()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Draw anew for the room there is."""
        self.call_after_refresh(self._show)

    def look_again(self) -> None:
        """Look at the record as it is now."""
        world = self._room.world
        with world.history() as database:
            self._found = gather(database, None, world.today, **world.counting)
            if len(self._found.days) < _YEAR:
                self._found = gather(database, span_of(_YEAR, world.today), world.today, **world.counting)
            self._records = list_sessions(database, wanted=Wanted(at_most=_PAGE))
        rows = self.query_one(OptionList)
        at = rows.highlighted
        rows.clear_options()
        rows.add_options([_option(record) for record in self._records])
        if self._records:
            rows.highlighted = min(at or 0, len(self._records) - 1)
        else:
            rows.add_option(Option(Content("No sessions yet. Enter at home begins one."), disabled=True))
        self._show()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done is offered."""
        match action:
            case "delete":
                return bool(self._records)
            case "undo":
                return bool(self._deleted)
            case "year" if parameters and parameters[0] == 1:
                return self._years_back > 0
            case "year":
                return self._found is not None and len(self._found.days) > (self._years_back + 1) * _YEAR
            case _:
                return True

    def action_measure(self) -> None:
        """Let the shades tell of minutes, or of sessions."""
        heat = self.query_one(HeatMap)
        heat.measure = Measure.SESSIONS if heat.measure is Measure.MINUTES else Measure.MINUTES
        self._show()

    def action_tab(self, tab: str) -> None:
        """Show a tab."""
        self.query_one(TabbedContent).active = tab

    def action_year(self, by: int) -> None:
        """Show the year before, or the one after."""
        self._years_back = max(0, self._years_back - by)
        self._show()
        self.refresh_bindings()

    def action_delete(self) -> None:
        """Leave the marked session out of the record."""
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self._records):
            return
        record = self._records[at]
        if self._write(lambda database, now_ms: delete_session(database, record.id, now_ms)):
            self._deleted.append(record.id)
            self.notify(f"{record.title} of {record.day} is left out. u takes it back.", markup=False)
            self.look_again()

    def action_undo(self) -> None:
        """Take the last deletion back."""
        session_id = self._deleted.pop()
        if self._write(lambda database, now_ms: restore_session(database, session_id, now_ms)):
            self.look_again()

    @on(OptionList.OptionHighlighted)
    def _read_on(self, message: OptionList.OptionHighlighted) -> None:
        """Read more sessions when the last that were read come near."""
        if message.option_index < len(self._records) - 20 or len(self._records) % _PAGE:
            return
        with self._room.world.history() as database:
            more = list_sessions(database, wanted=Wanted(at_most=_PAGE, after=len(self._records)))
        self._records += more
        self.query_one(OptionList).add_options([_option(record) for record in more])

    @on(OptionList.OptionSelected)
    def _open(self, message: OptionList.OptionSelected) -> None:
        self._show_session(self._records[message.option_index])

    @work
    async def _show_session(self, record: SessionRecord) -> None:
        with self._room.world.history() as database:
            steps = list_steps(database, record.id)
        names = {exercise: one.name for exercise, one in self._room.library.exercises.items()}
        note = await self.app.push_screen_wait(SessionDetailScreen(record, steps, names))
        if note is not None and note != (record.note or ""):
            self._write(lambda database, now_ms: note_session(database, record.id, note, now_ms))
            self.look_again()

    def _write(self, change: Callable[[sqlite3.Connection, int], None]) -> bool:
        """Change the record; if that cannot be, the user is told why."""
        try:
            with self._room.world.writable_history() as database:
                change(database, self._room.world.clock.wall().ms)
        except CoachError as error:
            self._room.tell(str(error))
            return False
        return True

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        width = max(20, self.size.width - 4)
        end = len(found.days) - self._years_back * _YEAR
        heat = self.query_one(HeatMap)
        heat.days = _whole_weeks(found, end)
        streak = found.summary.streak
        sentence = Content.styled(streak_sentence(found.summary), "$warning" if streak.at_risk else "bold")
        self.query_one("#history-streak", Static).update(sentence)
        self.query_one("#history-numbers", Static).update(Content(number_line(found.summary)))
        key = KEY if width >= len(KEY) + 12 else SHORT_KEY
        self.query_one("#history-key", Static).update(Content(f"{key}   ({heat.measure})"))
        shown = found._replace(days=list(heat.days))
        for name, lines in (
            ("trends", trend_lines(shown, width)),
            ("habits", habit_lines(found, width)),
            ("comfort", comfort_lines(found)),
        ):
            self.query_one(f"#history-{name}", Static).update(_drawn(lines))


def _whole_weeks(found: Statistics, end: int) -> tuple[DayFacts, ...]:
    """The days of one year of the map, up to the one before ``end``."""
    return tuple(found.days[max(0, end - _YEAR) : max(end, 1)])


def _drawn(lines: list[str]) -> Content:
    """Lines of text, their bars in the accent's colour."""
    return Content("\n".join(lines)).highlight_regex(_BARS, style="$accent")


def _option(record: SessionRecord) -> Option:
    return Option(Content(session_line(record)), id=record.id)
