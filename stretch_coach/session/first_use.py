"""When the user has to be told, before a session, what this is and which warning signs count."""

import sqlite3

from stretch_coach.journal import acknowledged

ASK_AGAIN_MS = 30 * 86_400_000
"""The warning signs are shown again when this time has gone by."""


def notice_is_due(history: sqlite3.Connection, now_ms: int) -> bool:
    """Whether the user has not been told for a month, or never."""
    told_ms = acknowledged.acknowledged_at(history, acknowledged.NOTICE)
    return told_ms is None or not 0 <= now_ms - told_ms <= ASK_AGAIN_MS
