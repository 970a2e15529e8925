"""`export`, `import` and `sync`, and what an imported history means in numbers."""

import csv
import json
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stretch_coach.journal.exchange.lines import HEADER
from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]
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
    """Return the numbers on a day after importing records."""

    def numbers(on: str, records: list[dict[str, Any]]) -> dict[str, Any]:
        file = tmp_path / "crafted.jsonl"
        file.write_text(HEADER + "".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
        assert coach("import", str(file)).code == 0
        values: dict[str, Any] = json.loads(coach("streak", "--on", on, "--json").out)
        return values

    return numbers


Streak = Callable[..., dict[str, Any]]


def test_streak_of_a_weekday_plan(streak: Streak) -> None:
    values = streak("2026-11-20", [WEEKDAYS, *done_on(*DONE)])
    assert (values["current"], values["at_risk"], values["today_done"]) == (1, True, False)


def test_streak_of_a_weekday_plan_with_a_freeze(streak: Streak) -> None:
    assert streak("2026-11-20", [WEEKDAYS, FREEZE, *done_on(*DONE)])["current"] == 5


def test_streak_of_a_daily_plan_with_a_freeze(streak: Streak) -> None:
    assert streak("2026-11-20", [FREEZE, *done_on(*DONE)])["current"] == 3


def test_streak_counts_a_done_rest_day(streak: Streak) -> None:
    assert streak("2026-11-20", [WEEKDAYS, FREEZE, *done_on(12, 13, 14, 16, 17, 19)])["current"] == 6


def test_adherence_of_two_sessions_a_day(streak: Streak) -> None:
    days = [16] * 2 + [17] * 3 + [19, 20]
    plan = WEEKDAYS | {"from": "2026-11-16", "per_day": 2}
    assert streak("2026-11-20", [plan, *done_on(*days)])["adherence_7"] == 0.625


def test_new_plan_leaves_past_days_unchanged(streak: Streak) -> None:
    every_day = {"type": "plan", "from": "2026-11-16", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
    assert streak("2026-11-19", [WEEKDAYS, every_day, *done_on(12, 13, 16, 17, 18)])["current"] == 5
    # Saturday is planned now. It took the freeze that the seventh done day earned, so Sunday's miss has none left.
    assert streak("2026-11-22", done_on(12, 13, 16, 17, 18, 19, 20))["current"] == 7
    assert streak("2026-11-23", [])["current"] == 0


@pytest.mark.parametrize(
    ("days", "strength"), [(1, 0.0519), (7, 0.3115), (13, 0.5), (21, 0.6736), (30, 0.798), (66, 0.9704), (90, 0.9918)]
)
def test_strength_after_perfect_days(streak: Streak, days: int, strength: float) -> None:
    last = date(2026, 11, 20)
    values = streak("2026-11-20", done_on(*(last - timedelta(days=back) for back in range(days))))
    assert (values["current"], values["longest"], values["strength"]) == (days, days, strength)


def test_strength_after_missed_days(streak: Streak) -> None:
    """Two freezes were earned, but a missed day counts as missed until a done day makes it a bridge."""
    last = date(2026, 8, 1)
    records = done_on(*(last - timedelta(days=back) for back in range(90)))
    for missed, strength in ((1, 0.9403), (2, 0.8914), (7, 0.6828), (14, 0.4701)):
        assert streak(str(last + timedelta(days=missed + 1)), records)["strength"] == strength


def test_earned_freeze_bridges(streak: Streak) -> None:
    values = streak("2026-11-10", done_on(*range(1, 8), 9))
    assert (values["current"], values["at_risk"], values["freezes"]) == (8, True, 0)


def test_plan_lists_only_the_latest_of_many_freezes(streak: Streak, coach: Coach) -> None:
    streak("2026-11-20", done_on(*(date(2026, 9, 1) + timedelta(days=day) for day in range(60) if day % 8 != 7)))
    freezes = coach("plan").out.splitlines()[-1]
    assert "7 used, the latest on 2026-10-10, 2026-10-18, 2026-10-26, " in freezes


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
def test_day_starts_at_four_by_the_wall_clock(streak: Streak, zone: str, moment: str, day: str) -> None:
    started = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    values = streak(day, [session(1, started.isoformat(), day)])
    assert values["today_done"] is True
    other = date.fromisoformat(day) + timedelta(days=3)
    assert streak(str(other), [])["today_done"] is False


def test_hour_that_comes_twice_is_on_one_day(streak: Streak) -> None:
    records = [session(n, f"2026-11-01T01:30:00-0{hours}:00", "2026-10-31") for n, hours in enumerate((4, 5))]
    values = streak("2026-10-31", records)
    assert (values["current"], values["longest"]) == (1, 1)


def test_day_lost_flying_east_is_a_rest_day(streak: Streak) -> None:
    records = [
        session(1, "2026-11-18T12:00:00-08:00", "2026-11-18"),
        session(2, "2026-11-20T12:00:00+09:00", "2026-11-20"),
    ]
    assert streak("2026-11-20", records)["current"] == 2


def test_export_and_import_without_loss(coach: Coach, tmp_path: Path, own_home: Path) -> None:
    for _ in range(2):
        coach("log", "micro-break")
    coach("plan", "--days", "mon-fri")
    file = tmp_path / "out.jsonl"
    assert coach("export", str(file)).out == f"Exported 2 sessions to {file}.\n"
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    own_home.rename(own_home.with_suffix(".old"))
    assert coach("import", str(file)).out == "Imported 2 sessions and 1 plan.\n"
    assert coach("import", str(file)).out == "Imported nothing. 3 lines had nothing new.\n"
    coach("export", str(file))
    assert file.read_bytes() == before
    assert coach("export", "-").out == before.decode()
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []


def test_import_reports_invalid_lines_with_exit_code_1(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(HEADER + "nonsense\n" + json.dumps(done_on(19)[0]) + "\n", encoding="utf-8")
    ended = coach("import", str(file))
    assert ended.code == 1
    assert ended.out == "Imported 1 session.\n"
    assert ended.err.splitlines() == [
        f"{file}: line 2 is not JSON.",
        "stretch-coach: skipped 1 invalid line.",
    ]


def test_unreadable_and_unwritable_files_are_one_sentence(coach: Coach, tmp_path: Path) -> None:
    coach("log", "micro-break")
    for arguments, reason in (
        (["import", str(tmp_path / "none.jsonl")], "cannot be read (No such file or directory)"),
        (["import", str(tmp_path)], "cannot be read"),
        (["export", str(tmp_path / "no" / "out.csv")], "cannot be written ("),
        (["export", str(tmp_path), "--format", "csv"], "is not a file"),
        (["sync", str(tmp_path / "none")], "does not exist. Create it, or add --create."),
    ):
        ended = coach(*arguments)
        assert (ended.code, ended.out) == (1, ""), ended
        assert ended.err.count("\n") == 1
        assert reason in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["x.txt"],
        ["x.csv", "--days", "2", "--from", "2026-11-01"],
        ["x.csv", "--from", "2026-11-02", "--to", "2026-11-01"],
    ],
)
def test_export_with_contradictory_options_is_wrong_usage(coach: Coach, arguments: list[str]) -> None:
    assert coach("export", *arguments).code == 2


def test_csv_is_read_by_spreadsheets_and_has_no_formulas(coach: Coach, tmp_path: Path) -> None:
    titles = ["=1+1", "+x", "-x", "@SUM(A1)", 'a "quoted", one']
    records = [session(n, "2026-11-19T12:00:00+00:00", "2026-11-19", title=title) for n, title in enumerate(titles)]
    source = tmp_path / "in.jsonl"
    source.write_text(HEADER + "".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    coach("import", str(source))
    coach("export", str(tmp_path / "out.csv"))
    content = (tmp_path / "out.csv").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == len(titles) + 1
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert [row["title"] for row in rows] == ["'=1+1", "'+x", "'-x", "'@SUM(A1)", titles[4]]
    assert rows[0]["done_seconds"] == "60"
    assert (rows[0]["date"], rows[0]["time"], rows[0]["minutes"]) == ("2026-11-19", "12:00", "1")
    assert len(coach("export", "-", "--format", "csv", "--to", "2026-11-18").out.splitlines()) == 1


def test_sync_of_two_homes(coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert coach("sync", str(folder)).out == "Received nothing from 1 other machine. Sent nothing.\n"


def test_sync_creates_a_missing_folder_when_asked_to(coach: Coach, tmp_path: Path) -> None:
    coach("log", "micro-break")
    folder = tmp_path / "new" / "shared"
    assert coach("sync", str(folder), "--create").out == "Received nothing from 0 other machines. Sent 1 session.\n"
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700


class TestImportOfAnotherDevice:
    """A history from a device that the user's does not know may be another person's."""

    @pytest.fixture
    def foreign(self, tmp_path: Path) -> str:
        file = tmp_path / "foreign.jsonl"
        lines = [session(1, "2026-11-19T12:00:00+00:00", "2026-11-19", device="another")]
        file.write_text(HEADER + "".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return str(file)

    def test_is_refused_where_nobody_can_answer(self, coach: Coach, foreign: str) -> None:
        coach("log", "micro-break")
        refused = coach("import", foreign)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err == (
            f"stretch-coach: {foreign} has 1 session from 1 device that your history does not know. "
            "If it is yours, add --yes. If it is another person's, add --into NAME.\n"
        )
        assert len(json.loads(coach("history", "--json").out)) == 1

    def test_is_done_with_yes_and_asked_about_once(self, coach: Coach, foreign: str) -> None:
        coach("log", "micro-break")
        assert coach("import", foreign, "--yes").out == "Imported 1 session.\n"
        assert coach("import", foreign).out == "Imported nothing. 1 line had nothing new.\n"

    def test_plans_alone_are_asked_about_too(self, coach: Coach, tmp_path: Path) -> None:
        coach("log", "micro-break")
        file = tmp_path / "plans.jsonl"
        plan = {"type": "plan", "from": "2026-11-02", "days": ["mon"], "per_day": 3, "device": "another"}
        file.write_text(HEADER + json.dumps(plan) + "\n", encoding="utf-8")
        assert "has plans or corrections from 1 device that" in coach("import", str(file)).err
        assert coach("import", str(file), "--yes").out == "Imported 1 plan.\n"
        assert coach("import", str(file)).code == 0

    def test_is_not_asked_about_by_an_empty_history(self, coach: Coach, foreign: str) -> None:
        assert coach("import", foreign).out == "Imported 1 session.\n"

    def test_can_go_into_a_history_of_its_own(
        self, coach: Coach, foreign: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        coach("log", "micro-break")
        home = own_home / "people" / "anna"
        ended = coach("import", foreign, "--into", "anna")
        assert ended.out.splitlines() == [
            "Imported 1 session.",
            f"This is a history of its own. To use it, set STRETCH_COACH_HOME={home}",
        ]
        assert len(json.loads(coach("history", "--json").out)) == 1
        monkeypatch.setenv("STRETCH_COACH_HOME", str(home))
        assert json.loads(coach("history", "--json").out)[0]["device"] == "another"

    @pytest.mark.parametrize("name", ["", "../x", "a/b", "x" * 41, "-x"])
    def test_into_takes_only_names(self, coach: Coach, foreign: str, name: str) -> None:
        assert coach("import", foreign, f"--into={name}").code == 1


class TestArchive:
    """`export FILE.zip` has everything, and `import` brings it back."""

    @pytest.fixture
    def archive(self, coach: Coach, own_home: Path, tmp_path: Path) -> Path:
        (own_home / "routines").mkdir(parents=True)
        (own_home / "config.toml").write_text("[voice]\nrate = 150\n", encoding="utf-8")
        (own_home / "routines" / "mine.json").write_text("{}", encoding="utf-8")
        coach("log", "micro-break")
        coach("log", "screen-break")
        coach("history", "delete", json.loads(coach("history", "--json").out)[0]["id"])
        file = tmp_path / "all.zip"
        assert coach("export", "--all", str(file)).out == f"Exported 2 sessions and 2 files to {file}.\n"
        return file

    def test_brings_back_history_settings_and_routines(self, coach: Coach, archive: Path, own_home: Path) -> None:
        own_home.rename(own_home.with_suffix(".old"))
        assert coach("import", str(archive)).out.splitlines() == [
            "Imported 2 sessions and 1 correction.",
            "Imported config.toml, routines/mine.json.",
        ]
        assert len(json.loads(coach("history", "--deleted", "--json").out)) == 1
        assert (own_home / "config.toml").read_text(encoding="utf-8") == "[voice]\nrate = 150\n"

    def test_replaces_files_that_differ_only_when_asked_to(self, coach: Coach, archive: Path, own_home: Path) -> None:
        settings = own_home / "config.toml"
        settings.write_text("[voice]\nrate = 170\n", encoding="utf-8")
        ended = coach("import", str(archive))
        assert ended.code == 0
        assert ended.err == "stretch-coach: left config.toml unchanged. To replace what differs, add --replace.\n"
        assert "170" in settings.read_text(encoding="utf-8")
        coach("import", str(archive), "--replace")
        assert "150" in settings.read_text(encoding="utf-8")
        [aside] = own_home.glob("before-import-*")
        assert "170" in (aside / "config.toml").read_text(encoding="utf-8")

    def test_damaged_archive_changes_nothing(self, coach: Coach, archive: Path, own_home: Path) -> None:
        own_home.rename(own_home.with_suffix(".old"))
        archive.write_bytes(archive.read_bytes()[:-30])
        ended = coach("import", str(archive))
        assert ended.code == 1
        assert "is not an intact archive" in ended.err
        assert not (own_home / "config.toml").exists()

    @pytest.mark.parametrize(
        "arguments", [["x.jsonl", "--all"], ["x.zip", "--days", "3"], ["--all", "x.zip", "--from", "2026-11-01"]]
    )
    def test_contradictory_options_are_wrong_usage(self, coach: Coach, arguments: list[str]) -> None:
        assert coach("export", *arguments).code == 2


def test_report_is_written_to_standard_output(coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    coach("report", "page.html")
    assert coach("report", "-").out == Path("page.html").read_text(encoding="utf-8")
    assert [file.name for file in tmp_path.glob("-*")] == []
    assert coach("report", "-", "--open").code == 2


def test_report_says_what_the_program_is_without_the_keys_of_the_app(coach: Coach, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert (
        coach("report", str(page)).out
        == f"Wrote the history of 84 days to {page}. To print it, open it in a browser.\n"
    )
    text = page.read_text(encoding="utf-8")
    assert "does not diagnose or treat" in text
    assert "with x" not in text
