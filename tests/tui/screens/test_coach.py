"""The coach screen on its own: made ready, and commanded by its keys."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.binding import Binding
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.session import live
from stretch_coach.session.engine import SessionCommand, State
from stretch_coach.session.prepare import PreparedSession, prepare_session
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.scale import Scale
from tests.tui.coaching import coaching
from tests.tui.conftest import FrozenClock
from tests.tui.driving import at


def sessions_in(context: Context) -> int:
    with context.history() as history:
        return len(list_sessions(history))


class TestReady:
    async def test_pane_says_what_will_be_done_and_waits_until_the_user_is_ready(
        self, context: Context, library: Library
    ) -> None:
        async with coaching(context, library) as coach:
            assert "How does your neck feel?" in coach.text
            assert "Three-minute screen break" in coach.text
            await coach.press("n", "m")
            assert not coach.is_running
            assert sessions_in(context) == 0
            await coach.press("space")
            await coach.until(lambda: coach.is_running, "the session starts")
            assert "get ready" in coach.text

    async def test_enter_counts_before_the_session_is_prepared(
        self, context: Context, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        prepared = asyncio.Event()
        prepare = prepare_session

        @asynccontextmanager
        async def slowly(*args: Any) -> AsyncIterator[PreparedSession]:
            await prepared.wait()
            async with prepare(*args) as session:
                yield session

        monkeypatch.setattr(live, "prepare_session", slowly)
        async with coaching(context, library, waits=False) as coach:
            await coach.press("3", "enter")
            await coach.shows("Starting…")
            prepared.set()
            await coach.until(lambda: coach.is_running, "the session starts")
            assert coach.screen.comfort_before == 3

    async def test_session_starts_at_once_if_set(self, context: Context, library: Library) -> None:
        app = context.settings.app._replace(start_when_ready=False)
        context.settings = context.settings._replace(app=app)
        async with coaching(context, library) as coach:
            await coach.until(lambda: coach.is_running, "the session starts")

    async def test_digits_arrows_and_the_mouse_rate_the_neck(self, context: Context, library: Library) -> None:
        async with coaching(context, library) as coach:
            scale = coach.screen.query_one(Scale)
            for keys, value in {"0": 0, "7": 7, "10": 10, "100": 0, "19": 9, "1": 1}.items():
                await coach.press(*keys)
                assert scale.value == value, keys
                await coach.press("backspace")
                assert scale.value is None, keys
            await coach.press("right", "right", "left", "left", "left")
            assert scale.value == 0
            await coach.press("backspace", "left", "right")
            assert scale.value == 10
            await coach.pilot.click(Scale, offset=(1, 0))
            assert scale.value == 0
            await coach.pilot.click(Scale, offset=(scale.size.width - 2, 0))
            assert scale.value == 10

    async def test_lead_in_counts_down_and_can_be_left(self, context: Context, library: Library) -> None:
        context.settings = context.settings._replace(app=context.settings.app._replace(lead_in=3))
        async with coaching(context, library) as coach:
            await coach.press("enter")
            await coach.shows("starting")
            await coach.press("q")
            await coach.until(lambda: bool(coach.app.results), "the screen is left")
            assert coach.app.results == [None]
        assert sessions_in(context) == 0

    async def test_x_works_before_the_start(self, context: Context, library: Library) -> None:
        async with coaching(context, library) as coach:
            await coach.press("x")
            assert await coach.outcome() is Outcome.STOPPED
        assert sessions_in(context) == 1

    async def test_x_works_in_the_lead_in(self, context: Context, library: Library) -> None:
        context.settings = context.settings._replace(app=context.settings.app._replace(lead_in=1))
        async with coaching(context, library) as coach:
            await coach.press("enter")
            await coach.shows("starting")
            await coach.press("x")
            assert await coach.outcome() is Outcome.STOPPED

    async def test_rehearsal_asks_for_no_rating_and_is_not_recorded(self, context: Context, library: Library) -> None:
        async with coaching(context, library, rehearsal=600.0) as coach:
            assert not coach.screen.query(Scale)
            await coach.start()
            await coach.press("x")
            assert await coach.outcome() is Outcome.STOPPED
        assert sessions_in(context) == 0


class TestKeys:
    async def test_space_pauses_and_resumes(self, context: Context, library: Library) -> None:
        async with coaching(context, library, starts=True) as coach:
            await coach.press("space")
            await coach.shows("paused")
            assert coach.state() is State.PAUSED
            await coach.press("space")
            await coach.until(lambda: "paused" not in coach.text, "the session is resumed")
            assert coach.state() is State.RUNNING

    async def test_next_previous_and_repeat(self, context: Context, library: Library) -> None:
        async with coaching(context, library, starts=True) as coach:

            def in_set() -> int:
                return coach.engine.timeline.set_of(coach.engine.segment.index)

            for key, number in [("n", 1), ("right", 2), ("p", 1), ("left", 0), ("p", 0), ("n", 1), ("r", 1)]:
                await coach.press(key)
                await coach.until(lambda number=number: in_set() == number, f"{key} goes to set {number}")  # type: ignore[misc]

    async def test_plus_adds_ten_seconds_to_a_hold_but_not_to_getting_ready(
        self, context: Context, library: Library, clock: FrozenClock
    ) -> None:
        async with coaching(context, library, starts=True) as coach:
            before = coach.engine.length
            await coach.press("plus")
            assert coach.engine.length == before
            while coach.engine.segment.kind is SegmentKind.PREPARE:
                clock.time += 1
                coach.screen._live.obey(SessionCommand.RESUME)  # noqa: SLF001 - makes it look at the clock
                await coach.pilot.pause()
            before = coach.engine.length
            await coach.press("plus")
            await coach.shows("10 seconds more.")
            assert coach.engine.length == before + 10

    async def test_space_is_called_what_it_does(self, context: Context, library: Library) -> None:
        def word_for_space() -> str:
            return next(key.words for key in coach.screen.query_one(KeyFooter).keys if key.key == "space")

        async with coaching(context, library) as coach:
            await coach.until(lambda: word_for_space() == "Start", "it starts")
            await coach.start()
            await coach.until(lambda: word_for_space() == "Pause", "it pauses")
            await coach.press("question_mark")
            await at(coach.pilot, HelpScreen)
            await coach.press("escape")
            await at(coach.pilot, CoachScreen)
            await coach.until(lambda: word_for_space() == "Pause", "it pauses after help too")
            await coach.press("space")
            await coach.until(lambda: word_for_space() == "Resume", "it resumes")

    async def test_m_mutes_and_unmutes_and_f_changes_the_figure(
        self, context: Context, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with coaching(context, library, starts=True) as coach:
            await coach.press("m")
            await coach.shows("This session is silent.")
        monkeypatch.setattr(live.LiveSession, "is_audible", True)
        async with coaching(context, library, starts=True) as coach:
            await coach.press("m")
            await coach.shows("Muted. Press m to unmute.")
            assert coach.screen._live.muted  # noqa: SLF001 - nothing is heard in these tests
            await coach.press("m")
            await coach.shows("Unmuted.")
            sentences = ("Figure: outline.", "Figure: off.", "Figure: blocks.")
            seen = set()
            for _ in sentences:
                await coach.press("f")
                seen |= {sentence for sentence in sentences if sentence in coach.text}
            assert seen == set(sentences)

    async def test_q_asks_and_the_session_continues_as_it_was(self, context: Context, library: Library) -> None:
        async with coaching(context, library, starts=True) as coach:
            await coach.press("q")
            await at(coach.pilot, EndSessionDialog)
            assert coach.state() is State.PAUSED
            await coach.press("space")
            await at(coach.pilot, CoachScreen)
            await coach.until(lambda: coach.state() is State.RUNNING, "the session continues")
            await coach.press("space")
            await coach.until(lambda: coach.state() is State.PAUSED, "the session is paused")
            await coach.press("q")
            await at(coach.pilot, EndSessionDialog)
            await coach.press("escape")
            await at(coach.pilot, CoachScreen)
            assert coach.state() is State.PAUSED

    async def test_leaving_twice_in_one_burst_ends_the_session(self, context: Context, library: Library) -> None:
        async with coaching(context, library, starts=True) as coach:
            await coach.press("q", "q")
            assert await coach.outcome() is Outcome.PARTIAL

    async def test_x_stops_a_paused_session_too(self, context: Context, library: Library) -> None:
        async with coaching(context, library, starts=True) as coach:
            await coach.press("space", "x")
            assert await coach.outcome() is Outcome.STOPPED

    async def test_help_pauses_the_session_and_lists_every_key_but_those_before_the_start(
        self, context: Context, library: Library
    ) -> None:
        async with coaching(context, library, starts=True) as coach:
            for left in (State.RUNNING, State.PAUSED):
                await coach.press("question_mark")
                help_screen = await at(coach.pilot, HelpScreen)
                await coach.until(lambda: coach.state() is State.PAUSED, "the session is paused")
                keys = str(help_screen.query_one("#help-keys", Static).content)
                tooltips = [binding.tooltip for binding in CoachScreen.BINDINGS if isinstance(binding, Binding)]
                assert tooltips
                before_start = ["Take the other doses that are offered", "Start when you are ready"]
                assert [words for words in tooltips if words not in keys] == before_start
                await coach.press("escape" if left is State.RUNNING else "question_mark")
                await at(coach.pilot, CoachScreen)
                await coach.until(lambda left=left: coach.state() is left, f"the session is {left}")  # type: ignore[misc]
                assert coach.screen.focused is None, "Enter must not reach the question before the session"
                if left is State.RUNNING:
                    await coach.press("space")
                    await coach.until(lambda: coach.state() is State.PAUSED, "the session is paused")


async def test_gap_pauses_the_session_and_says_so(context: Context, library: Library, clock: FrozenClock) -> None:
    async with coaching(context, library, starts=True) as coach:
        clock.time += 3600
        await coach.press("space")
        await coach.shows("suspended for 3600 s")
        assert coach.state() is State.PAUSED


async def test_terminal_may_have_any_size_at_any_moment(context: Context, library: Library) -> None:
    async with coaching(context, library, starts=True) as coach:
        for width, height in [(80, 24), (40, 12), (20, 5), (200, 60), (1, 1), (140, 40), (64, 18)]:
            await coach.pilot.resize_terminal(width, height)
            await coach.pilot.pause()
            if width >= 40:
                exercise = coach.engine.segment.exercise
                assert exercise
                assert exercise.name in coach.text
                assert "Countdown" in {type(one).__name__ for one in coach.screen.query("*") if one.is_on_screen}
            if width == 40:
                assert not coach.screen.query_one("#figure").is_on_screen
        assert coach.state() is State.RUNNING


async def test_cautions_are_read_before_the_start_in_a_low_terminal_too(context: Context, library: Library) -> None:
    async with coaching(context, library, size=(40, 12)) as coach:
        for size in [(40, 12), (80, 17), (80, 24)]:
            await coach.pilot.resize_terminal(*size)
            await coach.shows("Keep your hands off your head")
            await coach.shows("Stop if dizzy")
            await coach.press("backspace", "5")
            await coach.shows("[5]")
