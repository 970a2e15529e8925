"""How long the history screen takes to open, from its key to its first frame, with 100,000 sessions.

Run: uv run python -m tests.bench.history_screen
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from stretch_coach.clock import SystemClock
from stretch_coach.context import Context
from stretch_coach.journal import acknowledgements
from stretch_coach.paths import HOME_VARIABLE, bundled_routines, find_places
from stretch_coach.routine.library import load_library
from stretch_coach.settings import Settings
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.bench.statistics import fill_statistics
from tests.tui.driving import at, open_app, until

SESSIONS, PER_DAY = 100_000, 20
TARGET_MS = 200.0
ROUNDS = 5


async def measure(context: Context) -> float:
    """Return the median milliseconds from opening the screen to its first frame."""
    app = CoachApp(context)
    taken = []
    async with open_app(app) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(app.screen.query("#preview-steps")), "the library is loaded")
        library = load_library(bundled_routines(), context.places.routines)
        for _ in range(ROUNDS):
            await pilot.pause()
            started = time.perf_counter()
            screen = HistoryScreen(context, library)
            await app.push_screen(screen)
            drawn = asyncio.Event()
            screen.call_after_refresh(drawn.set)
            await drawn.wait()
            taken.append((time.perf_counter() - started) * 1000)
            await app.pop_screen()
    return statistics.median(taken)


def main() -> int:
    """Measure, print, and return 0 if the target is met."""
    with tempfile.TemporaryDirectory() as folder:
        places = find_places({HOME_VARIABLE: folder})
        fill_statistics(Path(places.history), SESSIONS, PER_DAY)
        context = Context(places, Settings(), SystemClock(), print)
        with context.writable_history() as history:
            acknowledgements.acknowledge(history, [acknowledgements.NOTICE], context.clock.wall().ms)
        ms = asyncio.run(measure(context))
    print(f"history screen on {SESSIONS} sessions {ms:.0f} ms, {ms / TARGET_MS:.2f} of {TARGET_MS:g} ms")
    return 0 if ms <= TARGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
