"""Full disks, missing permissions, a history in use: one sentence each, and nothing lost."""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal import database as database_module
from stretch_coach.journal.database import friendly_errors, open_for_reading, open_for_writing
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import list_sessions, save_session

Session = Callable[..., SessionRecord]
NOT_A_FILE = "is not a file. Move it away, and a new history will be started."


def test_full_disk_loses_nothing_that_was_saved(database: sqlite3.Connection, history: Path, session: Session) -> None:
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count={pages}")
    saved = []

    def fill() -> None:
        for _ in range(1000):
            one = session()
            save_session(database, one)
            saved.append(one)

    with pytest.raises(CoachError) as full, friendly_errors(history):
        fill()
    assert (
        str(full.value) == f"{history} cannot be written: the disk is full. Earlier sessions are safe. Free some space."
    )
    assert not database.in_transaction
    with closing(open_for_reading(history)) as reader:
        assert {one.id for one in list_sessions(reader)} == {one.id for one in saved}
    database.execute("PRAGMA max_page_count=1000000")
    save_session(database, session())
    assert len(list_sessions(database)) == len(saved) + 1


def test_history_in_use_is_an_error(
    database: sqlite3.Connection, history: Path, now_ms: int, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 0.01)
    with closing(open_for_writing(history, now_ms)) as other:
        database.execute("BEGIN IMMEDIATE")
        with pytest.raises(CoachError) as busy, friendly_errors(history):
            save_session(other, session())
        assert str(busy.value) == f"{history} is in use by another program. Try again in a moment."
        database.execute("COMMIT")
        save_session(other, session())
    assert len(list_sessions(database)) == 1


def refusals(history: Path, now_ms: int) -> set[str]:
    """Return the error messages of a reader and a writer."""
    sentences = set()
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError) as refused:
            opening(history)
        sentences.add(str(refused.value))
    return sentences


def test_folder_in_place_of_the_history_is_refused(history: Path, now_ms: int) -> None:
    history.mkdir()
    assert refusals(history, now_ms) == {f"{history} {NOT_A_FILE}"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_pipe_in_place_of_the_history_is_refused_at_once(history: Path, now_ms: int) -> None:
    os.mkfifo(history)
    assert refusals(history, now_ms) == {f"{history} {NOT_A_FILE}"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_broken_link_is_refused(history: Path, now_ms: int) -> None:
    elsewhere = history.with_name("elsewhere.db")
    history.symlink_to(elsewhere)
    assert refusals(history, now_ms) == {
        f"{history} is a link to a file that does not exist. Repair or remove the link."
    }
    assert not elsewhere.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_link_to_a_history_is_followed(history: Path, now_ms: int, session: Session) -> None:
    elsewhere = history.with_name("elsewhere.db")
    open_for_writing(elsewhere, now_ms).close()
    history.symlink_to(elsewhere)
    with closing(open_for_writing(history, now_ms)) as database:
        save_session(database, session())
    with closing(open_for_reading(elsewhere)) as database:
        assert len(list_sessions(database)) == 1
