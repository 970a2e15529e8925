"""Everything that is written on a screen can be read: its contrast reaches AA in every theme that is shipped."""

import pytest
from rich.color import Color

from stretch_coach.context import Context
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.catalogue import make_cards
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_safety
from stretch_coach.session.request import SessionRequest
from stretch_coach.session.signals import signals_as_commands
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.screens.breaks import BreaksScreen
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.rule_form import RuleForm
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.tui.screens.setup import SetupScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from stretch_coach.tui.themes import THEMES
from tests.tui.contrast import contrast, poor_texts
from tests.tui.host import Driver, hosting
from tests.tui.screens.test_history import record_days

NAMES = [*(theme.name for theme in THEMES), "textual-dark", "textual-light"]


async def check(driver: Driver) -> None:
    """Draw the screen in every theme, and read it."""
    poor = []
    for name in NAMES:
        driver.app.theme = name
        for _ in range(3):
            await driver.pilot.pause(0.02)
        poor += [f"{name}: {one}" for one in poor_texts(driver.app)]
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


@pytest.mark.parametrize("key", ["1", "2", "3", "4"])
async def test_history(context: Context, library: Library, key: str) -> None:
    record_days(context, 1, 2, 5, 8)
    async with hosting(HistoryScreen(context, library), context) as driver:
        await driver.shows("rest day")
        await driver.press(key)
        await check(driver)


async def test_breaks(context: Context, library: Library) -> None:
    async with hosting(BreaksScreen(context, library), context) as driver:
        await driver.shows("With the app closed")
        await check(driver)


async def test_settings(context: Context, library: Library) -> None:
    async with hosting(SettingsScreen(context, library), context) as driver:
        await check(driver)


async def test_rule_form() -> None:
    async with hosting(RuleForm("every", [("a", "A title")], "a", lambda _: "")) as driver:
        await check(driver)


async def test_first_use(context: Context) -> None:
    safety = load_safety(bundled_routines())
    for screen in (WelcomeScreen(safety, Drawing(context)), GateScreen(safety, new=True), SetupScreen(context)):
        async with hosting(screen, context) as driver:
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
        await driver.shows("Muted.")
        await check(driver)


async def test_dialogs(context: Context) -> None:
    for screen in (EndSessionDialog(), HelpScreen(HomeScreen(context, ()))):
        async with hosting(screen, context) as driver:
            await check(driver)
