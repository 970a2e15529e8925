"""``config``: the settings in force, and changing one."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended


def test_settings_are_shown_and_no_file_is_made(coach: Callable[..., Ended], own_home: Path) -> None:
    shown = coach("config").out
    assert "there is none yet" in shown
    assert 'day_start = "04:00"\n' in shown
    assert "snooze = [5, 10, 15]\n" in shown
    assert coach("config", "path").out == f"{own_home / 'config.toml'}\n"
    assert not own_home.exists()


@pytest.mark.parametrize(
    ("name", "written", "stands"),
    [
        ("voice.rate", "150", "rate = 150"),
        ("voice.voice", "150", 'voice = "150"'),
        ("voice.voice", '"en-gb"', 'voice = "en-gb"'),
        ("record.day_start", "05:30", 'day_start = "05:30"'),
        ("app.title", "false", "title = false"),
        ("app.skin", "true", 'skin = "true"'),
        ("breaks.snooze", "[3, 6]", "snooze = [3, 6]"),
        ("start.routine", "screen-break", 'routine = "screen-break"'),
    ],
)
def test_a_value_is_taken_as_it_is_meant(
    coach: Callable[..., Ended], own_home: Path, name: str, written: str, stands: str
) -> None:
    ended = coach("config", "set", name, written)
    assert ended.code == 0
    assert stands in (own_home / "config.toml").read_text(encoding="utf-8").splitlines()
    assert coach("config", "get", name).out == stands.partition(" = ")[2].strip('"') + "\n"
    assert f"{stands}  # set" in coach("config").out
    assert coach("config", "unset", name).code == 0
    assert "# set" not in coach("config").out


@pytest.mark.parametrize(
    "arguments",
    [("get", "voice"), ("get", "voice.x"), ("set", "x.y", "1"), ("set", "voice.rate", "fast"), ("unset", "voice.x")],
)
def test_what_is_no_setting_is_told(coach: Callable[..., Ended], own_home: Path, arguments: tuple[str, ...]) -> None:
    ended = coach("config", *arguments)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
    assert not own_home.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the editors here are shell scripts")
def test_the_editor_is_opened_and_what_it_left_is_checked(
    coach: Callable[..., Ended], own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf "[voice]\\nrate = %s\\n" "$1" > "$2"\n', encoding="utf-8")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", f"'{editor}' 100")
    monkeypatch.delenv("VISUAL", raising=False)
    assert coach("config", "edit").code == 0
    assert coach("config", "get", "voice.rate").out == "100\n"
    monkeypatch.setenv("VISUAL", f"'{editor}' 10")
    ended = coach("config", "edit")
    assert ended.code == 1
    assert f"{own_home / 'config.toml'}:2: voice.rate: 10 is not" in ended.err
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    assert "cannot be started" in coach("config", "edit").err
