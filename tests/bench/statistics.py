"""How much CPU time the statistics of a history take, of 100,000 and of 1,000,000 sessions, in all and over one year.

The larger history has fifty sessions a day for 55 years. The time depends on the days, so fewer would be quicker.
Run: uv run python -m tests.bench.statistics
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.statistics import load_statistics, range_start

TARGETS_MS = {(100_000, 20): 50.0, (1_000_000, 50): 120.0}
"""The most milliseconds, by the number of sessions in all and on each day."""

ROUNDS = 5
TODAY = date(2026, 11, 20)
ROUTINES = ("micro-break", "screen-break", "tech-neck", "full", "evening")


def fill_statistics(file: Path, sessions: int, per_day: int) -> None:
    """Create a history that ends today, with some sessions partial, stopped, or logged by hand."""
    dice = random.Random(1)  # noqa: S311 - the same sessions in each run
    with closing(open_for_writing(file, 0)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("BEGIN")
        database.executemany(
            f"INSERT INTO session VALUES({', '.join('?' * 16)}, 0, NULL, NULL, NULL)",
            (_row(dice, number // per_day) for number in range(sessions)),
        )
        database.execute("COMMIT")


def _row(dice: random.Random, days_ago: int) -> tuple[object, ...]:
    day = TODAY - timedelta(days=days_ago)
    ms = int(datetime(day.year, day.month, day.day, 8, tzinfo=UTC).timestamp() * 1000) + dice.randrange(43_200_000)
    outcome = dice.choices(["completed", "partial", "stopped"], [90, 8, 2])[0]
    source = dice.choices(["timer", "break", "manual"], [5, 4, 1])[0]
    done_ms = 60_000 if outcome == "completed" else dice.randrange(60_000)
    routine = dice.choice(ROUTINES)
    start = (new_id(ms), ms, ms + done_ms, 0, "UTC", day.isoformat(), routine, routine.title(), 60_000, done_ms)
    return (*start, 12, 12, outcome, source, None, 0)


def median_ms(database: sqlite3.Connection, first: date | None) -> float:
    """Return the median milliseconds of CPU time that the statistics since a day, or of all days, take."""
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        load_statistics(database, first, TODAY)
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)


def main() -> int:
    """Measure, print, and return 0 if the targets are met."""
    met = True
    with tempfile.TemporaryDirectory() as folder:
        for (sessions, per_day), target in TARGETS_MS.items():
            file = Path(folder) / f"{sessions}.db"
            fill_statistics(file, sessions, per_day)
            with closing(open_for_reading(file)) as database:
                whole, year = median_ms(database, None), median_ms(database, range_start(365, TODAY))
            ratio = f"{whole / target:.2f} of {target:g} ms"
            print(f"{sessions:>9} sessions: all {whole:6.1f} ms, {ratio}; one year {year:.1f} ms")
            met = met and whole <= target and year <= target
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
