"""When something is wrong: one sentence, nothing lost, no traceback."""

import shutil

import pytest
from textual.worker import WorkerFailed

from stretch_coach.errors import CoachError
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from stretch_coach.world import World
from tests.tui.frames import words_of
from tests.tui.pilots import at, begun, running, told, until


async def test_a_damaged_history_is_set_aside_and_the_app_goes_on(new_world: World) -> None:
    new_world.places.history.write_bytes(b"no database at all " * 300)
    async with running(new_world) as pilot:
        await at(pilot, WelcomeScreen)
        assert "was damaged. It is kept as" in " ".join(told(pilot))
    assert len(list(new_world.places.history.parent.glob("*corrupt*"))) == 1


async def test_a_history_that_cannot_be_is_one_sentence(new_world: World) -> None:
    new_world.places.history.mkdir(parents=True)
    app = CoachApp(new_world)
    with pytest.raises(WorkerFailed):
        async with app.run_test(notifications=True) as pilot:
            await until(pilot, lambda: app.failure is not None, "it is noticed")
    assert isinstance(app.failure, CoachError)
    assert app._exit_renderables == []  # noqa: SLF001 - Textual's way to print a traceback


async def test_what_breaks_inside_is_kept_for_who_ran_the_app(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: HomeScreen) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(HomeScreen, "look_again", broken)
    app = CoachApp(world)
    with pytest.raises(RuntimeError):
        async with app.run_test(notifications=True) as pilot:
            await until(pilot, lambda: app.failure is not None, "it is noticed")
    assert str(app.failure) == "inside"
    assert app._exit_renderables == []  # noqa: SLF001 - Textual's way to print a traceback


async def test_a_worker_that_breaks_is_told_as_what_broke_it(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: CoachScreen, *_args: object) -> None:
        raise RuntimeError("in a worker")

    monkeypatch.setattr(CoachScreen, "ready", broken)
    app = CoachApp(world, order)
    with pytest.raises(Exception, match="in a worker"):
        async with app.run_test(notifications=True) as pilot:
            await until(pilot, lambda: app.failure is not None, "it is noticed")
    assert str(app.failure) == "in a worker"


async def test_a_history_that_goes_away_in_the_middle_is_told_at_the_end(world: World, order: Order) -> None:
    async with running(world, order) as pilot:
        await begun(pilot)
        for file in world.places.history.parent.glob("history*"):
            file.unlink()
        world.places.history.mkdir()
        await pilot.press("n", "x")
        await at(pilot, EndingScreen)
        assert "Stopped, because it hurt" in words_of(pilot.app)


async def test_a_history_that_is_damaged_while_home_is_open_is_told(world: World) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        for file in world.places.history.parent.glob("history*"):
            file.unlink()
        world.places.history.write_bytes(b"no database at all " * 300)
        await pilot.press("question_mark")
        await pilot.pause()
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(told(pilot)), "it is told")


async def test_a_rating_that_cannot_be_written_is_told(quick_world: World) -> None:
    async with running(quick_world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("enter")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")
        await pilot.press("3", "enter")
        await at(pilot, EndingScreen)
        with quick_world.history() as history:
            assert list_sessions(history)[0].outcome is Outcome.COMPLETED
        shutil.rmtree(quick_world.places.history.parent)
        quick_world.places.history.parent.write_text("in the way", encoding="utf-8")
        await pilot.press("enter")
        await until(pilot, lambda: bool(told(pilot)), "it is told")
