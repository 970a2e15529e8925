"""The coach screen in a small host app, for tests of what it shows and of its keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from textual.widgets import Button

from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_safety
from stretch_coach.session.engine import Engine, State
from stretch_coach.session.live import FinishedSession
from stretch_coach.session.request import SessionRequest
from stretch_coach.session.signals import CaughtSignals
from stretch_coach.tui.screens.coach import CoachScreen
from tests.tui.driving import SIZE
from tests.tui.host import Driver, hosting


class Coach(Driver):
    """Drives a coach screen."""

    @property
    def screen(self) -> CoachScreen:
        """Return the coach screen, whatever lies on top of it."""
        assert isinstance(self.app.shown, CoachScreen)
        return self.app.shown

    @property
    def engine(self) -> Engine:
        """Return the timing of the session, which is not on the screen in so many words."""
        assert self.screen._engine  # noqa: SLF001 - see above
        return self.screen._engine  # noqa: SLF001

    def state(self) -> State:
        """Return whether the session runs, is paused or is over."""
        return self.engine.state

    @property
    def is_running(self) -> bool:
        """Whether the first segment has started."""
        return self.screen.check_action("mute", ()) is True

    async def start(self) -> None:
        """Start the session, and wait for its first segment."""
        await self.press("enter")
        await self.until(lambda: self.is_running, "the session starts")

    async def outcome(self) -> Outcome:
        """Wait for the end of the session, and return its outcome."""
        await self.until(lambda: bool(self.app.results), "the session ends")
        [finished] = self.app.results
        assert isinstance(finished, FinishedSession)
        return finished.outcome


@asynccontextmanager
async def coaching(
    context: Context,
    library: Library,
    session_request: SessionRequest | None = None,
    *,
    starts: bool = False,
    waits: bool = True,
    size: tuple[int, int] = SIZE,
    rehearsal: float | None = None,
) -> AsyncIterator[Coach]:
    """Show the coach screen once it is ready, or has started; or at once.

    Without a request it is the three-minute screen break.
    """
    request = session_request or SessionRequest(library.routines["screen-break"], rehearsal=rehearsal)
    safety = load_safety(bundled_routines())
    screen = CoachScreen(context, library, safety, request, lambda _: nullcontext(CaughtSignals()))
    async with hosting(screen, context, size) as host:
        coach = Coach(host.pilot, host.app)
        start = screen.query_one("#ready-start", Button)
        if waits:
            await coach.until(lambda: not start.disabled or coach.is_running, "the session is prepared")
        if starts:
            await coach.start()
        yield coach
