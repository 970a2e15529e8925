"""Idle time on Wayland: the compositor says when nobody has used the seat for a while, and when somebody is back.

Over the raw socket: ``ext-idle-notify-v1`` (KDE 5.27, sway 1.8, Hyprland and later), or its older twin
``org_kde_kwin_idle``. The request of ext-idle that honours idle inhibitors is used: who watches a video looks at the
screen. Protocols: https://wayland.app/protocols/ext-idle-notify-v1, https://wayland.app/protocols/kde-idle
"""

import os
import socket
import struct
import time
from collections.abc import Callable, Mapping

AFTER_SECONDS = 30.0
"""How long nobody has to use the seat before the compositor says so."""

_PATIENCE_SECONDS = 2.0
_EXT, _KDE = "ext_idle_notifier_v1", "org_kde_kwin_idle"
_DISPLAY, _REGISTRY, _SYNC, _SEAT, _NOTIFIER, _NOTIFICATION = range(1, 7)  # our names for objects
_IDLED, _RESUMED = 0, 1  # events of the notification, the same in both protocols
_BUFFER_AT_MOST = 1 << 20


class WaylandIdle:
    """The time since the compositor said that nobody is there; 0 while somebody is.

    Args:
        environ: Has ``WAYLAND_DISPLAY`` and ``XDG_RUNTIME_DIR``.
        now: Seconds that never go back.
        after: Seconds without use before the seat counts as idle, at least 0.001.

    Raises:
        OSError: There is no compositor, or it has no protocol for this.
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
            self._socket.connect(_socket_path(environ))
            self.name = f"Wayland ({self._subscribe()})"
            self._socket.settimeout(0)
        except struct.error as error:
            self._socket.close()
            raise OSError("the compositor does not speak Wayland") from error
        except BaseException:
            self._socket.close()
            raise

    def idle_seconds(self) -> float | None:
        """Seconds since the last use, 0 for less than was asked for when this was made."""
        if self._lost:
            return None
        return 0.0 if self._idle_since is None else max(0.0, self._now() - self._idle_since)

    def locked(self) -> bool | None:
        """The compositor does not tell."""
        return None

    def descriptors(self) -> list[int]:
        """The connection to the compositor."""
        return [] if self._lost else [self._socket.fileno()]

    def take_in(self) -> None:
        """Read what the compositor said."""
        try:
            while True:
                for target, opcode, _ in self._read():
                    self._understand(target, opcode)
        except BlockingIOError:
            return
        except OSError:
            self._lost = True
            self._socket.close()

    def is_lost(self) -> bool:
        """Whether the compositor has gone away."""
        return self._lost

    def close(self) -> None:
        """Disconnect."""
        self._socket.close()

    def _understand(self, target: int, opcode: int) -> None:
        if target == _NOTIFICATION and opcode == _IDLED:
            self._idle_since = self._now() - self._after
        elif target == _NOTIFICATION and opcode == _RESUMED:
            self._idle_since = None
        elif target == _DISPLAY and opcode == 0:
            raise ConnectionError("the compositor refuses")

    def _subscribe(self) -> str:
        """Ask to be told; the protocol that is used."""
        offered = self._offers()
        protocol = next((one for one in (_EXT, _KDE) if one in offered), None)
        if protocol is None or "wl_seat" not in offered:
            raise OSError("the compositor has neither ext-idle-notify nor KDE's idle protocol")
        self._bind(offered["wl_seat"], "wl_seat", _SEAT)
        self._bind(offered[protocol], protocol, _NOTIFIER)
        milliseconds = round(self._after * 1000)
        if protocol == _EXT:
            self._send(_NOTIFIER, 1, struct.pack("=III", _NOTIFICATION, milliseconds, _SEAT))
        else:
            self._send(_NOTIFIER, 0, struct.pack("=III", _NOTIFICATION, _SEAT, milliseconds))
        return protocol

    def _offers(self) -> dict[str, int]:
        """What the compositor offers, each with the number to bind it by."""
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
        """Whole messages: object, opcode, arguments. What is left of one waits for the rest."""
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("the compositor is gone")
        self._buffer += data
        messages = []
        while len(self._buffer) >= 8:  # noqa: PLR2004 - a message's head
            target, word = struct.unpack_from("=II", self._buffer)
            size = word >> 16
            if size < 8 or len(self._buffer) > _BUFFER_AT_MOST:  # noqa: PLR2004 - the same
                raise ConnectionError("the compositor does not speak Wayland")
            if len(self._buffer) < size:
                break
            messages.append((target, word & 0xFFFF, self._buffer[8:size]))
            self._buffer = self._buffer[size:]
        return messages


def _socket_path(environ: Mapping[str, str]) -> str:
    """Where the compositor listens; an absolute name stands for itself."""
    folder = environ.get("XDG_RUNTIME_DIR", "")
    return os.path.join(folder, environ["WAYLAND_DISPLAY"])  # noqa: PTH118 - a socket's name, as libwayland makes it
