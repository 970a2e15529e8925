"""Commands whose files are something else, such as folders, pipes and links that lead nowhere."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import CommandResult

if sys.platform == "win32":
    pytest.skip("links and pipes are created differently there", allow_module_level=True)

READERS = [["streak"], ["history"], ["plan"]]
WRITERS = [["log", "micro-break"], ["plan", "--per-day", "2"]]
NOT_A_FILE = "is not a file."
DANGLING = "is a link to a file that does not exist."


def make_dangling_link(place: Path) -> None:
    place.symlink_to(place.with_name("gone"))


@pytest.mark.parametrize("arguments", READERS + WRITERS, ids=" ".join)
@pytest.mark.parametrize(
    ("make", "sentence"),
    [(Path.mkdir, NOT_A_FILE), (os.mkfifo, NOT_A_FILE), (make_dangling_link, DANGLING)],
    ids=["folder", "pipe", "link"],
)
def test_history_that_is_not_a_file_is_reported(
    coach: Callable[..., CommandResult],
    own_home: Path,
    make: Callable[[Path], None],
    sentence: str,
    arguments: list[str],
) -> None:
    own_home.mkdir()
    place = own_home / "history.db"
    make(place)
    ended = coach(*arguments)
    assert ended.code == 1
    assert ended.err.startswith(f"stretch-coach: {place} {sentence} ")
    assert ended.err.count("\n") == 1
    assert [one.name for one in own_home.iterdir()] == ["history.db"]


@pytest.mark.parametrize("arguments", [["new", "mine"], ["log", "micro-break"]], ids=" ".join)
def test_home_that_is_a_dangling_link_is_reported(
    coach: Callable[..., CommandResult], own_home: Path, arguments: list[str]
) -> None:
    make_dangling_link(own_home)
    ended = coach(*arguments)
    sentence = "cannot be created (a link there leads nowhere)."
    assert ended.code == 1
    assert ended.err.startswith(f"stretch-coach: {own_home} {sentence}")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("arguments", READERS + WRITERS, ids=" ".join)
def test_home_that_is_a_file_is_reported(
    coach: Callable[..., CommandResult], own_home: Path, arguments: list[str]
) -> None:
    own_home.write_text("a file where a folder should be", encoding="utf-8")
    ended = coach(*arguments)
    sentence = "is not a folder. Settings and history need a folder there."
    assert ended.code == 1
    assert ended.err.splitlines()[-1] == f"stretch-coach: {own_home} {sentence}"
