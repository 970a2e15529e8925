"""`config`: show, get, set, unset, edit."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.settings import load_settings
from stretch_coach.settings.schema import RULES, SETTINGS
from tests.cli.conftest import CommandResult


def test_config_shows_every_setting_and_creates_no_file(coach: Callable[..., CommandResult], own_home: Path) -> None:
    shown = coach("config").out
    assert shown.startswith(f"# {own_home / 'config.toml'}: no file; using defaults\n")
    for setting in SETTINGS.values():
        assert (f"\n{setting.key} = " in shown) is (setting is not RULES)
    assert 'day_start = "04:00"\n' in shown
    assert "snooze = [5, 10, 15]\n" in shown
    assert coach("config", "path").out == f"{own_home / 'config.toml'}\n"
    assert not own_home.exists()


@pytest.mark.parametrize(
    ("name", "typed", "line"),
    [
        ("voice.rate", "150", "rate = 150"),
        ("voice.voice", "150", 'voice = "150"'),
        ("voice.voice", '"en-gb"', 'voice = "en-gb"'),
        ("record.day_start", "05:30", 'day_start = "05:30"'),
        ("app.title", "false", "title = false"),
        ("app.skin", "olive", 'skin = "olive"'),
        ("breaks.terminal", "true", 'terminal = "true"'),
        ("breaks.snooze", "[3, 6]", "snooze = [3, 6]"),
        ("start.routine", "screen-break", 'routine = "screen-break"'),
        ("start.routine", "Three-minute screen break", 'routine = "screen-break"'),
        ("start.routine", "rotate: quick,gentle-start", 'routine = "rotate: quick, gentle-start"'),
        ("start.routine", '["micro-break", "screen-break"]', 'routine = "rotate: micro-break, screen-break"'),
    ],
)
def test_set_value_is_shown_and_unset_again(
    coach: Callable[..., CommandResult], own_home: Path, name: str, typed: str, line: str
) -> None:
    assert coach("config", "set", name, typed) == (0, f"{name.partition('.')[0]}.{line}\n", "")
    assert line in (own_home / "config.toml").read_text(encoding="utf-8").splitlines()
    assert coach("config", "get", name).out == line.partition(" = ")[2].strip('"') + "\n"
    assert f"{line}  # set" in coach("config").out
    assert coach("config", "unset", name).code == 0
    assert "# set" not in coach("config").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("get", "voice"), '"voice" is not a setting. Did you mean "voice.voice"?'),
        (("get", "breaks.rules"), "breaks.rules is a list of rules. Use `stretch-coach breaks list`"),
        (("set", "x.y", "1"), '"x.y" is not a setting. `stretch-coach config` lists them.'),
        (("set", "voice.rate", "fast"), 'voice.rate: "fast" is not valid. Write a whole number from 80 to 300.'),
        (("set", "breaks.rules", "[]"), "breaks.rules is a list of rules."),
        (
            ("set", "start.routine", "screnbreak"),
            'start.routine: "screnbreak" is not a routine. Did you mean "screen-break"?',
        ),
        (("set", "start.routine", "nope"), 'start.routine: "nope" is not a routine. The nearest id is "'),
        (
            ("set", "start.routine", "rotate: quik"),
            'start.routine: "quik" is neither a routine nor a tag of one. Did you mean "quick"?',
        ),
        (("set", "app.hair", "purple"), 'app.hair: "purple" is not valid. Write black, brown, blond, red or grey'),
        (("unset", "voice.rat"), '"voice.rat" is not a setting. Did you mean "voice.rate"?'),
    ],
)
def test_invalid_name_or_value_is_reported_in_one_line(
    coach: Callable[..., CommandResult], own_home: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    ended = coach("config", *arguments)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"stretch-coach: {sentence}")
    assert ended.err.count("\n") == 1
    assert not own_home.exists()


def test_path_of_a_routine_file_can_be_the_usual_routine(
    coach: Callable[..., CommandResult], own_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"title": "Mine", "steps": [{"rest": 5}]}', encoding="utf-8")
    assert coach("config", "set", "start.routine", str(file)).code == 0
    assert load_settings(own_home / "config.toml").start.routine == str(file)


@pytest.mark.skipif(sys.platform == "win32", reason="the editors here are shell scripts")
def test_edited_file_is_checked(
    coach: Callable[..., CommandResult], own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    assert f"{own_home / 'config.toml'}:2: voice.rate: 10 is not valid." in ended.err
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    assert "cannot be started" in coach("config", "edit").err
