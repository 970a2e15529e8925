"""Ctrl+C before the session has started: the command ends without a word."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.e2e.processes import find_command

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]


@pytest.fixture
def loading(
    monkeypatch: pytest.MonkeyPatch, routine_file: Callable[..., str]
) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Start a session and return when it has loaded a module, which Python reports on standard error."""
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")

    processes: list[subprocess.Popen[str]] = []

    def start(module: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*find_command(), "start", routine_file({"rest": 60}), "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        processes.append(process)
        assert process.stderr
        assert any(line.rpartition("|")[2].strip() == module for line in process.stderr), f"{module} was never loaded"
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    "module",
    [
        "click.core",
        "click",
        "stretch_coach.errors",
        "sqlite3",
        "stretch_coach.cli.library",
        "pydantic_core",
        "pydantic",
    ],
)
def test_ctrl_c_while_loading_ends_silently(loading: Callable[[str], subprocess.Popen[str]], module: str) -> None:
    process = loading(module)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    printed = [line for line in err.splitlines() if not line.startswith("import time:")]
    # A shell reports 130. So does the command itself if a busy machine let the session start before the signal.
    assert process.returncode in (-signal.SIGINT, 130)
    assert process.returncode == 130 or (out, printed) == ("", [])
    assert "Traceback" not in err
    assert "KeyboardInterrupt" not in err
