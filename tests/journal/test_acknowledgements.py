"""What the user has confirmed."""

import sqlite3

from stretch_coach.journal.acknowledgements import NOTICE, acknowledge, acknowledged_at, taught_subject


def test_acknowledgement_has_the_latest_time(database: sqlite3.Connection, now_ms: int) -> None:
    assert acknowledged_at(database, NOTICE) is None
    acknowledge(database, [NOTICE], now_ms)
    acknowledge(database, [NOTICE], now_ms + 1)
    assert acknowledged_at(database, NOTICE) == now_ms + 1
    assert acknowledged_at(database, taught_subject("towel-snag")) is None
