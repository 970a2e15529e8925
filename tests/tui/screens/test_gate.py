"""The warning signs: read to the end before they are ruled out, and followed by what each of them asks for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Button

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.safety import ActionName, Safety, load_safety
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.widgets.warning_sign import WarningSignCheckbox
from tests.tui.host import Driver, hosting

TALL, LOW = (100, 80), (40, 12)
GRAVEST_FIRST: tuple[ActionName, ...] = ("emergency", "urgent", "ask-first", "book-review")


@pytest.fixture(scope="module")
def safety() -> Safety:
    """The safety texts."""
    return load_safety(bundled_routines())


class GateDriver(Driver):
    """Drives the gate."""

    @property
    def gate(self) -> GateScreen:
        """The screen."""
        assert isinstance(self.app.shown, GateScreen)
        return self.app.shown

    def is_enabled(self, id_: str) -> bool:
        """Return whether a button can be pressed."""
        return not self.gate.query_one(f"#{id_}", Button).disabled

    async def show(self, action: ActionName) -> None:
        """Rule out the groups before the one that asks for this action."""
        for number in range(1, GRAVEST_FIRST.index(action) + 1):
            await self.shows(f"group {number} of 4")
            await self.until(lambda: self.is_enabled("gate-none"), "all signs of the group were seen")
            await self.press("n")

    async def tick(self, safety: Safety, action: ActionName) -> None:
        """Tick a sign that asks for this action."""
        sign_id = next(flag.id for flag in safety.red_flags if flag.action == action)
        next(sign for sign in self.gate.query(WarningSignCheckbox) if sign.sign_id == sign_id).focus()
        await self.press("space")


@asynccontextmanager
async def opened(safety: Safety, size: tuple[int, int] = TALL) -> AsyncIterator[GateDriver]:
    async with hosting(GateScreen(safety), size=size) as driver:
        yield GateDriver(driver.pilot, driver.app)


async def test_groups_are_ruled_out_one_after_another(safety: Safety) -> None:
    async with opened(safety) as gate:
        for action in GRAVEST_FIRST:
            assert gate.app.results == []
            assert not gate.is_enabled("gate-ticked")
            assert safety.actions[action].label in gate.text
            await gate.until(lambda: gate.is_enabled("gate-none"), "all signs of the group were seen")
            await gate.press("n")
    assert gate.app.results == [True]


@pytest.mark.parametrize("size", [LOW, (80, 24)])
async def test_nothing_is_ruled_out_before_the_last_sign_was_seen(safety: Safety, size: tuple[int, int]) -> None:
    async with opened(safety, size) as gate:
        for number, action in enumerate(GRAVEST_FIRST):
            group = gate.gate.query_one(f"#gate-group-{number}")
            signs = list(group.query(WarningSignCheckbox))
            await gate.until(lambda signs=signs: signs[0].has_focus, "the first sign has the focus")  # type: ignore[misc]
            assert group.scroll_y == 0
            assert safety.actions[action].label in gate.text
            await gate.press("enter", "space", "enter", "space")  # the first sign is ticked and unticked twice
            for _ in range(60):
                if gate.is_enabled("gate-none"):
                    break
                await gate.press("n", "down")
                assert gate.app.results == []
            assert signs[-1].region.bottom <= group.region.bottom
            await gate.press("n")
    assert gate.app.results == [True]


async def test_window_that_grows_shows_all_signs(safety: Safety) -> None:
    async with opened(safety, (80, 24)) as gate:
        assert not gate.is_enabled("gate-none")
        await gate.pilot.resize_terminal(*TALL)
        await gate.until(lambda: gate.is_enabled("gate-none"), "all signs were seen")


async def test_group_before_can_be_read_again_with_its_ticks(safety: Safety) -> None:
    async with opened(safety) as gate:
        await gate.show("urgent")
        await gate.tick(safety, "urgent")
        await gate.press("left")
        await gate.shows(safety.actions["emergency"].label)
        assert not gate.is_enabled("gate-none"), "a ticked sign is not ruled out in another group"
        assert gate.is_enabled("gate-ticked")


@pytest.mark.parametrize("action", ["emergency", "urgent"])
async def test_grave_sign_offers_no_way_to_continue(safety: Safety, action: ActionName) -> None:
    async with opened(safety) as gate:
        await gate.show(action)
        await gate.tick(safety, action)
        await gate.press("n")
        assert gate.app.results == []
        await gate.pilot.click("#gate-ticked")
        await gate.until(lambda: isinstance(gate.app.screen, ConfirmDialog), "the verdict is there")
        assert safety.actions[action].text in gate.text
        assert not gate.app.screen.query("#confirm")
        await gate.press("y", "enter")
    assert gate.app.results == [False]


async def test_mild_sign_is_explained_before_the_user_continues(safety: Safety) -> None:
    async with opened(safety) as gate:
        await gate.show("ask-first")
        await gate.tick(safety, "ask-first")
        await gate.pilot.click("#gate-ticked")
        await gate.until(lambda: isinstance(gate.app.screen, ConfirmDialog), "the verdict is there")
        assert "I understand, continue" in gate.text
        assert gate.app.results == []
        await gate.pilot.click("#confirm")
    assert gate.app.results == [True]


async def test_tick_can_be_removed(safety: Safety) -> None:
    async with opened(safety) as gate:
        await gate.tick(safety, "emergency")
        assert "[x]" in gate.text
        assert not gate.is_enabled("gate-none")
        await gate.press("space")
        assert "[x]" not in gate.text
        assert not gate.is_enabled("gate-ticked")
        assert gate.is_enabled("gate-none")


async def test_leaving_is_not_an_answer(safety: Safety) -> None:
    async with opened(safety) as gate:
        await gate.press("escape")
    assert gate.app.results == [False]
