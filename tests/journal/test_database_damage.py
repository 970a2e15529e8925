"""A damaged history: an error in one sentence, moved aside unchanged, never overwritten."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import (
    find_damage,
    friendly_errors,
    open_for_reading,
    open_for_writing,
    set_aside_damaged,
)
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import list_sessions, save_session

GARBAGE = bytes(range(256)) * 64
DAMAGED = "is damaged and cannot be read. Restore a backup with `stretch-coach restore`"
PAGE = 4096


def names(history: Path) -> set[str]:
    return {file.name for file in history.parent.iterdir()}


@pytest.mark.parametrize("content", [GARBAGE, b"SQLite format 3\0" + GARBAGE, b"{}"])
def test_damaged_file_is_an_error_and_stays_unchanged(history: Path, now_ms: int, content: bytes) -> None:
    history.write_bytes(content)
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError, match=DAMAGED):
            opening(history)
    assert history.read_bytes() == content
    assert names(history) == {"history.db"}


def test_damaged_file_is_moved_aside_byte_for_byte(history: Path, now_ms: int) -> None:
    history.write_bytes(GARBAGE)
    aside = set_aside_damaged(history, now_ms)
    assert aside == history.with_name(f"history.corrupt-{now_ms}.db")
    assert not history.exists()
    open_for_writing(history, now_ms).close()
    assert aside.read_bytes() == GARBAGE
    assert set_aside_damaged(history, now_ms) is None
    assert names(history) == {"history.db", aside.name}


def test_damaged_file_takes_its_journal_along(history: Path, now_ms: int) -> None:
    """The journal is that of a finished transaction; SQLite would roll back an unfinished one, which may well help."""
    finished = b"\0" * 28 + b"what the transaction replaced"
    history.write_bytes(GARBAGE)
    history.with_name("history.db-journal").write_bytes(finished)
    aside = set_aside_damaged(history, now_ms)
    assert aside is not None
    assert aside.read_bytes() == GARBAGE
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == finished
    assert names(history) == {aside.name, f"{aside.name}-journal"}


def test_damaged_file_that_cannot_be_moved_is_reported(history: Path, now_ms: int) -> None:
    history.write_bytes(GARBAGE)
    history.with_name(f"history.corrupt-{now_ms}.db").mkdir()
    with pytest.raises(CoachError, match=r"is damaged and cannot be moved \(.+\)\. Close other programs that use it\."):
        set_aside_damaged(history, now_ms)
    assert history.read_bytes() == GARBAGE


def test_damaged_files_do_not_replace_each_other(history: Path, now_ms: int) -> None:
    for number in range(2):
        history.write_bytes(GARBAGE + bytes([number]))
        set_aside_damaged(history, now_ms + number)
    kept = sorted(file.read_bytes()[-1] for file in history.parent.iterdir())
    assert kept == [0, 1]


def page_of(database: sqlite3.Connection, table: str) -> int:
    """Return the number, from 1, of the first page of a table."""
    return int(database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


def test_damaged_session_table_is_moved_aside(
    history: Path, now_ms: int, session: Callable[..., SessionRecord]
) -> None:
    """The first page is intact, so the history opens, but no session could be saved in it."""
    with closing(open_for_writing(history, now_ms)) as database:
        save_session(database, session())
        page = page_of(database, "session")
    content = bytearray(history.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    history.write_bytes(content)
    with (
        closing(open_for_reading(history)) as reader,
        pytest.raises(CoachError, match=DAMAGED),
        friendly_errors(history),
    ):
        list_sessions(reader)
    aside = set_aside_damaged(history, now_ms)
    assert aside is not None
    assert aside.read_bytes() == content


def test_truncated_file_is_moved_aside(history: Path, now_ms: int, session: Callable[..., SessionRecord]) -> None:
    with closing(open_for_writing(history, now_ms)) as database:
        save_session(database, session())
    history.write_bytes(history.read_bytes()[: PAGE + 100])
    assert set_aside_damaged(history, now_ms) is not None
    assert not history.exists()


def test_intact_history_is_not_moved(database: sqlite3.Connection, history: Path, now_ms: int) -> None:
    assert set_aside_damaged(history, now_ms) is None
    database.execute("BEGIN IMMEDIATE")
    assert set_aside_damaged(history, now_ms) is None  # nor while another connection writes to it
    database.execute("COMMIT")


def test_files_that_are_not_damaged_are_not_moved(history: Path, now_ms: int) -> None:
    assert set_aside_damaged(history, now_ms) is None  # there is none
    history.touch()
    assert set_aside_damaged(history, now_ms) is None  # an empty file
    with closing(sqlite3.connect(history)) as foreign:
        foreign.execute("CREATE TABLE other(id TEXT)")
    assert set_aside_damaged(history, now_ms) is None  # another program's
    history.unlink()
    history.mkdir()
    assert set_aside_damaged(history, now_ms) is None  # a folder


def test_null_that_should_not_be_there_is_damage(database: sqlite3.Connection, history: Path) -> None:
    change = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'prompt'"
    strict, lax = "rule TEXT NOT NULL", "rule TEXT"
    database.execute("PRAGMA writable_schema=ON")
    database.execute(change, (strict, lax))
    database.close()
    with closing(sqlite3.connect(history)) as tampered:
        row = ("p" * 36, 1, 1, 0, "2026-11-20", None, "micro-break", "started")
        tampered.execute("INSERT INTO prompt VALUES(?, ?, ?, ?, ?, ?, ?, ?)", row)
        tampered.execute("PRAGMA writable_schema=ON")
        tampered.execute(change, (lax, strict))
        tampered.commit()
    assert find_damage(history) == "NULL value in prompt.rule"
