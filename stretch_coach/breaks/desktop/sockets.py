"""The sockets of a desktop's servers, found in the environment without connecting to them."""

import os
from collections.abc import Mapping

SESSION, SYSTEM = "SESSION", "SYSTEM"
"""The two buses that the environment names; any other bus is named by its address."""

_VARIABLES = {SESSION: "DBUS_SESSION_BUS_ADDRESS", SYSTEM: "DBUS_SYSTEM_BUS_ADDRESS"}
_SYSTEM_BUS = "unix:path=/var/run/dbus/system_bus_socket"
_PATH = "unix:path="


def bus_address(bus: str, environ: Mapping[str, str]) -> str:
    """Return the address of a bus.

    Args:
        bus: `SESSION`, `SYSTEM`, or an address.
        environ: The environment.

    Raises:
        OSError: The bus is not set, or its socket does not exist.
    """
    variable = _VARIABLES.get(bus)
    address = (environ.get(variable) or (_SYSTEM_BUS if bus == SYSTEM else "")) if variable else bus
    if not address:
        raise OSError("no bus is set in the environment")
    path = _path_in(address)
    if path and not os.path.exists(path):  # noqa: PTH110 - called again and again, and faster
        raise OSError("the bus is not running")
    return address


def wayland_socket(environ: Mapping[str, str]) -> str:
    """Return the path of the compositor's socket, or an empty text without `WAYLAND_DISPLAY`."""
    display = environ.get("WAYLAND_DISPLAY", "")
    # An absolute name is a path already.
    return os.path.join(environ.get("XDG_RUNTIME_DIR", ""), display) if display else ""  # noqa: PTH118 - a text


class ServerWatch:
    """Notices when a server of the desktop starts, ends or restarts, from its socket alone.

    Args:
        environ: The environment.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        display = environ.get("DISPLAY", "").partition(":")[2].partition(".")[0]
        paths = (
            _path_in(environ.get(_VARIABLES[SESSION], "")),
            _path_in(environ.get(_VARIABLES[SYSTEM]) or _SYSTEM_BUS),
            wayland_socket(environ),
            f"/tmp/.X11-unix/X{display}" if display else "",  # noqa: S108 - where X servers listen
        )
        self._paths = [path for path in paths if path]
        self._seen: list[tuple[int, int] | None] = []

    def has_changed(self) -> bool:
        """Return whether anything has changed since the last call."""
        before, self._seen = self._seen, [_identity(path) for path in self._paths]
        return before != self._seen


def _path_in(address: str) -> str:
    """Return the path in a bus's address, or an empty text for an address of another kind."""
    first = address.partition(";")[0]
    return first.removeprefix(_PATH).partition(",")[0] if first.startswith(_PATH) else ""


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - called again and again, and faster
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns
