"""The builder: a routine is made and changed by keys alone, saved, rehearsed and started."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stretch_coach.context import Context
from stretch_coach.routine.library import Library, load_library
from stretch_coach.routine.model import Routine
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.screens.builder import BuilderScreen
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.exercise_picker import ExercisePicker
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.widgets.edit_line import EditLine
from stretch_coach.tui.widgets.step_table import StepTable
from tests.tui.driving import at, has_exited, running, shown, until
from tests.tui.host import Driver, hosting

OWN = '{"title": "Mine", "cautions": ["Slowly."],\n "steps": [ {"rest":5} ]}\n'


@pytest.fixture
def own(library: Library) -> Library:
    """Return a library of this test alone."""
    return replace(library, routines=dict(library.routines))


@pytest.fixture
def mine(own: Library, own_home: Path) -> Routine:
    """Return a routine of the user's own, from mine.json."""
    (own_home / "routines").mkdir(parents=True, exist_ok=True)
    file = own_home / "routines" / "mine.json"
    file.write_text(OWN, encoding="utf-8")
    routine = load_library(Path("none"), file.parent).routines["mine"]
    own.put(routine)
    return routine


def steps_of(driver: Driver) -> list[tuple[str, float, int]]:
    """Return the name, the hold and the repetitions of each step on the screen."""
    table = driver.app.shown.query_one(StepTable)
    return [
        (one.exercise.name if one.exercise else "Rest", one.step.hold or one.step.rest, one.step.reps)
        for one in table.steps
    ]


async def test_a_routine_is_made_by_keys_alone(context: Context, own: Library, own_home: Path) -> None:
    async with hosting(BuilderScreen(context, own), context, (80, 24)) as driver:
        await driver.shows("There are no steps yet. Add an exercise.")
        for words in ("ear-to", "chin tuck"):
            await driver.press("a")
            await at(driver.pilot, ExercisePicker)
            await driver.press(*("space" if one == " " else "minus" if one == "-" else one for one in words), "enter")
            await at(driver.pilot, BuilderScreen)
        assert [name for name, _, _ in steps_of(driver)] == ["Ear-to-shoulder stretch", "Chin tuck"]
        await driver.press("shift+up", "down", "right", "plus")
        assert [one.step.sides for one in driver.app.shown.query_one(StepTable).steps] == [(None,), ("left",)]
        await driver.press("right", "right", "plus", "plus", "minus", "right", "4")
        assert driver.app.shown.query_one(EditLine).is_open
        await driver.press("enter", "up", "2", "5", "enter")
        assert steps_of(driver) == [("Chin tuck", 5, 25), ("Ear-to-shoulder stretch", 35, 4)]
        await driver.press("u", "y", "u", "r", "1", "2", "enter", "c", "d")
        assert steps_of(driver)[1:] == [("Rest", 12, 1), ("Ear-to-shoulder stretch", 35, 4)]
        await driver.press("t", *"Tea", "enter", "s")
        await driver.shows("saved as tea.json")
        assert driver.notifications == ["Saved as tea.json. Start it with `stretch-coach start tea`."]
    content = json.loads((own_home / "routines" / "tea.json").read_text(encoding="utf-8"))
    assert (content["title"], content["steps"][1]) == ("Tea", {"rest": 12})
    assert own.routines["tea"].total_seconds > 0


async def test_words_and_exercise_are_changed_and_a_mistake_is_named(
    context: Context, own: Library, mine: Routine
) -> None:
    async with hosting(BuilderScreen(context, own, mine), context, (100, 30)) as driver:
        await driver.press("enter", *"{x}", "enter")
        await driver.shows("steps[0].say has an unknown placeholder")
        await driver.press("w", "escape", "u", "right", "1", "x", "enter")
        await driver.shows("1x is not a number.")
        await driver.press("plus", "a", *"breath", "enter")
        await at(driver.pilot, BuilderScreen)
        await driver.press(*["left"] * 5, "enter")
        await at(driver.pilot, ExercisePicker)
        await driver.press("escape", "enter", *"eye", "enter")
        await at(driver.pilot, BuilderScreen)
        await driver.press("s")
        await driver.shows("saved as mine.json")
    written = mine.path.read_text(encoding="utf-8")
    assert written.startswith(
        '{"title": "Mine", "cautions": ["Slowly."],\n "steps": [ {"rest":6}, {"exercise": "eye-20"}'
    )


async def test_steps_are_chosen_and_dragged_with_the_mouse(context: Context, own: Library) -> None:
    screen = BuilderScreen(context, own, own.routines["screen-break"])
    async with hosting(screen, context, (140, 40)) as driver:
        before = [name for name, _, _ in steps_of(driver)]
        table = screen.query_one(StepTable)
        await driver.pilot.mouse_down(table, offset=(10, 2))
        await driver.pilot.hover(table, offset=(10, 4))
        await driver.pilot.mouse_up(table, offset=(10, 4))
        await driver.pilot.pause()
        assert [name for name, _, _ in steps_of(driver)] == [before[1], before[2], before[0], *before[3:]]
        await driver.pilot.click(table, offset=(table.size.width - 9, 3))
        assert (table.cursor, table.part.name) == (1, "REST")
        await driver.pilot.click(table, offset=(table.size.width - 9, 3))
        assert screen.query_one(EditLine).is_open


async def test_a_file_that_changed_meanwhile_is_kept_and_a_copy_saved(
    context: Context, own: Library, mine: Routine
) -> None:
    screen = BuilderScreen(context, own, mine)
    async with hosting(screen, context) as driver:
        mine.path.write_text("{}", encoding="utf-8")
        await driver.press("r", "escape")
        await at(driver.pilot, ConfirmDialog)
        await driver.shows("Leave without saving?")
        await driver.press("n", "s")
        await driver.shows("was changed by another program.")
        await driver.press("y")
        await driver.shows("saved as mine-2.json")
        await driver.press("escape")
        await driver.until(lambda: driver.app.results == [None], "the screen was closed")
    assert mine.path.read_text(encoding="utf-8") == "{}"


async def test_builder_from_home_to_a_session_and_back(quick_context: Context, own_home: Path) -> None:
    (own_home / "routines").mkdir(parents=True)
    async with running(quick_context) as pilot:
        home = await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(home.query("#preview-steps")), "the library is loaded")
        await shown(pilot, "A good first session")
        await pilot.press("m")
        screen = await at(pilot, BuilderScreen)
        await shown(pilot, "One-minute micro-break (my own)")
        await pilot.press("f")
        await at(pilot, CoachScreen)
        await pilot.press("q", "y")
        await until(pilot, lambda: pilot.app.screen is screen or bool(pilot.app.screen.query("#ending")), "it ended")
        while pilot.app.screen is not screen:
            await pilot.press("escape")
            await pilot.pause()
        await pilot.press("r", "ctrl+q", "ctrl+q")
        await at(pilot, ConfirmDialog)
        await pilot.press("n")
        assert await at(pilot, BuilderScreen) is screen
        await pilot.press("s")
        await shown(pilot, "saved as one-minute")
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        await until(pilot, lambda: any("(my own)" in card.title for card in home.cards), "it is listed")
        await pilot.press("ctrl+q")
        await has_exited(pilot)
