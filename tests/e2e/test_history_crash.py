"""A process killed while it writes: what was acknowledged is there, half a transaction is not."""

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.paths import Places, make_private_folder

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")]

# With a small cache, the unfinished transaction reaches the file before the process is killed.
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
def history(places: Places) -> Path:
    """Return where the history will be; its folder exists."""
    make_private_folder(places.data)
    return places.history


@pytest.fixture
def acknowledged(history: Path) -> set[str]:
    """Return the sessions that a writer had acknowledged before it was killed in the middle of deleting them."""
    run = subprocess.run(
        [sys.executable, "-c", WRITER, str(history)], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert history.with_name("history.db-journal").stat().st_size > 0
    return set(run.stdout.split())


def test_first_reader_rolls_back_a_killed_transaction(history: Path, acknowledged: set[str]) -> None:
    with closing(open_for_reading(history)) as database:
        assert {one.id for one in list_sessions(database)} == acknowledged
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [file.name for file in history.parent.iterdir()] == ["history.db"]


def test_first_writer_rolls_back_a_killed_transaction(history: Path, acknowledged: set[str]) -> None:
    with closing(open_for_writing(history, 1)) as database:
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


def test_writing_processes_wait_for_each_other(history: Path) -> None:
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
