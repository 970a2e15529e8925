"""`breaks`: rules, upcoming prompts, answers, pauses and the calendar, without a watcher."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.breaks.prompt import Phase, Prompt
from stretch_coach.breaks.state import DayState, state_to_json
from stretch_coach.breaks.store import state_file, watch_lock
from stretch_coach.breaks.turns import acquire_lock
from stretch_coach.paths import Places
from tests.breaks.conftest import utc
from tests.cli.conftest import NOW, CommandResult

Coach = Callable[..., CommandResult]
NO_WATCHER = "No watcher is running. Start it with `breaks watch`, or at login with `breaks install`.\n"

__all__ = ["utc"]
pytestmark = pytest.mark.usefixtures("utc")


def status(coach: Coach) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(coach("breaks", "--json").out)
    return read


def rule_names(coach: Coach) -> list[str]:
    return [line.partition(":")[0] for line in coach("breaks", "list").out.splitlines()]


class TestStatus:
    def test_looking_creates_nothing(self, coach: Coach, own_home: Path) -> None:
        no_rules = "No rules yet. Add one with `stretch-coach breaks every 45` or `breaks at 10:30 15:00`.\n"
        assert coach("breaks").out == no_rules + NO_WATCHER
        assert coach("breaks", "list").out == no_rules
        assert coach("breaks", "next").out == no_rules
        assert coach("breaks", "next", "--json").out == "[]\n"
        assert status(coach)["watching"] is False
        assert not own_home.exists()

    @pytest.mark.parametrize("content", [b"\xff\0" * 500, b'{"format": 1}', b'{"format": 1, "state": {"active": NaN}}'])
    def test_a_damaged_state_is_reported(self, coach: Coach, places: Places, content: bytes) -> None:
        state_file(places.breaks).parent.mkdir(parents=True)
        state_file(places.breaks).write_bytes(content)
        assert f"{state_file(places.breaks)} is not valid. Active time is counted from now on.\n" in coach("breaks").out
        assert status(coach)["active_seconds"] == 0

    def test_invalid_settings_hide_only_what_depends_on_them(self, coach: Coach, places: Places) -> None:
        coach("breaks", "every", "45")
        coach("breaks", "pause", "2h")
        with places.settings_file.open("a", encoding="utf-8") as file:
            file.write("[bogus]\n")
        shown, as_json = coach("breaks"), coach("breaks", "--json")
        assert shown.out == NO_WATCHER + "Breaks are paused until 17:30.\n"
        assert json.loads(as_json.out)["paused_until"] == "2026-11-20T17:30:00+00:00"
        for one in (shown, as_json):
            assert one.code == 1
            assert len(one.err.splitlines()) == 1
            assert "bogus is not a section" in one.err

    def test_a_history_that_cannot_be_read_hides_only_the_answers_of_today(self, coach: Coach, places: Places) -> None:
        coach("breaks", "every", "45")
        places.history.mkdir()
        shown, as_json = coach("breaks"), coach("breaks", "--json")
        assert shown.out.startswith(NO_WATCHER + "Next break at ")
        assert json.loads(as_json.out)["next"]["rule"] == "every-45"
        assert shown.code == as_json.code == 1
        assert shown.err == as_json.err
        assert str(places.history) in shown.err


class TestRules:
    def test_are_added_listed_expected_and_removed(self, coach: Coach) -> None:
        added = coach("breaks", "every", "45", "--from", "09:00", "--to", "17:30", "--days", "mon-fri").out
        line = "every-45: every 45 active minutes, 09:00-17:30, mon-fri: One-minute micro-break\n"
        assert added == line + NO_WATCHER
        coach("breaks", "at", "15:00", "16:00", "--days", "mon,fri", "--routine", "screen-break", "--name", "tea")
        assert coach("breaks", "list").out.splitlines()[1].startswith("tea: at 15:00, 16:00, mon,fri: ")
        assert json.loads(coach("breaks", "next", "--count", "2", "--json").out) == [
            {"at": "2026-11-20T16:00:00+00:00", "rule": "tea", "routine": "screen-break"},
            {"at": "2026-11-20T16:45:00+00:00", "rule": "every-45", "routine": "micro-break"},
        ]
        assert coach("breaks", "next", "--count", "2").out.splitlines()[1] == (
            "Fri 20 Nov 16:45  One-minute micro-break  (every-45)"
        )
        assert "Next break at 16:00: " in coach("breaks").out
        assert coach("breaks", "remove", "every-45").out == "Removed: every-45.\n"
        assert rule_names(coach) == ["tea"]

    def test_several_routines_take_turns(self, coach: Coach, own_home: Path) -> None:
        added = coach("breaks", "every", "45", "--rotate", "quick").out
        assert added.startswith("every-45: every 45 active minutes, daily: Short breaks in turn\n")
        coach("breaks", "at", "16:00", "--routine", "micro", "--routine", "screen-break")
        assert coach("breaks", "list").out.splitlines()[1] == (
            "at-16:00: at 16:00, daily: One-minute micro-break, Three-minute screen break in turn"
        )
        upcoming = json.loads(coach("breaks", "next", "--count", "2", "--json").out)
        assert [one["routine"] for one in upcoming] == ["rotate: micro-break, screen-break", "rotate: quick"]
        coach("config", "set", "start.routine", "rotate: strength")
        coach("breaks", "at", "17:00")
        assert 'routine = "rotate: strength"' in (own_home / "config.toml").read_text(encoding="utf-8")
        assert coach("breaks", "ics", "-").out.count("stretch-coach start 'rotate: ") == 2

    def test_name_in_a_file_that_means_nothing_is_mentioned(self, coach: Coach, own_home: Path) -> None:
        own_home.mkdir()
        (own_home / "config.toml").write_text('[[breaks.rules]]\nevery = 45\nroutine = ["quik"]\n', encoding="utf-8")
        listed = coach("breaks", "list")
        assert listed.out.startswith("every-45: ")
        assert 'breaks.rules[0].routine: "quik" is neither a routine nor a tag of one. Did you mean' in listed.err

    def test_adding_the_same_rule_twice_makes_one(self, coach: Coach) -> None:
        first = coach("breaks", "every", "45").out
        assert coach("breaks", "every", "45").out == first
        assert rule_names(coach) == ["every-45"]
        coach("breaks", "every", "45", "--days", "mon")
        assert rule_names(coach) == ["every-45", "every-45-2"]

    def test_names_stay_when_other_rules_are_removed(self, coach: Coach) -> None:
        for days in ("mon", "tue", "wed"):
            coach("breaks", "every", "45", "--days", days)
        coach("breaks", "remove", "every-45")
        assert rule_names(coach) == ["every-45-2", "every-45-3"]

    def test_a_name_is_given_once(self, coach: Coach, own_home: Path) -> None:
        coach("breaks", "every", "45", "--name", "desk")
        before = (own_home / "config.toml").read_text(encoding="utf-8")
        refused = coach("breaks", "at", "10:30", "--name", "desk")
        assert (
            refused.err == 'stretch-coach: breaks: there is already a rule "desk". Choose another name, or remove it.\n'
        )
        assert (own_home / "config.toml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("every", "45", "--routine", "no-such-thing"),
        ("every", "45", "--rotate", "no-such-tag"),
        ("every", "45", "--window", "9-17"),
        ("every", "45", "--name", "Not A Name"),
        ("remove", "nothing"),
        ("snooze",),
        ("skip",),
        ("start",),
        ("ics", "x.ics"),
        ("pause", "for", "ever"),
    ],
)
def test_what_is_not_possible_is_one_line(coach: Coach, own_home: Path, arguments: tuple[str, ...]) -> None:
    refused = coach("breaks", *arguments)
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (1, "", 1)
    assert not (own_home / "config.toml").exists()


class TestAnswers:
    @pytest.fixture
    def prompted(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """A watcher that asks and never responds."""
        lock = acquire_lock(watch_lock(places))
        assert lock is not None
        prompt = Prompt("0" * 36, ("desk",), "micro-break", NOW.timestamp(), Phase.ASKING, snoozes=3)
        state = state_to_json(DayState(prompt=prompt, day="2026-11-20"))
        stored = {"format": 1, "about": {}, "state": state, "unrecorded": []}
        state_file(places.breaks).write_text(json.dumps(stored), encoding="utf-8")
        monkeypatch.setattr("stretch_coach.cli.breaks.day_commands._PATIENCE_SECONDS", 0.01)
        yield
        os.close(lock)

    def test_need_a_watcher(self, coach: Coach) -> None:
        assert coach("breaks", "skip").err == f"stretch-coach: breaks: {NO_WATCHER}"

    @pytest.mark.usefixtures("prompted")
    def test_the_last_prompt_cannot_be_snoozed(self, coach: Coach) -> None:
        assert "cannot be snoozed again" in coach("breaks", "snooze").err

    @pytest.mark.usefixtures("prompted")
    def test_a_watcher_that_does_not_respond_is_reported(self, coach: Coach) -> None:
        assert "does not respond" in coach("breaks", "skip").err


class TestPause:
    def test_is_shown_until_it_is_ended(self, coach: Coach) -> None:
        assert coach("breaks", "pause", "2h").out == (
            f"Paused until 17:30. Resume with `stretch-coach breaks resume`.\n{NO_WATCHER}"
        )
        assert status(coach)["paused_until"] == "2026-11-20T17:30:00+00:00"
        assert coach("breaks", "resume").out == f"Resumed.\n{NO_WATCHER}"
        assert status(coach)["paused_until"] is None
        assert coach("breaks", "resume").out == f"Breaks were not paused.\n{NO_WATCHER}"

    @pytest.mark.parametrize(
        ("length", "end"), [("700h", "Sat 19 Dec 19:30"), ("31d", "Mon 21 Dec 15:30"), ("3d", "Mon 15:30")]
    )
    def test_a_long_one_has_its_date(self, coach: Coach, length: str, end: str) -> None:
        assert f"Paused until {end}." in coach("breaks", "pause", length).out
        assert f"Breaks are paused until {end}." in coach("breaks").out

    def test_needs_no_valid_settings(self, coach: Coach, places: Places) -> None:
        places.config.mkdir(parents=True)
        places.settings_file.write_text("[breaks\n", encoding="utf-8")
        assert coach("breaks", "pause", "2h").code == 0
        assert coach("breaks", "resume").code == 0


def test_a_calendar_is_written_once(coach: Coach, tmp_path: Path) -> None:
    coach("breaks", "at", "10:30", "--routine", "screen-break")
    file = tmp_path / "breaks.ics"
    assert coach("breaks", "ics", str(file)).out == f"{file}: 1 time of day, each with an alarm.\n"
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "left unchanged" in coach("breaks", "ics", str(file)).err
    assert coach("breaks", "ics", str(file), "--force").code == 0


@pytest.mark.parametrize(("options", "source"), [(["--for-break"], "break"), ([], "timer")])
def test_a_session_is_recorded_with_what_started_it(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, options: list[str], source: str
) -> None:
    requests: list[Any] = []

    def open_app(_context: object, request: object) -> tuple[int, None]:
        requests.append(request)
        return 0, None

    monkeypatch.setattr("stretch_coach.cli.screen.has_screen", lambda: True)
    monkeypatch.setattr("stretch_coach.cli.screen.open_app", open_app)
    assert coach("start", *options, "--", "micro-break").code == 0
    assert [(request.routine.id, request.source.value) for request in requests] == [("micro-break", source)]
