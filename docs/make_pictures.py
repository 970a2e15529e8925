"""Make the pictures in the README and the docs from the app itself.

Run: uv run python docs/make_pictures.py [NAME...]
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path

from demo_history import write_demo
from svg_screen import Frame, draw, take_frame
from textual.pilot import Pilot

from stretch_coach.clock import Instant
from stretch_coach.context import Context
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.screens.coach import CoachScreen

PICTURES = Path(__file__).parent / "pictures"
MOST_BYTES = 300_000
FRIDAY_MS = 1_795_172_400_000
TODAY = date(2026, 11, 20)
EXERCISE = "LEFT SIDE"
SETTINGS = """
[app]
theme = "{theme}"
figure = "blocks"
lead_in = 0
ask_comfort = false

[voice]
level = "off"

[[breaks.rules]]
every = 45
days = "mon-fri"
windows = "09:00-17:30"
"""


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


def make_context(folder: Path, clock: ManualClock, theme: str = "") -> Context:
    """Return the context of somebody who has used the coach for months."""
    folder.mkdir()
    places = Places(folder, folder, folder, folder / "cache")
    places.settings_file.write_text(SETTINGS.format(theme=theme), encoding="utf-8")
    context = Context(places, None, clock, lambda _: None)
    with context.writable_history() as history:
        write_demo(history, FRIDAY_MS, TODAY)
    return context


async def picture_home(folder: Path) -> str:
    """Draw home at noon."""
    return await _picture(
        folder, ["right"] * 3, "Home: today, the last seven days, a suggestion, and the routines", wide=True
    )


async def picture_history(folder: Path) -> str:
    """Draw the history."""
    return await _picture(folder, ["h", "up"], "The history: a year at a glance, and the sessions of a day", wide=True)


async def picture_light(folder: Path) -> str:
    """Draw home in the light theme."""
    return await _picture(folder, ["right"] * 3, "Home in the light theme", theme="coach-light")


async def picture_tight(folder: Path) -> str:
    """Draw the body map with two places chosen."""
    return await _picture(folder, ["t", "d", "j"], "Where is it tight? The body with a letter at each place")


async def _picture(folder: Path, keys: list[str], title: str, *, wide: bool = False, theme: str = "") -> str:
    app = CoachApp(make_context(folder, ManualClock(), theme))
    async with app.run_test(size=(120, 36) if wide else (100, 30)) as pilot:
        await _until(pilot, lambda: type(app.screen).__name__ == "HomeScreen")
        await _settle(pilot)
        await pilot.press(*keys)
        await _settle(pilot)
        return draw([(take_frame(app), 1.0)], title)


async def picture_coach(folder: Path) -> str:
    """Draw the coach while the user gets ready and during a stretch, as an animation."""
    clock = ManualClock()
    context = make_context(folder, clock)
    routine = load_library(bundled_routines(), folder / "routines").find("upper-trap-focus")
    app = CoachApp(context, SessionRequest(routine))
    async with app.run_test(size=(90, 26)) as pilot:
        await _until(pilot, lambda: type(app.screen).__name__ == "CoachScreen")
        await _settle(pilot)
        await pilot.press("enter")
        await _until(pilot, lambda: app.screen.check_action("mute", ()) is True)
        while EXERCISE not in _words(app):
            await pilot.press("n")
            await pilot.pause(0.2)
        coach = app.screen
        if not isinstance(coach, CoachScreen):
            raise TypeError(coach)
        frames: list[tuple[Frame, float]] = []
        for step in (*[0.25] * 22, *[1.0] * 6):  # the movement, and some of the hold
            frames.append((take_frame(app), step))
            clock.seconds += step
            coach._live.obey(SessionCommand.RESUME)  # noqa: SLF001 - changes nothing, but makes it look at the clock
            await pilot.pause(0.06)
        frames.append((take_frame(app), 2.0))
        return draw(frames, "The coach: the figure moves into the stretch, and the countdown of the hold runs")


PAINTERS: dict[str, Callable[[Path], Coroutine[None, None, str]]] = {
    "coach": picture_coach,
    "home": picture_home,
    "history": picture_history,
    "light": picture_light,
    "tight": picture_tight,
}


async def _until(pilot: Pilot[int], happened: Callable[[], bool]) -> None:
    while not happened():
        await pilot.pause(0.05)


async def _settle(pilot: Pilot[int]) -> None:
    for _ in range(8):
        await pilot.pause(0.2)


def _words(app: CoachApp) -> str:
    return re.sub(r"\s+", " ", " ".join("".join(cell.sign for cell in row) for row in take_frame(app)))


def main() -> None:
    """Make all pictures, or the ones that are named."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or PAINTERS:
            svg = asyncio.run(PAINTERS[name](Path(folder) / name))
            file = PICTURES / f"{name}.svg"
            file.write_text(svg, encoding="utf-8")
            size = file.stat().st_size
            sys.stdout.write(f"{file.name}: {size // 1000} kB\n")
            if size > MOST_BYTES:
                sys.exit(f"{file.name} is larger than {MOST_BYTES // 1000} kB.")


if __name__ == "__main__":
    main()
