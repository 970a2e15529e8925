"""`history`: filters, one session in full, notes, deletions, and lines for scripts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]


def ids(coach: Coach, *arguments: str) -> list[str]:
    return [one["id"] for one in json.loads(coach("history", *arguments, "--json").out)]


@pytest.fixture
def noted(coach: Coach) -> list[str]:
    """Return the ids of two sessions, newest first."""
    coach("log", "micro-break", "--on", "2026-11-18")
    coach("log", "screen-break")
    return ids(coach)


def test_history_filters(coach: Coach, noted: list[str]) -> None:
    assert ids(coach, "--routine", "micro-break") == noted[1:]
    assert ids(coach, "--days", "1") == noted[:1]
    assert ids(coach, "--outcome", "completed") == noted
    assert ids(coach, "--outcome", "stopped") == []
    assert coach("history", "--outcome", "stopped").out == "No matching sessions.\n"


def test_history_show_takes_the_start_of_an_id(coach: Coach, noted: list[str]) -> None:
    line = coach("history").out.splitlines()[0]
    short = line.split()[0]
    assert noted[0].startswith(short)
    shown = coach("history", "show", short)
    assert shown.code == 0
    assert "screen-break" in shown.out
    assert json.loads(coach("history", "show", short, "--json").out)["id"] == noted[0]
    assert coach("history", "show", "zz").code == 1


def test_history_note_is_set_and_removed(coach: Coach, noted: list[str]) -> None:
    assert coach("history", "note", noted[0], "Left side stiff").out.startswith(
        "Noted: Three-minute screen break (2026-11-20 15:27)."
    )
    assert "“Left side stiff”" in coach("history").out.splitlines()[0]
    assert "Left side stiff" in coach("history", "show", noted[0]).out
    coach("history", "note", noted[0], "")
    assert "stiff" not in coach("history").out
    assert coach("history", "note", noted[0], "a\x1b[31m").code == 1


def test_history_delete_can_be_undone(coach: Coach, noted: list[str]) -> None:
    ended = coach("history", "delete", noted[0])
    undo = ended.out.split("stretch-coach history restore ")[1].strip()
    assert ids(coach) == noted[1:]
    assert ids(coach, "--deleted") == noted[:1]
    assert coach("history", "delete", noted[0]).code == 1
    assert coach("history", "restore", undo).code == 0
    assert coach("history", "restore", undo).code == 1
    assert ids(coach) == noted


def test_history_format(coach: Coach, noted: list[str]) -> None:
    template = "{id} {day} {time} {routine} {done} {done_seconds} {outcome} {{x}}{note}"
    first = coach("history", "--format", template).out.splitlines()[0]
    assert first == f"{noted[0]} 2026-11-20 15:27 screen-break 3:00 180 completed {{x}}"
    assert coach("history", "--format", "", "--days", "1").out == "\n"


@pytest.mark.usefixtures("noted")
def test_streak_format(coach: Coach, own_home: Path) -> None:
    (own_home / "config.toml").write_text("[record]\nmanual_counts = true\n", encoding="utf-8")
    line = "{current} {longest} {at_risk} {today_done} {adherence_7} {strength} {freezes}"
    assert coach("streak", "--format", line).out == "1 1 no yes 67% 10% 0\n"


@pytest.mark.parametrize(
    "template",
    ["{0}", "{}", "{current", "current}", "{current.__class__}", "{current!r}", "{current:>9999999999}", "{x}"],
)
def test_template_allows_only_known_names(coach: Coach, template: str) -> None:
    ended = coach("streak", "--format", template)
    assert ended.code == 1
    assert ended.err.startswith("stretch-coach: --format")


@pytest.mark.parametrize(
    "arguments",
    [
        ["history", "--days", "2", "show", "x"],
        ["history", "--json", "--format", "x"],
        ["streak", "--json", "--format", "x"],
    ],
)
def test_contradictory_options_are_wrong_usage(coach: Coach, arguments: list[str]) -> None:
    assert coach(*arguments).code == 2


def test_plan_lists_freezes(coach: Coach, own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[record]\nmanual_counts = true\n", encoding="utf-8")
    for day in [*range(8, 15), 16]:
        coach("log", "micro-break", "--on", f"2026-11-{day:02}")
    assert "1 freeze earned, 1 used (2026-11-15), 0 left." in coach("plan").out
