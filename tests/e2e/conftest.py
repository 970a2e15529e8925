"""Real processes for the tests, none of which is left running."""

import contextlib
import json
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stretch_coach.clock import SystemClock
from stretch_coach.journal import acknowledgements
from stretch_coach.journal.database import open_for_writing
from stretch_coach.paths import Places, make_private_folder
from tests.e2e.displays import XServer
from tests.e2e.processes import Coach, Terminal

if TYPE_CHECKING:
    from tests.e2e.buses import PrivateBus


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

    def start(*arguments: str, program: str | None = None, controlling: bool = True) -> Terminal:
        terminals.append(Terminal(*arguments, program=program, controlling=controlling))
        return terminals[-1]

    yield start
    for one in terminals:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()


@pytest.fixture
def returning_user(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the user somebody who has answered the warning signs, at a terminal with all colours."""
    make_private_folder(places.data)
    with contextlib.closing(open_for_writing(places.history, 1)) as database:
        acknowledgements.acknowledge(database, [acknowledgements.NOTICE], SystemClock().wall().ms)
    make_private_folder(places.config)
    settings = '[app]\nlead_in = 0\nask_comfort = false\n[voice]\nexplain = "never"\n'
    places.settings_file.write_text(settings, encoding="utf-8")
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "100", "LINES": "30"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator["PrivateBus"]:
    """A message bus of the test's own, as session and as system bus, and no display."""
    from tests.e2e.buses import PrivateBus, is_missing  # noqa: PLC0415 - jeepney is for Linux

    if is_missing():
        pytest.skip("dbus-daemon is not installed")
    private = PrivateBus(tmp_path_factory.mktemp("bus"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private.address)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    yield private
    private.stop()


@pytest.fixture
def x_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[XServer]:
    """An X server without a screen, as the display of all programs."""
    if missing := [program for program in ("Xvfb", "xdotool", "openbox", "xterm") if shutil.which(program) is None]:
        pytest.skip(f"{', '.join(missing)} not installed")
    server = XServer()
    monkeypatch.setenv("DISPLAY", server.display)
    yield server
    server.stop()


@pytest.fixture
def routine_file(tmp_path: Path) -> Callable[..., str]:
    """Writes a routine file of given steps and gives its path."""

    def write(*steps: dict[str, Any], **more: Any) -> str:
        file = tmp_path / "own.json"
        file.write_text(json.dumps({"title": "Own", "id": "own", "steps": list(steps), **more}), encoding="utf-8")
        return str(file)

    return write
