"""Migrations: the history is backed up, then migrated wholly or not at all."""

import sqlite3
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.schema import MIGRATIONS
from stretch_coach.journal.sessions import device_id, list_sessions, save_session

PAIN = "\nALTER TABLE session ADD COLUMN pain INTEGER;\nCREATE TABLE note(text TEXT NOT NULL) STRICT;\n"
NEXT = (*MIGRATIONS, PAIN)
FAILING = (*MIGRATIONS, f"{PAIN}ALTER TABLE no_such_table ADD COLUMN x;\n")
VERSION = len(MIGRATIONS)


@pytest.fixture
def recorded(history: Path, now_ms: int, session: Callable[..., SessionRecord]) -> SessionRecord:
    """A history of today's version with this session in it, closed."""
    one = session()
    with closing(open_for_writing(history, now_ms)) as database:
        save_session(database, one)
    return one


def columns(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM pragma_table_info('session')")]


def test_migration_backs_up_the_history_first(history: Path, now_ms: int, recorded: SessionRecord) -> None:
    with closing(open_for_writing(history, now_ms, NEXT)) as database:
        assert list_sessions(database) == [recorded]
        assert "pain" in columns(database)
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
        device = device_id(database)
    copy = history.with_name(f"history.v{VERSION}-{now_ms}.db")
    with closing(open_for_reading(copy)) as before:
        assert list_sessions(before) == [recorded]
        assert "pain" not in columns(before)
        assert device_id(before) == device
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_migration_runs_once(history: Path, now_ms: int, recorded: SessionRecord) -> None:
    for later in range(3):
        with closing(open_for_writing(history, now_ms + later, NEXT)) as database:
            assert list_sessions(database) == [recorded]
    assert len(list(history.parent.iterdir())) == 2


def test_migration_of_a_new_history_makes_no_backup(history: Path, now_ms: int) -> None:
    with closing(open_for_writing(history, now_ms, NEXT)) as database:
        assert "pain" in columns(database)
    assert list(history.parent.iterdir()) == [history]


def test_failed_migration_changes_nothing(history: Path, now_ms: int, recorded: SessionRecord) -> None:
    before = history.read_bytes()
    with pytest.raises(CoachError, match="no_such_table"):
        open_for_writing(history, now_ms, FAILING)
    assert history.read_bytes() == before
    with closing(open_for_writing(history, now_ms)) as database:
        assert list_sessions(database) == [recorded]


def test_failed_migration_of_a_new_history_can_be_repeated(history: Path, now_ms: int) -> None:
    with pytest.raises(CoachError, match="no_such_table"):
        open_for_writing(history, now_ms, FAILING)
    with closing(open_for_writing(history, now_ms)) as database:
        assert list_sessions(database) == []


def test_reader_of_an_older_history_changes_no_file(history: Path, recorded: SessionRecord) -> None:
    before = history.read_bytes()
    with closing(open_for_reading(history, NEXT)) as database:
        assert list_sessions(database) == [recorded]
        assert "pain" in columns(database)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.execute("DELETE FROM session")
    assert history.read_bytes() == before
    assert list(history.parent.iterdir()) == [history]


def test_migration_by_two_threads_at_once(history: Path, now_ms: int, recorded: SessionRecord) -> None:
    problems: list[Exception] = []
    barrier = threading.Barrier(2)

    def change(moment: int) -> None:
        barrier.wait()
        try:
            open_for_writing(history, moment, NEXT).close()
        except CoachError as error:
            problems.append(error)

    threads = [threading.Thread(target=change, args=(now_ms + number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with closing(open_for_reading(history, NEXT)) as database:
        assert list_sessions(database) == [recorded]
