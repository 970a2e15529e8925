"""Copies of the history: one a day, the newest five kept, each known to be whole when it was made."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import SIDE_FILES, open_for_reading, told
from stretch_coach.paths import make_private_folder

KEPT = 5


class Contents(NamedTuple):
    """What a history holds.

    Attributes:
        sessions: How many sessions, those that were deleted left out.
        last_day: The day of the newest; none if there is none.
    """

    sessions: int
    last_day: str | None


def backups_folder(history: Path) -> Path:
    """Where the backups of a history are."""
    return history.with_name("backups")


def list_backups(history: Path) -> list[Path]:
    """The daily backups, the newest first."""
    return sorted(backups_folder(history).glob("history-????-??-??.db"), reverse=True)


def backup_day(backup: Path) -> date | None:
    """The day a backup is of, by its name."""
    try:
        return date.fromisoformat(backup.stem.removeprefix("history-"))
    except ValueError:
        return None


def back_up_daily(history: Path, now_ms: int) -> Path | None:
    """Copy the history unless it was copied today, and let go of all but the newest five copies.

    It is wholly checked on this occasion. One that is damaged is not copied, so that it drives out no sound copy.

    Returns:
        The copy; none if there is one of today already.

    Raises:
        CoachError: The history is damaged, or the copy cannot be written.
    """
    folder = backups_folder(history)
    copy = folder / f"history-{datetime.fromtimestamp(now_ms / 1000, UTC):%Y-%m-%d}.db"
    if copy.exists():
        return None
    make_private_folder(folder)
    unfinished = copy.with_name(f".{copy.name}.{os.getpid()}.part")
    try:
        with told(unfinished):
            _copy(history, unfinished)
            if damage := find_damage(unfinished):
                hint = "`stretch-coach restore` goes back to the newest sound copy."
                raise CoachError(str(history), f"is damaged ({damage}).", hint)
        unfinished.replace(copy)
    except OSError as error:
        raise CoachError(str(copy), f"cannot be written ({error.strerror}).", "The history itself is safe.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    for old in list_backups(history)[KEPT:]:
        old.unlink(missing_ok=True)
    return copy


def find_damage(file: Path) -> str | None:
    """What is wrong with a history, after looking at all of it; none if it is sound."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as database:
        try:
            [verdict] = database.execute("PRAGMA integrity_check(1)").fetchone()
            orphan = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
    if verdict != "ok":
        return str(verdict).splitlines()[-1]
    return "steps without their session" if orphan else None


def look_into(file: Path) -> Contents:
    """What a history holds.

    Raises:
        CoachError: It cannot be read.
    """
    with told(file), closing(open_for_reading(file)) as database:
        row = database.execute("SELECT count(*), max(day) FROM session WHERE deleted = 0").fetchone()
        return Contents(*row)


def restore_backup(history: Path, backup: Path, now_ms: int) -> Path | None:
    """Put a copy of a backup in the history's place.

    Returns:
        Where the history that was there is kept; none if there was none.

    Raises:
        CoachError: The backup is damaged or cannot be read, or the files cannot be written.
    """
    look_into(backup)
    if damage := find_damage(backup):
        raise CoachError(str(backup), f"is damaged ({damage}).", "Name another one; nothing was changed.")
    unfinished = history.with_name(f".{history.name}.{os.getpid()}.part")
    aside = history.with_name(f"{history.stem}.before-restore-{now_ms}{history.suffix}")
    try:
        with told(unfinished):
            _copy(backup, unfinished)
        kept = history.exists()
        if kept:
            for suffix in SIDE_FILES:
                journal = history.with_name(history.name + suffix)
                if journal.exists():
                    journal.rename(aside.with_name(aside.name + suffix))
            history.rename(aside)
        unfinished.rename(history)
    except OSError as error:
        raise CoachError(str(history), f"cannot be written ({error.strerror}).", "The backup is unchanged.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return aside if kept else None


def _copy(source: Path, copy: Path) -> None:
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(copy)) as copied,
    ):
        copied.execute("PRAGMA synchronous=OFF")  # nothing is lost with a copy that is not finished
        original.backup(copied)
    handle = os.open(copy, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
