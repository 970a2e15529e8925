"""``restore``, and what ``doctor`` says of the record and its backups."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.journal.running import under_way
from tests.cli.conftest import Ended

Coach = Callable[..., Ended]


def sessions(coach: Coach) -> int:
    return len(json.loads(coach("history", "--json").out))


def test_it_says_what_it_will_do_and_keeps_the_present_record(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    coach("log", "micro-break")  # after the day's backup was made
    assert sessions(coach) == 2
    ended = coach("restore", "--yes")
    assert ended.code == 0
    now, backup, done = ended.out.splitlines()
    assert now.startswith("Now:    2 sessions, the last on 2026-11-20")
    assert backup.startswith("Backup: 1 session, the last on 2026-11-20")
    [aside] = own_home.glob("history.before-restore-*.db")
    assert done == f"The backup is the record now. The one before is kept as {aside}."
    assert sessions(coach) == 1
    assert coach("restore", str(aside), "--yes").code == 0
    assert sessions(coach) == 2
    assert coach("restore", "--list").out.startswith("2026-11-20  1 session, the last on 2026-11-20")
    assert coach("restore", "2026-11-20", "--yes").code == 0


def test_without_an_answer_nothing_happens(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    coach("log", "micro-break")
    coach("log", "micro-break")
    assert coach("restore").code == 130
    assert sessions(coach) == 2


def test_what_cannot_be_gone_back_to_is_told(coach: Coach, own_home: Path) -> None:
    assert "there is no backup yet" in coach("restore").err
    assert "No backups yet" in coach("restore", "--list").out
    assert not own_home.exists()
    assert "neither a backup's day nor a file" in coach("restore", "2026-01-01").err


def test_not_while_a_session_is_under_way(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    with under_way(own_home / "running", "some-session"):
        assert "under way" in coach("restore", "--yes").err


def test_a_damaged_record_is_gone_back_from(coach: Coach, own_home: Path) -> None:
    coach("log", "micro-break")
    (own_home / "history.db").write_bytes(b"garbage" * 1000)
    ended = coach("restore", "--yes")
    assert ended.code == 0
    assert "is damaged" in ended.out.splitlines()[0]
    assert sessions(coach) == 1
