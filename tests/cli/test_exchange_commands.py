"""``export``, ``import``, ``sync``; and what the record is taken to mean, from a file to the numbers."""

import csv
import json
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stretch_coach.journal.exchange import HEADER
from tests.cli.conftest import Ended

Coach = Callable[..., Ended]
WEEKDAYS = {"type": "plan", "from": "2026-11-01", "days": ["mon", "tue", "wed", "thu", "fri"]}
FREEZE = {"type": "freeze", "day": "2026-11-18"}
DONE = [12, 13, 16, 17, 19]


def session(number: int, started_at: str, day: str, **other: Any) -> dict[str, Any]:
    return {
        "type": "session",
        "id": f"019aa000-0000-7000-8000-{number:012}",
        "started_at": started_at,
        "ended_at": started_at,
        "day": day,
        "routine": "micro-break",
        "title": "Micro break",
        "planned_seconds": 60,
        "done_seconds": 60,
        "outcome": "completed",
        "source": "timer",
        "device": None,
    } | other


def done_on(*days: int | date) -> list[dict[str, Any]]:
    dates = [day if isinstance(day, date) else date(2026, 11, day) for day in days]
    return [session(number, f"{day}T12:00:00+00:00", f"{day}") for number, day in enumerate(dates)]


@pytest.fixture
def streak(coach: Coach, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """The numbers on a day, of records that are imported."""

    def numbers(on: str, records: list[dict[str, Any]]) -> dict[str, Any]:
        file = tmp_path / "crafted.jsonl"
        file.write_text(HEADER + "".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
        assert coach("import", str(file)).code == 0
        told: dict[str, Any] = json.loads(coach("streak", "--on", on, "--json").out)
        return told

    return numbers


Streak = Callable[..., dict[str, Any]]


def test_the_weekday_example(streak: Streak) -> None:
    told = streak("2026-11-20", [WEEKDAYS, *done_on(*DONE)])
    assert (told["current"], told["at_risk"], told["today_done"]) == (1, True, False)


def test_the_weekday_example_with_a_freeze(streak: Streak) -> None:
    assert streak("2026-11-20", [WEEKDAYS, FREEZE, *done_on(*DONE)])["current"] == 5


def test_the_every_day_example_with_a_freeze(streak: Streak) -> None:
    assert streak("2026-11-20", [FREEZE, *done_on(*DONE)])["current"] == 3


def test_what_is_done_on_a_rest_day_counts(streak: Streak) -> None:
    assert streak("2026-11-20", [WEEKDAYS, FREEZE, *done_on(12, 13, 14, 16, 17, 19)])["current"] == 6


def test_the_two_a_day_example(streak: Streak) -> None:
    days = [16] * 2 + [17] * 3 + [19, 20]
    plan = WEEKDAYS | {"from": "2026-11-16", "per_day": 2}
    assert streak("2026-11-20", [plan, *done_on(*days)])["adherence_7"] == 0.625


def test_a_change_of_the_plan_leaves_the_past_alone(streak: Streak) -> None:
    every_day = {"type": "plan", "from": "2026-11-16", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
    assert streak("2026-11-19", [WEEKDAYS, every_day, *done_on(12, 13, 16, 17, 18)])["current"] == 5
    # Saturday is planned now; the seventh done day earned the freeze that it took, and Sunday's miss has none left.
    assert streak("2026-11-22", done_on(12, 13, 16, 17, 18, 19, 20))["current"] == 7
    assert streak("2026-11-23", [])["current"] == 0


@pytest.mark.parametrize(
    ("days", "strength"), [(1, 0.0519), (7, 0.3115), (13, 0.5), (21, 0.6736), (30, 0.798), (66, 0.9704), (90, 0.9918)]
)
def test_strength_of_perfect_days(streak: Streak, days: int, strength: float) -> None:
    last = date(2026, 11, 20)
    told = streak("2026-11-20", done_on(*(last - timedelta(days=back) for back in range(days))))
    assert (told["current"], told["longest"], told["strength"]) == (days, days, strength)


def test_strength_after_perfect_days_and_misses(streak: Streak) -> None:
    """Two freezes were earned; a missed day counts as missed all the same, until a done day makes it a bridge."""
    last = date(2026, 8, 1)
    records = done_on(*(last - timedelta(days=back) for back in range(90)))
    for missed, strength in ((1, 0.9403), (2, 0.8914), (7, 0.6828), (14, 0.4701)):
        assert streak(str(last + timedelta(days=missed + 1)), records)["strength"] == strength


def test_an_earned_freeze_bridges(streak: Streak) -> None:
    told = streak("2026-11-10", done_on(*range(1, 8), 9))
    assert (told["current"], told["at_risk"], told["freezes"]) == (8, True, 0)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Tokyo", "2026-11-21T02:00", "2026-11-20"),
        ("Asia/Tokyo", "2026-11-21T04:00", "2026-11-21"),
        ("America/New_York", "2026-11-20T14:00", "2026-11-20"),
        ("America/New_York", "2026-11-01T01:30", "2026-10-31"),
        ("America/New_York", "2026-03-08T03:30", "2026-03-07"),
        ("America/New_York", "2026-03-08T04:00", "2026-03-08"),
        ("Pacific/Kiritimati", "2026-11-21T10:00", "2026-11-21"),
        ("Pacific/Pago_Pago", "2026-11-20T09:00", "2026-11-20"),
    ],
)
def test_a_day_is_that_of_the_wall_clock_with_its_four_hours(streak: Streak, zone: str, moment: str, day: str) -> None:
    begun = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    told = streak(day, [session(1, begun.isoformat(), day)])
    assert told["today_done"] is True
    other = date.fromisoformat(day) + timedelta(days=3)
    assert streak(str(other), [])["today_done"] is False


def test_the_hour_that_comes_twice_is_one_day(streak: Streak) -> None:
    records = [session(n, f"2026-11-01T01:30:00-0{hours}:00", "2026-10-31") for n, hours in enumerate((4, 5))]
    told = streak("2026-10-31", records)
    assert (told["current"], told["longest"]) == (1, 1)


def test_a_day_lost_flying_east_is_a_rest_day(streak: Streak) -> None:
    records = [
        session(1, "2026-11-18T12:00:00-08:00", "2026-11-18"),
        session(2, "2026-11-20T12:00:00+09:00", "2026-11-20"),
    ]
    assert streak("2026-11-20", records)["current"] == 2


def test_what_was_exported_comes_back_and_twice_is_once(coach: Coach, tmp_path: Path, own_home: Path) -> None:
    for _ in range(2):
        coach("log", "micro-break")
    coach("plan", "--days", "mon-fri")
    file = tmp_path / "out.jsonl"
    assert coach("export", str(file)).out == f"2 sessions written to {file}.\n"
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    own_home.rename(own_home.with_name("old"))
    assert coach("import", str(file)).out == "Taken in: 2 sessions, 1 plan.\n"
    assert coach("import", str(file)).out == "Taken in: nothing new; 3 known already.\n"
    coach("export", str(file))
    assert file.read_bytes() == before
    assert coach("export", "-").out == before.decode()
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []


def test_bad_lines_are_named_on_stderr_with_exit_code_1(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(HEADER + "nonsense\n" + json.dumps(done_on(19)[0]) + "\n", encoding="utf-8")
    ended = coach("import", str(file))
    assert ended.code == 1
    assert ended.out == "Taken in: 1 session.\n"
    assert ended.err.splitlines() == [
        f"{file}: line 2: is not JSON.",
        "stretch-coach: 1 line was skipped; the rest was taken in.",
    ]


def test_what_cannot_be_read_or_written_is_one_sentence(coach: Coach, tmp_path: Path) -> None:
    coach("log", "micro-break")
    for arguments, told in (
        (["import", str(tmp_path / "none.jsonl")], "cannot be read (No such file or directory)"),
        (["import", str(tmp_path)], "cannot be read"),
        (["export", str(tmp_path / "no" / "out.csv")], "cannot be written (No such file or directory)"),
        (["export", str(tmp_path), "--format", "csv"], "is not a file"),
        (["sync", str(tmp_path / "none")], "is not a folder"),
    ):
        ended = coach(*arguments)
        assert (ended.code, ended.out) == (1, ""), ended
        assert ended.err.count("\n") == 1
        assert told in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["x.txt"],
        ["x.csv", "--days", "2", "--from", "2026-11-01"],
        ["x.csv", "--from", "2026-11-02", "--to", "2026-11-01"],
    ],
)
def test_an_export_that_cannot_be_meant_is_wrong_usage(coach: Coach, arguments: list[str]) -> None:
    assert coach("export", *arguments).code == 2


def test_a_table_has_no_formulas_and_comes_back_as_cells(coach: Coach, tmp_path: Path) -> None:
    titles = ["=1+1", "+x", "-x", "@SUM(A1)", 'a "quoted", one']
    records = [session(n, "2026-11-19T12:00:00+00:00", "2026-11-19", title=title) for n, title in enumerate(titles)]
    source = tmp_path / "in.jsonl"
    source.write_text(HEADER + "".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    coach("import", str(source))
    coach("export", str(tmp_path / "out.csv"))
    content = (tmp_path / "out.csv").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == len(titles) + 1
    rows = list(csv.DictReader(content.decode().splitlines()))
    assert [row["title"] for row in rows] == ["'=1+1", "'+x", "'-x", "'@SUM(A1)", titles[4]]
    assert rows[0]["done_seconds"] == "60"
    assert len(coach("export", "-", "--format", "csv", "--to", "2026-11-18").out.splitlines()) == 1


def test_two_homes_share_a_folder(coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    exports = []
    for name in ("a", "b", "a", "b"):
        monkeypatch.setenv("STRETCH_COACH_HOME", str(tmp_path / name))
        coach("log", "micro-break")
        coach("sync", str(folder))
    for name in ("a", "b"):
        monkeypatch.setenv("STRETCH_COACH_HOME", str(tmp_path / name))
        exports.append((coach("sync", str(folder)), coach("export", "-").out)[1])
    assert exports[0] == exports[1]
    assert exports[0].count('"type":"session"') == 4
    assert coach("sync", str(folder)).out == "Came: nothing new, from 1 other file. Went: nothing new.\n"
