"""What the user has confirmed, and when, so that it is not asked every time."""

import sqlite3
from collections.abc import Iterable

NOTICE = "notice"
"""The subject of the warning signs that are asked at first use."""

NOTICE_VALID_MS = 30 * 86_400_000
"""The warning signs are asked again after this time."""


def taught_subject(exercise_id: str) -> str:
    """Return the subject that says a clinician taught the user this exercise."""
    return f"taught:{exercise_id}"


def acknowledge(database: sqlite3.Connection, subjects: Iterable[str], at_ms: int) -> None:
    """Remember that the user confirmed each subject at an instant, in milliseconds since 1970."""
    for subject in subjects:
        database.execute(
            "INSERT INTO acknowledgement(subject, at_ms) VALUES(?, ?) ON CONFLICT(subject) DO UPDATE SET at_ms = ?",
            (subject, at_ms, at_ms),
        )


def acknowledged_at(database: sqlite3.Connection, subject: str) -> int | None:
    """Return when the user last confirmed a subject, in milliseconds since 1970, or None if never."""
    row = database.execute("SELECT at_ms FROM acknowledgement WHERE subject = ?", (subject,)).fetchone()
    return None if row is None else int(row[0])


def notice_is_due(database: sqlite3.Connection, now_ms: int) -> bool:
    """Return whether the warning signs are due: not answered within a month, or answered in the future."""
    answered_ms = acknowledged_at(database, NOTICE)
    return answered_ms is None or not 0 <= now_ms - answered_ms <= NOTICE_VALID_MS
