"""Idle time on Wayland: the compositor reports when the seat has been idle for a while, and when somebody is back.

Over the raw socket: `ext-idle-notify-v1` (KDE 5.27, sway 1.8, Hyprland and later), or the older `org_kde_kwin_idle`,
which works alike. Of the two requests of ext-idle, the one that honours idle inhibitors is used, because somebody who
watches a video is at the screen.

Protocols: https://wayland.app/protocols/ext-idle-notify-v1, https://wayland.app/protocols/kde-idle
"""

import socket
import struct
import time
from collections.abc import Callable, Mapping

from stretch_coach.breaks.desktop.idle.source import IdleSource
from stretch_coach.breaks.desktop.sockets import wayland_socket

AFTER_SECONDS = 30.0
"""How long the seat has to be unused before the compositor reports it."""

_PATIENCE_SECONDS = 2.0
_EXT, _KDE = "ext_idle_notifier_v1", "org_kde_kwin_idle"
_DISPLAY, _REGISTRY, _SYNC, _SEAT, _NOTIFIER, _NOTIFICATION = range(1, 7)  # the numbers we give to objects
_IDLED, _RESUMED = 0, 1  # events of the notification, the same in both protocols
_MAX_BUFFER_BYTES = 1 << 20
_MAX_READS = 100
"""How often the socket is read at one time, so that a flood does not keep the caller from everything else."""


class WaylandIdle(IdleSource):
    """The time since the compositor reported the seat idle; 0 while the seat is in use.

    Args:
        environ: Has `WAYLAND_DISPLAY` and `XDG_RUNTIME_DIR`.
        now: A monotonic clock in seconds.
        after: Seconds without use before the seat counts as idle, at least 0.001.

    Raises:
        OSError: There is no compositor, or it supports neither protocol.
    """

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float], after: float = AFTER_SECONDS) -> None:
        self._now = now
        self._after = after
        self._idle_since: float | None = None
        self._lost = False
        self._buffer = b""
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.settimeout(_PATIENCE_SECONDS)
            self._socket.connect(wayland_socket(environ))
            self.name = f"Wayland ({self._subscribe()})"
            self._socket.settimeout(0)
        except struct.error as error:
            self._socket.close()
            raise OSError("the compositor does not speak Wayland") from error
        except BaseException:
            self._socket.close()
            raise

    def idle_seconds(self) -> float | None:
        """Return the seconds since the last use; 0 for less than `after`."""
        if self._lost:
            return None
        return 0.0 if self._idle_since is None else max(0.0, self._now() - self._idle_since)

    def descriptors(self) -> list[int]:
        """Return the connection to the compositor."""
        return [] if self._lost else [self._socket.fileno()]

    def drain(self) -> None:
        """Receive events."""
        try:
            for _ in range(_MAX_READS):
                for target, opcode, _arguments in self._read():
                    self._handle(target, opcode)
        except BlockingIOError:
            return
        except OSError:
            self._lost = True
            self._socket.close()

    def is_lost(self) -> bool:
        """Return whether the compositor has gone away."""
        return self._lost

    def close(self) -> None:
        """Disconnect."""
        self._socket.close()

    def _handle(self, target: int, opcode: int) -> None:
        if target == _NOTIFICATION and opcode == _IDLED:
            self._idle_since = self._now() - self._after
        elif target == _NOTIFICATION and opcode == _RESUMED:
            self._idle_since = None
        elif target == _DISPLAY and opcode == 0:
            raise ConnectionError("the compositor refuses")

    def _subscribe(self) -> str:
        """Subscribe to idle events and return the protocol that is used."""
        offered = self._offers()
        protocol = next((one for one in (_EXT, _KDE) if one in offered), None)
        if protocol is None or "wl_seat" not in offered:
            raise OSError("the compositor supports neither ext-idle-notify nor KDE's idle protocol")
        self._bind(offered["wl_seat"], "wl_seat", _SEAT)
        self._bind(offered[protocol], protocol, _NOTIFIER)
        milliseconds = round(self._after * 1000)
        if protocol == _EXT:
            self._send(_NOTIFIER, 1, struct.pack("=III", _NOTIFICATION, milliseconds, _SEAT))
        else:
            self._send(_NOTIFIER, 0, struct.pack("=III", _NOTIFICATION, _SEAT, milliseconds))
        return protocol

    def _offers(self) -> dict[str, int]:
        """Return the interfaces that the compositor offers, each with the number to bind it by."""
        self._send(_DISPLAY, 1, struct.pack("=I", _REGISTRY))
        self._send(_DISPLAY, 0, struct.pack("=I", _SYNC))
        offered: dict[str, int] = {}
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for target, opcode, data in self._read():
                if target == _REGISTRY and opcode == 0:
                    number, length = struct.unpack_from("=II", data)
                    offered.setdefault(data[8 : 8 + length - 1].decode("utf-8", "replace"), number)
                elif target == _DISPLAY and opcode == 0:
                    raise OSError("the compositor refuses")
                elif target == _SYNC:
                    return offered
        raise TimeoutError("the compositor does not answer")

    def _bind(self, number: int, interface: str, name: int) -> None:
        text = interface.encode() + b"\0"
        padded = struct.pack("=I", len(text)) + text + b"\0" * (-len(text) % 4)
        self._send(_REGISTRY, 0, struct.pack("=I", number) + padded + struct.pack("=II", 1, name))

    def _send(self, target: int, opcode: int, arguments: bytes) -> None:
        self._socket.sendall(struct.pack("=II", target, (8 + len(arguments)) << 16 | opcode) + arguments)

    def _read(self) -> list[tuple[int, int, bytes]]:
        """Return complete messages as object, opcode and arguments; an incomplete one stays in the buffer."""
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("the compositor is gone")
        self._buffer += data
        messages = []
        while len(self._buffer) >= 8:  # noqa: PLR2004 - a message's head
            target, word = struct.unpack_from("=II", self._buffer)
            size = word >> 16
            if size < 8 or len(self._buffer) > _MAX_BUFFER_BYTES:  # noqa: PLR2004 - the same
                raise ConnectionError("the compositor does not speak Wayland")
            if len(self._buffer) < size:
                break
            messages.append((target, word & 0xFFFF, self._buffer[8:size]))
            self._buffer = self._buffer[size:]
        return messages
