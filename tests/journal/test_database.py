"""Opening the history: private, durable, nothing made by reading, and other files left alone."""

import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import APPLICATION_ID, open_for_reading, open_for_writing, told
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.schema import MIGRATIONS
from stretch_coach.journal.sessions import device_id, list_sessions, save_session

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="file modes are Unix's")


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def pragma(database: sqlite3.Connection, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]


@on_unix
def test_the_file_and_its_journal_are_the_users_alone(
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
    assert [file.name for file in history.parent.iterdir()] == [history.name]  # one single file at rest


def test_what_is_acknowledged_survives_a_power_cut(database: sqlite3.Connection) -> None:
    extra = 3
    assert pragma(database, "journal_mode") == "delete"
    assert pragma(database, "synchronous") == extra
    assert pragma(database, "fullfsync") == 1
    assert pragma(database, "foreign_keys") == 1
    assert database.isolation_level is None


def test_a_writer_waits_for_another_one(database: sqlite3.Connection) -> None:
    assert pragma(database, "busy_timeout") == 5000


def test_it_says_what_it_is(database: sqlite3.Connection) -> None:
    assert pragma(database, "application_id") == APPLICATION_ID
    assert pragma(database, "user_version") == len(MIGRATIONS)


def test_the_device_keeps_its_id(history: Path, now_ms: int) -> None:
    ids = set()
    for _ in range(2):
        with closing(open_for_writing(history, now_ms)) as database:
            ids.add(device_id(database))
    assert len(ids) == 1


def test_a_missing_history_reads_as_empty_and_is_not_made(history: Path) -> None:
    with closing(open_for_reading(history)) as database:
        assert list_sessions(database) == []
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.execute("DELETE FROM session")
    assert list(history.parent.iterdir()) == []


def test_a_missing_folder_reads_as_empty_and_is_not_made(own_home: Path) -> None:
    with closing(open_for_reading(own_home / "history.db")) as database:
        assert list_sessions(database) == []
    assert not own_home.exists()


def test_an_empty_file_is_a_history_without_sessions(history: Path, now_ms: int) -> None:
    history.touch()
    with closing(open_for_reading(history)) as database:
        assert list_sessions(database) == []
    assert history.stat().st_size == 0
    open_for_writing(history, now_ms).close()
    assert history.stat().st_size > 0


def test_who_reads_cannot_write(database: sqlite3.Connection, history: Path) -> None:
    with closing(open_for_reading(history)) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM identity")
    assert device_id(database)


def test_a_path_with_signs_of_its_own_is_taken_as_it_is(history: Path, now_ms: int) -> None:
    odd = history.with_name("mein Nacken? 100%#1.db")
    open_for_writing(odd, now_ms).close()
    open_for_reading(odd).close()
    assert [file.name for file in history.parent.iterdir()] == [odd.name]


def refusals(history: Path, now_ms: int) -> set[str]:
    """What is said to who reads and to who writes; the file must not change."""
    before = history.read_bytes()
    sentences = set()
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError) as refused:
            opening(history)
        sentences.add(str(refused.value))
    assert history.read_bytes() == before
    assert [file.name for file in history.parent.iterdir()] == [history.name]
    return sentences


def test_a_newer_versions_history_is_refused_and_unchanged(
    database: sqlite3.Connection, history: Path, now_ms: int
) -> None:
    database.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    assert refusals(history, now_ms) == {
        f"{history}: was written by a newer Stretch Coach. Update this one; the file was not changed."
    }


@pytest.mark.parametrize("version", [0, 1])
def test_another_programs_database_is_refused_and_unchanged(history: Path, now_ms: int, version: int) -> None:
    with closing(sqlite3.connect(history)) as foreign:
        foreign.execute("CREATE TABLE session(id TEXT)")
        foreign.execute(f"PRAGMA user_version={version}")
        foreign.commit()
    assert refusals(history, now_ms) == {
        f"{history}: is a database of another program. Move it away; it was not changed."
    }


def test_two_that_open_a_new_history_at_once_both_can(history: Path, now_ms: int) -> None:
    problems: list[Exception] = []

    def open_it(file: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            open_for_writing(file, now_ms).close()
        except CoachError as error:
            problems.append(error)

    for number in range(50):
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


def test_a_mistake_of_ours_is_not_told_as_the_files(history: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError), told(history):
        raise sqlite3.IntegrityError("CHECK constraint failed")


def test_an_sqlite_that_is_too_old_is_told(history: Path, now_ms: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError, match=r"SQLite: is too old here .* 3\.37 or newer"):
            opening(history)
    assert not history.exists()
