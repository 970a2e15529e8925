"""`streak`, `plan`, `log`, and commands on a damaged, newer or missing history."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import CommandResult


def test_reading_an_empty_history_creates_nothing(coach: Callable[..., CommandResult], own_home: Path) -> None:
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
    assert coach("plan").out.startswith("Until you make a plan: daily, 1 session a day.")
    assert coach("where").code == 0
    assert not own_home.exists()


def test_logged_session_is_marked_and_does_not_count(coach: Callable[..., CommandResult]) -> None:
    ended = coach("log", "micro-break")
    assert ended.code == 0
    assert "do not count" in ended.out
    [entry] = json.loads(coach("history", "--json").out)
    assert (entry["source"], entry["outcome"], entry["done_seconds"]) == ("manual", "completed", 60)
    assert "(by hand)" in coach("history").out
    assert json.loads(coach("streak", "--json").out)["current"] == 0


def test_logged_session_counts_with_the_setting(coach: Callable[..., CommandResult], own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[record]\nmanual_counts = true\n", encoding="utf-8")
    for day in ("2026-11-18", "2026-11-19"):
        assert coach("log", "micro-break", "--on", day).code == 0
    values = json.loads(coach("streak", "--json").out)
    assert (values["current"], values["at_risk"], values["today_done"]) == (2, True, False)
    assert coach("streak").out.startswith("2-day streak. Do today's session to keep it.")
    assert json.loads(coach("streak", "--on", "2026-11-18", "--json").out)["current"] == 1
    assert len(json.loads(coach("history", "--days", "2", "--json").out)) == 1


def test_streak_on_another_day(coach: Callable[..., CommandResult], own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[record]\nmanual_counts = true\n", encoding="utf-8")
    coach("log", "micro-break", "--on", "2026-11-18")

    def sentence(day: str) -> str:
        return coach("streak", "--on", day).out.splitlines()[0]

    assert sentence("2026-11-17") == "No streak on 2026-11-17."
    assert sentence("2026-11-18") == "1-day streak on 2026-11-18."
    assert sentence("2026-11-19") == "1-day streak on 2026-11-19. That day's session was not done yet."
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
def test_log_explains_a_time_before_the_day_starts(
    coach: Callable[..., CommandResult], arguments: list[str], day: str, *, explained: bool
) -> None:
    noted, *more = coach("log", "micro-break", *arguments).out.splitlines()
    assert f" on {day}. " in noted
    assert more == ["Your day starts at 04:00; what you do before that counts for the day before."] * explained


def test_log_refuses_the_future(coach: Callable[..., CommandResult]) -> None:
    ended = coach("log", "micro-break", "--on", "2026-11-21")
    assert ended.code == 1
    assert "is in the future" in ended.err
    assert json.loads(coach("history", "--json").out) == []


def test_plan_holds_from_its_first_day(coach: Callable[..., CommandResult]) -> None:
    past = coach("plan", "--days", "mon-fri", "--from", "2026-11-02").out.splitlines()
    assert past == [
        "From 2026-11-02: mon-fri, 1 session a day.",
        "This changes how past days count. Undo: stretch-coach plan --withdraw 2026-11-02",
    ]
    assert coach("plan", "--per-day", "2").out == "From 2026-11-20: mon-fri, 2 sessions a day.\n"
    assert json.loads(coach("plan", "--json").out) == [
        {"from": "2026-11-02", "days": ["mon", "tue", "wed", "thu", "fri"], "per_day": 1},
        {"from": "2026-11-20", "days": ["mon", "tue", "wed", "thu", "fri"], "per_day": 2},
    ]


def test_plan_can_be_withdrawn(coach: Callable[..., CommandResult]) -> None:
    coach("plan", "--days", "weekdays", "--from", "2026-11-02")
    coach("plan", "--per-day", "2")
    assert coach("plan", "--withdraw", "2026-11-02").out == "Withdrew the plan starting 2026-11-02.\n"
    assert json.loads(coach("plan", "--json").out) == [
        {"from": "2026-11-20", "days": ["mon", "tue", "wed", "thu", "fri"], "per_day": 2}
    ]


def test_withdrawing_a_missing_plan_is_an_error(coach: Callable[..., CommandResult]) -> None:
    coach("plan", "--per-day", "2")
    ended = coach("plan", "--withdraw", "2026-11-19")
    assert ended.code == 1
    assert (
        ended.err == "stretch-coach: plan: no plan starts on 2026-11-19. List your plans with `stretch-coach plan`.\n"
    )
    assert len(json.loads(coach("plan", "--json").out)) == 1


@pytest.mark.parametrize("other", [["--days", "mon"], ["--per-day", "2"], ["--from", "2026-11-20"], ["--json"]])
def test_withdraw_cannot_be_combined_with_other_options(coach: Callable[..., CommandResult], other: list[str]) -> None:
    coach("plan", "--per-day", "2")
    assert coach("plan", "--withdraw", "2026-11-20", *other).code == 2
    assert len(json.loads(coach("plan", "--json").out)) == 1


def test_plan_with_an_unknown_weekday_is_refused(coach: Callable[..., CommandResult], own_home: Path) -> None:
    ended = coach("plan", "--days", "mon-funday")
    assert ended.code == 2
    assert '"funday" is not a weekday' in ended.err
    assert coach("plan", "--from", "2026-11-02").code == 2
    assert not own_home.exists()


def test_damaged_history_is_an_error_for_readers_and_moved_aside_by_writers(
    coach: Callable[..., CommandResult], own_home: Path
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
    assert "Moved it to" in ended.err
    [aside] = own_home.glob("history.corrupt-*.db")
    assert aside.read_bytes().startswith(b"this is no database")
    assert len(json.loads(coach("history", "--json").out)) == 1


def test_history_of_a_newer_version_is_not_changed(coach: Callable[..., CommandResult], own_home: Path) -> None:
    coach("log", "micro-break")
    file = own_home / "history.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA user_version=999")
    before = file.read_bytes()
    for command in (["streak"], ["log", "micro-break"], ["plan", "--per-day", "2"]):
        ended = coach(*command)
        assert ended.code == 1
        assert "newer Stretch Coach" in ended.err
    assert file.read_bytes() == before


def test_where_names_every_path_under_the_home(coach: Callable[..., CommandResult], own_home: Path) -> None:
    values = json.loads(coach("where", "--json").out)
    assert values.pop("bundled_routines").endswith("routines")
    assert all(Path(path).is_relative_to(own_home) for path in values.values())
    assert values["history"] == str(own_home / "history.db")


def test_log_without_a_time_ends_now(coach: Callable[..., CommandResult]) -> None:
    coach("log", "micro-break")
    [session] = json.loads(coach("history", "--json").out)
    assert (session["started_at"], session["ended_at"]) == (
        "2026-11-20T15:29:00.000+00:00",
        "2026-11-20T15:30:00.000+00:00",
    )


def test_log_never_ends_in_the_future(coach: Callable[..., CommandResult]) -> None:
    coach("log", "micro-break", "--at", "15:30")
    [session] = json.loads(coach("history", "--json").out)
    assert session["started_at"] == session["ended_at"] == "2026-11-20T15:30:00.000+00:00"
