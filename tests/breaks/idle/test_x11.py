"""Idle time and full screen on a real X server without a screen."""

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from stretch_coach.breaks.fullscreen import is_fullscreen
from stretch_coach.breaks.idle.choose import choose_idle
from stretch_coach.breaks.idle.x11 import X11Idle
from stretch_coach.clock import SystemClock
from tests.breaks.buses import wait_until

pytestmark = pytest.mark.e2e
NEEDED = ("Xvfb", "xdotool", "openbox", "xterm")


class Screen(NamedTuple):
    """An X server, and its display's name."""

    server: "subprocess.Popen[bytes]"
    name: str

    def run(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a program on it."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            command, env={**os.environ, "DISPLAY": self.name}, stdin=quiet, stdout=quiet, stderr=quiet
        )


@pytest.fixture
def screen() -> Iterator[Screen]:
    """An X server of the test's own."""
    if missing := [program for program in NEEDED if shutil.which(program) is None]:
        pytest.skip(f"{', '.join(missing)} not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told:
        number = told.readline().strip()
    yield Screen(server, f":{number}")
    server.terminate()
    server.wait()


def test_idle_grows_until_the_pointer_moves(screen: Screen) -> None:
    idle = X11Idle(screen.name)
    select.select([], [], [], 0.3)
    before = idle.idle_seconds()
    assert before is not None
    assert before >= 0.3
    assert screen.run("xdotool", "mousemove", "50", "60").wait() == 0
    after = idle.idle_seconds()
    assert after is not None
    assert after < before
    assert (idle.locked(), idle.descriptors(), idle.is_lost()) == (None, [], False)
    idle.close()


def test_it_is_chosen_and_another_display_is_refused(screen: Screen) -> None:
    chosen = choose_idle(
        SystemClock(),
        {"DISPLAY": screen.name},
        platform="linux",
        session_bus="unix:path=/none",
        system_bus="unix:path=/none",
    )
    assert chosen.source.name == "X11"
    chosen.source.close()
    with pytest.raises(OSError, match="cannot be opened"):
        X11Idle(":987")


def test_a_server_that_goes_away_is_told_and_does_not_end_us(screen: Screen) -> None:
    idle = X11Idle(screen.name)
    screen.server.terminate()
    screen.server.wait()
    assert idle.idle_seconds() is None
    assert idle.is_lost()
    assert idle.idle_seconds() is None
    idle.close()


def test_full_screen_is_seen_as_the_window_manager_tells_it(screen: Screen) -> None:
    environ = {"DISPLAY": screen.name}
    assert is_fullscreen(environ) is None
    programs = [screen.run("openbox")]
    wait_until(lambda: is_fullscreen(environ) is False, "the window manager runs")
    programs.append(screen.run("xterm", "-fullscreen"))
    wait_until(lambda: is_fullscreen(environ) is True, "the window fills the screen")
    programs[1].terminate()
    wait_until(lambda: is_fullscreen(environ) is False, "the window is gone")
    for program in programs:
        program.kill()
        program.wait()
