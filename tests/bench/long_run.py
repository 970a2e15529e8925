"""What eight hours of sessions in the app leave behind: growth of memory, descriptors, threads and processes.

The real app runs in a terminal of its own, on a clock that runs 120 times as fast, with the real voice, the real
history and every core busy. It does one session after another, and measures itself at the home screen after each.
Needs PulseAudio and Linux. Run: uv run python -m tests.bench.long_run [HOURS]
"""

import asyncio
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from textual.app import App
from textual.pilot import Pilot

from stretch_coach.clock import FasterClock, Instant, SystemClock
from stretch_coach.context import Context
from stretch_coach.journal import acknowledgements
from stretch_coach.paths import find_places, make_private_folder
from stretch_coach.settings import Settings
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.bench.load import busy_cores
from tests.e2e.processes import Terminal
from tests.e2e.sound import NullSink, is_missing

HOURS = 8.0
PACE = 120.0
ROUTINE = "micro-break"
PATIENCE_SECONDS = 60.0
"""How long the app may take for one step before the measurement is given up."""

SHARE = 0.25
"""The first and the last quarter of the sessions are compared, after a tenth that warms up."""

MAX_KILOBYTES_PER_HOUR = 512
"""More memory than this in an hour, in which about twenty sessions are recorded and shown, is growth."""


class Usage(NamedTuple):
    """What the app has at an instant."""

    kilobytes: int
    descriptors: int
    threads: int
    processes: int
    tasks: int


class FastClock(FasterClock):
    """Runs `PACE` times as fast, the calendar included."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), PACE)
        self._start, self._start_wall = self.now(), super().wall()

    def wall(self) -> Instant:
        """Return the simulated time of day."""
        return self._start_wall._replace(ms=self._start_wall.ms + round(1000 * (self.now() - self._start)))


def usage() -> Usage:
    """Return what this process has now."""
    gc.collect()
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    return Usage(
        kilobytes=int(status["VmRSS"].split()[0]),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
        threads=int(status["Threads"]),
        processes=sum(parent_of(entry) == os.getpid() for entry in Path("/proc").glob("[0-9]*")),
        tasks=len(asyncio.all_tasks()),
    )


def parent_of(process: Path) -> int:
    """Return the parent of a process, ended or not, or 0 if it is gone."""
    try:
        return int((process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


async def until(happened: Callable[[], bool], what: str) -> None:
    """Wait until something has happened.

    Raises:
        TimeoutError: It did not happen in time.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it never came that {what}")
        await asyncio.sleep(0.02)


async def run_session(app: App[int], pilot: Pilot[object]) -> None:
    """Run a session from the home screen and back to it."""
    app.post_message(SessionRequested(ROUTINE))
    await until(lambda: isinstance(app.screen, CoachScreen), "the coach opened")
    coach = app.screen
    await until(lambda: any(not button.disabled for button in coach.query("#ready-start")), "the session was ready")
    await pilot.press("enter")
    await until(lambda: isinstance(app.screen, EndingScreen), "the session ended")
    await pilot.press("enter")
    await until(lambda: isinstance(app.screen, HomeScreen), "the home screen was back")


def run_app(hours: float, report: Path) -> None:
    """Run the app in this terminal, and write its usage after each session to a file."""
    places = find_places()
    make_private_folder(places.config)
    usual = Settings()
    settings = usual._replace(
        app=usual.app._replace(lead_in=0, ask_comfort=False), voice=usual.voice._replace(explain="never")
    )
    context = Context(places, settings, FastClock(), lambda _: None)
    with context.writable_history() as history:
        acknowledgements.acknowledge(history, [acknowledgements.NOTICE], context.clock.wall().ms)
    app = CoachApp(context)

    async def lead(pilot: Pilot[object]) -> None:
        await until(lambda: isinstance(app.screen, HomeScreen), "the home screen opened")
        end = context.clock.now() + hours * 3600
        with report.open("w", encoding="utf-8") as lines:
            while context.clock.now() < end:
                await run_session(app, pilot)
                print(json.dumps(usage()), file=lines, flush=True)
        app.exit(0)

    app.run(auto_pilot=lead)
    if app.failure:
        raise app.failure


def main() -> int:
    """Measure, print, and return 0 if nothing grows."""
    if is_missing():
        sys.exit("needs pulseaudio and pulseaudio-utils")
    hours = float(sys.argv[1]) if len(sys.argv) > 1 else HOURS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = folder / "usage.jsonl"
        os.environ["TERM"] = "xterm-256color"
        os.environ["STRETCH_COACH_HOME"] = str(folder / "home")
        sink = NullSink(folder)
        os.environ.update(sink.environment)
        sink.start()
        try:
            with busy_cores(hours * 3600 / PACE * 10):
                run_in_terminal("-m", "tests.bench.long_run", "--inside", str(hours), str(report))
        finally:
            sink.stop()
        samples = [Usage(*json.loads(line)) for line in report.read_text(encoding="utf-8").splitlines()]
    return 0 if compare(samples, hours) else 1


def run_in_terminal(*arguments: str) -> None:
    """Run Python in a terminal of its own to its end."""
    terminal = Terminal(*arguments, program=sys.executable)
    terminal.wait_until(lambda: terminal.process.poll() is not None, "it ended", patience=HOURS * 3600)
    if code := terminal.finish():
        sys.exit(f"the app ended with {code}: {terminal.screen[-3000:]}")


def compare(samples: list[Usage], hours: float) -> bool:
    """Print how the last sessions differ from the first ones, and return whether nothing grew."""
    warm = samples[len(samples) // 10 :]
    share = max(1, round(len(warm) * SHARE))
    print(f"{len(samples)} sessions in {hours:g} simulated hours")
    grew = []
    for field in Usage._fields:
        values = [getattr(sample, field) for sample in warm]
        first, last = statistics.median(values[:share]), statistics.median(values[-share:])
        allowed = MAX_KILOBYTES_PER_HOUR * hours if field == "kilobytes" else 0
        print(f"  {field:<12}{first:>9g} -> {last:>9g}, at most {max(values):g} (may grow by {allowed:g})")
        if last - first > allowed:
            grew.append(field)
    print(f"grew: {', '.join(grew) or 'nothing'}")
    return not grew


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        run_app(float(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main())
