"""Backups of the history and of the user's files: one for each day. The newest five are kept.

A backup is a copy of the history with one more table, which has the user's files. It is made when a session has ended
and replaces the day's earlier one, so it is never older than the last session. Each is checked when it is made.
"""

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_replace
from stretch_coach.journal.database import (
    SIDE_FILES,
    DamagedHistory,
    find_damage,
    friendly_errors,
    is_empty,
    open_for_reading,
)
from stretch_coach.journal.user_files import WrittenFiles, is_user_file, read_user_files, write_user_files
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.phrasing import count

KEPT = 5

_FILES_TABLE = "CREATE TABLE user_file(name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT"
_NAME = re.compile(r"history-(\d{4}-\d\d-\d\d)(?:-(\d{1,3}))?\.db", re.ASCII)
_MARKS = """
SELECT (SELECT device FROM identity),
  (SELECT id || coalesce(ended_ms, '') || done_ms FROM session ORDER BY started_ms DESC, id DESC LIMIT 1),
  (SELECT max(rowid) FROM session), (SELECT max(rowid) FROM revision), (SELECT max(rowid) FROM plan_change),
  (SELECT max(rowid) FROM freeze), (SELECT max(id) FROM prompt), (SELECT max(rowid) FROM dose_choice),
  (SELECT max(rowid) FROM program_change)
"""


class _Marks(NamedTuple):
    """Values that differ between two states of a history. Indexes find them quickly, however long the history is."""

    device: str | None
    last_session: str | None
    sessions: int | None
    revisions: int | None
    plan_changes: int | None
    freezes: int | None
    last_prompt: str | None
    dose_choices: int | None
    program_changes: int | None


class Backup(NamedTuple):
    """A backup by its file, the day on which it was made, and a number where a day has backups of two histories."""

    file: Path
    day: date
    number: int = 1

    @property
    def name(self) -> str:
        """What `restore` calls it: its day, such as `2026-11-20`, or `2026-11-20-2`."""
        return self.file.stem.removeprefix("history-")


class Contents(NamedTuple):
    """What is in a history or a backup.

    Attributes:
        sessions: How many sessions that are not deleted.
        last_day: The day of the newest, or None without sessions.
        files: The names of the user's files in a backup.
    """

    sessions: int
    last_day: str | None
    files: tuple[str, ...] = ()


class GoodBackup(NamedTuple):
    """A backup that was checked, and what is in it."""

    backup: Backup
    contents: Contents


class Restored(NamedTuple):
    """What restoring a backup did.

    Attributes:
        aside: Where the previous history is kept, or None if there was none.
        files: What happened to the user's files.
    """

    aside: Path | None
    files: WrittenFiles


def backups_folder(history: Path) -> Path:
    """Return the folder of a history's backups."""
    return history.with_name("backups")


def list_backups(history: Path, today: date) -> list[Backup]:
    """Return the backups, newest first, with those that are dated after today at the end.

    A backup from the future was made while the clock was wrong, so it may be older than the others.
    """
    backups = []
    for file in backups_folder(history).glob("history-*.db"):
        if found := _NAME.fullmatch(file.name):
            with suppress(ValueError):
                backups.append(Backup(file, date.fromisoformat(found[1]), int(found[2] or 1)))
    return sorted(backups, key=lambda backup: (backup.day <= today, backup.day, backup.number), reverse=True)


def back_up(places: Places, today: date) -> Path | None:
    """Back up the history and the user's files, unless today's backup is up to date or there is no session yet.

    The newest five backups up to today are kept, and the one with the most sessions. A damaged history is not backed
    up, so that it replaces no intact backup.

    Returns:
        The backup, or None if none was needed.

    Raises:
        CoachError: The history is damaged, or the backup cannot be written.
    """
    try:
        return _back_up(places, today)
    except DamagedHistory as error:
        raise DamagedHistory(error.title, error.message, restore_hint(places.history, today)) from error


def read_contents(file: Path) -> Contents:
    """Return what is in a history or a backup.

    Raises:
        CoachError: It cannot be read, or is empty.
    """
    with friendly_errors(file), closing(open_for_reading(file)) as database:
        if is_empty(file):
            raise CoachError(str(file), "is empty.", "Name another one.")
        sessions, last_day = database.execute("SELECT count(*), max(day) FROM session WHERE deleted = 0").fetchone()
        return Contents(sessions, last_day, tuple(sorted(_read_files(database))))


def newest_good_backup(history: Path, today: date) -> GoodBackup | None:
    """Return the newest backup that is intact, or None if there is none."""
    for backup in list_backups(history, today):
        with suppress(CoachError):
            contents = read_contents(backup.file)
            if find_damage(backup.file) is None:
                return GoodBackup(backup, contents)
    return None


def restore_hint(history: Path, today: date) -> str:
    """Return a sentence that says how to restore the newest intact backup."""
    good = newest_good_backup(history, today)
    if good is None:
        return "There is no backup of it."
    sessions = count(good.contents.sessions, "session")
    return f"Restore the backup from {good.backup.day} ({sessions}) with `stretch-coach restore`."


def restore_backup(places: Places, backup: Path, now_ms: int, *, with_files: bool = True) -> Restored:
    """Replace the history and the user's files with the ones in a backup. What is replaced is kept under another name.

    Args:
        places: The user's folders.
        backup: A backup, or another copy of a history.
        now_ms: Now, in milliseconds since 1970, for the names of what is kept.
        with_files: Restore the user's files too. Files that the backup does not have are left unchanged.

    Raises:
        CoachError: The backup is damaged or cannot be read, or a file cannot be written.
    """
    read_contents(backup)
    if damage := find_damage(backup):
        raise CoachError(str(backup), f"is damaged ({damage}).", "Name another one. Nothing was changed.")
    with friendly_errors(backup), closing(open_for_reading(backup)) as database:
        files = _read_files(database) if with_files else {}
    make_private_folder(places.history.parent)
    history = places.history.resolve()
    aside = history.with_name(f"{history.stem}.before-restore-{now_ms}{history.suffix}")
    kept = history.exists()
    with atomic_replace(history) as raw:
        with friendly_errors(backup):
            _copy(backup, Path(raw.name), None)
        if kept:
            _keep_aside(history, aside)
    written = write_user_files(places.config, files, places.config / f"before-restore-{now_ms}", replace=True)
    return Restored(aside if kept else None, written)


def _back_up(places: Places, today: date) -> Path | None:
    history = places.history
    marks, files = _read_marks(history), read_user_files(places.config)
    if marks.last_session is None:
        return None
    copy, is_current = _find_place(backups_folder(history), today, marks, files)
    if is_current:
        return None
    make_private_folder(copy.parent)
    with atomic_replace(copy) as raw:
        unfinished = Path(raw.name)
        with friendly_errors(history):
            _copy(history, unfinished, files)
        if damage := find_damage(unfinished):
            raise DamagedHistory(str(history), f"is damaged ({damage}).")
    _prune(history, today, copy)
    return copy


def _read_marks(file: Path) -> _Marks:
    with friendly_errors(file), closing(open_for_reading(file)) as database:
        return _Marks(*database.execute(_MARKS).fetchone())


def _find_place(folder: Path, today: date, marks: _Marks, files: dict[str, bytes]) -> tuple[Path, bool]:
    """Return where to back up a history, and whether its backup is there and current.

    A history that was started after a damaged one was moved aside does not replace that one's backup of the day.
    """
    number = 1
    while True:
        copy = folder / f"history-{today.isoformat()}{f'-{number}' if number > 1 else ''}.db"
        if not copy.exists():
            return copy, False
        try:
            with friendly_errors(copy), closing(open_for_reading(copy)) as database:
                there = _Marks(*database.execute(_MARKS).fetchone())
                if there.device == marks.device:
                    return copy, there == marks and _read_files(database) == files
        except CoachError:
            return copy, False  # it is damaged, so nothing is lost
        number += 1


def _read_files(database: sqlite3.Connection) -> dict[str, bytes]:
    if not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'user_file'").fetchone():
        return {}
    rows = database.execute("SELECT name, content FROM user_file ORDER BY name")
    return {name: content for name, content in rows if isinstance(content, bytes) and is_user_file(str(name))}


def _copy(source: Path, copy: Path, files: dict[str, bytes] | None) -> None:
    """Copy a history; with the user's files, which makes it a backup, or without any."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(copy, isolation_level=None)) as copied,
    ):
        copied.execute("PRAGMA synchronous=OFF")  # an unfinished copy may be lost; a finished one is synced
        copied.execute("PRAGMA journal_mode=OFF")
        original.backup(copied)
        copied.execute("DROP TABLE IF EXISTS user_file")
        if files is not None:
            copied.execute(_FILES_TABLE)
            copied.executemany("INSERT INTO user_file VALUES(?, ?)", files.items())


def _prune(history: Path, today: date, made: Path) -> None:
    past = [backup.file for backup in list_backups(history, today) if backup.day <= today]
    if len(past) <= KEPT:
        return
    keep = {made, *past[:KEPT], max(past, key=_count_sessions)}
    for file in past:
        if file not in keep:
            file.unlink(missing_ok=True)


def _count_sessions(file: Path) -> int:
    try:
        return read_contents(file).sessions
    except CoachError:
        return -1


def _keep_aside(history: Path, aside: Path) -> None:
    """Give a history a second name, or another one where files have only one name."""
    for suffix in SIDE_FILES:
        journal = history.with_name(history.name + suffix)
        if journal.exists():
            journal.replace(aside.with_name(aside.name + suffix))
    try:
        os.link(history, aside)
    except OSError:
        history.replace(aside)
