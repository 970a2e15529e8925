"""What the screens look like, as text: the characters, and the style of each cell.

After a change, look at the difference, then renew the files with `uv run pytest tests/tui/test_snapshots.py -n 0
--snapshot-update`. Patch releases of Textual may draw a cell in another way: with a version other than the pinned one,
the screens are drawn but not compared.
"""

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any, NamedTuple

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.guide.programs import find_schedule
from stretch_coach.journal.day import DAY
from stretch_coach.journal.programs import start_program
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_safety
from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.dialogs import ConfirmDialog, EndSessionDialog
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.screens.builder import BuilderScreen
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.exercise_picker import ExercisePicker
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.program import ProgramScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.tui.screens.setup import SetupScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from stretch_coach.tui.themes import DARK, LIGHT
from stretch_coach.tui.widgets.countdown import Countdown
from stretch_coach.tui.widgets.key_footer import KeyFooter
from tests.practice import practise
from tests.tui.conftest import FrozenClock
from tests.tui.driving import at, open_app, shown, start_session, until
from tests.tui.frames import frame_of, words_of
from tests.tui.host import hosting
from tests.tui.test_home import interrupt

PINNED = "8.2.8"
SMALLEST, SMALL, USUAL, LARGE, HUGE = (40, 12), (80, 24), (100, 30), (140, 40), (200, 60)


class Frames(SingleFileSnapshotExtension):
    """A text file for each snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class Stage(NamedTuple):
    """What a scene is played on."""

    pilot: Pilot[int]
    clock: FrozenClock


Scene = Callable[[Stage], Awaitable[None]]


@pytest.fixture
def frames(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The snapshots as they were last accepted."""
    return snapshot.use_extension(Frames)


async def compare(pilot: Pilot[Any], frames: SnapshotAssertion, name: str, size: tuple[int, int]) -> None:
    """Compare what is on the screen with its snapshot, once the footer has caught up."""
    width, height = size
    await pilot.pause()
    await until(pilot, lambda: all(footer.keys for footer in pilot.app.screen.query(KeyFooter)), "the keys are shown")
    frame = frame_of(pilot.app)
    assert len(frame.splitlines()[:height]) == height
    if version("textual") == PINNED:
        assert frame == frames(name=f"{name}-{width}x{height}")


async def home(stage: Stage) -> None:
    await at(stage.pilot, HomeScreen)
    await until(stage.pilot, lambda: bool(stage.pilot.app.screen.query("#preview-steps")), "the library is loaded")
    await shown(stage.pilot, "A good first session")


async def interrupted(stage: Stage) -> None:
    await at(stage.pilot, HomeScreen)
    await until(stage.pilot, lambda: bool(stage.pilot.app.screen.query("#preview-steps")), "the library is loaded")
    await shown(stage.pilot, "Press c to continue.")


async def settings(stage: Stage) -> None:
    await home(stage)
    await stage.pilot.press("s")
    screen = await at(stage.pilot, SettingsScreen)
    # The folder of a test has another name each time.
    screen.query_one("#settings-title", Static).update("Settings  saved in /home/you/config.toml")


async def help_at_home(stage: Stage) -> None:
    await home(stage)
    await stage.pilot.press("question_mark")
    await at(stage.pilot, HelpScreen)


async def ready(stage: Stage) -> None:
    screen = await at(stage.pilot, CoachScreen)
    await until(stage.pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")


async def preparing(stage: Stage) -> None:
    await start_session(stage.pilot)


async def exercising(stage: Stage) -> None:
    screen = await start_session(stage.pilot)
    await stage.pilot.press("n")
    countdown = screen.query_one(Countdown)
    await until(stage.pilot, lambda: "0:05" in countdown.left, "the second exercise is prepared")
    for _ in range(7):
        before = countdown.left
        stage.clock.time += 1
        screen._live.obey(SessionCommand.RESUME)  # noqa: SLF001 - changes nothing, but makes it look at the clock
        await until(stage.pilot, lambda before=before: countdown.left != before, "a second has passed")  # type: ignore[misc]
    assert "round" in words_of(stage.pilot.app)


async def paused(stage: Stage) -> None:
    await stage.pilot.press("space")
    await until(stage.pilot, lambda: "paused" in words_of(stage.pilot.app), "it is paused")


async def ending(stage: Stage) -> None:
    await stage.pilot.press("space")
    await until(stage.pilot, lambda: "paused" not in words_of(stage.pilot.app), "it is resumed")
    await stage.pilot.press("q")
    await at(stage.pilot, EndSessionDialog)


async def ended(stage: Stage) -> None:
    await stage.pilot.press("escape")
    await at(stage.pilot, CoachScreen)
    stage.clock.time += 4
    await stage.pilot.press("n", "q", "q")
    await at(stage.pilot, EndingScreen)


async def stopped(stage: Stage) -> None:
    await start_session(stage.pilot)
    stage.clock.time += 4
    await stage.pilot.press("x")
    await at(stage.pilot, EndingScreen)


@pytest.mark.parametrize("scene", [settings, help_at_home], ids=lambda scene: scene.__name__)
async def test_from_home(context: Context, clock: FrozenClock, frames: SnapshotAssertion, scene: Scene) -> None:
    app = CoachApp(context)
    async with open_app(app, USUAL) as pilot:
        await scene(Stage(pilot, clock))
        await compare(pilot, frames, scene.__name__, USUAL)


async def test_home_in_every_size_and_theme(
    context: Context, clock: FrozenClock, frames: SnapshotAssertion, library: Library
) -> None:
    app = CoachApp(context)
    async with open_app(app, USUAL) as pilot:
        await home(Stage(pilot, clock))
        for size in (SMALLEST, SMALL, LARGE, HUGE, USUAL):
            await pilot.resize_terminal(*size)
            await compare(pilot, frames, "home", size)
        app.theme = LIGHT.name
        await compare(pilot, frames, "home-light", USUAL)
    interrupt(context, library)
    app = CoachApp(context)
    async with open_app(app, SMALL) as pilot:
        await interrupted(Stage(pilot, clock))
        await compare(pilot, frames, "interrupted", SMALL)


@pytest.mark.parametrize("scenes", [[ready, preparing, paused, ending, ended], [stopped]], ids=["to its end", "hurt"])
async def test_coach(
    context: Context,
    session_request: SessionRequest,
    clock: FrozenClock,
    frames: SnapshotAssertion,
    scenes: list[Scene],
) -> None:
    app = CoachApp(context, session_request)
    async with open_app(app, USUAL) as pilot:
        for scene in scenes:
            await scene(Stage(pilot, clock))
            for size in (SMALLEST, USUAL):
                await pilot.resize_terminal(*size)
                await compare(pilot, frames, scene.__name__, size)


async def test_coach_in_every_size_and_theme(
    context: Context, session_request: SessionRequest, clock: FrozenClock, frames: SnapshotAssertion
) -> None:
    app = CoachApp(context, session_request)
    async with open_app(app, USUAL) as pilot:
        await exercising(Stage(pilot, clock))
        for size in (SMALLEST, SMALL, LARGE, HUGE, USUAL):
            await pilot.resize_terminal(*size)
            await compare(pilot, frames, "exercising", size)
        app.theme = LIGHT.name
        await compare(pilot, frames, "exercising-light", USUAL)


async def test_program(context: Context, library: Library, frames: SnapshotAssertion) -> None:
    with context.writable_history() as history:
        schedule = find_schedule(library.programs["build-up"])
        start_program(history, "build-up", context.today - 5 * DAY, 1, schedule)
        practise(history, library.routines["gentle-start"], [context.today - ago * DAY for ago in (5, 3, 1)])
    async with hosting(ProgramScreen(context, library), context, size=SMALL) as host:
        await host.shows("3 of 40 days done")
        await compare(host.pilot, frames, "program", SMALL)


async def test_home_without_colour(
    context: Context, clock: FrozenClock, frames: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = CoachApp(context)
    async with open_app(app, SMALL) as pilot:
        await home(Stage(pilot, clock))
        await compare(pilot, frames, "home-no-colour", SMALL)


async def test_coach_without_colour(
    context: Context,
    session_request: SessionRequest,
    clock: FrozenClock,
    frames: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = CoachApp(context, session_request)
    async with open_app(app, SMALL) as pilot:
        await exercising(Stage(pilot, clock))
        assert app.theme == DARK.name
        await compare(pilot, frames, "exercising-no-colour", SMALL)


@pytest.mark.parametrize("size", [SMALLEST, SMALL, USUAL])
async def test_first_use(
    new_context: Context, library: Library, frames: SnapshotAssertion, size: tuple[int, int]
) -> None:
    safety = load_safety(bundled_routines())
    greeting = library.exercises["shoulder-rolls"]
    async with hosting(WelcomeScreen(safety, Drawing(new_context), greeting), size=size) as welcome:
        await compare(welcome.pilot, frames, "welcome", size)
    async with hosting(GateScreen(safety, new=True), size=size) as gate:
        await compare(gate.pilot, frames, "gate", size)
        await gate.press("space")
        gate.app.screen.action_judge()  # type: ignore[attr-defined]  # a low screen hides the button
        await at(gate.pilot, ConfirmDialog)
        await gate.pilot.pause()
        await compare(gate.pilot, frames, "verdict", size)
    async with hosting(SetupScreen(new_context), size=size) as setup:
        await setup.until(lambda: bool(setup.app.screen.query("#voice-trouble.-shown")), "it tried to speak")
        await compare(setup.pilot, frames, "setup", size)


async def test_builder(context: Context, library: Library, frames: SnapshotAssertion) -> None:
    screen = BuilderScreen(context, library, library.routines["screen-break"])
    async with hosting(screen, context, SMALL) as builder:
        await builder.press("down", "down", "right")
        await compare(builder.pilot, frames, "builder", SMALL)
        await builder.press("a", *"trap")
        await at(builder.pilot, ExercisePicker)
        await compare(builder.pilot, frames, "exercise-picker", SMALL)
