"""What stands in the place of the user's files and is none: a sentence from each command that needs it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended

if sys.platform == "win32":
    pytest.skip("links and pipes are made differently there", allow_module_level=True)

READERS = [["streak"], ["history"], ["plan"], ["start", "micro-break", "--rehearse", "1000"]]
WRITERS = [["log", "micro-break"], ["plan", "--per-day", "2"], ["start", "micro-break"]]
NOT_A_FILE = "is not a file. Move it away; a history is begun in its place."
NO_LINK = "is a link that leads nowhere. Mend or remove the link."


def make_link(place: Path) -> None:
    place.symlink_to(place.with_name("gone"))


@pytest.mark.parametrize("arguments", READERS + WRITERS)
@pytest.mark.parametrize(
    ("make", "sentence"), [(Path.mkdir, NOT_A_FILE), (os.mkfifo, NOT_A_FILE), (make_link, NO_LINK)]
)
def test_what_is_no_history_is_told_by_who_reads_and_who_writes(
    coach: Callable[..., Ended],
    own_home: Path,
    make: Callable[[Path], None],
    sentence: str,
    arguments: list[str],
) -> None:
    own_home.mkdir()
    place = own_home / "history.db"
    make(place)
    ended = coach(*arguments)
    assert (ended.code, ended.err) == (1, f"stretch-coach: {place}: {sentence}\n")
    assert [one.name for one in own_home.iterdir()] == ["history.db"]


@pytest.mark.parametrize("arguments", [["new", "mine"], ["log", "micro-break"]])
def test_a_home_that_is_a_link_to_nowhere_is_told_by_who_writes(
    coach: Callable[..., Ended], own_home: Path, arguments: list[str]
) -> None:
    make_link(own_home)
    ended = coach(*arguments)
    assert ended.code == 1
    assert ended.err.startswith(f"stretch-coach: {own_home}: this folder cannot be made (a link there leads nowhere).")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("arguments", READERS + WRITERS)
def test_a_home_that_is_a_file_is_told(coach: Callable[..., Ended], own_home: Path, arguments: list[str]) -> None:
    own_home.write_text("a file where a folder should be", encoding="utf-8")
    ended = coach(*arguments)
    sentence = "is not a folder. Settings and history need a folder there."
    assert (ended.code, ended.err) == (1, f"stretch-coach: {own_home}: {sentence}\n")
