"""How each screen looks, as text: the characters, and the style of each cell. Renew with ``pytest --snapshot-update``.

Textual's patch releases may draw a cell otherwise: with another one than the development group pins, nothing is
compared but that each screen can be drawn.
"""

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import NamedTuple

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot
from textual.widgets import Static

from stretch_coach.routine.library import Library
from stretch_coach.session.engine import Command
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.gate import GateScreen, VerdictScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.tui.screens.voice_check import VoiceCheckScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from stretch_coach.world import World
from tests.tui.conftest import StandingClock
from tests.tui.frames import frame_of, words_of
from tests.tui.pilots import at, begun, until
from tests.tui.test_home import interrupt

PINNED = "8.2.8"
SIZES = [(80, 24), (100, 30), (140, 40)]
LITTLE = (40, 12)
"""The least at which the coach still coaches."""

LOOKS = {"no-colour": "coach-dark"}
"""The theme of a look, where it is called otherwise."""


class Frames(SingleFileSnapshotExtension):
    """A text file for each frame."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class Stage(NamedTuple):
    """What a scene is played on."""

    pilot: Pilot[int]
    clock: StandingClock


Scene = Callable[[Stage], Awaitable[None]]


async def home(stage: Stage) -> None:
    await at(stage.pilot, HomeScreen)


async def settings(stage: Stage) -> None:
    await home(stage)
    await stage.pilot.press("s")
    screen = await at(stage.pilot, SettingsScreen)
    # Where the test's own folder is, and so how long its name, is another thing each time.
    screen.query_one("#settings-file", Static).update("These are kept in /home/you/config.toml.")


async def help_at_home(stage: Stage) -> None:
    await home(stage)
    await stage.pilot.press("question_mark")
    await at(stage.pilot, HelpScreen)


async def ready(stage: Stage) -> None:
    screen = await at(stage.pilot, CoachScreen)
    await until(stage.pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")


async def preparing(stage: Stage) -> None:
    await begun(stage.pilot)


async def holding(stage: Stage) -> None:
    screen = await begun(stage.pilot)
    await stage.pilot.press("n")
    for _ in range(9):
        stage.clock.time += 1
        screen._coaching.obey(Command.RESUME)  # noqa: SLF001 - changes nothing, but makes it look at the clock
        await stage.pilot.pause()
    await until(stage.pilot, lambda: "hold" in words_of(stage.pilot.app), "it is held")


async def paused(stage: Stage) -> None:
    await begun(stage.pilot)
    await stage.pilot.press("space")
    await until(stage.pilot, lambda: "paused" in words_of(stage.pilot.app), "it is paused")


async def ended(stage: Stage) -> None:
    await begun(stage.pilot)
    stage.clock.time += 4
    await stage.pilot.press("n", "q", "q")
    await at(stage.pilot, EndingScreen)


async def stopped(stage: Stage) -> None:
    await begun(stage.pilot)
    stage.clock.time += 4
    await stage.pilot.press("x")
    await at(stage.pilot, EndingScreen)


async def welcome(stage: Stage) -> None:
    await at(stage.pilot, WelcomeScreen)


async def gate(stage: Stage) -> None:
    await welcome(stage)
    await stage.pilot.press("enter")
    await at(stage.pilot, GateScreen)


async def verdict(stage: Stage) -> None:
    await gate(stage)
    await stage.pilot.press("tab", "tab", "space")
    await until(stage.pilot, lambda: "[x]" in words_of(stage.pilot.app), "it is ticked")
    stage.pilot.app.screen._answer()  # type: ignore[attr-defined]  # noqa: SLF001 - a low screen hides the button
    await at(stage.pilot, VerdictScreen)


async def voice_check(stage: Stage) -> None:
    await gate(stage)
    await stage.pilot.press("n")
    await at(stage.pilot, VoiceCheckScreen)
    await until(stage.pilot, lambda: "off in the settings" in words_of(stage.pilot.app), "the voice was tried")


AT_HOME: list[Scene] = [home, settings, help_at_home]
IN_THE_COACH: list[Scene] = [ready, preparing, holding, paused, ended, stopped]
NEW: list[Scene] = [welcome, gate, verdict, voice_check]


@pytest.fixture
def frames(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The frames as they were when somebody last looked at them."""
    return snapshot.use_extension(Frames)


@pytest.fixture(params=[False, True], ids=["colours", "no-colour"])
def without_colour(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the terminal is to have no colours."""
    if request.param:
        monkeypatch.setenv("NO_COLOR", "1")
    return bool(request.param)


class Gallery:
    """Plays a scene once, and looks at it in each size and theme.

    Args:
        clock: The scene's clock.
        frames: What it is compared with.
        without_colour: Whether there are no colours.
    """

    def __init__(self, clock: StandingClock, frames: SnapshotAssertion, *, without_colour: bool) -> None:
        self._clock = clock
        self._frames = frames
        self._looks = ["no-colour"] if without_colour else ["coach-dark", "coach-light"]

    async def look(self, world: World, scene: Scene, order: Order | None = None, name: str = "") -> None:
        """Compare a scene."""
        app = CoachApp(world, order)
        sizes = [*SIZES, LITTLE] if order else SIZES
        async with app.run_test(size=SIZES[1], notifications=True) as pilot:
            await scene(Stage(pilot, self._clock))
            for look in self._looks:
                app.theme = LOOKS.get(look, look)
                for width, height in sizes:
                    await pilot.resize_terminal(width, height)
                    await pilot.pause(0.02)
                    frame = frame_of(app)
                    lines = frame.splitlines()[:height]
                    assert len(lines) == height
                    if version("textual") == PINNED:
                        assert frame == self._frames(name=f"{name or scene.__name__}-{width}x{height}-{look}")


@pytest.fixture
def gallery(clock: StandingClock, frames: SnapshotAssertion, without_colour: bool) -> Gallery:  # noqa: FBT001 - a fixture
    """Where scenes are looked at."""
    return Gallery(clock, frames, without_colour=without_colour)


@pytest.mark.parametrize("scene", AT_HOME, ids=lambda scene: scene.__name__)
async def test_home_and_from_there(world: World, gallery: Gallery, scene: Scene) -> None:
    await gallery.look(world, scene)


async def test_home_with_something_interrupted(world: World, library: Library, gallery: Gallery) -> None:
    interrupt(world, library)
    await gallery.look(world, home, name="interrupted")


@pytest.mark.parametrize("scene", IN_THE_COACH, ids=lambda scene: scene.__name__)
async def test_the_coach(world: World, order: Order, gallery: Gallery, scene: Scene) -> None:
    await gallery.look(world, scene, order)


@pytest.mark.parametrize("scene", NEW, ids=lambda scene: scene.__name__)
async def test_first_use(new_world: World, gallery: Gallery, scene: Scene) -> None:
    await gallery.look(new_world, scene)
