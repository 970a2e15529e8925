"""``streak``, ``history``, ``plan``, ``log`` and ``where``."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Ended


def test_reading_an_empty_record_creates_nothing(coach: Callable[..., Ended], own_home: Path) -> None:
    assert json.loads(coach("streak", "--json").out) == {
        "current": 0,
        "longest": 0,
        "at_risk": False,
        "today_done": False,
        "adherence_7": None,
        "adherence_28": None,
        "strength": None,
        "freezes": 0,
    }
    assert json.loads(coach("history", "--json").out) == []
    assert "No sessions yet" in coach("history").out
    assert coach("plan").out.startswith("daily, 1 session a day")
    assert coach("where").code == 0
    assert not own_home.exists()


def test_entries_by_hand_are_marked_and_do_not_count(coach: Callable[..., Ended]) -> None:
    ended = coach("log", "micro-break")
    assert ended.code == 0
    assert "do not count" in ended.out
    [entry] = json.loads(coach("history", "--json").out)
    assert (entry["source"], entry["outcome"], entry["done_seconds"]) == ("manual", "completed", 60)
    assert "completed, manual" in coach("history").out
    assert json.loads(coach("streak", "--json").out)["current"] == 0


def test_entries_by_hand_count_where_the_user_says_so(coach: Callable[..., Ended], own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[record]\nmanual_counts = true\n", encoding="utf-8")
    for day in ("2026-11-18", "2026-11-19"):
        assert coach("log", "micro-break", "--on", day).code == 0
    told = json.loads(coach("streak", "--json").out)
    assert (told["current"], told["at_risk"], told["today_done"]) == (2, True, False)
    assert coach("streak").out.startswith("Streak: 2 days, and today is still to do.")
    assert json.loads(coach("streak", "--on", "2026-11-18", "--json").out)["current"] == 1
    assert len(json.loads(coach("history", "--days", "2", "--json").out)) == 1


def test_the_streak_of_another_day_is_told_as_that_days(coach: Callable[..., Ended], own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[record]\nmanual_counts = true\n", encoding="utf-8")
    coach("log", "micro-break", "--on", "2026-11-18")

    def sentence(day: str) -> str:
        return coach("streak", "--on", day).out.splitlines()[0]

    assert sentence("2026-11-17") == "No streak on 2026-11-17."
    assert sentence("2026-11-18") == "Streak on 2026-11-18: 1 day."
    assert sentence("2026-11-19") == "Streak on 2026-11-19: 1 day, and that day is still to do."
    # Today is today, however it is asked for.
    assert coach("streak", "--on", "2026-11-20").out == coach("streak").out


@pytest.mark.parametrize(
    ("arguments", "day", "explained"),
    [
        (["--on", "2026-11-19", "--at", "3:59"], "2026-11-18", True),
        (["--at", "2:00"], "2026-11-19", True),
        (["--on", "2026-11-19", "--at", "4:00"], "2026-11-19", False),
        (["--on", "2026-11-19"], "2026-11-19", False),
        ([], "2026-11-20", False),
    ],
)
def test_a_time_before_the_day_begins_is_explained(
    coach: Callable[..., Ended], arguments: list[str], day: str, *, explained: bool
) -> None:
    noted, *more = coach("log", "micro-break", *arguments).out.splitlines()
    assert f" on {day}. " in noted
    assert more == ["A day begins at 04:00, so what was done earlier belongs to the day before."] * explained


def test_nothing_is_logged_ahead_of_time(coach: Callable[..., Ended]) -> None:
    ended = coach("log", "micro-break", "--on", "2026-11-21")
    assert ended.code == 1
    assert "is still to come" in ended.err
    assert json.loads(coach("history", "--json").out) == []


def test_a_plan_holds_from_its_day_on(coach: Callable[..., Ended]) -> None:
    past = coach("plan", "--days", "mon-fri", "--from", "2026-11-02").out.splitlines()
    assert past == [
        "From 2026-11-02: mon-fri, 1 session a day.",
        "This judges days that have been. To take it back: stretch-coach plan --withdraw 2026-11-02",
    ]
    assert coach("plan", "--per-day", "2").out == "From 2026-11-20: mon-fri, 2 sessions a day.\n"
    assert json.loads(coach("plan", "--json").out) == [
        {"from": "2026-11-02", "days": ["mon", "tue", "wed", "thu", "fri"], "per_day": 1},
        {"from": "2026-11-20", "days": ["mon", "tue", "wed", "thu", "fri"], "per_day": 2},
    ]


def test_a_plan_can_be_taken_back(coach: Callable[..., Ended]) -> None:
    coach("plan", "--days", "weekdays", "--from", "2026-11-02")
    coach("plan", "--per-day", "2")
    assert coach("plan", "--withdraw", "2026-11-02").out == "The plan from 2026-11-02 on was taken back.\n"
    assert json.loads(coach("plan", "--json").out) == [
        {"from": "2026-11-20", "days": ["mon", "tue", "wed", "thu", "fri"], "per_day": 2}
    ]


def test_a_plan_that_is_not_there_cannot_be_taken_back(coach: Callable[..., Ended]) -> None:
    coach("plan", "--per-day", "2")
    ended = coach("plan", "--withdraw", "2026-11-19")
    assert ended.code == 1
    assert ended.err == "stretch-coach: plan: no plan begins on 2026-11-19. `stretch-coach plan` lists them.\n"
    assert len(json.loads(coach("plan", "--json").out)) == 1


@pytest.mark.parametrize("other", [["--days", "mon"], ["--per-day", "2"], ["--from", "2026-11-20"], ["--json"]])
def test_taking_back_and_planning_are_not_mixed_up(coach: Callable[..., Ended], other: list[str]) -> None:
    coach("plan", "--per-day", "2")
    assert coach("plan", "--withdraw", "2026-11-20", *other).code == 2
    assert len(json.loads(coach("plan", "--json").out)) == 1


def test_a_plan_of_no_weekday_is_refused(coach: Callable[..., Ended], own_home: Path) -> None:
    ended = coach("plan", "--days", "mon-funday")
    assert ended.code == 2
    assert '"funday" is not a weekday' in ended.err
    assert coach("plan", "--from", "2026-11-02").code == 2
    assert not own_home.exists()


def test_a_damaged_history_is_told_by_readers_and_set_aside_by_writers(
    coach: Callable[..., Ended], own_home: Path
) -> None:
    own_home.mkdir()
    file = own_home / "history.db"
    file.write_bytes(b"this is no database at all, whatever its name says" * 10)
    ended = coach("streak")
    assert ended.code == 1
    assert "is damaged" in ended.err
    assert file.read_bytes().startswith(b"this is no database")
    ended = coach("log", "micro-break")
    assert ended.code == 0
    assert "It is kept as" in ended.err
    [aside] = own_home.glob("history.corrupt-*.db")
    assert aside.read_bytes().startswith(b"this is no database")
    assert len(json.loads(coach("history", "--json").out)) == 1


def test_a_history_of_a_newer_version_is_left_alone(coach: Callable[..., Ended], own_home: Path) -> None:
    coach("log", "micro-break")
    file = own_home / "history.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA user_version=999")
    before = file.read_bytes()
    for command in (["streak"], ["log", "micro-break"], ["start", "micro-break"]):
        ended = coach(*command)
        assert ended.code == 1
        assert "newer Stretch Coach" in ended.err
    assert file.read_bytes() == before


def test_where_names_every_path_under_the_one_folder(coach: Callable[..., Ended], own_home: Path) -> None:
    told = json.loads(coach("where", "--json").out)
    assert told.pop("bundled_routines").endswith("routines")
    assert all(Path(path).is_relative_to(own_home) for path in told.values())
    assert told["history"] == str(own_home / "history.db")
