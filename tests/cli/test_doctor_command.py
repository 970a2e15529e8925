"""`doctor`: checks everything, names a cure for what does not work, and changes nothing."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.paths import Places
from stretch_coach.settings.edit import change_setting
from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No sound, no desktop, no installed programs."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def findings(coach: Coach) -> Callable[[], dict[str, dict[str, str]]]:
    def read() -> dict[str, dict[str, str]]:
        return {one["subject"]: one for one in json.loads(coach("doctor", "--json").out)}

    return read


def test_doctor_checks_everything_and_creates_nothing(
    findings: Callable[[], dict[str, dict[str, str]]], own_home: Path
) -> None:
    found = findings()
    assert list(found) == [
        *("program", "settings", "profile", "history", "backups", "routines", "state", "cache"),
        *("speech", "sound", "terminal", "notifications", "idle time", "terminal window", "autostart"),
    ]
    for subject in ("program", "settings", "history", "backups", "routines", "state", "speech", "terminal"):
        assert found[subject]["good"], subject
    assert "voices; level full, 160 words a minute" in found["speech"]["found"]
    assert found["settings"]["found"] == f"{own_home / 'config.toml'}: no file; using defaults"
    assert not own_home.exists()


def test_everything_that_does_not_work_has_a_cure(findings: Callable[[], dict[str, dict[str, str]]]) -> None:
    found = findings()
    if sys.platform == "linux":
        assert not found["sound"]["good"]
        assert not found["terminal window"]["good"]
    assert [one["subject"] for one in found.values() if not one["good"] and not one["cure"]] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system opens the window")
def test_terminal_window_is_tried(
    findings: Callable[[], dict[str, dict[str, str]]],
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    terminal = tmp_path / "term"
    change_setting(places.settings_file, "breaks.terminal", f"{terminal} --")
    for code, found in ((0, "term"), (3, "term fails with exit code 3")):
        terminal.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        terminal.chmod(0o700)
        window = findings()["terminal window"]
        assert window["found"] == found
        assert bool(window["good"]) is (code == 0)


def test_history_and_backups_are_counted(coach: Coach, findings: Callable[[], dict[str, dict[str, str]]]) -> None:
    coach("log", "micro-break")
    found = findings()
    assert ": 1 session, intact, SQLite 3." in found["history"]["found"]
    assert found["backups"]["found"] == "2026-11-20; the newest has 1 session"


def test_broken_files_are_reported_and_left_unchanged(coach: Coach, own_home: Path) -> None:
    own_home.mkdir()
    contents = {
        "config.toml": b"[voice]\nrate = 1000\n",
        "profile.json": b'{"cautions": ["stiffness"]}',
        "history.db": b"not a database" * 100,
        "routines/bad.json": b"{",
    }
    for name, content in contents.items():
        (own_home / name).parent.mkdir(exist_ok=True)
        (own_home / name).write_bytes(content)
    ended = coach("doctor")
    assert ended.code == 0
    parts = ("config.toml:2: voice.rate: 1000 is not valid.", "profile.json:1:15: cautions[0]", "is damaged")
    for part in (*parts, "No session starts until it is corrected.", "bad.json:1:2"):
        assert part in ended.out
    assert {name: (own_home / name).read_bytes() for name in contents} == contents


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions there")
def test_folder_that_is_not_a_folder_is_reported(
    findings: Callable[[], dict[str, dict[str, str]]], own_home: Path
) -> None:
    own_home.write_text("a file", encoding="utf-8")
    found = findings()
    for subject in ("settings", "state", "cache"):
        assert not found[subject]["good"], subject
        assert found[subject]["cure"], subject


def test_check_that_fails_does_not_hide_the_others(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("stretch_coach.routine.library.load_library", fail)
    out = coach("doctor").out
    assert "!!  routines         could not be checked (ZeroDivisionError: inside)\n" in out
    assert "ok  autostart        not installed\n" in out
