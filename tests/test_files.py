"""Files shared with other processes: written whole or not at all, read without waiting, locked one at a time."""

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach import files
from stretch_coach.errors import CoachError
from stretch_coach.files import (
    atomic_replace,
    atomic_write,
    exclusive_lock,
    is_locked,
    read_json,
    read_regular_file,
    require_locks,
    signature,
    try_lock,
)

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Unix modes, pipes and links")


class TestAtomicWrite:
    @pytest.mark.parametrize("durable", [True, False])
    def test_file_is_replaced_by_what_was_written(self, tmp_path: Path, *, durable: bool) -> None:
        file = tmp_path / "file"
        file.write_text("before", encoding="utf-8")
        with atomic_write(file, durable=durable) as text:
            text.write("after\n")
            assert file.read_text(encoding="utf-8") == "before"
        assert file.read_bytes() == b"after\n"
        assert list(tmp_path.iterdir()) == [file]

    def test_failure_leaves_the_file_unchanged_and_nothing_behind(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_text("before", encoding="utf-8")
        with pytest.raises(TypeError), atomic_write(file) as text:
            text.write(b"after")  # type: ignore[arg-type]  # the failure
        assert file.read_text(encoding="utf-8") == "before"
        assert list(tmp_path.iterdir()) == [file]

    @unix_only
    def test_new_file_is_private_under_any_umask(self, tmp_path: Path) -> None:
        umask = os.umask(0)
        try:
            with atomic_write(tmp_path / "file") as text:
                text.write("mine")
        finally:
            os.umask(umask)
        assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600

    @unix_only
    def test_link_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "target")
        with atomic_write(tmp_path / "link") as text:
            text.write("through")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "target").read_text(encoding="utf-8") == "through"

    @unix_only
    def test_file_left_by_a_killed_writer_is_removed_and_one_being_written_is_not(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        left, other = tmp_path / ".file.99999-0.part", tmp_path / ".other.99999-0.part"
        left.write_text("half", encoding="utf-8")
        other.touch()
        with atomic_write(file) as first:
            first.write("first")
            assert not left.exists()
            with atomic_write(file) as second:
                second.write("second")
            assert file.read_text(encoding="utf-8") == "second"
        assert file.read_text(encoding="utf-8") == "first"
        assert sorted(tmp_path.iterdir()) == [other, file]

    def test_bytes_can_be_written_by_name(self, tmp_path: Path) -> None:
        with atomic_replace(tmp_path / "file") as raw:
            Path(raw.name).write_bytes(b"\0\xff")
        assert (tmp_path / "file").read_bytes() == b"\0\xff"

    def test_folder_in_its_place_is_reported(self, tmp_path: Path) -> None:
        with pytest.raises(CoachError, match="is not a file"), atomic_write(tmp_path):
            pass

    def test_missing_folder_is_reported(self, tmp_path: Path) -> None:
        with pytest.raises(CoachError, match="cannot be written"), atomic_write(tmp_path / "no" / "file"):
            pass


class TestReading:
    def test_content_up_to_the_limit_is_read(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_bytes(b"x" * 1000)
        assert read_regular_file(file, at_most=1000) == b"x" * 1000
        with pytest.raises(CoachError, match=r"file is larger than 0 kB\."):
            read_regular_file(file, at_most=999)

    @unix_only
    @pytest.mark.parametrize("make", [getattr(os, "mkfifo", None), Path.mkdir])
    def test_other_kinds_of_files_are_refused_at_once(self, tmp_path: Path, make: Callable[[Path], None]) -> None:
        make(tmp_path / "file")
        with pytest.raises(CoachError, match="is not a file"):
            read_regular_file(tmp_path / "file", at_most=1000)

    @unix_only
    def test_file_that_would_have_to_be_waited_for_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As /proc/kmsg is: a regular file by its mode, but read like a pipe."""
        read, write = os.pipe()
        os.set_blocking(read, False)
        (tmp_path / "file").touch()
        monkeypatch.setattr(files, "open_regular_file", lambda _: os.fdopen(read, "rb"))
        with pytest.raises(BlockingIOError, match="nothing to read yet"):
            read_regular_file(tmp_path / "file", at_most=1000)
        os.close(write)


class TestReadJson:
    def test_content_is_returned(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text('{"format": 1}', encoding="utf-8")
        assert read_json(tmp_path / "file") == {"format": 1}

    @pytest.mark.parametrize("content", [b"", b"{", b"\xff\0", b"[" * 100_000, b" " * (1 << 20) + b"1"])
    def test_what_is_not_small_json_is_none(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "file").write_bytes(content)
        assert read_json(tmp_path / "file") is None

    def test_missing_file_or_a_folder_is_none(self, tmp_path: Path) -> None:
        assert read_json(tmp_path / "file") is None
        assert read_json(tmp_path) is None


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file be locked, as on some network drives."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(files, "_lock", refuse)


NO_LOCKS = r"file cannot be locked \(No locks available\)\. Some network drives .* Point STRETCH_COACH_HOME at "


class TestExclusiveLock:
    def test_lock_is_held_for_the_block_and_leaves_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        with exclusive_lock(file, wait=lambda: None, tries=1):
            assert is_locked(tmp_path / ".file.lock")
        assert list(tmp_path.iterdir()) == []

    def test_second_holder_waits_until_the_first_has_finished(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        first = exclusive_lock(file, wait=lambda: None, tries=1)
        first.__enter__()
        waited = []

        def wait() -> None:
            waited.append(True)
            if len(waited) == 3:
                first.__exit__(None, None, None)

        with exclusive_lock(file, wait=wait, tries=10):
            assert len(waited) == 3
            assert is_locked(tmp_path / ".file.lock")

    def test_waiting_has_an_end(self, tmp_path: Path) -> None:
        file, waited = tmp_path / "file", []
        with (
            exclusive_lock(file, wait=lambda: None, tries=1),
            pytest.raises(CoachError, match="file is being changed by another program"),
            exclusive_lock(file, wait=lambda: waited.append(True), tries=5),
        ):
            pass
        assert len(waited) == 5

    def test_file_left_by_a_process_that_died_is_no_obstacle(self, tmp_path: Path) -> None:
        (tmp_path / ".file.lock").touch()
        with exclusive_lock(tmp_path / "file", wait=lambda: None, tries=1):
            pass

    def test_missing_folder_is_reported(self, tmp_path: Path) -> None:
        with (
            pytest.raises(CoachError, match="file cannot be written"),
            exclusive_lock(tmp_path / "no" / "file", wait=lambda: None, tries=1),
        ):
            pass

    @pytest.mark.usefixtures("no_locks")
    def test_file_system_without_locks_is_reported_with_the_cure(self, tmp_path: Path) -> None:
        with (
            pytest.raises(CoachError, match=NO_LOCKS),
            exclusive_lock(tmp_path / "file", wait=lambda: None, tries=1),
        ):
            pass


class TestRequireLocks:
    def test_folder_with_locks_is_left_unchanged(self, tmp_path: Path) -> None:
        require_locks(tmp_path / "file")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.usefixtures("no_locks")
    def test_folder_without_locks_is_reported_and_left_unchanged(self, tmp_path: Path) -> None:
        with pytest.raises(CoachError, match=NO_LOCKS):
            require_locks(tmp_path / "file")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.usefixtures("no_locks")
    def test_folder_that_cannot_be_written_is_another_problem(self, tmp_path: Path) -> None:
        require_locks(tmp_path / "missing" / "file")


def test_lock_of_an_open_file_excludes_others_until_it_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    handle = os.open(file, os.O_RDWR | os.O_CREAT)
    assert not is_locked(file)
    assert try_lock(handle)
    assert is_locked(file)
    os.close(handle)
    assert not is_locked(file)


@pytest.mark.usefixtures("no_locks")
def test_where_there_are_no_locks_no_process_is_taken_for_a_holder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with file.open("wb") as opened, pytest.raises(OSError, match="No locks available"):
        try_lock(opened.fileno())
    assert not is_locked(file)


@pytest.mark.usefixtures("no_locks")
def test_where_there_are_no_locks_a_file_being_written_is_not_removed(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "file") as first:
        with atomic_write(tmp_path / "file") as second:
            second.write("second")
        first.write("first")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "first"


def test_signature_changes_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert signature(file) is None
    seen = []
    for content in ("a", "ab", "a"):
        with atomic_write(file, durable=False) as text:
            text.write(content)
        seen.append(signature(file))
        assert signature(file) == seen[-1]
    assert len(set(seen)) == len(seen)
