"""Files and folders of a used home are private to their owner, whatever the umask."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.processes import Coach, Terminal, run

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(sys.platform == "win32", reason="Unix modes")]


@pytest.fixture(autouse=True)
def no_umask() -> Iterator[None]:
    """Let every new file be readable and writable by everyone unless the program prevents it."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_used_home_is_private(
    own_home: Path,
    routine_file: Callable[..., str],
    started: Callable[..., Coach],
    terminal: Callable[..., Terminal],
) -> None:
    (own_home / "sync").mkdir(parents=True, mode=0o700)
    own_home.chmod(0o700)
    for arguments in (
        ["start", routine_file({"rest": 0.1}), "--json"],
        ["log", "micro-break"],
        ["plan", "--per-day", "2"],
        ["config", "set", "voice.rate", "150"],
        ["new", "mine"],
        ["new", "also-mine", "--like", "micro-break"],
        ["breaks", "every", "45"],
        ["breaks", "pause", "1h"],
        ["breaks", "resume"],
        ["restore", "--yes"],
        ["export", str(own_home / "export.jsonl")],
        ["report", str(own_home / "report.html")],
        ["sync", str(own_home / "sync")],
        ["voices"],
        ["say", "Hello"],
    ):
        run(*arguments)
    watcher = started("breaks", "watch")
    app = terminal()
    app.wait_until((own_home / "app.lock").exists, "the app is open")
    app.wait_until((own_home / "breaks" / "watch.lock").exists, "the watcher runs")
    modes = {path.relative_to(own_home): stat.S_IMODE(path.lstat().st_mode) for path in own_home.rglob("*")}
    assert len(modes) > 15
    assert {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
    assert stat.S_IMODE(own_home.stat().st_mode) == 0o700
    watcher.process.terminate()
