"""A disk that is full, a folder that may not be written, a history in use: a sentence each, and nothing lost."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal import database as database_module
from stretch_coach.journal.database import open_for_reading, open_for_writing, told
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import list_sessions, save_session

Session = Callable[..., SessionRecord]

OPENING = """
import sys
from pathlib import Path
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.sessions import list_sessions
file = Path(sys.argv[2])
try:
    if sys.argv[1] == "read":
        print(len(list_sessions(open_for_reading(file))))
    else:
        open_for_writing(file, 1)
except CoachError as error:
    print(error)
"""

WITH_SMALL_FILES = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (9000, resource.RLIM_INFINITY))
"""

# Root may write everywhere, so that the process gives up what makes it so.
WITHOUT_PRIVILEGES = """
import ctypes
class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
assert ctypes.CDLL(None).capset(ctypes.byref(Header(0x20080522, 0)), (ctypes.c_uint32 * 6)()) == 0
"""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="limits and privileges are set as on Linux")


def opened_elsewhere(how: str, file: Path, before: str) -> str:
    """What another process says that opens the history under other circumstances."""
    run = subprocess.run(
        [sys.executable, "-c", before + OPENING, how, str(file)], capture_output=True, text=True, check=True, timeout=60
    )
    return run.stdout.strip()


def test_a_full_disk_is_told_and_everything_recorded_before_is_safe(
    database: sqlite3.Connection, history: Path, session: Session
) -> None:
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count={pages}")
    saved = []

    def fill() -> None:
        for _ in range(1000):
            one = session()
            save_session(database, one)
            saved.append(one)

    with pytest.raises(CoachError) as full, told(history):
        fill()
    assert str(full.value) == (
        f"{history}: cannot be written: the disk is full. What was recorded before is safe; make some room."
    )
    assert not database.in_transaction
    with closing(open_for_reading(history)) as reader:
        assert {one.id for one in list_sessions(reader)} == {one.id for one in saved}
    database.execute("PRAGMA max_page_count=1000000")
    save_session(database, session())
    assert len(list_sessions(database)) == len(saved) + 1


@on_linux
def test_where_a_new_history_does_not_fit_the_cause_is_told(history: Path) -> None:
    said = opened_elsewhere("write", history, WITH_SMALL_FILES)
    assert said == f"{history}: cannot be used (disk I/O error). What was recorded before is safe."
    with closing(open_for_reading(history)) as reader:
        assert list_sessions(reader) == []


@on_linux
def test_a_folder_that_may_not_be_written_is_told(history: Path) -> None:
    history.parent.chmod(0o500)
    try:
        said = opened_elsewhere("write", history, WITHOUT_PRIVILEGES)
    finally:
        history.parent.chmod(0o700)
    assert said == f"{history}: cannot be written (Permission denied). Check the folder's permissions."
    assert not history.exists()


@on_linux
def test_a_history_that_may_not_be_read_is_told(database: sqlite3.Connection, history: Path) -> None:
    history.chmod(0o000)
    said = opened_elsewhere("read", history, WITHOUT_PRIVILEGES)
    assert said == f"{history}: cannot be opened. Check the permissions of the file and its folder."
    assert database


@on_linux
def test_a_history_on_a_medium_that_cannot_be_written_can_still_be_read(
    history: Path, database: sqlite3.Connection, session: Session
) -> None:
    save_session(database, session())
    history.chmod(0o400)
    history.parent.chmod(0o500)
    try:
        assert opened_elsewhere("read", history, WITHOUT_PRIVILEGES) == "1"
        said = opened_elsewhere("write", history, WITHOUT_PRIVILEGES)
        assert said == f"{history}: cannot be written (Permission denied). Check the folder's permissions."
    finally:
        history.parent.chmod(0o700)


def test_a_history_in_use_is_told(
    database: sqlite3.Connection, history: Path, now_ms: int, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 0.01)
    with closing(open_for_writing(history, now_ms)) as other:
        database.execute("BEGIN IMMEDIATE")
        with pytest.raises(CoachError) as busy, told(history):
            save_session(other, session())
        assert str(busy.value) == f"{history}: is in use by another program. Try again in a moment."
        database.execute("COMMIT")
        save_session(other, session())
    assert len(list_sessions(database)) == 1


def refusals(history: Path, now_ms: int) -> set[str]:
    """What is said to who reads and to who writes."""
    sentences = set()
    for opening in (open_for_reading, lambda file: open_for_writing(file, now_ms)):
        with pytest.raises(CoachError) as refused:
            opening(history)
        sentences.add(str(refused.value))
    return sentences


def test_a_folder_in_its_place_is_told(history: Path, now_ms: int) -> None:
    history.mkdir()
    assert refusals(history, now_ms) == {f"{history}: is not a file. Move it away; a history is begun in its place."}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_a_pipe_in_its_place_is_told_and_not_waited_for(history: Path, now_ms: int) -> None:
    os.mkfifo(history)
    assert refusals(history, now_ms) == {f"{history}: is not a file. Move it away; a history is begun in its place."}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_nowhere_is_told_and_not_followed(history: Path, now_ms: int) -> None:
    elsewhere = history.with_name("elsewhere.db")
    history.symlink_to(elsewhere)
    assert refusals(history, now_ms) == {f"{history}: is a link that leads nowhere. Mend or remove the link."}
    assert not elsewhere.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_history_is_one(history: Path, now_ms: int, session: Session) -> None:
    elsewhere = history.with_name("elsewhere.db")
    open_for_writing(elsewhere, now_ms).close()
    history.symlink_to(elsewhere)
    with closing(open_for_writing(history, now_ms)) as database:
        save_session(database, session())
    with closing(open_for_reading(elsewhere)) as database:
        assert len(list_sessions(database)) == 1
