"""Idle time and full-screen windows on a real X server."""

import os
import select

import pytest

from stretch_coach.breaks.desktop.fullscreen import is_fullscreen
from stretch_coach.breaks.desktop.idle.monitor import IdleMonitor, choose_idle
from stretch_coach.breaks.desktop.idle.x11 import X11Idle
from stretch_coach.clock import SystemClock
from tests.breaks.desktop.fake_bus import wait_until
from tests.e2e.displays import XServer

NOWHERE = "unix:path=/nonexistent/bus"


def test_idle_time_grows_until_the_pointer_moves(x_server: XServer) -> None:
    idle = X11Idle(x_server.display)
    select.select([], [], [], 0.3)
    before = idle.idle_seconds()
    assert before is not None
    assert before >= 0.3
    assert x_server.run("xdotool", "mousemove", "50", "60").wait() == 0
    after = idle.idle_seconds()
    assert after is not None
    assert after < before
    idle.close()


def test_a_server_that_ends_leaves_the_seat_waiting_until_it_is_back(x_server: XServer) -> None:
    environ = {"DISPLAY": x_server.display}

    def choose() -> object:
        return choose_idle(SystemClock(), environ, session_bus=NOWHERE, system_bus=NOWHERE)

    monitor = IdleMonitor(choose, environ)  # type: ignore[arg-type]  # `object` keeps the type of the platform out
    idle, left = monitor.read(0)
    assert idle is not None
    assert not left
    x_server.process.terminate()
    x_server.process.wait()
    assert monitor.read(30) == (None, True)
    assert monitor.read(60) == (None, True)
    assert monitor.name == "waiting for the desktop"
    monitor.close()


def test_a_display_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(OSError, match="cannot be opened"):
        X11Idle(":987")


def test_a_full_screen_window_is_reported_by_the_window_manager(x_server: XServer) -> None:
    environ = {"DISPLAY": os.environ["DISPLAY"]}
    assert is_fullscreen(environ) is None
    x_server.run("openbox")
    wait_until(lambda: is_fullscreen(environ) is False, "the window manager was running")
    window = x_server.run("xterm", "-fullscreen")
    wait_until(lambda: is_fullscreen(environ) is True, "the window filled the screen")
    window.terminate()
    wait_until(lambda: is_fullscreen(environ) is False, "the window was gone")
