"""What the tests of the record start from: a history file of their own, and sessions to put into it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.sessions import save_session
from stretch_coach.paths import Places, make_private_folder

NOW_MS = 1_795_132_800_000
"""2026-11-20T00:00Z, a Friday."""


def _session(
    day: date = date(2026, 11, 20),
    outcome: Outcome = Outcome.COMPLETED,
    *,
    source: Source = Source.TIMER,
    planned_ms: int = 60_000,
    done_ms: int = 60_000,
    utc_offset_s: int = 0,
    started_ms: int | None = None,
) -> SessionRecord:
    noon_ms = int(datetime.combine(day, time(12), UTC).timestamp() * 1000)
    begun_ms = noon_ms if started_ms is None else started_ms
    return SessionRecord(
        id=new_id(begun_ms),
        started_ms=begun_ms,
        ended_ms=begun_ms + done_ms,
        utc_offset_s=utc_offset_s,
        zone="UTC",
        day=day.isoformat(),
        routine="micro-break",
        title="Micro break",
        planned_ms=planned_ms,
        done_ms=done_ms,
        segments=4,
        segments_done=4,
        outcome=outcome,
        source=source,
        device=None,
    )


@pytest.fixture
def history(places: Places) -> Path:
    """Where the history will be; its folder exists."""
    make_private_folder(places.data)
    return places.history


@pytest.fixture
def now_ms() -> int:
    """2026-11-20T00:00Z, a Friday."""
    return NOW_MS


@pytest.fixture
def database(history: Path) -> Iterator[sqlite3.Connection]:
    """A new history, open for writing."""
    with closing(open_for_writing(history, NOW_MS)) as opened:
        yield opened


@pytest.fixture
def session() -> Callable[..., SessionRecord]:
    """A session of a minute at noon of Friday 20 November 2026, completed unless said otherwise; in no file yet."""
    return _session


@pytest.fixture
def did(database: sqlite3.Connection) -> Callable[..., SessionRecord]:
    """Record a session on a day; takes what ``session`` takes."""

    def record(*args: date | Outcome, **values: object) -> SessionRecord:
        one = _session(*args, **values)  # type: ignore[arg-type]  # handed through as they are
        save_session(database, one)
        return one

    return record
