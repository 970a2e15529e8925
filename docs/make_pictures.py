"""Make the pictures in the README from the app itself.

Run: uv run python docs/make_pictures.py
"""

import asyncio
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from stretch_coach.clock import Instant
from stretch_coach.context import Context
from stretch_coach.journal import acknowledgements
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.sessions import save_session
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings import Settings
from stretch_coach.tui.app import CoachApp

PICTURES = Path(__file__).parent / "pictures"
SIZE = (100, 30)
FRIDAY_MS = 1_795_172_400_000
DAY_MS = 86_400_000
FONTS = "DejaVu Sans Mono, Menlo, Consolas, monospace"


class ManualClock:
    """A clock that is moved by hand."""

    pace = 1.0

    def __init__(self) -> None:
        self.seconds = 100.0

    def now(self) -> float:
        """Return the seconds it was set to."""
        return self.seconds

    def wall(self) -> Instant:
        """Return a Friday noon plus the seconds passed."""
        return Instant(FRIDAY_MS + round((self.seconds - 100) * 1000), 3600, "CET")


def make_context(folder: Path, clock: ManualClock) -> Context:
    """Return the context of somebody who has used the coach for five days."""
    settings = Settings()
    settings = settings._replace(
        voice=settings.voice._replace(level="off"),
        app=settings.app._replace(lead_in=0, ask_comfort=False, figure="blocks"),
    )
    folder.mkdir()
    context = Context(Places(folder, folder, folder, folder / "cache"), settings, clock, lambda _: None)
    with context.writable_history() as history:
        acknowledgements.acknowledge(history, [acknowledgements.NOTICE], FRIDAY_MS)
        for back in range(1, 6):
            save_session(history, _session(back))
    return context


def _session(back: int) -> SessionRecord:
    started = FRIDAY_MS - back * DAY_MS
    return SessionRecord(
        id=f"019a0000-0000-7000-8000-{back:012d}",
        started_ms=started,
        ended_ms=started + 180_000,
        utc_offset_s=3600,
        zone="CET",
        day=f"2026-11-{20 - back:02d}",
        routine="screen-break",
        title="Three-minute screen break",
        planned_ms=180_000,
        done_ms=180_000,
        segments=20,
        segments_done=20,
        outcome=Outcome.COMPLETED,
        source=Source.TIMER,
        device=None,
    )


async def picture_home(folder: Path) -> None:
    """Save home at noon."""
    app = CoachApp(make_context(folder, ManualClock()))
    async with app.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: type(app.screen).__name__ == "HomeScreen")
        await pilot.press("down", "down", "right", "right", "right")
        await _settle(pilot)
        _save(app, "home")


async def picture_coach(folder: Path) -> None:
    """Save the coach during a hold."""
    clock = ManualClock()
    routine = load_library(bundled_routines(), folder / "routines").find("upper-trap-focus")
    app = CoachApp(make_context(folder, clock), SessionRequest(routine))
    async with app.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: type(app.screen).__name__ == "CoachScreen")
        await _settle(pilot)
        await pilot.press("enter")
        await _settle(pilot)
        while "LEFT SIDE" not in _words(app):
            await pilot.press("n")
            await _settle(pilot)
        for _ in range(9):
            clock.seconds += 1
            await _settle(pilot)
        _save(app, "coach")


async def _until(pilot: Pilot[int], happened: Callable[[], bool]) -> None:
    while not happened():
        await pilot.pause(0.05)


async def _settle(pilot: Pilot[int]) -> None:
    await pilot.pause(0.3)


def _words(app: CoachApp) -> str:
    return re.sub(r"<[^>]*>", "", app.export_screenshot()).replace("&#160;", " ")


def _save(app: CoachApp, name: str) -> None:
    """Save the screen as SVG with local fonts, so that no font is fetched."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", app.export_screenshot(title="Stretch Coach"), flags=re.DOTALL)
    svg = re.sub(r"font-family: Fira Code[^;]*;", f"font-family: {FONTS};", svg)
    (PICTURES / f"{name}.svg").write_text(re.sub(r"[ \t]+\n", "\n", svg), encoding="utf-8")


def main() -> None:
    """Make both pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(picture_home(Path(folder) / "home"))
        asyncio.run(picture_coach(Path(folder) / "coach"))


if __name__ == "__main__":
    main()
