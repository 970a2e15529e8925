"""Opening the history file: safely made, migrated, and never overwritten when it is not what it should be.

``journal_mode=DELETE`` with ``synchronous=EXTRA`` keeps what was acknowledged through kills and power cuts, in one
single file at rest; write-ahead logging with less than full synchronisation does not.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stretch_coach.errors import CoachError
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.schema import MIGRATIONS
from stretch_coach.journal.transaction import writing

APPLICATION_ID = 0x53744368
_OLDEST_SQLITE = (3, 37, 0)
_BUSY_SECONDS = 5.0
_EDGES = {
    "session": ("rowid", "id", "started_ms", "day"),
    "step": ("session_id",),
    "revision": ("rowid", "id", "session_id"),
    "day_sum": ("day",),
    "habit_sum": ("routine",),
    "plan_change": ("rowid",),
    "freeze": ("rowid",),
    "acknowledgement": ("rowid",),
    "identity": ("rowid",),
}
SIDE_FILES = ("-journal", "-wal", "-shm")


def open_for_writing(file: Path, now_ms: int, migrations: Sequence[str] = MIGRATIONS) -> sqlite3.Connection:
    """Open the history, made or migrated as needed. Its folder must exist.

    Args:
        file: The history file.
        now_ms: The time, for ids and the names of backups.
        migrations: The scripts that lead from an empty file to the current tables.

    Raises:
        CoachError: The file cannot be written, is damaged, is something else, or was made by a newer version.
    """
    _require_sqlite()
    _require_file(file)
    try:
        # Made here, because SQLite would leave it readable for everyone; its journals inherit the mode.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise CoachError(
            str(file), f"cannot be written ({error.strerror}).", "Check the folder's permissions."
        ) from error
    with told(file):
        database = _connect(f"{file.absolute().as_uri()}?mode=rw")
        try:
            version = _require_ours(database, file, len(migrations))
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("PRAGMA synchronous=EXTRA")
            database.execute("PRAGMA fullfsync=1")
            database.execute("PRAGMA foreign_keys=ON")
            if version < len(migrations):
                if version:
                    _back_up(database, file.with_name(f"{file.stem}.v{version}-{now_ms}{file.suffix}"))
                _migrate(database, now_ms, migrations)
        except BaseException:
            database.close()
            raise
        return database


def open_for_reading(file: Path, migrations: Sequence[str] = MIGRATIONS) -> sqlite3.Connection:
    """Open the history to read it; one that does not exist yet reads as empty, and is not made.

    Raises:
        CoachError: The file is damaged, is something else, or was made by a newer version.
    """
    _require_sqlite()
    _require_file(file)
    with told(file):
        if not file.exists():
            return _in_memory(None, migrations)
        # Not mode=ro: after a crash the first reader has to roll the unfinished transaction back.
        database = _connect(f"{file.absolute().as_uri()}?mode=rw")
        try:
            version = _require_ours(database, file, len(migrations))
            if version == len(migrations):
                database.execute("PRAGMA query_only=1")
                return database
            older = _in_memory(database, migrations)
        except BaseException:
            database.close()
            raise
        database.close()
        return older


def set_aside_damaged(file: Path, now_ms: int) -> Path | None:
    """Rename a history file whose sessions SQLite cannot read, with its journals, so that a new one can be begun.

    Returns:
        Where it is now; none if the file is sound or does not exist.
    """
    if not file.is_file() or file.stat().st_size == 0:
        return None
    database = _connect(f"{file.absolute().as_uri()}?mode=rw")
    try:
        if _edges_are_sound(database, file):
            return None
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return None
    finally:
        database.close()
    aside = file.with_name(f"{file.stem}.corrupt-{now_ms}{file.suffix}")
    for suffix in SIDE_FILES:
        journal = file.with_name(file.name + suffix)
        if journal.exists():
            journal.rename(aside.with_name(aside.name + suffix))
    return file.rename(aside)


def _edges_are_sound(database: sqlite3.Connection, file: Path) -> bool:
    """Whether nothing is missing from the file, and the end of each table and index can be read: there we shall write.

    This takes as long for a million sessions as for one. All of it is looked at when the daily backup is made.
    """
    database.execute("BEGIN")
    try:
        pages, size = _pragma(database, "page_count"), _pragma(database, "page_size")
        if file.stat().st_size < pages * size:
            return False
        if _pragma(database, "application_id") == APPLICATION_ID:
            for table, columns in _EDGES.items():
                if database.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone():
                    for order in columns:
                        edge = f"SELECT * FROM {table} ORDER BY {order} DESC LIMIT 1"  # noqa: S608 - our tables
                        database.execute(edge).fetchall()
    finally:
        database.execute("ROLLBACK")
    return True


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Turn what SQLite raises inside into a sentence about the history file."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # our own mistake, not the file's
    except sqlite3.DatabaseError as error:
        raise CoachError(str(file), *_sentence(error)) from error


def _sentence(error: sqlite3.DatabaseError) -> tuple[str, str]:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return (
                "is damaged and cannot be read.",
                "The next session sets it aside under another name and begins a new one; nothing in it is deleted.",
            )
        case sqlite3.SQLITE_FULL:
            return "cannot be written: the disk is full.", "What was recorded before is safe; make some room."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "is in use by another program.", "Try again in a moment."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return "cannot be opened.", "Check the permissions of the file and its folder."
        case _:
            return f"cannot be used ({error}).", "What was recorded before is safe."


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        found = sqlite3.sqlite_version
        raise CoachError("SQLite", f"is too old here ({found}).", "Use a Python with SQLite 3.37 or newer.")


def _require_file(file: Path) -> None:
    """Refuse what stands in the history's place and is no file."""
    if file.is_symlink() and not file.exists():
        raise CoachError(str(file), "is a link that leads nowhere.", "Mend or remove the link.")
    if file.exists() and not file.is_file():
        raise CoachError(str(file), "is not a file.", "Move it away; a history is begun in its place.")


def _connect(uri: str) -> sqlite3.Connection:
    # The recorder opens in one thread and writes in another, never in two at once.
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _in_memory(source: sqlite3.Connection | None, migrations: Sequence[str]) -> sqlite3.Connection:
    """The current tables with an older file's contents, or with none: reading changes no file."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    if source:
        source.backup(database)
    _migrate(database, 0, migrations)
    database.execute("PRAGMA query_only=1")
    return database


def _require_ours(database: sqlite3.Connection, file: Path, newest: int) -> int:
    """The version of the tables, of a file that is ours and not newer than this program."""
    # The tables first: another process that makes them at this moment sets what identifies them together with them.
    tables = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    application = _pragma(database, "application_id")
    version = _pragma(database, "user_version")
    if tables and application != APPLICATION_ID:
        raise CoachError(str(file), "is a database of another program.", "Move it away; it was not changed.")
    if version > newest:
        raise CoachError(
            str(file), "was written by a newer Stretch Coach.", "Update this one; the file was not changed."
        )
    return version


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def _migrate(database: sqlite3.Connection, now_ms: int, migrations: Sequence[str]) -> None:
    with writing(database):
        # Looked up inside the transaction: another process may have been first.
        for script in migrations[_pragma(database, "user_version") :]:
            for statement in script.split(";\n"):
                database.execute(statement)
        if not database.execute("SELECT count(*) FROM identity").fetchone()[0]:
            database.execute("INSERT INTO identity(device) VALUES(?)", (new_id(now_ms),))
        database.execute(f"PRAGMA user_version={len(migrations)}")
        database.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _back_up(database: sqlite3.Connection, copy: Path) -> None:
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT, 0o600))
    database.execute("VACUUM INTO ?", (str(copy),))
