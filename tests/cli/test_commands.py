"""The commands as a whole: help, words that are no command, and how errors are told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.cli import cli
from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE
from tests.cli.conftest import Ended

COMMANDS = cli.list_commands(None)  # type: ignore[arg-type]  # the list depends on no context
README = Path(__file__).parents[2] / "README.md"


def test_help_names_every_command(coach: Callable[..., Ended]) -> None:
    ended = coach("--help")
    assert ended.code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", ended.out, re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, coach: Callable[..., Ended]) -> None:
    ended = coach(command, "--help")
    assert ended.code == 0
    assert ended.out.startswith(f"Usage: stretch-coach {command}")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"stretch-coach {command}\b", README.read_text(encoding="utf-8")), command


@pytest.mark.parametrize(
    "arguments", [["dance"], ["start", "--dance"], ["history", "--days", "0"], ["streak", "--on", "soon"]]
)
def test_wrong_usage_is_told_with_exit_code_2(arguments: list[str], coach: Callable[..., Ended]) -> None:
    ended = coach(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err


def test_a_coach_error_is_one_line_with_exit_code_1(coach: Callable[..., Ended]) -> None:
    ended = coach("start", "screnbreak")
    assert ended.code == 1
    assert ended.err == 'stretch-coach: "screnbreak": there is no such routine. Did you mean screen-break?\n'


@pytest.mark.parametrize("name", ["", " "])
def test_no_name_is_no_routine(coach: Callable[..., Ended], own_home: Path, name: str) -> None:
    ended = coach("start", name)
    assert ended.code == 1
    assert ended.err.endswith(": there is no such routine. `stretch-coach routines` lists them.\n")
    assert not own_home.exists()


def test_an_error_of_our_own_goes_to_the_log_and_not_to_the_user(
    coach: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("stretch_coach.journal.summary.summarise", break_down)
    ended = coach("streak")
    log = own_home / "stretch-coach.log"
    assert ended.code == 1
    assert ended.err == f"stretch-coach: something went wrong inside (ZeroDivisionError). The details are in {log}.\n"
    assert "ZeroDivisionError: inside" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("below", [".", "one/two"])
def test_an_error_where_no_log_can_be_written_is_still_one_line(
    coach: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, own_home: Path, below: str
) -> None:
    file = own_home.parent / "file"
    file.write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv(HOME_VARIABLE, str(file / below))

    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("stretch_coach.paths.bundled_routines", break_down)
    ended = coach("where")
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "could not be written to the log" in ended.err
    assert ".." not in ended.err


def test_broken_settings_are_told_and_left_alone(coach: Callable[..., Ended], own_home: Path) -> None:
    own_home.mkdir()
    file = own_home / "config.toml"
    file.write_text('# mine\n[record]\nday_start = "25:00"\n', encoding="utf-8")
    ended = coach("streak")
    assert ended.code == 1
    assert ended.err.startswith(f'stretch-coach: {file}:3: record.day_start: "25:00" is not a time of day.')
    assert file.read_text(encoding="utf-8").startswith("# mine")


@pytest.mark.parametrize("arguments", [["routines"], ["check", "MINE"], ["new", "mine"], ["routines", "show", "micro"]])
def test_broken_settings_do_not_stop_who_writes_routines(
    coach: Callable[..., Ended], own_home: Path, arguments: list[str]
) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[record", encoding="utf-8")
    mine = own_home / "anywhere.json"
    mine.write_text('{"title": "Mine", "steps": [{"rest": 5}]}', encoding="utf-8")
    ended = coach(*[str(mine) if one == "MINE" else one for one in arguments])
    assert (ended.code, ended.err) == (0, "")


def test_the_error_reads_place_message_cure() -> None:
    assert str(CoachError("here", "is wrong.", "Do this.")) == "here: is wrong. Do this."
