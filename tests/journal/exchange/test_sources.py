"""What can be imported: files and pipes that end, and nothing that has to be waited for forever."""

import io
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.exchange.sources import open_import

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Unix pipes and devices")


def test_file_is_opened_in_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    with open_import(tmp_path / "file") as source:
        assert source.read() == b"content"
        source.seek(0)
        assert source.read(2) == b"co"


@unix_only
def test_pipe_is_read_to_its_end_first(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    keeper = os.open(tmp_path / "pipe", os.O_RDWR)  # so that neither side has to wait for the other to open it
    writer = threading.Thread(target=write_to, args=(tmp_path / "pipe", b"x" * 200_000, keeper))
    writer.start()
    with open_import(tmp_path / "pipe") as source:
        writer.join()
        assert source.read() == b"x" * 200_000
        source.seek(1)
        assert source.read(1) == b"x"


@unix_only
def test_pipe_without_a_writer_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with open_import(tmp_path / "pipe") as source:
        assert source.read() == b""


def test_pipe_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BufferedReader(Endless())))
    with (
        pytest.raises(CoachError, match="standard input is larger than 5 MB"),
        open_import(Path("-"), at_most=5_000_000),
    ):
        pass


@unix_only
@pytest.mark.parametrize("make", [lambda file: file.mkdir(), lambda file: file.symlink_to("/dev/zero")])
def test_source_that_is_neither_a_file_nor_a_pipe_is_refused_at_once(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "file")
    with pytest.raises((CoachError, OSError)), open_import(tmp_path / "file"):
        pass


class Endless(io.RawIOBase):
    """A pipe whose writer never stops."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # what a buffered reader passes
        buffer[:] = b"y" * len(buffer)
        return len(buffer)


def write_to(pipe: Path, content: bytes, keeper: int) -> None:
    with pipe.open("wb") as opened:
        opened.write(content)
    os.close(keeper)
