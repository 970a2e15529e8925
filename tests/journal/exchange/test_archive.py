"""Archives: everything that was written comes back, and nothing else is taken from one."""

import io
import random
import zipfile

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.exchange.archive import Archive, write_archive

LINES = ["header\n", '{"line": "ä"}\n']
FILES = {"config.toml": b"# mine\n", "routines/exercises/own.json": b"{}"}


def archive_of(lines: list[str], files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    write_archive(target, lines, files)
    return target.getvalue()


def test_archive_has_the_lines_and_the_files() -> None:
    archive = Archive(io.BytesIO(archive_of(LINES, FILES)), "x.zip")
    for _ in range(2):
        assert list(archive.history_lines()) == [line.encode() for line in LINES]
    assert archive.read_files() == FILES


@pytest.mark.parametrize(
    "name", ["../evil.json", "/evil.json", "routines/../../evil.json", "history.db", "routines/x.sh", ".config.toml"]
)
def test_other_members_are_ignored(name: str) -> None:
    assert Archive(io.BytesIO(archive_of(LINES, {name: b"x"})), "x.zip").read_files() == {}


def test_archive_that_would_fill_the_memory_is_refused() -> None:
    zeros = bytes(1 << 20)
    archive = Archive(io.BytesIO(archive_of(LINES, {f"{number}.json": zeros for number in range(70)})), "x.zip")
    with pytest.raises(CoachError, match=r"x\.zip has files of more than 67 MB"):
        archive.read_files()


def test_zip_without_a_history_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as other:
        other.writestr("photo.jpg", b"x")
    with pytest.raises(CoachError, match=r"x\.zip is not an intact archive"):
        Archive(target, "x.zip")


def test_damaged_archive_is_refused_whatever_is_damaged() -> None:
    whole = archive_of(LINES * 200, FILES)
    dice = random.Random(3)  # noqa: S311 - for a test
    refused = 0
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(dice.randrange(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            archive = Archive(io.BytesIO(content), "x.zip")
            list(archive.history_lines())
            archive.read_files()
        except CoachError:
            refused += 1
    assert refused > 100
