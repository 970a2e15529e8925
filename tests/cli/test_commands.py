"""All commands: their help, wrong usage, and how errors read."""

import errno
import importlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.cli.commands import cli
from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]
COMMANDS = cli.list_commands(None)  # type: ignore[arg-type]  # the list depends on no context
GROUPS = {"": COMMANDS, "breaks": importlib.import_module("stretch_coach.cli.breaks").breaks.list_commands(None)}
ALL = [[*group.split(), command] for group, commands in GROUPS.items() for command in commands]
README = Path(__file__).parents[2] / "README.md"


class TestHelp:
    @pytest.mark.parametrize("group", GROUPS)
    def test_help_names_every_command_in_one_line(self, coach: Coach, group: str) -> None:
        ended = coach(*group.split(), "--help")
        assert ended.code == 0
        for command in GROUPS[group]:
            assert re.search(rf"^  {command} +[A-Z].*\.$", ended.out, re.MULTILINE), command

    @pytest.mark.parametrize("arguments", ALL, ids=" ".join)
    def test_each_command_has_help(self, coach: Coach, arguments: list[str]) -> None:
        ended = coach(*arguments, "--help")
        assert ended.code == 0
        assert ended.out.startswith(f"Usage: stretch-coach {' '.join(arguments)}")

    @pytest.mark.parametrize("command", COMMANDS)
    def test_each_command_is_in_the_readme(self, command: str) -> None:
        assert re.search(rf"stretch-coach {command}\b", README.read_text(encoding="utf-8")), command


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["dance"], "No such command 'dance'"),
        (["start", "--dance"], "No such option"),
        (["history", "--days", "0"], "Invalid value for '--days'"),
        (["streak", "--on", "soon"], "'soon' is not a date. Write it as 2026-11-20."),
        (["streak", "--json", "--format", "x"], "--json and --format cannot be combined."),
        (["streak", "--json", "--json", "x"], "Got unexpected extra argument (x)"),
    ],
)
def test_wrong_usage_is_reported_with_exit_code_2(coach: Coach, arguments: list[str], sentence: str) -> None:
    ended = coach(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: stretch-coach ")
    assert sentence in ended.err


def test_error_is_one_line_with_exit_code_1(coach: Coach) -> None:
    ended = coach("start", "screnbreak")
    assert ended.code == 1
    assert ended.err == 'stretch-coach: "screnbreak" is not a routine. Did you mean "screen-break"?\n'


@pytest.mark.parametrize("name", ["", " "])
def test_empty_name_is_not_a_routine(coach: Coach, own_home: Path, name: str) -> None:
    ended = coach("start", name)
    assert ended.code == 1
    assert ended.err.endswith(" is not a routine. `stretch-coach routines` lists them.\n")
    assert not own_home.exists()


class TestInvalidSettings:
    def test_command_that_needs_them_names_the_line(self, coach: Coach, own_home: Path) -> None:
        own_home.mkdir()
        file = own_home / "config.toml"
        file.write_text('# mine\n[record]\nday_start = "25:00"\n', encoding="utf-8")
        ended = coach("streak")
        assert ended.code == 1
        assert ended.err.startswith(f'stretch-coach: {file}:3: record.day_start: "25:00" is not valid.')
        assert file.read_text(encoding="utf-8").startswith("# mine")

    @pytest.mark.parametrize(
        "arguments",
        [
            *(["routines"], ["check", "MINE"], ["new", "mine"], ["routines", "show", "micro"], ["schema"]),
            *(["where"], ["doctor"], ["safety"], ["config", "path"], ["restore", "--list"], ["export", "-"]),
            *(["breaks", "pause", "1h"], ["breaks", "resume"], ["history"]),
        ],
        ids=" ".join,
    )
    def test_other_commands_work(self, coach: Coach, own_home: Path, arguments: list[str]) -> None:
        own_home.mkdir()
        (own_home / "config.toml").write_text("[record", encoding="utf-8")
        mine = own_home / "anywhere.json"
        mine.write_text('{"title": "Mine", "steps": [{"rest": 5}]}', encoding="utf-8")
        ended = coach(*[str(mine) if one == "MINE" else one for one in arguments])
        assert ended.code == 0
        assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system"), (errno.EACCES, "denied")],
)
def test_what_a_disk_refuses_is_one_line_that_names_the_file(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, own_home: Path, number: int, reason: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, reason, str(own_home / "breaks" / "pause.json"))

    monkeypatch.setattr("stretch_coach.cli.breaks.day_commands.set_pause", refuse)
    ended = coach("breaks", "pause", "1h")
    assert ended.code == 1
    assert ended.err == f"stretch-coach: {own_home / 'breaks' / 'pause.json'} cannot be used ({reason}).\n"
    assert not (own_home / "stretch-coach.log").exists()


def test_streak_without_click_is_the_same_as_with_it(coach: Coach) -> None:
    coach("log", "micro-break")
    for options in ([], ["--json"], ["--format", "{current}"]):
        # With `--on` in front, click runs the command.
        assert coach("streak", *options) == coach("streak", "--on", "2026-11-20", *options)
