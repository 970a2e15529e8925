"""A damaged history: told in a sentence, set aside as it is, and never overwritten."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading, open_for_writing, set_aside_damaged, told
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import list_sessions, save_session

GARBAGE = bytes(range(256)) * 64
DAMAGED = "is damaged and cannot be read. The next session sets it aside under another name"
PAGE = 4096


def names(history: Path) -> set[str]:
    return {file.name for file in history.parent.iterdir()}


@pytest.mark.parametrize("content", [GARBAGE, b"SQLite format 3\0" + GARBAGE, b"{}"])
def test_garbage_is_told_and_left_as_it_is(history: Path, now_ms: int, content: bytes) -> None:
    history.write_bytes(content)
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError, match=DAMAGED):
            opening(history)
    assert history.read_bytes() == content
    assert names(history) == {"history.db"}


def test_garbage_is_set_aside_byte_for_byte_and_a_new_history_begun(history: Path, now_ms: int) -> None:
    history.write_bytes(GARBAGE)
    aside = set_aside_damaged(history, now_ms)
    assert aside == history.with_name(f"history.corrupt-{now_ms}.db")
    assert not history.exists()
    open_for_writing(history, now_ms).close()
    assert aside.read_bytes() == GARBAGE
    assert set_aside_damaged(history, now_ms) is None
    assert names(history) == {"history.db", aside.name}


def test_its_journal_goes_along_with_it(history: Path, now_ms: int) -> None:
    """One of a finished transaction; an unfinished one SQLite takes back first, which may well cure the damage."""
    finished = b"\0" * 28 + b"what the transaction replaced"
    history.write_bytes(GARBAGE)
    history.with_name("history.db-journal").write_bytes(finished)
    aside = set_aside_damaged(history, now_ms)
    assert aside is not None
    assert aside.read_bytes() == GARBAGE
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == finished
    assert names(history) == {aside.name, f"{aside.name}-journal"}


def test_a_second_damaged_history_does_not_replace_the_first(history: Path, now_ms: int) -> None:
    for number in range(2):
        history.write_bytes(GARBAGE + bytes([number]))
        set_aside_damaged(history, now_ms + number)
    kept = sorted(file.read_bytes()[-1] for file in history.parent.iterdir())
    assert kept == [0, 1]


def page_of(database: sqlite3.Connection, table: str) -> int:
    """The number, from 1, of the page with which a table begins."""
    return int(database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


def test_a_history_whose_sessions_are_damaged_is_set_aside(
    history: Path, now_ms: int, session: Callable[..., SessionRecord]
) -> None:
    """Its first page is whole, so that it opens; but no session could be recorded in it any more."""
    with closing(open_for_writing(history, now_ms)) as database:
        save_session(database, session())
        page = page_of(database, "session")
    content = bytearray(history.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    history.write_bytes(content)
    with closing(open_for_reading(history)) as reader, pytest.raises(CoachError, match=DAMAGED), told(history):
        list_sessions(reader)
    aside = set_aside_damaged(history, now_ms)
    assert aside is not None
    assert aside.read_bytes() == content


def test_a_history_cut_short_is_set_aside(history: Path, now_ms: int, session: Callable[..., SessionRecord]) -> None:
    with closing(open_for_writing(history, now_ms)) as database:
        save_session(database, session())
    history.write_bytes(history.read_bytes()[: PAGE + 100])
    assert set_aside_damaged(history, now_ms) is not None
    assert not history.exists()


def test_a_sound_history_stays_where_it_is(database: sqlite3.Connection, history: Path, now_ms: int) -> None:
    assert set_aside_damaged(history, now_ms) is None
    database.execute("BEGIN IMMEDIATE")
    assert set_aside_damaged(history, now_ms) is None  # also while somebody writes to it
    database.execute("COMMIT")


def test_what_is_no_damage_stays_where_it_is(history: Path, now_ms: int) -> None:
    assert set_aside_damaged(history, now_ms) is None  # there is none
    history.touch()
    assert set_aside_damaged(history, now_ms) is None  # an empty one
    with closing(sqlite3.connect(history)) as foreign:
        foreign.execute("CREATE TABLE other(id TEXT)")
    assert set_aside_damaged(history, now_ms) is None  # another program's
    history.unlink()
    history.mkdir()
    assert set_aside_damaged(history, now_ms) is None  # a folder
