"""Opening the history file: creating it, migrating it, and never overwriting a file that is damaged or not ours.

`journal_mode=DELETE` with `synchronous=EXTRA` keeps every acknowledged write through kills and power cuts, in a single
file at rest. Write-ahead logging does so only with full synchronisation, and is a file of several parts.
"""

import errno
import gc
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from stretch_coach.errors import CoachError
from stretch_coach.files import open_regular_file, require_locks
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.schema import MIGRATIONS
from stretch_coach.journal.transaction import transaction
from stretch_coach.text import excerpt

APPLICATION_ID = 0x53744368
_OLDEST_SQLITE = (3, 37, 0)
_BUSY_SECONDS = 5.0
_LAST_ROWS = {
    "session": ("rowid", "id", "started_ms", "day"),
    "step": ("session_id",),
    "revision": ("rowid", "id", "session_id"),
    "day_sum": ("day",),
    "habit_sum": ("routine",),
    "plan_change": ("rowid",),
    "dose_choice": ("rowid",),
    "program_change": ("rowid",),
    "freeze": ("rowid",),
    "acknowledgement": ("rowid",),
    "identity": ("rowid",),
}
"""The columns by which the last row of each table and each index is read to find out whether they are damaged."""

SIDE_FILES = ("-journal", "-wal", "-shm")
"""What SQLite adds to the name of a database for the files beside it."""


class DamagedHistory(CoachError):  # noqa: N818 - named after what it is about
    """The history is damaged, or is no database at all."""


def open_for_writing(file: Path, now_ms: int, migrations: Sequence[str] = MIGRATIONS) -> sqlite3.Connection:
    """Open the history for writing, creating or migrating it as needed. Its folder must exist.

    Args:
        file: The history file.
        now_ms: Now, in milliseconds since 1970, for ids and the name of a backup.
        migrations: The scripts that make the current tables from an empty file.

    Raises:
        CoachError: The file cannot be written, is damaged, is not a history, or was written by a newer version.
    """
    _require_sqlite()
    _require_file(file)
    _require_writable(file)
    with friendly_errors(file):
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
            elif not database.execute("SELECT 1 FROM identity").fetchone():
                _identify(database, now_ms)  # somebody emptied the table
        except BaseException:
            database.close()
            raise
        return database


def open_for_reading(file: Path, migrations: Sequence[str] = MIGRATIONS) -> sqlite3.Connection:
    """Open the history for reading. If there is none, it reads as empty and is not created.

    Raises:
        CoachError: The file is damaged, is not a history, or was written by a newer version.
    """
    _require_sqlite()
    _require_file(file)
    with friendly_errors(file):
        if not file.exists():
            return _in_memory(None, migrations)
        # Not mode=ro: after a crash, the first reader has to roll back the unfinished transaction.
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


def is_empty(file: Path) -> bool:
    """Return whether a database has never had a history, such as a file without a single byte.

    Raises:
        CoachError: The file is damaged or cannot be read.
    """
    with friendly_errors(file), closing(_connect(f"{file.absolute().as_uri()}?mode=rw")) as database:
        return _pragma(database, "application_id") != APPLICATION_ID


def is_damaged(file: Path) -> bool:
    """Return whether SQLite cannot read a history. A file that does not exist is not damaged."""
    if not file.is_file() or file.stat().st_size == 0:
        return False
    database = _connect(f"{file.absolute().as_uri()}?mode=rw")
    try:
        return not _ends_are_readable(database, file)
    except sqlite3.DatabaseError as error:
        return _is_damage(error)
    finally:
        database.close()


def set_aside_damaged(file: Path, now_ms: int) -> Path | None:
    """Move a history that SQLite cannot read out of the way, with its journals.

    Returns:
        Where it is now, or None if the file is intact or does not exist.

    Raises:
        CoachError: It cannot be moved, such as on Windows while a program has it open.
    """
    if not is_damaged(file):
        return None
    gc.collect()  # SQLite keeps a file open for a cursor that an error still refers to
    aside = file.with_name(f"{file.stem}.corrupt-{now_ms}{file.suffix}")
    try:
        for suffix in SIDE_FILES:
            journal = file.with_name(file.name + suffix)
            if journal.exists():
                journal.replace(aside.with_name(aside.name + suffix))
        return file.replace(aside)
    except OSError as error:
        hint = "Close other programs that use it."
        raise CoachError(str(file), f"is damaged and cannot be moved ({error.strerror}).", hint) from error


def find_damage(file: Path) -> str | None:
    """Check all of a history or a backup. Return what is wrong with it, or None if it is intact."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as database:
        try:
            verdicts = (verdict for (verdict,) in database.execute("PRAGMA integrity_check(1000000)"))
            for verdict in verdicts:
                if verdict != "ok" and not _is_false_alarm(database, verdict):
                    return str(verdict).splitlines()[-1]
            orphan = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
    return "steps without their session" if orphan else None


def _is_false_alarm(database: sqlite3.Connection, verdict: str) -> bool:
    """Return whether SQLite found a NULL that is not there.

    SQLite 3.40 does so for every row of a table without row ids whose primary key is not its first columns.
    """
    found = re.fullmatch(r"NULL value in (\w+)\.(\w+)", verdict)
    if not found:
        return False
    # Not IS NULL: SQLite knows without looking that this is false for a column that is NOT NULL.
    null = f"SELECT 1 FROM {found[1]} WHERE typeof({found[2]}) = 'null' LIMIT 1"  # noqa: S608 - names of our tables
    return not database.execute(null).fetchone()


def _ends_are_readable(database: sqlite3.Connection, file: Path) -> bool:
    """Return whether the file is complete, and each table and index is readable at its end, where rows are added.

    This takes no longer for a million sessions than for one. The whole file is checked before a backup.
    """
    database.execute("BEGIN")
    try:
        pages, size = _pragma(database, "page_count"), _pragma(database, "page_size")
        if file.stat().st_size < pages * size:
            return False
        if _pragma(database, "application_id") == APPLICATION_ID:
            for table, columns in _LAST_ROWS.items():
                if database.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone():
                    for column in columns:
                        last_row = f"SELECT * FROM {table} ORDER BY {column} DESC LIMIT 1"  # noqa: S608 - our tables
                        database.execute(last_row).fetchall()
    finally:
        database.execute("ROLLBACK")
    return True


@contextmanager
def friendly_errors(file: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into sentences about the history file.

    Raises:
        CoachError: Instead of a database error.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        if not file.is_file() or find_damage(file) is None:
            raise  # a mistake in the program, not in the file
        raise _damaged(file) from error
    except UnicodeDecodeError as error:
        raise _damaged(file) from error  # SQLite's message had a part of the file in it
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR):
            require_locks(file)  # without locks SQLite waits for one that never comes
        if _is_damage(error):
            raise _damaged(file) from error
        raise CoachError(str(file), *_sentence(error)) from error


def _damaged(file: Path) -> DamagedHistory:
    hint = "Restore a backup with `stretch-coach restore`. The damaged file will be kept under another name."
    return DamagedHistory(str(file), "is damaged and cannot be read.", hint)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or str(error).startswith("Could not decode")


def _sentence(error: sqlite3.DatabaseError) -> tuple[str, str]:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return "cannot be written: the disk is full.", "Earlier sessions are safe. Free some space."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "is in use by another program.", "Try again in a moment."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return "cannot be opened.", "Check the permissions of the file and its folder."
        case _:
            return f"cannot be used ({excerpt(str(error))}).", "Earlier sessions are safe."


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        found = sqlite3.sqlite_version
        raise CoachError("SQLite", f"version {found} is too old.", "Use a Python with SQLite 3.37 or newer.")


def _require_file(file: Path) -> None:
    """Refuse a broken link, a folder, or anything else in the history's place that is not a file."""
    if file.is_symlink() and not file.exists():
        raise CoachError(str(file), "is a link to a file that does not exist.", "Repair or remove the link.")
    if file.exists() and not file.is_file():
        raise CoachError(str(file), "is not a file.", "Move it away, and a new history will be started.")
    if file.exists() and file.stat().st_size == 0 and not _is_on_disk(file):
        raise CoachError(str(file), "is not a file on a disk.", "Move it away, and a new history will be started.")
    folder = next(one for one in file.absolute().parents if one.exists())
    if not folder.is_dir():
        raise CoachError(str(folder), "is not a folder.", "Settings and history need a folder there.")


@cache  # asked once, before a connection has locks that closing the file here would end
def _is_on_disk(file: Path) -> bool:
    """Return whether a file of no length has no content. Some below /proc have some, or block until they do."""
    try:
        with open_regular_file(file) as opened:
            content: bytes | None = opened.read(1)
    except OSError:
        return True  # SQLite will say why it cannot be opened
    return content == b"" or file.stat().st_size > 0  # another process may just have written it


def _require_writable(file: Path) -> None:
    """Create the history readable for its owner alone, which its journals inherit, or check that it can be written.

    An existing one is not opened here: closing it would end the locks of this process's other connections.
    """
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if os.access(file, os.W_OK):
            return
        read_only = hasattr(os, "statvfs") and os.statvfs(file).f_flag & os.ST_RDONLY
        reason = os.strerror(errno.EROFS if read_only else errno.EACCES)
    except OSError as error:
        reason = error.strerror or "no reason given"
    else:
        return
    raise CoachError(str(file), f"cannot be written ({reason}).", "Check the folder's permissions.")


def _connect(uri: str) -> sqlite3.Connection:
    # The recorder opens it in one thread and writes in another, never in two at once.
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _in_memory(source: sqlite3.Connection | None, migrations: Sequence[str]) -> sqlite3.Connection:
    """Return the current tables in memory, with the contents of an older history: reading must change no file."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    if source:
        source.backup(database)
    _migrate(database, 0, migrations)
    database.execute("PRAGMA query_only=1")
    return database


def _require_ours(database: sqlite3.Connection, file: Path, newest: int) -> int:
    """Return the version of a history's tables. Refuse another program's database, and one of a newer version."""
    # Count the tables first: a process that is creating them now sets the application id in the same transaction.
    tables = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    application = _pragma(database, "application_id")
    version = _pragma(database, "user_version")
    if tables and application != APPLICATION_ID:
        raise CoachError(str(file), "is another program's database.", "Move it away. It was not changed.")
    if version > newest:
        raise CoachError(
            str(file), "was written by a newer Stretch Coach.", "Update this one. The file was not changed."
        )
    return version


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def _migrate(database: sqlite3.Connection, now_ms: int, migrations: Sequence[str]) -> None:
    with transaction(database):
        # Ask for the version inside the transaction: another process may have migrated it first.
        for script in migrations[_pragma(database, "user_version") :]:
            for statement in script.split(";\n"):
                database.execute(statement)
        _identify(database, now_ms)
        database.execute(f"PRAGMA user_version={len(migrations)}")
        database.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _identify(database: sqlite3.Connection, now_ms: int) -> None:
    sql = "INSERT INTO identity(device) SELECT ? WHERE NOT EXISTS(SELECT 1 FROM identity)"
    database.execute(sql, (new_id(now_ms),))


def _back_up(database: sqlite3.Connection, copy: Path) -> None:
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT, 0o600))
    database.execute("VACUUM INTO ?", (str(copy),))
