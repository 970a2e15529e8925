"""Just enough of a Wayland compositor: a seat, and a notifier that reports what a test says."""

import contextlib
import socket
import struct
import threading
from pathlib import Path


def string(text: str) -> bytes:
    """Return a string in wire format."""
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)


class Compositor:
    """A compositor for one client.

    Args:
        folder: Where its socket is.
        offers: The interfaces that it offers.
    """

    def __init__(self, folder: Path, *offers: str) -> None:
        self.environ = {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wayland-7"}
        self.requests: list[tuple[str, int, tuple[int, ...]]] = []
        """The requests to what was bound: interface, opcode and arguments."""
        self._offers = offers
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / "wayland-7"))
        self._listener.listen(1)
        self._client: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def send(self, target: int, opcode: int, arguments: bytes = b"") -> None:
        """Send an event."""
        assert self._client
        self._client.sendall(struct.pack("=II", target, (8 + len(arguments)) << 16 | opcode) + arguments)

    def send_raw(self, data: bytes) -> None:
        """Send bytes."""
        assert self._client
        self._client.sendall(data)

    def stop(self) -> None:
        """End the compositor and its connection."""
        self._listener.close()
        if self._client:
            with contextlib.suppress(OSError):
                self._client.shutdown(socket.SHUT_RDWR)
            self._thread.join()
            self._client.close()
            self._client = None

    def _serve(self) -> None:
        self._client, _ = self._listener.accept()
        kinds = {1: "wl_display"}
        while head := self._client.recv(8, socket.MSG_WAITALL):
            target, word = struct.unpack("=II", head)
            data = self._client.recv((word >> 16) - 8, socket.MSG_WAITALL)
            opcode, kind = word & 0xFFFF, kinds[target]
            if kind == "wl_display" and opcode == 1:
                [registry] = struct.unpack("=I", data)
                kinds[registry] = "wl_registry"
                for number, interface in enumerate(self._offers):
                    self.send(registry, 0, struct.pack("=I", number) + string(interface) + struct.pack("=I", 3))
            elif kind == "wl_display":
                self.send(struct.unpack("=I", data)[0], 0, struct.pack("=I", 0))
            elif kind == "wl_registry":
                [length] = struct.unpack_from("=I", data, 4)
                _, new = struct.unpack_from("=II", data, 8 + (length + 3 & ~3))
                kinds[new] = data[8 : 8 + length - 1].decode()
            else:
                self.requests.append((kind, opcode, struct.unpack(f"={len(data) // 4}I", data)))
