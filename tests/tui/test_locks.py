"""What asks before it begins: locked routines, and those that come with warning signs."""

import pytest

from stretch_coach.journal import acknowledged
from stretch_coach.routine.library import Library
from stretch_coach.session.preparing import locks_to_confirm
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.taught import TaughtScreen
from stretch_coach.world import World
from tests.tui.frames import words_of
from tests.tui.pilots import at, running, until

LOCKED = "towel-snag"


def is_locked(world: World, library: Library) -> bool:
    with world.history() as history:
        return bool(locks_to_confirm(history, library.routines[LOCKED]))


async def test_what_was_not_taught_stays_locked(world: World, library: Library) -> None:
    async with running(world, Order(library.routines[LOCKED])) as pilot:
        await at(pilot, GateScreen)
        await pilot.press("n")
        await at(pilot, TaughtScreen)
        assert "Locked" in words_of(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert is_locked(world, library)


async def test_who_was_taught_it_confirms_it_once(world: World, library: Library) -> None:
    for asked in (True, False):
        async with running(world, Order(library.routines[LOCKED])) as pilot:
            await at(pilot, GateScreen)
            await pilot.press("n")
            if asked:
                await at(pilot, TaughtScreen)
                await pilot.click("#taught-confirm")
            await at(pilot, CoachScreen)
        assert not is_locked(world, library)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_the_warning_signs_are_asked_each_time_before_what_asks_for_them(
    world: World, library: Library, key: str
) -> None:
    async with running(world, Order(library.routines["upper-neck-ease"])) as pilot:
        await at(pilot, GateScreen)
        await pilot.press(key)
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    with world.history() as history:
        assert acknowledged.acknowledged_at(history, acknowledged.NOTICE) is not None, "that of first use is kept"
