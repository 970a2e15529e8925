"""A session is running exactly as long as its process, however that ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from stretch_coach.journal.running import is_running, mark_running

pytestmark = pytest.mark.e2e

ONE, OTHER = "01988f6e-0000-7000-8000-000000000001", "01988f6e-0000-7000-8000-000000000002"

RUNNING = """
import sys
from pathlib import Path
from stretch_coach.journal.running import mark_running
with mark_running(Path(sys.argv[1]), sys.argv[2]):
    print("running", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def folder(own_home: Path) -> Path:
    return own_home / "running"


def start_elsewhere(folder: Path, session_id: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNING, str(folder), session_id], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"running\n"
    return process


def test_session_of_another_process_is_running_until_it_ends(folder: Path) -> None:
    with start_elsewhere(folder, ONE) as process:
        assert is_running(folder, ONE)
        process.communicate(b"end\n", timeout=60)
    assert not is_running(folder, ONE)


def test_killed_session_is_not_running(folder: Path) -> None:
    with start_elsewhere(folder, ONE) as process:
        assert is_running(folder, ONE)
        process.kill()
        process.communicate(timeout=60)
        assert not is_running(folder, ONE)


def test_next_session_removes_only_locks_of_killed_ones(folder: Path) -> None:
    living, dead = start_elsewhere(folder, ONE), start_elsewhere(folder, OTHER)
    dead.kill()
    dead.communicate(timeout=60)
    mine = ONE.replace("8000", "9000")
    with mark_running(folder, mine):
        assert {file.name for file in folder.iterdir()} == {ONE, mine}
        assert is_running(folder, ONE)
    living.communicate(b"end\n", timeout=60)
    assert living.returncode == 0
