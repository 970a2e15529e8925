"""A small app for the tests of breaks: it has the prompts or a screen, and nothing else."""

from pathlib import Path
from typing import Any

from textual.screen import Screen

import stretch_coach.tui
from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.tui.break_prompts import BreakPrompts
from stretch_coach.tui.breakpoints import SizedApp
from stretch_coach.tui.messages import NextPromptChanged, SessionRequested
from tests.breaks.fakes import FakeDesktop, SettableClock, advance

STYLES = Path(stretch_coach.tui.__file__).parent / "styles" / "app.tcss"


class BreakHost(SizedApp[int]):
    """An app with break prompts, and what they asked it to do.

    Args:
        context: The user's settings, history and clock.
        library: The routines.
        first: A screen to show; None for an empty one.
    """

    CSS_PATH = STYLES

    def __init__(self, context: Context, library: Library, first: Screen[Any] | None = None) -> None:
        super().__init__()
        self.context = context
        self.desktop = FakeDesktop()
        self.is_busy = False
        self.rung = 0
        self.announced: list[str] = []
        self.warnings: list[str] = []
        self.requests: list[SessionRequested] = []
        self.sentence = ""
        context.warn = self.warnings.append
        self.prompts = BreakPrompts(self, context, library, lambda: self.is_busy, self.desktop)
        self._first = first

    async def on_mount(self) -> None:
        if self._first:
            await self.push_screen(self._first)

    async def on_unmount(self) -> None:
        await self.prompts.stop()

    def notify(self, message: str, *, title: str = "", **_: Any) -> None:
        self.announced.append(f"{title}: {message}")

    def bell(self) -> None:
        self.rung += 1

    def on_session_requested(self, message: SessionRequested) -> None:
        self.requests.append(message)

    def on_next_prompt_changed(self, message: NextPromptChanged) -> None:
        self.sentence = message.sentence

    async def work(self, minutes: float) -> None:
        """Let the user work for some minutes, with a tick each."""
        clock = self.context.clock
        assert isinstance(clock, SettableClock)
        for _ in range(round(minutes)):
            advance(clock, 1, lambda: None, step=60)
            await self.prompts.tick()
