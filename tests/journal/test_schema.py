"""The tables refuse impossible rows, which can only be a mistake of the program."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from stretch_coach.journal.records import SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.sessions import list_sessions, list_steps, save_session

Session = Callable[..., SessionRecord]
ID = "019aa000-0000-7000-8000-000000000000"
STEP = StepRecord(1, "left", "chin-tuck", 25_000, 25_000, 2, 2, StepOutcome.DONE)


def test_every_table_is_strict(database: sqlite3.Connection) -> None:
    tables = database.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    ours = {name: bool(strict) for name, strict in tables if not name.startswith("sqlite_")}
    assert ours == dict.fromkeys(
        [
            "session",
            "step",
            "prompt",
            "revision",
            "plan_change",
            "dose_choice",
            "program_change",
            "freeze",
            "acknowledgement",
            "identity",
            "day_sum",
            "habit_sum",
        ],
        True,
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "not-36-characters"),
        ("started_ms", "yesterday"),
        ("started_ms", None),
        ("ended_ms", "never"),
        ("utc_offset_s", 50_401),
        ("utc_offset_s", -50_401),
        ("day", "20.11.2026"),
        ("day", "2026-11-2"),
        ("day", "2026-21-20"),
        ("day", "2026-11-41"),
        ("day", None),
        ("routine", None),
        ("title", None),
        ("planned_ms", 0),
        ("planned_ms", 0.5),
        ("done_ms", -1),
        ("segments", 0),
        ("segments_done", -1),
        ("segments_done", 5),
        ("outcome", "finished"),
        ("outcome", None),
        ("source", "machine"),
        ("clock_suspect", 2),
    ],
)
def test_impossible_session_is_refused(database: sqlite3.Connection, session: Session, column: str, value: Any) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        save_session(database, session()._replace(**{column: value}))
    assert list_sessions(database) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 0),
        ("side", "both"),
        ("planned_ms", 0),
        ("done_ms", -1),
        ("reps", 0),
        ("reps_done", 3),
        ("reps_done", -1),
        ("outcome", "completed"),
    ],
)
def test_impossible_step_is_refused(database: sqlite3.Connection, session: Session, field: str, value: Any) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        save_session(database, session(), [STEP._replace(**{field: value})])
    assert list_sessions(database) == []


@pytest.mark.parametrize(
    "row",
    [
        f"plan_change VALUES('{ID}', 0, NULL, '2026-11-20', 'mon', 0)",
        f"plan_change VALUES('{ID}', 0, NULL, '2026-11-20', 'mon', 25)",
        f"plan_change VALUES('{ID}', 0, NULL, '2026-11-20', NULL, 1)",
        f"plan_change VALUES('{ID}', 0, NULL, '2026-11-20', '', 1)",
        f"plan_change VALUES('{ID}', 0, NULL, '20 November', 'mon', 1)",
        f"dose_choice VALUES('{ID}', 0, NULL, '2026-11-20', 'chin-tuck', 4, 1)",
        f"dose_choice VALUES('{ID}', 0, NULL, '2026-11-20', 'chin-tuck', -2, 1)",
        f"dose_choice VALUES('{ID}', 0, NULL, '2026-11-20', 'chin-tuck', 1, 2)",
        f"program_change VALUES('{ID}', 0, NULL, 'today', 'desk-days', 'micro-break', 'mon')",
        f"program_change VALUES('{ID}', 0, NULL, '2026-11-20', '', 'micro-break', 'mon')",
        f"program_change VALUES('{ID}', 0, NULL, '2026-11-20', 'desk-days', NULL, NULL)",
        f"program_change VALUES('{ID}', 0, NULL, '2026-11-20', NULL, 'micro-break', 'mon')",
        f"revision VALUES('{ID}', '{ID}', 0, NULL, 'comfort_before', 11)",
        f"revision VALUES('{ID}', '{ID}', 0, NULL, 'comfort_after', '3')",
        f"revision VALUES('{ID}', '{ID}', 0, NULL, 'deleted', NULL)",
        f"revision VALUES('{ID}', '{ID}', 0, NULL, 'note', '')",
        f"revision VALUES('{ID}', '{ID}', 0, NULL, 'mood', 3)",
        "freeze VALUES('20 November')",
        "identity VALUES('me')",
        "acknowledgement VALUES('notice', 'today')",
        "step VALUES('no such session', 1, '', NULL, 1, 0, 1, 0, 'done')",
    ],
)
def test_impossible_row_is_refused(database: sqlite3.Connection, row: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(f"INSERT INTO {row}")


def test_removed_session_removes_its_steps(database: sqlite3.Connection, session: Session) -> None:
    saved = session()
    save_session(database, saved, [STEP])
    database.execute("DELETE FROM session")
    assert list_steps(database, saved.id) == []
