"""Backups: one a day, five kept, never of a damaged history; and the way back."""

import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.backups import KEPT, back_up_daily, backups_folder, find_damage, list_backups, restore_backup
from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import list_sessions, save_session

Did = Callable[..., SessionRecord]
DAY_MS = 86_400_000


def sessions_of(file: Path) -> list[SessionRecord]:
    with closing(open_for_reading(file)) as database:
        return list_sessions(database)


def test_one_a_day_and_the_newest_five_are_kept(history: Path, now_ms: int, did: Did) -> None:
    for day in range(KEPT + 3):
        did()
        copy = back_up_daily(history, now_ms + day * DAY_MS)
        assert copy is not None
        assert len(sessions_of(copy)) == day + 1
        did()
        assert back_up_daily(history, now_ms + day * DAY_MS + 1000) is None
        history_rows = sessions_of(history)
        with closing(open_for_writing(history, now_ms)) as database:
            database.execute("DELETE FROM session WHERE id = ?", (history_rows[0].id,))
    names = [one.name for one in list_backups(history)]
    assert names == [f"history-2026-11-{day}.db" for day in (27, 26, 25, 24, 23)]
    assert len(list(backups_folder(history).iterdir())) == KEPT
    if sys.platform != "win32":
        assert stat.S_IMODE(list_backups(history)[0].stat().st_mode) == 0o600


def test_a_damaged_history_drives_out_no_sound_copy(history: Path, now_ms: int, did: Did) -> None:
    for _ in range(200):
        did()
    back_up_daily(history, now_ms)
    content = bytearray(history.read_bytes())
    content[8 * 4096 : 9 * 4096] = b"\xff" * 4096  # in the middle, where nothing is written any more
    history.write_bytes(content)
    with pytest.raises(CoachError, match=r"is damaged .*`stretch-coach restore`"):
        back_up_daily(history, now_ms + DAY_MS)
    assert [one.name for one in backups_folder(history).iterdir()] == ["history-2026-11-20.db"]
    assert find_damage(history)


def test_the_way_back_keeps_what_was_there(history: Path, now_ms: int, did: Did, database: sqlite3.Connection) -> None:
    did()
    copy = back_up_daily(history, now_ms)
    assert copy
    did()
    database.close()
    before = history.read_bytes()
    aside = restore_backup(history, copy, now_ms)
    assert aside is not None
    assert aside.read_bytes() == before
    assert len(sessions_of(history)) == 1
    assert len(sessions_of(copy)) == 1
    with closing(open_for_writing(history, now_ms)) as opened:
        save_session(opened, sessions_of(aside)[0])
    assert [one.name for one in history.parent.iterdir() if "part" in one.name] == []


def test_a_damaged_backup_is_not_put_in_place(history: Path, now_ms: int, did: Did, tmp_path: Path) -> None:
    did()
    before = history.read_bytes()
    for content in (b"garbage" * 1000, before[:4096]):
        bad = tmp_path / "bad.db"
        bad.write_bytes(content)
        with pytest.raises(CoachError, match=r"bad\.db"):
            restore_backup(history, bad, now_ms)
    assert history.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(history: Path, now_ms: int, did: Did) -> None:
    did()
    backups_folder(history).write_text("in the way", encoding="utf-8")
    with pytest.raises(CoachError):
        back_up_daily(history, now_ms)
    assert len(sessions_of(history)) == 1
