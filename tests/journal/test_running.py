"""Whether a session is under way: its lock lives exactly as long as its process."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from stretch_coach.journal.running import is_under_way, under_way

ONE, OTHER = "01988f6e-0000-7000-8000-000000000001", "01988f6e-0000-7000-8000-000000000002"

RUNNING = """
import sys
from pathlib import Path
from stretch_coach.journal.running import under_way
with under_way(Path(sys.argv[1]), sys.argv[2]):
    print("running", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def folder(own_home: Path) -> Path:
    return own_home / "running"


def begin_elsewhere(folder: Path, session_id: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNING, str(folder), session_id], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"running\n"
    return process


def test_a_session_is_under_way_inside_the_block_and_not_after(folder: Path) -> None:
    assert not is_under_way(folder, ONE)
    with under_way(folder, ONE):
        assert is_under_way(folder, ONE)
        assert not is_under_way(folder, OTHER)
    assert not is_under_way(folder, ONE)
    assert list(folder.iterdir()) == []


def test_it_is_over_when_it_ends_in_an_error(folder: Path) -> None:
    with pytest.raises(ValueError, match="broke"), under_way(folder, ONE):
        raise ValueError("broke")
    assert not is_under_way(folder, ONE)


def test_asking_makes_nothing(own_home: Path, folder: Path) -> None:
    assert not is_under_way(folder, ONE)
    assert not own_home.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are Unix's")
def test_the_locks_are_the_users_alone(folder: Path) -> None:
    with under_way(folder, ONE):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / ONE).stat().st_mode) == 0o600


def test_another_process_is_seen_until_it_ends(folder: Path) -> None:
    with begin_elsewhere(folder, ONE) as process:
        assert is_under_way(folder, ONE)
        process.communicate(b"end\n", timeout=60)
    assert not is_under_way(folder, ONE)


def test_a_session_that_was_killed_is_not_under_way(folder: Path) -> None:
    with begin_elsewhere(folder, ONE) as process:
        assert is_under_way(folder, ONE)
        process.kill()
        process.communicate(timeout=60)
        assert not is_under_way(folder, ONE)


def test_the_next_session_clears_up_after_one_that_was_killed_and_leaves_the_living_alone(folder: Path) -> None:
    living, dead = begin_elsewhere(folder, ONE), begin_elsewhere(folder, OTHER)
    dead.kill()
    dead.communicate(timeout=60)
    mine = ONE.replace("8000", "9000")
    with under_way(folder, mine):
        assert {file.name for file in folder.iterdir()} == {ONE, mine}
        assert is_under_way(folder, ONE)
    living.communicate(b"end\n", timeout=60)
    assert living.returncode == 0
