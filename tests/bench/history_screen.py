"""How long the history screen takes to be there, from its key to its first frame, on 100,000 sessions.

Run: uv run python -m tests.bench.history_screen
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from stretch_coach.clock import SystemClock
from stretch_coach.paths import HOME_VARIABLE, find_places
from stretch_coach.settings import Settings
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.signals import AppSignals
from stretch_coach.world import World
from tests.bench.statistics import fill_statistics

SESSIONS, PER_DAY = 100_000, 20
TARGET_MS = 300.0
ROUNDS = 5


async def measure(world: World) -> float:
    """Median milliseconds from asking for the screen to its first frame."""
    app = CoachApp(world)
    taken = []
    async with app.run_test(size=(100, 30)) as pilot:
        signals = AppSignals(lambda _: None)
        room = Room(world, signals, tell=print, title=print, ring=lambda: None, settings_changed=lambda: None)
        for _ in range(ROUNDS):
            await pilot.pause()
            begun = time.perf_counter()
            await app.push_screen(HistoryScreen(room))
            drawn = asyncio.Event()
            app.screen.call_after_refresh(drawn.set)
            await drawn.wait()
            taken.append((time.perf_counter() - begun) * 1000)
            await app.pop_screen()
    return statistics.median(taken)


def main() -> int:
    """Measure, print, and say whether the target is met."""
    with tempfile.TemporaryDirectory() as folder:
        places = find_places({HOME_VARIABLE: folder})
        fill_statistics(Path(places.history), SESSIONS, PER_DAY)
        ms = asyncio.run(measure(World(places, Settings(), SystemClock(), print)))
    print(f"history screen on {SESSIONS} sessions {ms:.0f} ms, {ms / TARGET_MS:.2f} of {TARGET_MS:g} ms")
    return 0 if ms <= TARGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
