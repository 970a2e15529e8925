"""`restore`: go back to a backup."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.journal.running import mark_running
from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]


def sessions(coach: Coach) -> int:
    return len(json.loads(coach("history", "--json").out))


def test_restore_shows_both_histories_and_keeps_the_present_one(coach: Coach, own_home: Path, tmp_path: Path) -> None:
    coach("log", "micro-break")
    first = shutil.copy(own_home / "backups" / "history-2026-11-20.db", tmp_path)
    coach("log", "micro-break")
    assert sessions(coach) == 2
    ended = coach("restore", first, "--yes")
    assert ended.code == 0
    now, backup, done = ended.out.splitlines()
    assert now.startswith("Now:    2 sessions, the last on 2026-11-20")
    assert backup.startswith("Backup: 1 session, the last on 2026-11-20")
    [aside] = own_home.glob("history.before-restore-*.db")
    assert done == f"Restored: {first}. The previous history is kept as {aside}."
    assert sessions(coach) == 1
    assert coach("restore", str(aside), "--yes").code == 0
    assert sessions(coach) == 2
    assert coach("restore", "--list").out.startswith("2026-11-20  2 sessions, the last on 2026-11-20")
    assert coach("restore", "2026-11-20", "--yes").code == 0


def test_restore_needs_a_confirmation(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    coach("log", "micro-break")
    coach("log", "micro-break")
    assert coach("restore").code == 130
    assert sessions(coach) == 2


def test_restore_without_a_backup_is_an_error(coach: Coach, own_home: Path) -> None:
    assert "there is no intact backup" in coach("restore").err
    assert "No backups yet" in coach("restore", "--list").out
    assert not own_home.exists()
    assert "neither the day of a backup nor a file" in coach("restore", "2026-01-01").err


def test_restore_is_refused_while_a_session_runs(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    with mark_running(own_home / "running", "some-session"):
        assert "a session is running" in coach("restore", "--yes").err


def test_restore_replaces_a_damaged_history(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    (own_home / "history.db").write_bytes(b"garbage" * 1000)
    ended = coach("restore", "--yes")
    assert ended.code == 0
    assert "is damaged" in ended.out.splitlines()[0]
    assert sessions(coach) == 1


def test_restore_works_with_invalid_settings_and_brings_them_back(coach: Coach, own_home: Path) -> None:
    own_home.mkdir()
    settings = own_home / "config.toml"
    settings.write_text("[voice]\nrate = 150\n", encoding="utf-8")
    coach("log", "micro-break")
    settings.write_text("[voice]\nrate = 1000\n", encoding="utf-8")
    assert coach("log", "micro-break").code == 1
    ended = coach("restore", "--yes")
    assert ended.code == 0
    [aside] = own_home.glob("before-restore-*")
    assert ended.out.splitlines()[-1] == f"Restored: config.toml. The previous versions are in {aside}."
    assert settings.read_text(encoding="utf-8") == "[voice]\nrate = 150\n"


def test_restore_history_only_leaves_files_unchanged(coach: Coach, own_home: Path) -> None:
    own_home.mkdir()
    settings = own_home / "config.toml"
    settings.write_text("# before\n", encoding="utf-8")
    coach("log", "micro-break")
    settings.write_text("# after\n", encoding="utf-8")
    assert coach("restore", "--yes", "--history-only").code == 0
    assert settings.read_text(encoding="utf-8") == "# after\n"


def test_restore_names_a_backup_with_more_sessions(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    coach("log", "micro-break")
    (own_home / "history.db").write_bytes(b"garbage" * 1000)
    warning = coach("log", "micro-break").err
    assert "Restore the backup from 2026-11-20 (2 sessions) with `stretch-coach restore`." in warning
    assert "The backup 2026-11-20 has more: 2 sessions" in coach("restore", "--yes").out
    assert coach("restore", "2026-11-20", "--yes").code == 0
    assert sessions(coach) == 2


def test_damaged_history_names_the_newest_intact_backup(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    (own_home / "history.db").write_bytes(b"garbage" * 1000)
    hint = "Restore the backup from 2026-11-20 (1 session) with `stretch-coach restore`."
    for command in (["streak"], ["history"]):
        assert coach(*command).err.endswith(f"is damaged and cannot be read. {hint}\n")


def test_doctor_warns_about_backups(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    backup = own_home / "backups" / "history-2026-11-20.db"
    backup.rename(backup.with_name("history-2036-01-01.db"))
    assert "dated in the future: history-2036-01-01.db" in coach("doctor").out
