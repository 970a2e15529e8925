"""The history screen: what it shows of an empty, a short and a long history, and what can be corrected there."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import date, timedelta
from threading import Event

import pytest
from textual.widgets import Input, OptionList, Static

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.revisions import rate_comfort
from stretch_coach.journal.sessions import list_sessions, save_session
from stretch_coach.journal.statistics import DayFacts, DayKind
from stretch_coach.journal.year_map import Measure
from stretch_coach.routine.library import Library
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.session_detail import SessionDetailScreen
from stretch_coach.tui.widgets.heat_map import HeatMap
from stretch_coach.tui.widgets.map_symbols import map_symbol
from stretch_coach.tui.widgets.section_bar import SectionBar
from tests.tui.conftest import NOON
from tests.tui.driving import SIZE
from tests.tui.frames import words_of
from tests.tui.host import Driver, hosting

TODAY = date(2026, 11, 20)
DAY_MS = 86_400_000
EVIL = "[b]Neck[/b] [@click=app.bell]x[/]"


def record_days(context: Context, *days_ago: int, title: str = "Micro break") -> None:
    """Record a completed session on each of these days."""
    with context.writable_history() as database:
        database.execute("PRAGMA synchronous=OFF")
        for back in days_ago:
            ms = NOON.ms - back * DAY_MS - 3_600_000
            day = (TODAY - timedelta(days=back)).isoformat()
            done = (ms, ms + 60_000, 3600, "CET", day, "micro-break", title, 60_000, 60_000, 4, 4)
            session = SessionRecord(new_id(ms), *done, Outcome.COMPLETED, Source.TIMER, None)
            save_session(database, session, [StepRecord(1, None, "chin-tuck", 60_000, 60_000, 1, 1, StepOutcome.DONE)])


def sessions(context: Context) -> list[SessionRecord]:
    """Return what the history has, newest first."""
    with context.history() as database:
        return list_sessions(database)


class HistoryDriver(Driver):
    """Drives the history screen."""

    @property
    def screen(self) -> HistoryScreen:
        """The screen."""
        assert isinstance(self.app.shown, HistoryScreen)
        return self.app.shown

    @property
    def rows(self) -> OptionList:
        """The list of sessions."""
        return self.screen.query_one("#history-list", OptionList)

    @property
    def map(self) -> HeatMap:
        """The map of the year."""
        return self.screen.query_one(HeatMap)

    def words(self, id_: str) -> str:
        """Return what a part of the screen says, on any tab."""
        return str(self.screen.query_one(f"#{id_}", Static).content)

    @property
    def section(self) -> int:
        """The number of the open section."""
        return self.screen.query_one(SectionBar).opened

    async def says(self, text: str) -> None:
        """Wait until the pane of the day starts with a text."""
        await self.until(
            lambda: " ".join(self.words("history-day-text").split()).startswith(text), f"the pane says {text!r}"
        )

    async def list_has_focus(self) -> None:
        """Go from the map to the list."""
        self.rows.focus()
        await self.pilot.pause()

    async def has_rows(self, number: int) -> None:
        """Wait until this number of sessions is listed."""
        await self.until(lambda: self.rows.option_count == number, f"{number} sessions are listed")

    async def has_marked(self, session_id: str) -> None:
        """Wait until a session is marked, and everything before it is done."""

        def is_marked() -> bool:
            marked = self.rows.highlighted_option
            return marked is not None and marked.id == session_id and not self.screen._is_writing  # noqa: SLF001 - no key would show it

        await self.until(is_marked, f"{session_id} is marked")


@asynccontextmanager
async def opened(context: Context, library: Library, size: tuple[int, int] = SIZE) -> AsyncIterator[HistoryDriver]:
    async with hosting(HistoryScreen(context, library), context, size) as driver:
        history = HistoryDriver(driver.pilot, driver.app)
        await history.until(lambda: history.words("history-streak") != "…", "the history is read")
        yield history


@pytest.mark.parametrize(("size", "days"), [((40, 12), 1), ((80, 24), 3650), ((140, 40), 0), ((200, 60), 1)])
async def test_history_of_any_length_fits_any_size(
    context: Context, library: Library, size: tuple[int, int], days: int
) -> None:
    record_days(context, *range(0, days, 7) if days > 1 else range(days))
    async with opened(context, library, size) as history:
        lines = [history.map.render_line(y).text for y in range(8)]
        assert all(len(line) == history.map.size.width for line in lines)
        is_shown = size[1] > 12  # in a low terminal the list is worth more than the map
        assert history.map.is_on_screen == is_shown
        for key in "234":
            await history.press(key)
            assert history.section == int(key)
            assert all(len(line) <= size[0] for line in words_of(history.app).splitlines())
        expected = {0: "No streak", 1: "1-day streak.", 3650: "1-day streak."}[days]
        assert history.words("history-streak").startswith(expected)


async def test_empty_history_does_not_scold_and_has_nothing_to_delete(context: Context, library: Library) -> None:
    async with opened(context, library) as history:
        text = ""
        for key in "1234":
            await history.press(key)
            text += words_of(history.app).lower().replace("missed", "", key == "1")  # the key names it
        assert not {"missed", "failed", "lost", "broken", "lazy"} & set(text.split())
        assert "Less" not in text
        await history.press("1", "d", "u", "enter", "m")
        assert history.app.screen is history.screen


class TestMap:
    async def test_title_and_legend_fit_and_keys_choose_a_day_whose_sessions_are_shown(
        self, context: Context, library: Library
    ) -> None:
        record_days(context, 0, 1, 8, title="Three-minute screen break")
        async with opened(context, library, (80, 24)) as history:
            await history.shows("Three-minute screen break")
            await history.shows("partial * freeze · rest day ○ open ▇ missed")
            assert history.map.cursor == TODAY
            await history.says("Friday 20 November 2026 Done: 1 of 1 planned, 1 min 12:00")
            await history.press("left", "up", "up")
            await history.says("Wednesday 11 November 2026 No plan yet")
            await history.press("down")
            await history.says("Thursday 12 November 2026 Done: 1 of 1 planned, 1 min 12:00")
            for key, day in {
                "pageup": date(2026, 10, 12),
                "pagedown": date(2026, 11, 12),
                "end": TODAY,
                "[": TODAY - timedelta(days=364),
            }.items():
                await history.press(key)
                assert history.map.cursor == max(day, history.map.days[0].day)
            await history.press("home")
            assert history.map.cursor == history.map.days[0].day

    async def test_enter_goes_to_the_sessions_of_the_day_however_old(self, context: Context, library: Library) -> None:
        record_days(context, *range(300))
        ids = [record.id for record in sessions(context)]
        async with opened(context, library) as history:
            await history.press("left", "enter")
            await history.has_marked(ids[7])
            await history.press("1", *["pageup"] * 8, "enter")
            await history.until(
                lambda: history.rows.has_focus and history.map.cursor == date(2026, 3, 13), "it is marked"
            )
            assert history.rows.highlighted_option
            assert history.rows.highlighted_option.id == ids[252]

    async def test_click_chooses_a_day(self, context: Context, library: Library) -> None:
        record_days(context, 0)
        async with opened(context, library, (140, 40)) as history:
            await history.pilot.hover(HeatMap, offset=(history.map.size.width - 1, 1))
            assert str(history.map.tooltip).startswith("Mon 16 Nov: ")
            await history.pilot.click(HeatMap, offset=(history.map.size.width - 1, 1))
            assert history.map.cursor == date(2026, 11, 16)
            await history.pilot.click(HeatMap, offset=(0, 0))
            assert history.map.cursor == date(2026, 11, 16)

    async def test_cursor_follows_the_list(self, context: Context, library: Library) -> None:
        record_days(context, 0, 9)
        async with opened(context, library) as history:
            await history.list_has_focus()
            await history.press("down")
            assert history.map.cursor == TODAY - timedelta(days=9)
            await history.says(
                "Micro break Wednesday 11 November 2026, 12:00 to 12:01 Completed, 1:00 of 1:00 1 of 1 exercise done"
            )

    async def test_years_and_measure_can_be_changed(self, context: Context, library: Library) -> None:
        record_days(context, *range(800))
        async with opened(context, library, (80, 24)) as history:
            await history.press("[", "[", "[", "[")
            assert history.map.cursor == TODAY - timedelta(days=799)
            await history.press("]", "]", "]", "]")
            assert history.map.cursor == TODAY
            assert "1+ min  More" in history.words("history-key")
            await history.press("m")
            assert "1+ sessions  More" in history.words("history-key")


class TestDeleting:
    async def test_deleted_session_leaves_every_sum_until_it_is_restored(
        self, context: Context, library: Library
    ) -> None:
        record_days(context, 0, 1)
        async with opened(context, library) as history:
            await history.list_has_focus()
            await history.press("d")
            await history.has_rows(1)
            assert len(sessions(context)) == 1
            assert history.notifications == ["Deleted Micro break (2026-11-20). Press u to undo."]
            assert history.words("history-streak") == "1-day streak. Do today's session to keep it."
            await history.press("u")
            await history.has_rows(2)
            assert len(sessions(context)) == 2
            assert history.words("history-streak") == "2-day streak."

    async def test_cursor_moves_to_the_neighbour_far_down_the_list(self, context: Context, library: Library) -> None:
        record_days(context, *range(250))
        ids = [record.id for record in sessions(context)]
        async with opened(context, library) as history:
            await history.list_has_focus()
            await history.press("end")
            await history.has_rows(200)
            history.rows.highlighted = 150
            await history.press("d")
            await history.has_marked(ids[151])
            await history.press("d")
            await history.has_marked(ids[152])
        assert [record.id for record in sessions(context)] == [*ids[:150], *ids[152:]]

    async def test_restored_session_is_marked_and_the_cursor_moves_up_from_the_last(
        self, context: Context, library: Library
    ) -> None:
        record_days(context, *range(3))
        ids = [record.id for record in sessions(context)]
        async with opened(context, library) as history:
            await history.list_has_focus()
            await history.press("down", "d")
            await history.has_rows(2)
            await history.press("home", "u")
            await history.has_marked(ids[1])
            await history.press("end", "d")
            await history.has_marked(ids[1])


async def test_session_is_shown_in_full_and_gets_a_note(context: Context, library: Library) -> None:
    record_days(context, 0, title=EVIL)
    async with opened(context, library) as history:
        await history.list_has_focus()
        await history.press("enter")
        await history.until(lambda: isinstance(history.app.screen, SessionDetailScreen), "the session is shown")
        assert EVIL in str(history.app.screen.query_one(".dialog-title", Static).content)
        text = str(history.app.screen.query_one("#detail-text", Static).content)
        assert text.startswith("Friday 20 November 2026, 12:00 to 12:01\nCompleted, 1:00 of 1:00\n1 of 1 exercise done")
        assert "Chin tuck" in text
        assert sessions(context)[0].id not in text
        await history.press("n", *"stiff", "enter")
        await history.shows("“stiff”")
        assert sessions(context)[0].note == "stiff"
        await history.press("enter")
        await history.until(lambda: isinstance(history.app.screen, SessionDetailScreen), "the session is shown")
        await history.press("n")
        assert history.app.screen.query_one(Input).value == "stiff"
        await history.press("escape", "escape")
        assert history.app.screen is history.screen


async def test_sections_open_by_key_and_mouse_take_the_focus_and_give_it_back(
    context: Context, library: Library
) -> None:
    record_days(context, 0)
    async with opened(context, library) as history:
        for key in "2341":
            await history.press(key)
            assert history.app.focused
            assert history.app.focused.is_on_screen
        for offset, section in ((12, 2), (22, 3), (0, 3), (2, 1)):
            await history.pilot.click(SectionBar, offset=(offset, 0))
            assert history.section == section
        await history.press("enter", "enter")
        await history.until(lambda: isinstance(history.app.screen, SessionDetailScreen), "the session is shown")


async def test_comfort_names_only_changes_beyond_the_usual_variation(context: Context, library: Library) -> None:
    record_days(context, *range(6))
    with context.writable_history() as database:
        for one in list_sessions(database):
            rate_comfort(database, one.id, before=5, after=4, at_ms=1)
    async with opened(context, library) as history:
        await history.press("4")
        assert "Before vs after: 5.0 → 4.0, within normal variation" in history.words("history-chart")


class TestTrouble:
    async def test_damaged_history_is_a_sentence_on_the_screen(self, context: Context, library: Library) -> None:
        for file in context.places.history.parent.glob("history*"):
            file.unlink()
        context.places.history.write_bytes(b"no database at all " * 300)
        async with opened(context, library) as history:
            assert "history.db" in history.words("history-streak")
            await history.press("d", "enter", "2", "[", "m")
            assert history.app.screen is history.screen

    async def test_busy_history_blocks_no_key(
        self, context: Context, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record_days(context, 0, 1)

        def busy() -> AbstractContextManager[sqlite3.Connection]:
            raise CoachError("history.db", "is in use by another program.", "Try again.")

        async with opened(context, library) as history:
            monkeypatch.setattr(context, "writable_history", busy)
            await history.list_has_focus()
            await history.press("d")
            await history.until(lambda: bool(history.app.warnings), "it says so")
            assert "in use" in history.app.warnings[0]
            assert len(sessions(context)) == history.rows.option_count == 2
            await history.press("2")
            assert history.section == 2

    async def test_wait_for_a_busy_history_is_visible(
        self, context: Context, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record_days(context, 0, 1)
        monkeypatch.setattr("stretch_coach.tui.screens.history._PATIENCE_SECONDS", 0.01)
        is_free = Event()
        writable_history = context.writable_history

        def busy() -> AbstractContextManager[sqlite3.Connection]:
            assert is_free.wait(30)
            return writable_history()

        async with opened(context, library) as history:
            monkeypatch.setattr(context, "writable_history", busy)
            await history.list_has_focus()
            await history.press("d")
            await history.shows("Waiting for another program")
            await history.press("2", "1")
            is_free.set()
            await history.has_rows(1)
            await history.shows("1-day streak.")


@pytest.mark.parametrize(
    ("kind", "symbol"),
    [("done", "█"), ("part", "▂"), ("frozen", "*"), ("rest", "·"), ("missed", "□"), ("open", "○"), ("before", " ")],
)
def test_map_is_readable_without_colour(kind: str, symbol: str) -> None:
    facts = DayFacts(TODAY, DayKind(kind), 1, 1, 1, 60_000, 0, 0.0)
    assert map_symbol(facts, Measure.MINUTES.of(facts), 1, has_colours=False) == symbol
