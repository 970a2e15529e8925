"""When something is wrong: one sentence, nothing lost, no traceback."""

import shutil

import pytest
from textual.worker import WorkerFailed

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.driving import at, notifications, open_app, running, shown, start_session, until
from tests.tui.frames import words_of


async def test_unusable_history_is_one_sentence(new_context: Context) -> None:
    new_context.places.history.mkdir(parents=True)
    app = CoachApp(new_context)
    with pytest.raises(WorkerFailed):
        async with open_app(app) as pilot:
            await until(pilot, lambda: app.failure is not None, "it is noticed")
    assert isinstance(app.failure, CoachError)
    assert app._exit_renderables == []  # noqa: SLF001 - Textual's way to print a traceback


async def test_crash_of_a_screen_reaches_the_caller(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: HomeScreen) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(HomeScreen, "reload", broken)
    app = CoachApp(context)
    with pytest.raises(RuntimeError):
        async with open_app(app) as pilot:
            await until(pilot, lambda: app.failure is not None, "it is noticed")
    assert str(app.failure) == "inside"
    assert app._exit_renderables == []  # noqa: SLF001 - Textual's way to print a traceback


async def test_error_in_a_worker_is_reported_as_itself(
    context: Context, session_request: SessionRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: CoachScreen, *_args: object) -> None:
        raise RuntimeError("in a worker")

    monkeypatch.setattr(CoachScreen, "ready", broken)
    app = CoachApp(context, session_request)
    with pytest.raises(Exception, match="in a worker"):
        async with open_app(app) as pilot:
            await until(pilot, lambda: app.failure is not None, "it is noticed")
    assert str(app.failure) == "in a worker"


async def test_history_lost_during_a_session_is_reported_at_its_end(
    context: Context, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        for file in context.places.history.parent.glob("history*"):
            file.unlink()
        context.places.history.mkdir()
        await pilot.press("n", "x")
        await at(pilot, EndingScreen)
        assert "Stopped because it hurt" in words_of(pilot.app)


async def test_history_damaged_while_home_is_open_is_reported(context: Context) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        for file in context.places.history.parent.glob("history*"):
            file.unlink()
        context.places.history.write_bytes(b"no database at all " * 300)
        await pilot.press("question_mark")
        await pilot.pause()
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        await shown(pilot, "is damaged")


async def test_rating_that_cannot_be_written_is_reported(quick_context: Context) -> None:
    async with running(quick_context) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("enter")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")
        await pilot.press("3", "enter")
        await at(pilot, EndingScreen)
        with quick_context.history() as history:
            assert list_sessions(history)[0].outcome is Outcome.COMPLETED
        shutil.rmtree(quick_context.places.history.parent)
        quick_context.places.history.parent.write_text("in the way", encoding="utf-8")
        await pilot.press("enter")
        await until(pilot, lambda: bool(notifications(pilot)), "it is reported")
