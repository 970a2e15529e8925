"""A process that is killed while it writes: what was acknowledged is there, what was half written is not."""

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.sessions import list_sessions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

# A small cache, so that the unfinished transaction reaches the file before it is killed.
WRITER = """
import os, sys, signal
from pathlib import Path
from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.sessions import save_session
database = open_for_writing(Path(sys.argv[1]), 1)
def record():
    return SessionRecord(new_id(1), 1, 2, 0, None, "2026-11-20", "micro-break", "x" * 500, 1000, 1000, 1, 1,
                         Outcome.COMPLETED, Source.TIMER, None)
for _ in range(3):
    one = record()
    save_session(database, one)
    print(one.id, flush=True)
database.execute("PRAGMA cache_size=1")
database.execute("BEGIN IMMEDIATE")
database.execute("DELETE FROM session")
for _ in range(200):
    values = record()
    database.execute(f"INSERT INTO session VALUES({', '.join('?' * len(values))})", values)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def acknowledged(history: Path) -> set[str]:
    """The sessions that a killed writer had acknowledged; it was in the middle of deleting them."""
    run = subprocess.run(
        [sys.executable, "-c", WRITER, str(history)], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert history.with_name("history.db-journal").stat().st_size > 0
    return set(run.stdout.split())


def test_the_first_who_reads_takes_the_unfinished_back(history: Path, acknowledged: set[str]) -> None:
    with closing(open_for_reading(history)) as database:
        assert {one.id for one in list_sessions(database)} == acknowledged
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [file.name for file in history.parent.iterdir()] == ["history.db"]


def test_the_next_who_writes_does_too(history: Path, now_ms: int, acknowledged: set[str]) -> None:
    with closing(open_for_writing(history, now_ms)) as database:
        assert {one.id for one in list_sessions(database)} == acknowledged
    assert len(acknowledged) == 3


APPENDER = """
import sys
from pathlib import Path
from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.freezes import record_frozen_days
from datetime import date, timedelta
first = date(2026, 1, 1) + timedelta(days=100 * int(sys.argv[2]))
sys.stdin.readline()
for number in range(20):
    database = open_for_writing(Path(sys.argv[1]), 1)
    record_frozen_days(database, [first + timedelta(days=number)])
    database.close()
"""


def test_processes_that_write_at_once_wait_for_each_other(history: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", APPENDER, str(history), str(number)], stdin=subprocess.PIPE)
        for number in range(3)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    with closing(open_for_reading(history)) as database:
        assert database.execute("SELECT count(*) FROM freeze").fetchone() == (60,)
