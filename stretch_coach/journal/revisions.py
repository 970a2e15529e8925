"""Revisions: what the user adds to a session afterwards. A note, its deletion or restoration, how the neck felt.

Each revision is a row of its own with the moment it was made; rows never change. For each session and field the latest
by moment and id wins, so machines may learn of revisions in any order, even before the session itself. Triggers keep
the result in the session's row: `note`, `deleted`, `comfort_before`, `comfort_after`.
"""

import sqlite3

from stretch_coach.errors import CoachError
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.transaction import transaction
from stretch_coach.text import is_safe

MIN_COMFORT, MAX_COMFORT = 0, 10
"""The usual numeric rating scale, on which less is better: 0 is no discomfort, 10 the worst imaginable."""

MAX_NOTE_LENGTH = 500


def note_session(database: sqlite3.Connection, session_id: str, text: str, at_ms: int) -> None:
    """Set a session's note, or remove it if the text is empty.

    Raises:
        CoachError: The note is too long, or has characters that cannot be shown.
    """
    note = check_note(text)
    with transaction(database):
        _revise(database, session_id, "note", note or None, at_ms)


def delete_session(database: sqlite3.Connection, session_id: str, at_ms: int) -> None:
    """Leave a session out of every sum, list and export until it is restored. Nothing is erased."""
    with transaction(database):
        _revise(database, session_id, "deleted", 1, at_ms)


def restore_session(database: sqlite3.Connection, session_id: str, at_ms: int) -> None:
    """Restore a deleted session."""
    with transaction(database):
        _revise(database, session_id, "deleted", 0, at_ms)


def rate_comfort(
    database: sqlite3.Connection, session_id: str, *, before: int | None = None, after: int | None = None, at_ms: int
) -> None:
    """Remember how the neck felt before and after a session, which may not be in the history yet.

    Args:
        database: The history, open for writing.
        session_id: The session.
        before: From 0 (no discomfort) to 10 (the worst imaginable), or None to leave the rating unchanged.
        after: The same for after the session.
        at_ms: Now, in milliseconds since 1970.

    Raises:
        CoachError: A rating is out of bounds.
    """
    ratings = {"comfort_before": before, "comfort_after": after}
    for rating in ratings.values():
        if rating is not None and not MIN_COMFORT <= rating <= MAX_COMFORT:
            message = f"{rating} is not a rating."
            raise CoachError("comfort", message, "Give a whole number from 0 (no discomfort) to 10 (worst imaginable).")
    with transaction(database):
        for field, rating in ratings.items():
            if rating is not None:
                _revise(database, session_id, field, rating, at_ms)


def check_note(text: str) -> str:
    """Return a note as it is stored: on one line, without extra spaces.

    Raises:
        CoachError: It is too long, or has characters that cannot be shown.
    """
    note = " ".join(text.split())
    if len(note) > MAX_NOTE_LENGTH:
        raise CoachError("note", f"has {len(note)} characters.", f"Shorten it to {MAX_NOTE_LENGTH}.")
    if not all(map(is_safe, note)):
        raise CoachError("note", "has a character that cannot be shown.", "Remove control and direction characters.")
    return note


def _revise(database: sqlite3.Connection, session_id: str, field: str, value: str | int | None, at_ms: int) -> None:
    # The latest revision wins, so this one must be later than the others even if the clock was set back.
    [latest] = database.execute(
        "SELECT max(at_ms) FROM revision WHERE session_id = ? AND field = ?", (session_id, field)
    ).fetchone()
    at_ms = at_ms if latest is None else max(at_ms, latest + 1)
    database.execute(
        "INSERT INTO revision(id, session_id, at_ms, device, field, value) "
        "VALUES(?, ?, ?, (SELECT device FROM identity), ?, ?)",
        (new_id(at_ms), session_id, at_ms, field, value),
    )
