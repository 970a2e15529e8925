"""What is said about the backups, and the backup after a crash."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from stretch_coach.journal.backup_checks import back_up_after_crash, backup_warnings
from stretch_coach.journal.backups import back_up, backups_folder, list_backups, read_contents
from stretch_coach.journal.records import Outcome, SessionRecord
from stretch_coach.journal.running import mark_running
from stretch_coach.journal.sessions import save_session
from stretch_coach.paths import Places
from tests.journal.conftest import make_session

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def crash(database: sqlite3.Connection, day: date = FRIDAY) -> SessionRecord:
    """Leave a session in the history as a program that was killed leaves it."""
    died = make_session(day, Outcome.INTERRUPTED, done_ms=20_000)._replace(ended_ms=None, segments_done=1)
    save_session(database, died)
    return died


class TestWarnings:
    def test_none_without_sessions(self, places: Places, database: sqlite3.Connection) -> None:
        assert list(backup_warnings(places, FRIDAY)) == []
        assert database

    def test_none_after_a_backup(self, places: Places, did: Did) -> None:
        did()
        back_up(places, FRIDAY)
        assert list(backup_warnings(places, FRIDAY)) == []

    def test_about_a_missing_backup(self, places: Places, did: Did) -> None:
        did()
        [(problem, _)] = backup_warnings(places, FRIDAY)
        assert problem == "none that is intact"

    def test_about_a_backup_that_is_older_than_the_last_session(self, places: Places, did: Did) -> None:
        did()
        back_up(places, FRIDAY)
        did(FRIDAY + DAY)
        [(problem, cure)] = backup_warnings(places, FRIDAY + DAY)
        assert problem == "the newest, from 2026-11-20, is older than your last session (2026-11-21)"
        assert str(backups_folder(places.history)) in cure

    @pytest.mark.parametrize("lose", [Path.unlink, lambda history: history.write_bytes(b"")])
    def test_about_a_history_that_lost_its_sessions(
        self, places: Places, did: Did, lose: Callable[[Path], object], database: sqlite3.Connection
    ) -> None:
        did()
        back_up(places, FRIDAY)
        database.close()  # an open file cannot be removed on Windows
        lose(places.history)
        [(problem, cure)] = backup_warnings(places, FRIDAY)
        assert problem == "the newest, from 2026-11-20, has 1 session, and your history has none"
        assert "stretch-coach restore" in cure

    def test_about_backups_from_the_future(self, places: Places, did: Did) -> None:
        did()
        back_up(places, date(2036, 1, 1))
        [(problem, cure), *_] = backup_warnings(places, FRIDAY)
        assert problem == "dated in the future: history-2036-01-01.db"
        assert "clock" in cure

    def test_about_a_session_in_which_the_program_died(
        self, places: Places, did: Did, database: sqlite3.Connection
    ) -> None:
        did()
        back_up(places, FRIDAY)
        crash(database, FRIDAY + DAY)
        [(problem, _)] = backup_warnings(places, FRIDAY + DAY)
        assert problem.endswith("is older than your last session (2026-11-21)")

    def test_none_about_a_session_that_is_running(self, places: Places, did: Did, database: sqlite3.Connection) -> None:
        did()
        back_up(places, FRIDAY)
        with mark_running(places.running, crash(database, FRIDAY + DAY).id):
            assert list(backup_warnings(places, FRIDAY + DAY)) == []


class TestBackUpAfterCrash:
    def test_has_the_session_in_which_the_program_died(self, places: Places, database: sqlite3.Connection) -> None:
        crash(database)
        copy = back_up_after_crash(places, FRIDAY)
        assert copy
        assert read_contents(copy).sessions == 1
        assert back_up_after_crash(places, FRIDAY + DAY) is None

    def test_is_not_made_while_the_session_is_running(self, places: Places, database: sqlite3.Connection) -> None:
        with mark_running(places.running, crash(database).id):
            assert back_up_after_crash(places, FRIDAY) is None

    def test_is_not_made_where_all_sessions_ended(self, places: Places, did: Did) -> None:
        assert back_up_after_crash(places, FRIDAY) is None
        did()
        assert back_up_after_crash(places, FRIDAY) is None
        assert list_backups(places.history, FRIDAY) == []
