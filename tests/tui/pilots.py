"""Driving the app: opened, waited for, and told where it is."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.opening import OpeningScreen
from stretch_coach.world import World

SIZE = (100, 30)
LOOKS = 1500

AnyScreen = TypeVar("AnyScreen", bound=Screen)  # type: ignore[type-arg]  # whatever it ends with


async def until(pilot: Pilot[int], happened: Callable[[], bool], what: str) -> None:
    """Let the app go on until something has happened, but not for ever."""
    for _ in range(LOOKS):
        await pilot.pause(0.005)
        if happened():
            await pilot.pause()
            return
    raise AssertionError(f"never came that {what}; on the screen: {pilot.app.screen}")


async def at(pilot: Pilot[int], kind: type[AnyScreen]) -> AnyScreen:
    """The screen on top, once it is one of a kind."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted, f"{kind.__name__}")
    assert isinstance(pilot.app.screen, kind)
    return pilot.app.screen


@asynccontextmanager
async def running(world: World, order: Order | None = None, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[int]]:
    """The app, past its opening."""
    app = CoachApp(world, order)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(
            pilot,
            lambda: not isinstance(app.screen, OpeningScreen) or app._exit,  # noqa: SLF001 - no public way to know
            "the app opened",
        )
        yield pilot


async def begun(pilot: Pilot[int]) -> CoachScreen:
    """The coach with its first segment under way."""
    screen = await at(pilot, CoachScreen)
    await until(pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")
    await pilot.press("enter")
    await until(pilot, lambda: screen.check_action("mute", ()) is True, "the first segment began")
    return screen


def told(pilot: Pilot[int]) -> list[str]:
    """Every sentence the user is told just now."""
    return [one.message for one in pilot.app._notifications]  # noqa: SLF001 - no public way to them
