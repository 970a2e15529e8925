"""A small app for one screen: quick to start, and it keeps what the screen says instead of acting on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from stretch_coach import tui
from stretch_coach.context import Context
from stretch_coach.tui.breakpoints import SizedApp
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.themes import DARK, THEMES, with_readable_colours
from tests.tui.driving import SIZE, open_app, until
from tests.tui.frames import words_of


class HostApp(SizedApp[None]):
    """Shows a screen with the app's styles.

    Args:
        screen: The screen.
        context: Its context; what it warns of is kept.
    """

    CSS_PATH = Path(tui.__file__).parent / "styles" / "app.tcss"

    def __init__(self, screen: Screen[Any], context: Context | None = None) -> None:
        super().__init__()
        self.shown = screen
        self.results: list[Any] = []
        self.warnings: list[str] = []
        self.requests: list[SessionRequested] = []
        if context:
            context.warn = self.warnings.append
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, as the app has them."""
        self.theme_variables = with_readable_colours(super().get_css_variables())
        return self.theme_variables

    async def on_mount(self) -> None:
        """Show the screen, and keep its result."""
        await self.push_screen(self.shown, self.results.append)

    def on_session_requested(self, message: SessionRequested) -> None:
        """Keep a request."""
        self.requests.append(message)


class Driver:
    """Drives a screen in its host.

    Args:
        pilot: The pilot of the host.
        app: The host.
    """

    def __init__(self, pilot: Pilot[None], app: HostApp) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def text(self) -> str:
        """What is on the screen, as if it were one line."""
        return " ".join(words_of(self.app).split())

    @property
    def notifications(self) -> list[str]:
        """What pops up just now."""
        return [one.message for one in self.app._notifications]  # noqa: SLF001 - there is no public way to them

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until their messages are handled."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something that a thread has to do first."""
        await until(self.pilot, condition, what)

    async def shows(self, text: str) -> None:
        """Wait until a text is on the screen, however it is wrapped."""
        await self.until(lambda: text in self.text, f"{text!r} is on the screen")


@asynccontextmanager
async def hosting(
    screen: Screen[Any], context: Context | None = None, size: tuple[int, int] = SIZE
) -> AsyncIterator[Driver]:
    """Show a screen in a host of its own."""
    app = HostApp(screen, context)
    async with open_app(app, size) as pilot:
        await until(pilot, lambda: screen.is_mounted and app.screen is screen, "the screen is there")
        yield Driver(pilot, app)
