"""Limits that only another process can have: file sizes and missing permissions."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.freezes import record_frozen_days
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.paths import Places, make_private_folder

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="limits and privileges are set as on Linux"),
]

OPENING = """
import sys
from pathlib import Path
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.freezes import record_frozen_days
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

# Root may write everywhere, so the process gives up that right.
WITHOUT_PRIVILEGES = """
import ctypes
class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
assert ctypes.CDLL(None).capset(ctypes.byref(Header(0x20080522, 0)), (ctypes.c_uint32 * 6)()) == 0
"""


@pytest.fixture
def history(places: Places) -> Path:
    """Return where the history will be; its folder exists."""
    make_private_folder(places.data)
    return places.history


@pytest.fixture
def database(history: Path) -> Iterator[sqlite3.Connection]:
    """Return a new history, open for writing."""
    with closing(open_for_writing(history, 1)) as opened:
        yield opened


def opened_elsewhere(how: str, file: Path, before: str) -> str:
    """Return what another process prints that opens the history after running some code."""
    run = subprocess.run(
        [sys.executable, "-c", before + OPENING, how, str(file)], capture_output=True, text=True, check=True, timeout=60
    )
    return run.stdout.strip()


def test_new_history_beyond_the_file_size_limit_is_an_error(history: Path) -> None:
    said = opened_elsewhere("write", history, WITH_SMALL_FILES)
    assert said == f"{history} cannot be used (disk I/O error). Earlier sessions are safe."
    with closing(open_for_reading(history)) as reader:
        assert list_sessions(reader) == []


def test_folder_without_write_permission_is_an_error(history: Path) -> None:
    history.parent.chmod(0o500)
    try:
        said = opened_elsewhere("write", history, WITHOUT_PRIVILEGES)
    finally:
        history.parent.chmod(0o700)
    assert said == f"{history} cannot be written (Permission denied). Check the folder's permissions."
    assert not history.exists()


def test_history_without_read_permission_is_an_error(database: sqlite3.Connection, history: Path) -> None:
    history.chmod(0o000)
    said = opened_elsewhere("read", history, WITHOUT_PRIVILEGES)
    assert said == f"{history} cannot be opened. Check the permissions of the file and its folder."
    assert database


def test_history_in_a_read_only_folder_can_be_read(history: Path, database: sqlite3.Connection) -> None:
    record_frozen_days(database, [date(2026, 11, 20)])
    history.chmod(0o400)
    history.parent.chmod(0o500)
    try:
        assert opened_elsewhere("read", history, WITHOUT_PRIVILEGES) == "0"
        said = opened_elsewhere("write", history, WITHOUT_PRIVILEGES)
        assert said == f"{history} cannot be written (Permission denied). Check the folder's permissions."
    finally:
        history.parent.chmod(0o700)
