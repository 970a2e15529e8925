"""Commands whose files are something else, such as folders, pipes and links that lead nowhere."""

import os
import sys
from collections.abc import Callable, Iterator
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


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """Return a function from whose call on no file can grow, as on a full disk."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize(
    "arguments",
    [
        *(["log", "micro-break"], ["plan", "--per-day", "2"], ["config", "set", "voice.rate", "150"]),
        *(["breaks", "every", "45"], ["breaks", "pause", "1h"], ["new", "mine"]),
        *(["export", "HOME/x.jsonl"], ["export", "--all", "HOME/x.zip"], ["report", "HOME/x.html"]),
    ],
    ids=" ".join,
)
def test_full_disk_is_one_line_that_names_a_file_and_changes_nothing(
    coach: Callable[..., CommandResult], own_home: Path, arguments: list[str], full_disk: Callable[[], None]
) -> None:
    for before in (["log", "micro-break"], ["config", "set", "voice.rate", "120"], ["breaks", "pause", "2h"]):
        assert coach(*before).code == 0

    def contents() -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in own_home.rglob("*") if file.is_file() and file.stat().st_size}

    kept = contents()
    full_disk()
    ended = coach(*[argument.replace("HOME", str(own_home)) for argument in arguments])
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert ended.err.startswith(f"stretch-coach: {own_home}/")
    assert contents() == kept
