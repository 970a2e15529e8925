"""Where the servers of a desktop listen."""

import sys
from pathlib import Path

import pytest

from stretch_coach.breaks.desktop.sockets import SESSION, ServerWatch, bus_address, wayland_socket


def test_the_environment_names_the_session_bus(tmp_path: Path) -> None:
    (tmp_path / "bus").touch()
    address = f"unix:path={tmp_path}/bus,guid=5"
    assert bus_address(SESSION, {"DBUS_SESSION_BUS_ADDRESS": address}) == address
    assert bus_address("unix:abstract=x", {}) == "unix:abstract=x"


@pytest.mark.parametrize("address", ["", "unix:path=/nonexistent/bus"])
def test_a_bus_that_cannot_be_there_is_an_error(address: str) -> None:
    with pytest.raises(OSError, match="bus"):
        bus_address(SESSION, {"DBUS_SESSION_BUS_ADDRESS": address})


@pytest.mark.skipif(sys.platform == "win32", reason="Wayland's paths are Unix's")
def test_the_compositor_has_a_name_or_a_path() -> None:
    assert wayland_socket({}) == ""
    assert wayland_socket({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": "/run/user/5"}) == "/run/user/5/wayland-1"
    assert wayland_socket({"WAYLAND_DISPLAY": "/tmp/w", "XDG_RUNTIME_DIR": "/run"}) == "/tmp/w"  # noqa: S108 - not opened


def test_a_server_that_starts_ends_or_restarts_is_noticed(tmp_path: Path) -> None:
    socket = tmp_path / "wayland-1"
    watch = ServerWatch({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert watch.has_changed()
    assert not watch.has_changed()

    def restart() -> None:
        (tmp_path / "new").touch()
        (tmp_path / "new").replace(socket)

    for change in (socket.touch, restart, socket.unlink):
        change()
        assert watch.has_changed()
        assert not watch.has_changed()
