"""What the user was told or confirmed, and when: so that it is not asked each time."""

import sqlite3
from collections.abc import Iterable

NOTICE = "notice"


def taught(exercise_id: str) -> str:
    """The subject under which it is remembered that a clinician taught the user this."""
    return f"taught:{exercise_id}"


def acknowledge(database: sqlite3.Connection, subjects: Iterable[str], at_ms: int) -> None:
    """Remember that these were told or confirmed at this instant."""
    for subject in subjects:
        database.execute(
            "INSERT INTO acknowledgement(subject, at_ms) VALUES(?, ?) ON CONFLICT(subject) DO UPDATE SET at_ms = ?",
            (subject, at_ms, at_ms),
        )


def acknowledged_at(database: sqlite3.Connection, subject: str) -> int | None:
    """When it was last told or confirmed, in milliseconds since 1970; none if never."""
    row = database.execute("SELECT at_ms FROM acknowledgement WHERE subject = ?", (subject,)).fetchone()
    return None if row is None else int(row[0])
