"""Real processes for the tests, none of which is left running."""

import contextlib
import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.processes import Coach, Terminal


@pytest.fixture
def started() -> Iterator[Callable[..., Coach]]:
    """Starts commands on pipes, and leaves none of them running."""
    coaches: list[Coach] = []

    def start(*arguments: str) -> Coach:
        coaches.append(Coach(*arguments))
        return coaches[-1]

    yield start
    for coach in coaches:
        if coach.process.poll() is None:
            coach.process.send_signal(signal.SIGKILL)
        with contextlib.suppress(ValueError):  # its streams were closed by the test
            coach.process.communicate()


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Starts commands, or other programs, in terminals, and leaves none of them running."""
    terminals: list[Terminal] = []

    def start(*arguments: str, program: str | None = None) -> Terminal:
        terminals.append(Terminal(*arguments, program=program))
        return terminals[-1]

    yield start
    for one in terminals:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()


@pytest.fixture
def routine_file(tmp_path: Path) -> Callable[..., str]:
    """Writes a routine file of given steps and gives its path."""

    def write(*steps: dict[str, Any], **more: Any) -> str:
        file = tmp_path / "own.json"
        file.write_text(json.dumps({"title": "Own", "id": "own", "steps": list(steps), **more}), encoding="utf-8")
        return str(file)

    return write
