"""How long it takes to have one more segment on disk, compared with an appended and synced file in the same run.

Run: uv run python -m tests.bench.append
"""

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.records import StepOutcome, StepRecord
from stretch_coach.journal.sessions import last_session, save_session
from tests.bench.commands import fill_history

ROUNDS = 300
SESSIONS = 10_000
MEDIAN_MS = 2.0


def median_ms(work: Callable[[], None]) -> float:
    """Return the median milliseconds of many rounds."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def main() -> int:
    """Measure, print, and return 0 if the target is met."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        file = Path(folder) / "history.db"
        fill_history(file, SESSIONS)
        database = open_for_writing(file, 0)
        session = last_session(database)
        assert session
        step = StepRecord(1, None, "chin-tuck", 5000, 0, 1, 1, StepOutcome.DONE)
        passed = itertools.count()
        handle = os.open(Path(folder) / "plain", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

        def append_plainly() -> None:
            os.write(handle, b"x" * 300)
            os.fsync(handle)

        def append_segment() -> None:
            done_ms = next(passed)  # SQLite writes only what changes
            save_session(database, session._replace(done_ms=done_ms), [step._replace(done_ms=done_ms)])

        plain = median_ms(append_plainly)
        journal = median_ms(append_segment)
    print(f"plain file and fsync   {plain:.2f} ms")
    print(f"segment in the history {journal:.2f} ms, {journal / plain:.1f} x (at most {MEDIAN_MS:g} ms)")
    return 0 if journal <= MEDIAN_MS else 1


if __name__ == "__main__":
    sys.exit(main())
