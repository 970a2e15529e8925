"""A history file for each test, and sessions to put into it."""

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


def make_session(
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
    start_ms = noon_ms if started_ms is None else started_ms
    return SessionRecord(
        id=new_id(start_ms),
        started_ms=start_ms,
        ended_ms=start_ms + done_ms,
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
    """Return where the history will be; its folder exists."""
    make_private_folder(places.data)
    return places.history


@pytest.fixture
def now_ms() -> int:
    """Return 2026-11-20T00:00Z, a Friday, in milliseconds."""
    return NOW_MS


@pytest.fixture
def database(history: Path) -> Iterator[sqlite3.Connection]:
    """Return a new history, open for writing."""
    with closing(open_for_writing(history, NOW_MS)) as opened:
        yield opened


@pytest.fixture
def session() -> Callable[..., SessionRecord]:
    """Return a function that makes a session, by default a completed one of a minute at noon of 20 November 2026."""
    return make_session


@pytest.fixture
def did(database: sqlite3.Connection) -> Callable[..., SessionRecord]:
    """Return a function that saves a session; it takes what `session` takes."""

    def record(*args: date | Outcome, **values: object) -> SessionRecord:
        one = make_session(*args, **values)  # type: ignore[arg-type]  # handed through as they are
        save_session(database, one)
        return one

    return record
