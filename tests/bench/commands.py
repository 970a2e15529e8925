"""What short commands cost, as multiples of a bare interpreter, all measured in one run.

Run: uv run python -m tests.bench.commands
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.day import logical_day
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.sessions import save_session

ROUNDS = 41
SESSIONS = 10_000
MOST_HELP_RATIO, MOST_STREAK_RATIO = 2.0, 5.0
MINUTE_MS = 60_000


def fill_history(file: Path, sessions: int) -> None:
    """Write a history of twenty sessions a day up to now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    database = open_for_writing(file, int(now.timestamp() * 1000))
    database.execute("PRAGMA synchronous=OFF")
    for number in range(sessions):
        ms = int((now - timedelta(minutes=72 * number)).timestamp() * 1000)
        record = SessionRecord(
            id=new_id(ms),
            started_ms=ms,
            ended_ms=ms + MINUTE_MS,
            utc_offset_s=0,
            zone="UTC",
            day=logical_day(ms, 0, time_of_day(4)).isoformat(),
            routine="micro-break",
            title="One-minute micro-break",
            planned_ms=MINUTE_MS,
            done_ms=MINUTE_MS,
            segments=12,
            segments_done=12,
            outcome=Outcome.COMPLETED,
            source=Source.TIMER,
            device=None,
        )
        save_session(database, record)
    database.close()


def measure(commands: dict[str, list[str]], environment: dict[str, str]) -> dict[str, float]:
    """Return the median milliseconds of CPU of each command, run in turns so that all see the same machine."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            before = _cpu_seconds()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            taken[name].append((_cpu_seconds() - before) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def _cpu_seconds() -> float:
    # CPU time: elapsed time would also measure what else the machine does.
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Measure, print, and return 1 if a target is missed."""
    coach = shutil.which("stretch-coach", path=str(Path(sys.executable).parent))
    if coach is None:
        sys.exit("stretch-coach is not installed beside this Python")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STRETCH_COACH_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        fill_history(Path(folder) / "history.db", SESSIONS)
        median = measure(
            {
                "python -c pass": [sys.executable, "-c", "pass"],
                "import click": [sys.executable, "-c", "import click"],
                "--help": [coach, "--help"],
                "streak --json": [coach, "streak", "--json"],
                "history --days 1": [coach, "history", "--days", "1"],
                "breaks --json": [coach, "breaks", "--json"],
                "routines": [coach, "routines"],
            },
            environment,
        )
    for name, ms in median.items():
        print(f"{name:<18}{ms:7.1f} ms CPU  {ms / median['python -c pass']:5.2f} x pass")
    help_ratio = median["--help"] / median["import click"]
    streak_ratio = median["streak --json"] / median["python -c pass"]
    print(f"--help: {help_ratio:.2f} x import click (at most {MOST_HELP_RATIO})")
    print(f"streak of {SESSIONS} sessions: {streak_ratio:.2f} x pass (at most {MOST_STREAK_RATIO})")
    return 0 if help_ratio <= MOST_HELP_RATIO and streak_ratio <= MOST_STREAK_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
