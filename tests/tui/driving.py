"""Open the app, wait for it, and press its keys."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from stretch_coach.context import Context
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.opening import OpeningScreen
from tests.tui.frames import words_of

SIZE = (100, 30)
MAX_CHECKS = 5000

AnyResult = TypeVar("AnyResult")
AnyScreen = TypeVar("AnyScreen", bound=Screen)  # type: ignore[type-arg]  # whatever it ends with


async def until(pilot: Pilot[Any], happened: Callable[[], bool], what: str) -> None:
    """Let the app run until something has happened, but not forever."""
    for _ in range(MAX_CHECKS):
        await asyncio.sleep(0.01)  # unlike `pilot.pause`, it costs nothing for each widget
        if happened():
            await pilot.pause()
            return
    raise AssertionError(f"it did not happen that {what}; on {pilot.app.screen}:\n{words_of(pilot.app)}")


async def at(pilot: Pilot[Any], kind: type[AnyScreen]) -> AnyScreen:
    """Return the screen on top, once it is of this class."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted, f"{kind.__name__}")
    assert isinstance(pilot.app.screen, kind)
    return pilot.app.screen


@asynccontextmanager
async def open_app(app: App[AnyResult], size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[AnyResult]]:
    """Open an app, and before it is closed cancel what works for its screens, as it does when it runs in a terminal."""
    async with app.run_test(size=size, notifications=True) as pilot:
        try:
            yield pilot
        finally:
            app.workers.cancel_all()


@asynccontextmanager
async def running(
    context: Context, session_request: SessionRequest | None = None, size: tuple[int, int] = SIZE
) -> AsyncIterator[Pilot[int]]:
    """Run the app until it is past its opening."""
    app = CoachApp(context, session_request)
    async with open_app(app, size) as pilot:
        await until(
            pilot,
            lambda: not isinstance(app.screen, OpeningScreen) or app._exit,  # noqa: SLF001 - no public way to know
            "the app opened",
        )
        yield pilot


async def shown(pilot: Pilot[int], text: str) -> None:
    """Wait until a text is on the screen, whatever the lines are that it is wrapped to."""
    await until(pilot, lambda: text in " ".join(words_of(pilot.app).split()), f"{text!r} is shown")


async def rule_out_signs(pilot: Pilot[int]) -> None:
    """Read the warning signs to their end, and say that none applies."""
    gate = await at(pilot, GateScreen)
    for group in range(1, 5):
        await shown(pilot, f"group {group} of 4")
        await pilot.press("end")
        await until(pilot, lambda: gate.check_action("none", ()) is True, "all signs of the group were seen")
        await pilot.press("n")


async def has_exited(pilot: Pilot[int]) -> None:
    """Wait until the app has ended."""
    await until(pilot, lambda: pilot.app._exit, "the app has ended")  # noqa: SLF001 - there is no public way to know


async def start_session(pilot: Pilot[int]) -> CoachScreen:
    """Return the coach screen with its first segment under way."""
    screen = await at(pilot, CoachScreen)
    await until(pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")
    await pilot.press("enter")
    await until(pilot, lambda: screen.check_action("mute", ()) is True, "the first segment began")
    return screen


def notifications(pilot: Pilot[int]) -> list[str]:
    """Return the notifications that are on the screen."""
    return [one.message for one in pilot.app._notifications]  # noqa: SLF001 - no public way to them
