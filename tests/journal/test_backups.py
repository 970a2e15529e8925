"""Backups of the history and the user's files, and restoring one."""

import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.backups import (
    KEPT,
    Contents,
    back_up,
    backups_folder,
    list_backups,
    newest_good_backup,
    read_contents,
    restore_backup,
    restore_hint,
)
from stretch_coach.journal.database import (
    DamagedHistory,
    find_damage,
    open_for_reading,
    open_for_writing,
    set_aside_damaged,
)
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.prompts import Answer, PromptRecord, save_prompts
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.revisions import note_session
from stretch_coach.journal.sessions import list_sessions, save_session
from stretch_coach.paths import Places

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def sessions_in(file: Path) -> int:
    with closing(open_for_reading(file)) as database:
        return len(list_sessions(database))


def write_settings(places: Places, content: str) -> None:
    (places.config / "routines" / "exercises").mkdir(parents=True, exist_ok=True)
    places.settings_file.write_text(content, encoding="utf-8")
    (places.routines / "my.json").write_text(f'{{"title": "{len(content)}"}}', encoding="utf-8")
    (places.routines / "exercises" / "own.json").write_text("{}", encoding="utf-8")
    (places.routines / "notes.txt").write_text("not ours", encoding="utf-8")


def damage(history: Path) -> None:
    """Overwrite a page in the middle of the history, where nothing is written any longer."""
    content = bytearray(history.read_bytes())
    content[8 * 4096 : 9 * 4096] = b"\xff" * 4096
    history.write_bytes(content)


def write_empty(file: Path, content: bytes | str) -> None:
    """Write a file without a byte, or a database without a table."""
    file.write_bytes(b"")
    if content:
        with closing(sqlite3.connect(file)) as database:
            database.execute("VACUUM")
        assert file.stat().st_size


class TestBackUp:
    def test_a_history_without_sessions_is_not_backed_up(self, places: Places, database: sqlite3.Connection) -> None:
        set_plan(database, FRIDAY, Plan(), 1)
        assert back_up(places, FRIDAY) is None
        assert not backups_folder(places.history).exists()

    def test_missing_history_is_not_backed_up(self, places: Places) -> None:
        assert back_up(places, FRIDAY) is None

    def test_replaces_the_days_earlier_one(self, places: Places, did: Did) -> None:
        copy = backups_folder(places.history) / "history-2026-11-20.db"
        for sessions in (1, 2, 3):
            did()
            assert back_up(places, FRIDAY) == copy
            assert sessions_in(copy) == sessions
        assert [file.name for file in backups_folder(places.history).iterdir()] == ["history-2026-11-20.db"]
        if sys.platform != "win32":
            assert stat.S_IMODE(copy.stat().st_mode) == 0o600

    def test_needs_a_change(self, places: Places, did: Did, database: sqlite3.Connection) -> None:
        one = did()
        assert back_up(places, FRIDAY)
        assert back_up(places, FRIDAY) is None
        changes: list[Callable[[], object]] = [
            lambda: note_session(database, one.id, "stiff", 1),
            lambda: set_plan(database, FRIDAY, Plan(), 1),
            lambda: save_session(database, one._replace(done_ms=1)),
            lambda: write_settings(places, "[start]\n"),
            lambda: write_settings(places, "[start]\n\n"),
        ]
        for change in changes:
            change()
            assert back_up(places, FRIDAY)
            assert back_up(places, FRIDAY) is None

    def test_keeps_the_newest_five(self, places: Places, did: Did) -> None:
        for day in range(KEPT + 3):
            did()
            back_up(places, FRIDAY + day * DAY)
        names = [backup.name for backup in list_backups(places.history, FRIDAY + 7 * DAY)]
        assert names == [f"2026-11-{day}" for day in (27, 26, 25, 24, 23)]

    def test_keeps_the_one_with_the_most_sessions(self, places: Places, did: Did, database: sqlite3.Connection) -> None:
        for _ in range(3):
            did()
        back_up(places, FRIDAY)
        database.execute("DELETE FROM session WHERE id < (SELECT max(id) FROM session)")
        for day in range(1, KEPT + 3):
            did()
            database.execute("DELETE FROM session WHERE id < (SELECT max(id) FROM session)")
            back_up(places, FRIDAY + day * DAY)
        kept = list_backups(places.history, FRIDAY + 10 * DAY)
        assert [backup.day for backup in kept] == [FRIDAY + day * DAY for day in (7, 6, 5, 4, 3, 0)]

    def test_backups_from_the_future_push_out_nothing(self, places: Places, did: Did) -> None:
        for day in range(KEPT):
            did()
            back_up(places, date(2036, 1, 1) + day * DAY)
        for day in range(3):
            did()
            copy = back_up(places, FRIDAY + day * DAY)
            assert copy is not None
            assert sessions_in(copy) == KEPT + 1 + day
        newest = newest_good_backup(places.history, FRIDAY + 2 * DAY)
        assert newest is not None
        assert (newest.backup.day, newest.contents.sessions) == (FRIDAY + 2 * DAY, 8)
        assert len(list_backups(places.history, FRIDAY + 2 * DAY)) == KEPT + 3

    def test_of_a_damaged_history_is_refused(self, places: Places, did: Did, database: sqlite3.Connection) -> None:
        database.execute("PRAGMA synchronous=OFF")
        for _ in range(200):
            did()
        back_up(places, FRIDAY)
        did()
        damage(places.history)
        assert find_damage(places.history)
        with pytest.raises(DamagedHistory) as refused:
            back_up(places, FRIDAY)
        assert refused.value.hint == "Restore the backup from 2026-11-20 (200 sessions) with `stretch-coach restore`."
        assert [file.name for file in backups_folder(places.history).iterdir()] == ["history-2026-11-20.db"]

    def test_of_a_new_history_does_not_replace_that_of_the_damaged_one(
        self, places: Places, did: Did, now_ms: int, session: Did, database: sqlite3.Connection
    ) -> None:
        did()
        did()
        database.close()
        back_up(places, FRIDAY)
        places.history.write_bytes(b"damaged" * 100)
        set_aside_damaged(places.history, now_ms)
        with closing(open_for_writing(places.history, now_ms + 1)) as new:
            save_session(new, session())
        for _ in range(2):
            back_up(places, FRIDAY)
        found = [(backup.name, sessions_in(backup.file)) for backup in list_backups(places.history, FRIDAY)]
        assert found == [("2026-11-20-2", 1), ("2026-11-20", 2)]

    def test_of_a_history_with_answers_to_prompts(self, places: Places, did: Did, database: sqlite3.Connection) -> None:
        did()
        save_prompts(database, [PromptRecord("p" * 36, 1, 1, 0, "2026-11-20", "desk", "micro-break", Answer.STARTED)])
        assert find_damage(places.history) is None
        assert back_up(places, FRIDAY)

    def test_folder_that_cannot_be_written_is_an_error(self, places: Places, did: Did) -> None:
        did()
        backups_folder(places.history).write_text("in the way", encoding="utf-8")
        with pytest.raises(CoachError):
            back_up(places, FRIDAY)
        assert sessions_in(places.history) == 1


class TestContents:
    def test_has_settings_and_routines(self, places: Places, did: Did) -> None:
        write_settings(places, "[start]\n")
        did()
        copy = back_up(places, FRIDAY)
        assert copy is not None
        files = ("config.toml", "routines/exercises/own.json", "routines/my.json")
        assert read_contents(copy) == Contents(1, "2026-11-20", files)
        assert read_contents(places.history) == Contents(1, "2026-11-20")

    def test_newest_good_backup_skips_damaged_ones(self, places: Places, did: Did) -> None:
        for day in range(2):
            did()
            back_up(places, FRIDAY + day * DAY)
        list_backups(places.history, FRIDAY + DAY)[0].file.write_bytes(b"garbage" * 1000)
        newest = newest_good_backup(places.history, FRIDAY + DAY)
        assert newest is not None
        assert newest.backup.day == FRIDAY
        assert "from 2026-11-20 (1 session)" in restore_hint(places.history, FRIDAY + DAY)

    @pytest.mark.parametrize("content", [b"", "no tables"])
    def test_newest_good_backup_skips_empty_ones(self, places: Places, did: Did, content: bytes | str) -> None:
        did()
        back_up(places, FRIDAY)
        newer = backups_folder(places.history) / "history-2026-11-21.db"
        write_empty(newer, content)
        good = newest_good_backup(places.history, FRIDAY + DAY)
        assert good
        assert (good.backup.day, good.contents.sessions) == (FRIDAY, 1)

    def test_restore_hint_without_a_backup(self, places: Places) -> None:
        assert restore_hint(places.history, FRIDAY) == "There is no backup of it."


class TestRestore:
    def test_keeps_the_previous_history(
        self, places: Places, did: Did, now_ms: int, database: sqlite3.Connection
    ) -> None:
        did()
        copy = back_up(places, FRIDAY)
        assert copy
        did()
        database.close()
        before = places.history.read_bytes()
        restored = restore_backup(places, copy, now_ms)
        assert restored.aside is not None
        assert restored.aside.read_bytes() == before
        assert sessions_in(places.history) == sessions_in(copy) == 1
        with closing(open_for_writing(places.history, now_ms)) as opened:
            assert not opened.execute("SELECT 1 FROM sqlite_schema WHERE name = 'user_file'").fetchone()
            save_session(opened, list_sessions(open_for_reading(restored.aside))[0])
        assert [file.name for file in places.data.iterdir() if "part" in file.name] == []

    def test_brings_back_files_and_keeps_their_previous_versions(
        self, places: Places, did: Did, now_ms: int, database: sqlite3.Connection
    ) -> None:
        write_settings(places, "# first\n")
        did()
        copy = back_up(places, FRIDAY)
        assert copy
        database.close()  # an open history cannot be replaced on Windows
        write_settings(places, "# second, longer\n")
        (places.routines / "exercises" / "own.json").unlink()
        (places.routines / "new.json").write_text("{}", encoding="utf-8")
        restored = restore_backup(places, copy, now_ms).files
        aside = places.config / f"before-restore-{now_ms}"
        assert sorted(restored.written) == ["config.toml", "routines/exercises/own.json", "routines/my.json"]
        assert restored.aside == aside
        assert places.settings_file.read_text(encoding="utf-8") == "# first\n"
        assert (aside / "config.toml").read_text(encoding="utf-8") == "# second, longer\n"
        assert (places.routines / "exercises" / "own.json").exists()
        assert (places.routines / "new.json").exists()

    def test_of_the_history_alone_leaves_files_unchanged(
        self, places: Places, did: Did, now_ms: int, database: sqlite3.Connection
    ) -> None:
        write_settings(places, "# first\n")
        did()
        copy = back_up(places, FRIDAY)
        assert copy
        database.close()
        write_settings(places, "# second\n")
        assert restore_backup(places, copy, now_ms, with_files=False).files.written == []
        assert places.settings_file.read_text(encoding="utf-8") == "# second\n"

    def test_on_a_new_machine_creates_the_folders(self, places: Places, did: Did, now_ms: int, tmp_path: Path) -> None:
        write_settings(places, "# mine\n")
        did()
        copy = back_up(places, FRIDAY)
        assert copy
        new = Places(*(tmp_path / "new" / name for name in ("config", "data", "state", "cache")))
        restored = restore_backup(new, copy, now_ms)
        assert (restored.aside, restored.files.aside) == (None, None)
        assert sessions_in(new.history) == 1
        assert new.settings_file.read_text(encoding="utf-8") == "# mine\n"

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
    def test_of_a_linked_history_keeps_the_link_and_the_previous_one(
        self, places: Places, did: Did, now_ms: int, tmp_path: Path
    ) -> None:
        did()
        copy = back_up(places, FRIDAY)
        assert copy
        did()
        elsewhere = tmp_path / "elsewhere.db"
        places.history.rename(elsewhere)
        places.history.symlink_to(elsewhere)
        aside = restore_backup(places, copy, now_ms).aside
        assert aside is not None
        assert aside.parent == tmp_path
        assert places.history.is_symlink()
        assert (sessions_in(elsewhere), sessions_in(aside)) == (1, 2)

    def test_of_a_damaged_backup_is_refused(self, places: Places, did: Did, now_ms: int, tmp_path: Path) -> None:
        did()
        before = places.history.read_bytes()
        for content in (b"garbage" * 1000, before[:4096]):
            bad = tmp_path / "bad.db"
            bad.write_bytes(content)
            with pytest.raises(CoachError, match=r"bad\.db"):
                restore_backup(places, bad, now_ms)
        assert places.history.read_bytes() == before

    @pytest.mark.parametrize("content", [b"", "no tables"])
    def test_of_an_empty_file_is_refused(
        self, places: Places, did: Did, now_ms: int, tmp_path: Path, content: bytes | str
    ) -> None:
        did()
        before = places.history.read_bytes()
        write_empty(tmp_path / "empty.db", content)
        with pytest.raises(CoachError, match=r"empty\.db is empty"):
            restore_backup(places, tmp_path / "empty.db", now_ms)
        assert places.history.read_bytes() == before

    def test_ignores_files_that_would_leave_the_folder(
        self, places: Places, did: Did, now_ms: int, database: sqlite3.Connection
    ) -> None:
        write_settings(places, "# mine\n")
        did()
        database.close()
        copy = back_up(places, FRIDAY)
        assert copy
        with closing(sqlite3.connect(copy)) as backup:
            for name in ("../evil.json", "/evil.json", "history.db", ".hidden.toml", "a/b.json", "routines/x.sh"):
                backup.execute("INSERT INTO user_file VALUES(?, x'00')", (name,))
            backup.commit()
        assert "evil" not in str(read_contents(copy).files)
        assert restore_backup(places, copy, now_ms).files.written == []
        assert not (places.config.parent / "evil.json").exists()
