"""Makes the pictures of the README from the program itself: uv run python docs/make_pictures.py."""

import asyncio
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from stretch_coach.clock import Instant
from stretch_coach.journal import acknowledged
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.sessions import save_session
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.settings import Settings
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.coaching import Order
from stretch_coach.world import World

PICTURES = Path(__file__).parent / "pictures"
SIZE = (100, 30)
FRIDAY_MS = 1_795_172_400_000
DAY_MS = 86_400_000
FONTS = "DejaVu Sans Mono, Menlo, Consolas, monospace"


class Shown:
    """A clock that shows what it is told."""

    pace = 1.0

    def __init__(self) -> None:
        self.seconds = 100.0

    def now(self) -> float:
        """The seconds it was told last."""
        return self.seconds

    def wall(self) -> Instant:
        """A Friday noon, and the seconds."""
        return Instant(FRIDAY_MS + round((self.seconds - 100) * 1000), 3600, "CET")


def make_world(folder: Path, clock: Shown) -> World:
    """Somebody who has used the coach for a few days."""
    settings = Settings()
    settings = settings._replace(
        voice=settings.voice._replace(level="off"),
        app=settings.app._replace(lead_in=0, ask_comfort=False, figure="blocks"),
    )
    folder.mkdir()
    world = World(Places(folder, folder, folder, folder / "cache"), settings, clock, lambda _: None)
    with world.writable_history() as history:
        acknowledged.acknowledge(history, [acknowledged.NOTICE], FRIDAY_MS)
        for back in range(1, 6):
            save_session(history, _session(back))
    return world


def _session(back: int) -> SessionRecord:
    begun = FRIDAY_MS - back * DAY_MS
    return SessionRecord(
        id=f"019a0000-0000-7000-8000-{back:012d}",
        started_ms=begun,
        ended_ms=begun + 180_000,
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
    """Home, as it is in the middle of a day."""
    app = CoachApp(make_world(folder, Shown()))
    async with app.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: type(app.screen).__name__ == "HomeScreen")
        await pilot.press("down", "down", "right", "right", "right")
        await _settle(pilot)
        _save(app, "home")


async def picture_coach(folder: Path) -> None:
    """A stretch that is held."""
    clock = Shown()
    routine = load_library(bundled_routines(), folder / "routines").find("upper-trap-focus")
    app = CoachApp(make_world(folder, clock), Order(routine))
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


async def _until(pilot: Pilot[int], there: Callable[[], bool]) -> None:
    while not there():
        await pilot.pause(0.05)


async def _settle(pilot: Pilot[int]) -> None:
    await pilot.pause(0.3)


def _words(app: CoachApp) -> str:
    return re.sub(r"<[^>]*>", "", app.export_screenshot()).replace("&#160;", " ")


def _save(app: CoachApp, name: str) -> None:
    """Save what is on the screen, in whatever font for terminals the reader has: none is fetched."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", app.export_screenshot(title="Stretch Coach"), flags=re.DOTALL)
    svg = re.sub(r"font-family: Fira Code[^;]*;", f"font-family: {FONTS};", svg)
    (PICTURES / f"{name}.svg").write_text(re.sub(r"[ \t]+\n", "\n", svg), encoding="utf-8")


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(picture_home(Path(folder) / "home"))
        asyncio.run(picture_coach(Path(folder) / "coach"))


if __name__ == "__main__":
    main()
