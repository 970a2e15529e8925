"""What history, breaks and settings look like in every size, in both themes and without colour."""

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.settings.edit import add_rule
from stretch_coach.tui.screens.breaks import BreaksScreen
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.tui.themes import LIGHT
from tests.tui.host import Driver, hosting
from tests.tui.screens.test_history import record_days
from tests.tui.test_snapshots import Frames, compare

SIZES = [(40, 12), (80, 24), (100, 30), (140, 40), (200, 60)]


@pytest.fixture
def frames(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return the snapshots as they were last accepted."""
    return snapshot.use_extension(Frames)


async def in_every_size(driver: Driver, frames: SnapshotAssertion, name: str) -> None:
    for size in SIZES:
        await driver.pilot.resize_terminal(*size)
        await driver.pilot.pause()
        await compare(driver.pilot, frames, name, size)
    await driver.pilot.resize_terminal(100, 30)
    driver.app.theme = LIGHT.name
    await driver.pilot.pause()
    await compare(driver.pilot, frames, f"{name}-light", (100, 30))


async def test_history(context: Context, library: Library, frames: SnapshotAssertion) -> None:
    record_days(context, *range(0, 300, 3), *range(0, 200, 7))
    async with hosting(HistoryScreen(context, library), context, (100, 30)) as driver:
        await driver.shows("Friday 20 November 2026")
        await driver.press("2")
        await in_every_size(driver, frames, "trends")


async def test_days_without_colour(
    context: Context, library: Library, frames: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    record_days(context, *range(0, 300, 3), *range(0, 200, 7))
    async with hosting(HistoryScreen(context, library), context, (80, 24)) as driver:
        await driver.shows("Friday 20 November 2026")
        await compare(driver.pilot, frames, "days-no-colour", (80, 24))


async def test_breaks(context: Context, library: Library, frames: SnapshotAssertion) -> None:
    rule = {"every": 45, "windows": ["09:00-12:30", "13:30-17:30"], "days": "mon-fri"}
    context.edit_settings(lambda file: add_rule(file, rule))
    async with hosting(BreaksScreen(context, library), context, (100, 30)) as driver:
        await driver.shows("expected")
        await in_every_size(driver, frames, "breaks")


async def test_settings(context: Context, library: Library, frames: SnapshotAssertion) -> None:
    async with hosting(SettingsScreen(context, library), context, (100, 30)) as driver:
        driver.app.screen.query_one("#settings-title", Static).update("Settings  saved in /home/you/config.toml")
        driver.app.screen.set_focus(driver.app.screen.query_one("#voice-rate"))  # its help has no figure
        await in_every_size(driver, frames, "settings")
