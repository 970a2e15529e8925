"""Output that cannot be written, for whatever reason: the session matters, and no traceback helps anybody."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import find_command, history, run_redirected

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device here"),
]

COMMANDS = [["--help"], ["streak"], ["routines", "--json"], ["safety"], ["schema"], ["where", "--json"]]
FULL = "stretch-coach: the output cannot be written (No space left on device).\n"


@pytest.mark.parametrize("mode", [[], ["--plain"], ["--json"]])
def test_session_without_output_is_run_and_recorded(routine_file: Callable[..., str], mode: list[str]) -> None:
    ended = run_redirected(">&-", "start", routine_file({"rest": 0.1}), *mode)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "Stop if dizzy" in ended.stderr
    assert "stretch-coach:" not in ended.stderr
    [session] = history()
    assert session["outcome"] == "completed"


def test_session_without_streams_is_run_and_recorded(routine_file: Callable[..., str]) -> None:
    ended = run_redirected("<&- >&- 2>&-", "start", routine_file({"rest": 0.1}))
    assert ended.returncode == 0
    assert history()[0]["outcome"] == "completed"


@pytest.mark.parametrize("arguments", COMMANDS)
def test_other_commands_succeed_without_output(arguments: list[str]) -> None:
    ended = run_redirected(">&-", *arguments)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", COMMANDS)
def test_full_disk_is_reported_in_one_line(own_home: Path, arguments: list[str]) -> None:
    ended = run_redirected(">/dev/full", *arguments)
    assert (ended.returncode, ended.stderr) == (1, FULL)
    assert not own_home.exists(), "it is no mistake of the program's that a log would help with"


@pytest.mark.parametrize("mode", [[], ["--json"]])
def test_session_that_nobody_could_follow_does_not_start(
    own_home: Path, routine_file: Callable[..., str], mode: list[str]
) -> None:
    ended = run_redirected(">/dev/full", "start", routine_file({"rest": 60}), *mode)
    assert ended.returncode == 1
    assert ended.stderr.endswith(FULL)
    assert ended.stderr.count("stretch-coach:") == 1
    assert "Traceback" not in ended.stderr
    assert not (own_home / "stretch-coach.log").exists()
    assert history() == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
@pytest.mark.parametrize("arguments", COMMANDS)
def test_closed_pipe_ends_output_silently(arguments: list[str]) -> None:
    process = subprocess.Popen([*find_command(), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    process.stdout.close()
    _, err = process.communicate(timeout=30)
    assert err == b""
