"""Opening the history: private, durable, nothing created by reading, other files left unchanged."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import APPLICATION_ID, friendly_errors, open_for_reading, open_for_writing
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.schema import MIGRATIONS
from stretch_coach.journal.sessions import device_id, list_sessions, save_session

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="file modes are Unix's")


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def pragma(database: sqlite3.Connection, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]


@on_unix
def test_history_and_journal_are_private_to_their_owner(
    history: Path, now_ms: int, session: Callable[..., SessionRecord]
) -> None:
    before = os.umask(0o022)
    try:
        with closing(open_for_writing(history, now_ms)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO freeze VALUES('2026-11-20')")
            journal = history.with_name(history.name + "-journal")
            assert mode(history) == mode(journal) == 0o600
            database.execute("ROLLBACK")
            save_session(database, session())
    finally:
        os.umask(before)
    assert mode(history) == 0o600
    assert [file.name for file in history.parent.iterdir()] == [history.name]  # a single file at rest


def test_connection_is_durable(database: sqlite3.Connection) -> None:
    extra = 3
    assert pragma(database, "journal_mode") == "delete"
    assert pragma(database, "synchronous") == extra
    assert pragma(database, "fullfsync") == 1
    assert pragma(database, "foreign_keys") == 1
    assert database.isolation_level is None


def test_connection_waits_for_other_writers(database: sqlite3.Connection) -> None:
    assert pragma(database, "busy_timeout") == 5000


def test_history_has_its_application_id_and_version(database: sqlite3.Connection) -> None:
    assert pragma(database, "application_id") == APPLICATION_ID
    assert pragma(database, "user_version") == len(MIGRATIONS)


def test_device_id_is_permanent(history: Path, now_ms: int) -> None:
    ids = set()
    for _ in range(2):
        with closing(open_for_writing(history, now_ms)) as database:
            ids.add(device_id(database))
    assert len(ids) == 1


def test_missing_history_reads_as_empty_and_is_not_created(history: Path) -> None:
    with closing(open_for_reading(history)) as database:
        assert list_sessions(database) == []
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.execute("DELETE FROM session")
    assert list(history.parent.iterdir()) == []


def test_missing_folder_reads_as_empty_and_is_not_created(own_home: Path) -> None:
    with closing(open_for_reading(own_home / "history.db")) as database:
        assert list_sessions(database) == []
    assert not own_home.exists()


def test_empty_file_reads_as_empty(history: Path, now_ms: int) -> None:
    history.touch()
    with closing(open_for_reading(history)) as database:
        assert list_sessions(database) == []
    assert history.stat().st_size == 0
    open_for_writing(history, now_ms).close()
    assert history.stat().st_size > 0


def test_history_open_for_reading_cannot_be_written(database: sqlite3.Connection, history: Path) -> None:
    with closing(open_for_reading(history)) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM identity")
    assert device_id(database)


def test_path_with_special_characters(history: Path, now_ms: int) -> None:
    name = "mein Nacken? 100%#1.db" if sys.platform != "win32" else "mein Nacken! 100%#1.db"
    odd = history.with_name(name)
    open_for_writing(odd, now_ms).close()
    open_for_reading(odd).close()
    assert [file.name for file in history.parent.iterdir()] == [odd.name]


def refusals(history: Path, now_ms: int) -> set[str]:
    """Return the error messages of a reader and a writer, after which the file must be unchanged."""
    before = history.read_bytes()
    sentences = set()
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError) as refused:
            opening(history)
        sentences.add(str(refused.value))
    assert history.read_bytes() == before
    assert [file.name for file in history.parent.iterdir()] == [history.name]
    return sentences


def test_newer_history_is_refused_and_unchanged(database: sqlite3.Connection, history: Path, now_ms: int) -> None:
    database.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    assert refusals(history, now_ms) == {
        f"{history} was written by a newer Stretch Coach. Update this one. The file was not changed."
    }


@pytest.mark.parametrize("version", [0, 1])
def test_foreign_database_is_refused_and_unchanged(history: Path, now_ms: int, version: int) -> None:
    with closing(sqlite3.connect(history)) as foreign:
        foreign.execute("CREATE TABLE session(id TEXT)")
        foreign.execute(f"PRAGMA user_version={version}")
        foreign.commit()
    assert refusals(history, now_ms) == {f"{history} is another program's database. Move it away. It was not changed."}


@on_unix
def test_file_that_would_have_to_be_waited_for_is_refused(
    history: Path, now_ms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As /proc/kmsg is: a regular file by its mode, but read like a pipe."""
    history.write_bytes(b"")
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    monkeypatch.setattr("stretch_coach.journal.database.open_regular_file", lambda _: os.fdopen(os.dup(reading), "rb"))
    for open_it in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError, match=r"history\.db is not a file on a disk"):
            open_it(history)
    os.close(reading)
    os.close(writing)


def test_opening_the_history_again_ends_no_lock_of_this_process(
    database: sqlite3.Connection, history: Path, now_ms: int
) -> None:
    database.execute("BEGIN IMMEDIATE")
    open_for_writing(history, now_ms).close()
    open_for_reading(history).close()
    other = f"import sqlite3; sqlite3.connect({str(history)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
    ended = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False)
    assert "database is locked" in ended.stderr


def test_new_history_can_be_opened_by_several_threads_at_once(history: Path, now_ms: int) -> None:
    problems: list[Exception] = []

    def open_it(file: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            open_for_writing(file, now_ms).close()
        except CoachError as error:
            problems.append(error)

    for number in range(20):
        file = history.with_name(f"{number}.db")
        barrier = threading.Barrier(3)
        threads = [threading.Thread(target=open_it, args=(file, barrier)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with closing(open_for_reading(file)) as database:
            assert database.execute("SELECT count(*) FROM identity").fetchone() == (1,)
    assert problems == []


def test_friendly_errors_let_integrity_errors_pass(history: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError), friendly_errors(history):
        raise sqlite3.IntegrityError("CHECK constraint failed")


def test_old_sqlite_is_refused(history: Path, now_ms: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError, match=r"SQLite: version .* is too old\. .* 3\.37 or newer"):
            opening(history)
    assert not history.exists()
