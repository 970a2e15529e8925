"""Everything that is written on a screen can be read: its contrast reaches AA in every theme that is shipped."""

from typing import Any

import pytest
from rich.color import Color
from textual.color import Color as TextualColor
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome, StepOutcome
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.catalogue import make_cards
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_safety
from stretch_coach.session.request import SessionRequest
from stretch_coach.session.signals import signals_as_commands
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.screens.breaks import BreaksScreen
from stretch_coach.tui.screens.builder import BuilderScreen
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.exercises import ExercisesScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.jump import JumpScreen
from stretch_coach.tui.screens.profile import ProfileScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.tui.screens.setup import SetupScreen
from stretch_coach.tui.screens.tight import TightScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from stretch_coach.tui.themes import THEMES, with_readable_colours
from tests.tui.contrast import AA_TEXT, contrast, poor_texts
from tests.tui.host import Driver, hosting
from tests.tui.screens.test_ending import finish
from tests.tui.screens.test_history import record_days

BACKGROUNDS = ("background", "surface", "panel", "block-cursor-background")
TEXTS = (
    "foreground",
    "text-muted",
    "text-disabled",
    "footer-key-foreground",
    *(f"text-{name}" for name in ("accent", "primary", "secondary", "success", "warning", "error")),
)


@pytest.mark.parametrize("theme", [*THEMES, *BUILTIN_THEMES.values()], ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_background(theme: Theme) -> None:
    variables = with_readable_colours(theme.to_color_system().generate() | theme.variables)
    if theme.name.startswith("ansi-"):
        return  # the terminal's own colours
    for background in BACKGROUNDS:
        behind = Color.parse(TextualColor.parse(variables[background]).hex6)
        poor = {text: contrast(Color.parse(TextualColor.parse(variables[text]).hex6), behind) for text in TEXTS}
        assert {text: ratio for text, ratio in poor.items() if ratio < AA_TEXT} == {}, background


async def check(driver: Driver, *moves: str) -> None:
    """Draw the screen in both of the app's themes, after each key in `moves` if there are any, and read it.

    The other themes differ only in the colours tested above.
    """
    poor = []
    for theme in THEMES:
        driver.app.theme = theme.name
        await driver.pilot.pause()
        background = TextualColor.parse(driver.app.theme_variables["background"]).rgb
        assert driver.app.screen.styles.background.rgb == background, "it has the colours of the theme"
        for key in moves or ("",):
            if key:
                await driver.press(key)
            poor += [f"{theme.name}, {key}: {one}" for one in poor_texts(driver.app)]
    assert not poor, "\n".join(poor)


def test_contrast_is_computed_as_wcag_defines_it() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color.parse("#ffffff")) == pytest.approx(4.54, abs=0.01)


async def test_home(context: Context, library: Library) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as driver:
        await home.show_library(library)
        await driver.shows("0 of 1 session done today.")
        await check(driver)
        await driver.press("slash", *"trap")
        await driver.shows("Trapezius:")
        await check(driver)


async def test_history(context: Context, library: Library) -> None:
    record_days(context, 1, 2, 5, 8)
    async with hosting(HistoryScreen(context, library), context) as driver:
        await driver.shows("rest day")
        await check(driver, "1", "2", "3", "4")


async def test_other_screens(context: Context, library: Library) -> None:
    safety = load_safety(bundled_routines())
    shown: list[tuple[Screen[Any], str]] = [
        (BreaksScreen(context, library), "With the app closed"),
        (SettingsScreen(context, library), ""),
        (ProfileScreen(context, library), "No exercise is left out."),
        (BuilderScreen(context, library, library.routines["screen-break"]), "not saved"),
        (ExercisesScreen(context, library), "Stretches"),
        (TightScreen(context, library), "Choose the places where it feels tight"),
        (WelcomeScreen(safety, Drawing(context)), ""),
        (GateScreen(safety, new=True), ""),
        (SetupScreen(context), ""),
        (EndSessionDialog(), ""),
        (HelpScreen(HomeScreen(context, ())), ""),
        (JumpScreen(HomeScreen(context, ())), ""),
    ]
    async with hosting(Screen(), context) as driver:
        for screen, text in shown:
            await driver.app.push_screen(screen)
            await driver.shows(text)
            await check(driver)
            await driver.app.pop_screen()


async def test_rule_form_and_settings_of_breaks(context: Context, library: Library) -> None:
    async with hosting(BreaksScreen(context, library), context) as driver:
        for keys, text in (["e"], "Minutes at screen"), (["escape", "2"], "Shortest gap"):
            await driver.press(*keys)
            await driver.shows(text)
            await check(driver)


@pytest.mark.parametrize("outcome", [Outcome.PARTIAL, Outcome.STOPPED])
async def test_ending(context: Context, library: Library, outcome: Outcome) -> None:
    finished = finish(context, library, outcome, StepOutcome.STOPPED)
    async with hosting(EndingScreen(context, load_safety(bundled_routines()), finished, asks=True), context) as driver:
        await check(driver)


async def test_session(context: Context, library: Library, session_request: SessionRequest) -> None:
    coach = CoachScreen(context, library, load_safety(bundled_routines()), session_request, signals_as_commands)
    async with hosting(coach, context) as driver:
        await driver.shows("Enter to skip")
        await check(driver)
        await driver.until(lambda: not coach.query_one("#ready-start").disabled, "it is ready")
        await driver.press("enter")
        await driver.shows("get ready")
        await driver.press("m")
        await driver.shows("This session is silent.")
        await check(driver)
