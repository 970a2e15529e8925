"""``breaks``: rules, what comes, pauses and the calendar, without a watcher."""

import json
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.breaks.zone import RegionZone
from tests.cli.conftest import Ended


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock shows UTC; it is Friday 20 November 2026, 15:30."""
    for module in ("standing", "pausing", "upcoming"):
        monkeypatch.setattr(f"stretch_coach.cli.breaks.{module}.SystemZone", lambda: RegionZone(UTC))


def test_looking_creates_nothing(coach: Callable[..., Ended], own_home: Path) -> None:
    assert "There are no rules yet" in coach("breaks").out
    assert coach("breaks", "list").out.startswith("No rules yet.")
    assert coach("breaks", "next", "--json").out == "[]\n"
    assert json.loads(coach("breaks", "--json").out)["watching"] is False
    assert not own_home.exists()


def test_rules_are_made_listed_expected_and_removed(coach: Callable[..., Ended]) -> None:
    made = coach("breaks", "every", "45", "--from", "09:00", "--to", "17:30", "--days", "mon-fri").out
    assert made.startswith("every-45: every 45 active minutes, 09:00-17:30, mon-fri: micro-break\n")
    coach("breaks", "at", "15:00", "16:00", "--days", "mon,fri", "--routine", "screen-break", "--name", "tea")
    assert coach("breaks", "list").out.splitlines()[1] == "tea: at 15:00, 16:00, mon,fri: screen-break"
    expected = json.loads(coach("breaks", "next", "--count", "3", "--json").out)
    assert expected[:2] == [
        {"at": "2026-11-20T16:00:00+00:00", "rule": "tea", "routine": "screen-break"},
        {"at": "2026-11-20T16:45:00+00:00", "rule": "every-45", "routine": "micro-break"},
    ]
    assert len(expected) == 3
    assert "Next: Screen break at 16:00, by the clock (tea)." in coach("breaks").out
    assert coach("breaks", "remove", "every-45").code == 0
    assert [line.partition(":")[0] for line in coach("breaks", "list").out.splitlines()] == ["tea"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("every", "45", "--routine", "no-such-thing"),
        ("every", "45", "--window", "9-17"),
        ("every", "45", "--name", "Not A Name"),
        ("remove", "nothing"),
        ("snooze",),
        ("skip",),
        ("start",),
        ("ics", "x.ics"),
        ("pause", "for", "ever"),
        ("pause", "until", "25:00"),
        ("pause", "0m"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    coach: Callable[..., Ended], own_home: Path, arguments: tuple[str, ...]
) -> None:
    ended = coach("breaks", *arguments)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert not (own_home / "config.toml").exists()


@pytest.mark.parametrize(
    ("words", "until"),
    [
        (["2h"], "2026-11-20T17:30:00+00:00"),
        (["1h30"], "2026-11-20T17:00:00+00:00"),
        (["45m"], "2026-11-20T16:15:00+00:00"),
        (["20"], "2026-11-20T15:50:00+00:00"),
        (["today"], "2026-11-21T04:00:00+00:00"),
        (["until", "16:00"], "2026-11-20T16:00:00+00:00"),
        (["until", "15:30"], "2026-11-21T15:30:00+00:00"),
    ],
)
def test_a_pause_is_as_long_as_it_is_said_to_be(coach: Callable[..., Ended], words: list[str], until: str) -> None:
    told = coach("breaks", "pause", *words).out
    assert "No watcher runs" in told
    assert json.loads(coach("breaks", "--json").out)["paused_until"] == until
    assert coach("breaks", "resume").out.startswith("The pause is over.")
    assert json.loads(coach("breaks", "--json").out)["paused_until"] is None


def test_a_calendar_is_written_once(coach: Callable[..., Ended], tmp_path: Path) -> None:
    coach("breaks", "at", "10:30")
    file = tmp_path / "breaks.ics"
    assert coach("breaks", "ics", str(file)).code == 0
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "left as it is" in coach("breaks", "ics", str(file)).err
    assert coach("breaks", "ics", str(file), "--force").code == 0
    assert coach("breaks", "ics", "-").out.count("BEGIN:VEVENT") == 1


def test_two_rules_have_two_names(coach: Callable[..., Ended], own_home: Path) -> None:
    coach("breaks", "every", "45", "--name", "desk")
    before = (own_home / "config.toml").read_text(encoding="utf-8")
    assert coach("breaks", "at", "10:30", "--name", "desk").err == (
        'stretch-coach: breaks: "desk" is the name of another rule. Choose another, or remove that one.\n'
    )
    assert (own_home / "config.toml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("options", "source"), [(["--for-break"], "break"), ([], "timer")])
def test_a_session_on_the_screen_is_recorded_by_what_asked_for_it(
    coach: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, options: list[str], source: str
) -> None:
    orders: list[Any] = []

    def open_app(_world: object, order: object) -> tuple[int, None]:
        orders.append(order)
        return 0, None

    monkeypatch.setattr("stretch_coach.cli.screen.has_screen", lambda: True)
    monkeypatch.setattr("stretch_coach.cli.screen.open_app", open_app)
    assert coach("start", *options, "--", "micro-break").code == 0
    assert [(order.routine.id, order.source.value) for order in orders] == [("micro-break", source)]
