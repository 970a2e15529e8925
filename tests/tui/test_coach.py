"""The coach: made ready, commanded by every key of its own, ended, and recorded."""

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Button

from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome
from stretch_coach.journal.sessions import list_sessions, list_steps
from stretch_coach.session.engine import Engine, State
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.help import HelpScreen
from tests.tui.conftest import FrozenClock
from tests.tui.driving import at, running, start_session, until
from tests.tui.frames import words_of


def words(pilot: Pilot[int]) -> str:
    return " ".join(words_of(pilot.app).split())


def record_of(context: Context) -> SessionRecord:
    with context.history() as history:
        [record] = list_sessions(history)
    return record


def outcomes(context: Context) -> list[StepOutcome]:
    with context.history() as history:
        return [step.outcome for step in list_steps(history, record_of(context).id)]


def engine_of(screen: CoachScreen) -> Engine:
    assert screen._engine  # noqa: SLF001 - the state of the session is not on the screen in so many words
    return screen._engine  # noqa: SLF001


async def ready(pilot: Pilot[int]) -> CoachScreen:
    screen = await at(pilot, CoachScreen)
    await until(pilot, lambda: not screen.query_one("#ready-start", Button).disabled, "it is ready")
    return screen


async def test_high_discomfort_offers_a_gentle_routine_instead(
    context: Context, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        first = await ready(pilot)
        await pilot.press("8", "enter")
        await until(pilot, lambda: "Leave this routine for another day." in words(pilot), "it is refused")
        assert first.check_action("mute", ()) is None
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is not first, "another routine is taken")
        await ready(pilot)
        assert "gentle" in words(pilot).lower()
        await pilot.press("8", "enter")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: screen.check_action("mute", ()) is True, "it began")


async def test_q_twice_ends_and_keeps_what_was_done(
    context: Context, clock: FrozenClock, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        clock.time += 4
        await pilot.press("q")
        await at(pilot, EndSessionDialog)
        await pilot.press("ctrl+q")
        await at(pilot, EndingScreen)
        assert "Ended early" in words(pilot)
        assert "0:04 of" in words(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert (record_of(context).outcome, record_of(context).done_ms) == (Outcome.PARTIAL, 4000)
    assert pilot.app.return_value == 0


async def test_ctrl_q_asks_from_the_help_too(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        await pilot.press("question_mark")
        await at(pilot, HelpScreen)
        await pilot.press("ctrl+q")
        await at(pilot, EndSessionDialog)
        await pilot.click("#confirm")
        await at(pilot, EndingScreen)


async def test_x_stops_at_once_and_shows_when_to_stop(
    context: Context, clock: FrozenClock, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        clock.time += 3
        await pilot.press("x")
        await at(pilot, EndingScreen)
        assert "Stopped because it hurt" in words(pilot)
        assert "Stop now and do no more today." in words(pilot)
        assert "signs to stop for the day" in words(pilot)
    assert record_of(context).outcome is Outcome.STOPPED
    assert outcomes(context) == [StepOutcome.STOPPED]


async def test_session_that_ends_below_another_screen_shows_its_end(
    context: Context, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        await pilot.press("question_mark")
        await at(pilot, HelpScreen)
        await pilot.press("ctrl+p")
        await at(pilot, CommandPalette)
        screen.action_stop()
        await at(pilot, EndingScreen)
    assert record_of(context).outcome is Outcome.STOPPED


async def test_session_and_ratings_are_in_the_history(quick_context: Context, session_request: SessionRequest) -> None:
    async with running(quick_context, session_request) as pilot:
        await ready(pilot)
        await pilot.press("3", "enter")
        await at(pilot, EndingScreen)
        assert "Well done" in words(pilot)
        assert "1-day streak." in words(pilot)
        await pilot.press("1", "enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    record = record_of(quick_context)
    assert (record.outcome, record.comfort_before, record.comfort_after) == (Outcome.COMPLETED, 3, 1)
    assert record.done_ms == record.planned_ms
    assert set(outcomes(quick_context)) == {StepOutcome.DONE}
    assert list((quick_context.places.history.parent / "backups").iterdir())
    assert pilot.app.return_value == 0


async def test_ctrl_z_pauses_before_the_shell(
    context: Context, session_request: SessionRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        states = []
        monkeypatch.setattr(pilot.app, "action_suspend_process", lambda: states.append(engine_of(screen).state))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: bool(states), "the shell's turn came")
        assert states == [State.PAUSED]
        await pilot.press("space")
        await until(pilot, lambda: engine_of(screen).state is State.RUNNING, "it continues")


async def test_the_terminals_title_shows_the_countdown(
    context: Context, session_request: SessionRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        titles: list[str] = []
        monkeypatch.setattr("stretch_coach.tui.title.TerminalTitle.show", lambda _, title: titles.append(title))
        await pilot.press("n")
        await until(pilot, lambda: "0:05 Three-minute screen break" in titles, "it is named")
