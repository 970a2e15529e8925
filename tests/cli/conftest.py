"""Commands run inside the test, on a clock that stands still."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from stretch_coach.cli import main
from stretch_coach.clock import Instant

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
"""A Friday afternoon."""


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class StandingClock:
    """A clock that always tells the same time."""

    pace = 1.0

    def now(self) -> float:
        """No time goes by."""
        return 0.0

    def wall(self) -> Instant:
        """Always the same."""
        return Instant(int(NOW.timestamp() * 1000), 0, "UTC")


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Runs a command and gives its exit code, output and errors."""
    monkeypatch.setattr("stretch_coach.cli.world.SystemClock", StandingClock)

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["stretch-coach", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return Ended(code, captured.out, captured.err)

    return run
