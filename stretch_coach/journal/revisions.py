"""What is said of a session after it: a note, a deletion and its undoing, how the neck feels.

Each is a row of its own with the moment it was said; for each session and field the latest by moment and id wins, so
that machines may learn of them in any order, also before the session itself. No row is ever changed. What they come
to is in ``SessionRecord``: ``note``, ``deleted``, ``comfort_before``, ``comfort_after``.
"""

import sqlite3
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.transaction import writing
from stretch_coach.safe_text import is_safe

COMFORT_LEAST, COMFORT_MOST = 0, 10
"""How the neck feels at this moment: 0 is no discomfort, 10 the worst imaginable.

This is the usual numeric rating with its usual direction: less is better. A whole number, given by the user or left
out; never asked for twice, and never filled in.
"""

NOTE_LONGEST = 500


class Revision(NamedTuple):
    """One thing said of a session.

    Attributes:
        id: A UUIDv7.
        session_id: The session, which may not be known here yet.
        at_ms: When it was said, in milliseconds since 1970.
        device: The machine on which it was said.
        field: ``note``, ``deleted``, ``comfort_before`` or ``comfort_after``.
        value: The note, 0 or 1, or a rating; none takes back what was said before.
    """

    id: str
    session_id: str
    at_ms: int
    device: str | None
    field: str
    value: str | int | None


def note_session(database: sqlite3.Connection, session_id: str, text: str, at_ms: int) -> None:
    """Put a note beside a session, in place of the one before; an empty one takes it away.

    Raises:
        CoachError: It is too long, or has characters that cannot be shown.
    """
    note = check_note(text)
    with writing(database):
        _say(database, session_id, "note", note or None, at_ms)


def delete_session(database: sqlite3.Connection, session_id: str, at_ms: int) -> None:
    """Leave a session out of every sum, list and export, until it is restored. Nothing is erased."""
    with writing(database):
        _say(database, session_id, "deleted", 1, at_ms)


def restore_session(database: sqlite3.Connection, session_id: str, at_ms: int) -> None:
    """Take a deletion back."""
    with writing(database):
        _say(database, session_id, "deleted", 0, at_ms)


def rate_comfort(
    database: sqlite3.Connection, session_id: str, *, before: int | None = None, after: int | None = None, at_ms: int
) -> None:
    """Remember how the neck felt before and after a session, which may not be in the record yet.

    Args:
        database: The history, open for writing.
        session_id: The session.
        before: 0 (no discomfort) to 10 (the worst imaginable); none leaves it as it is.
        after: The same, after it.
        at_ms: Now.

    Raises:
        CoachError: A rating is out of bounds.
    """
    ratings = {"comfort_before": before, "comfort_after": after}
    for rating in ratings.values():
        if rating is not None and not COMFORT_LEAST <= rating <= COMFORT_MOST:
            message = f"{rating} is no rating."
            raise CoachError("how the neck feels", message, "Give a whole number from 0 (no discomfort) to 10.")
    with writing(database):
        for field, rating in ratings.items():
            if rating is not None:
                _say(database, session_id, field, rating, at_ms)


def list_revisions(database: sqlite3.Connection, session_id: str) -> list[Revision]:
    """All that was ever said of a session, the latest last."""
    rows = database.execute(
        "SELECT id, session_id, at_ms, device, field, value FROM revision WHERE session_id = ? ORDER BY at_ms, id",
        (session_id,),
    )
    return [Revision(*row) for row in rows]


def check_note(text: str) -> str:
    """A note as it is kept, on one line.

    Raises:
        CoachError: It is too long, or has characters that cannot be shown.
    """
    note = " ".join(text.split())
    if len(note) > NOTE_LONGEST:
        message = f"has {len(note)} characters."
        raise CoachError("note", message, f"Shorten it to {NOTE_LONGEST}.")
    if not all(map(is_safe, note)):
        raise CoachError("note", "has a character that cannot be shown.", "Leave out control and direction characters.")
    return note


def _say(database: sqlite3.Connection, session_id: str, field: str, value: str | int | None, at_ms: int) -> None:
    # Later than what it revises, also where the clock was set back.
    [latest] = database.execute(
        "SELECT max(at_ms) FROM revision WHERE session_id = ? AND field = ?", (session_id, field)
    ).fetchone()
    at_ms = at_ms if latest is None else max(at_ms, latest + 1)
    database.execute(
        "INSERT INTO revision(id, session_id, at_ms, device, field, value) "
        "VALUES(?, ?, ?, (SELECT device FROM identity), ?, ?)",
        (new_id(at_ms), session_id, at_ms, field, value),
    )
