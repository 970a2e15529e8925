"""Commands, run inside the test process on a fixed clock."""

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from stretch_coach.cli import main
from stretch_coach.clock import Instant
from tests.clocks import FixedClock

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
"""A Friday afternoon."""

NOW_INSTANT = Instant(int(NOW.timestamp() * 1000), 0, "UTC")


class CommandResult(NamedTuple):
    """The exit code of a command and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., CommandResult]:
    """Return a function that runs a command."""
    for module, hook in ((threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, hook, getattr(module, hook))  # a command replaces it
    monkeypatch.setattr("stretch_coach.cli.context.SystemClock", lambda: FixedClock(NOW_INSTANT))

    def run(*arguments: str) -> CommandResult:
        monkeypatch.setattr(sys, "argv", ["stretch-coach", *arguments])
        with pytest.raises(SystemExit) as exited:
            main()
        captured = capsys.readouterr()
        code = exited.value.code
        assert isinstance(code, int)
        return CommandResult(code, captured.out, captured.err)

    return run
