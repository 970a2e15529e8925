"""Running sessions: a lock lives exactly as long as its process."""

import stat
import sys
from pathlib import Path

import pytest

from stretch_coach.journal.running import is_running, mark_running

ONE, OTHER = "01988f6e-0000-7000-8000-000000000001", "01988f6e-0000-7000-8000-000000000002"


@pytest.fixture
def folder(own_home: Path) -> Path:
    return own_home / "running"


def test_session_is_running_inside_the_block_only(folder: Path) -> None:
    assert not is_running(folder, ONE)
    with mark_running(folder, ONE):
        assert is_running(folder, ONE)
        assert not is_running(folder, OTHER)
    assert not is_running(folder, ONE)
    assert list(folder.iterdir()) == []


def test_session_that_fails_is_no_longer_running(folder: Path) -> None:
    with pytest.raises(ValueError, match="broke"), mark_running(folder, ONE):
        raise ValueError("broke")
    assert not is_running(folder, ONE)


def test_is_running_creates_nothing(own_home: Path, folder: Path) -> None:
    assert not is_running(folder, ONE)
    assert not own_home.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are Unix's")
def test_running_locks_are_private_to_their_owner(folder: Path) -> None:
    with mark_running(folder, ONE):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / ONE).stat().st_mode) == 0o600
