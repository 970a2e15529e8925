"""What is stored in a history beside sessions, for tests to look at."""

import sqlite3

from stretch_coach.journal.prompts import Answer, PromptRecord


def stored_prompts(database: sqlite3.Connection) -> list[PromptRecord]:
    """Return the answers to prompts, newest first."""
    columns = ", ".join(PromptRecord._fields)
    rows = database.execute(f"SELECT {columns} FROM prompt ORDER BY answered_ms DESC, id DESC, asking DESC")  # noqa: S608
    return [PromptRecord(*row)._replace(answer=Answer(row[-1])) for row in rows]


def count_revisions(database: sqlite3.Connection, session_id: str) -> int:
    """Return how many revisions of a session are stored."""
    [times] = database.execute("SELECT count(*) FROM revision WHERE session_id = ?", (session_id,)).fetchone()
    return int(times)
