"""An endpoint that speaks just enough of D-Bus, so that a test decides about every reply, byte by byte if it wants."""

import contextlib
import itertools
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Parser,
    new_error,
    new_method_return,
    new_signal,
)

BUS = "org.freedesktop.DBus"
NOTIFICATIONS = "org.freedesktop.Notifications"
PATIENCE_SECONDS = 15.0

Reply = tuple[str, tuple[Any, ...]]
"""The D-Bus types of a reply, and its values."""

Answer = Callable[[str, tuple[Any, ...]], Reply | bytes | None]
"""Returns what a service replies to a method with arguments: values, raw bytes, or nothing at all.

A KeyError is an unknown method.
"""


class FakeBus:
    """A bus with services that a test defines.

    Args:
        folder: Where its socket is.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / "bus"
        self.address = f"unix:path={path}"
        self.services: dict[str, Answer] = {}
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        """The methods of services that were called, with their arguments."""
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._clients: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def emit(self, sender: str, path: str, interface: str, member: str, signature: str, *body: Any) -> None:
        """Send a signal to all clients."""
        self.send(signal_bytes(sender, path, interface, member, signature, *body))

    def change_owner(self, name: str, before: str, after: str) -> None:
        """Let a service appear or disappear."""
        self.emit(BUS, "/org/freedesktop/DBus", BUS, "NameOwnerChanged", "sss", name, before, after)

    def send(self, data: bytes) -> None:
        """Send bytes to all clients."""
        for client in [*self._clients]:
            with contextlib.suppress(OSError):
                client.sendall(data)

    def stop(self) -> None:
        """End the bus and all its connections."""
        if not self._is_stopped:
            self._is_stopped = True
            # A thread that waits in accept() wakes only for a connection.
            with socket.socket(socket.AF_UNIX) as last:
                last.connect(self._listener.getsockname())
            self._threads[0].join(PATIENCE_SECONDS)
            self._listener.close()
            for client in self._clients:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)
            for thread in self._threads:
                thread.join(PATIENCE_SECONDS)
            for client in self._clients:
                client.close()

    _is_stopped = False

    def _accept(self) -> None:
        for number in itertools.count(1):
            client, _ = self._listener.accept()
            if self._is_stopped:
                client.close()
                return
            self._clients.append(client)
            self._threads.append(threading.Thread(target=self._serve, args=(client, f":1.{number}"), daemon=True))
            self._threads[-1].start()

    def _serve(self, client: socket.socket, name: str) -> None:
        with contextlib.suppress(OSError):
            while b"\r\n" not in (data := client.recv(4096)) and data:
                pass
            client.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
            greeting = client.recv(4096)
            parser = Parser()
            parser.add_data(greeting.partition(b"BEGIN\r\n")[2])
            while True:
                while (message := parser.get_next_message()) is not None:
                    if message.header.message_type is MessageType.method_call:
                        self._reply(client, message, name)
                data = client.recv(65536)
                if not data:
                    return
                parser.add_data(data)

    def _reply(self, client: socket.socket, call: Message, name: str) -> None:
        fields = call.header.fields
        member, service = fields[HeaderFields.member], fields[HeaderFields.destination]
        try:
            answer: Reply | bytes | None
            if service == BUS:
                answer = self._answer(member, call.body, name)
            else:
                self.calls.append((member, call.body))
                answer = self.services[service](member, call.body)
        except KeyError:
            error = new_error(call, f"{BUS}.Error.ServiceUnknown", "s", (f"there is no {service}",))
            error.header.fields[HeaderFields.sender] = BUS
            client.sendall(error.serialise(serial=1))
            return
        if isinstance(answer, bytes):
            client.sendall(answer)
        elif answer is not None and not (call.header.flags & 1):
            reply = new_method_return(call, answer[0] or None, answer[1])
            reply.header.fields[HeaderFields.sender] = f":{service}"
            client.sendall(reply.serialise(serial=1))

    def _answer(self, member: str, arguments: tuple[Any, ...], name: str) -> Reply:
        match member:
            case "Hello":
                return "s", (name,)
            case "NameHasOwner":
                return "b", (arguments[0] in self.services,)
            case _:
                return "", ()


def signal_bytes(sender: str, path: str, interface: str, member: str, signature: str, *body: Any) -> bytes:
    """Return the bytes of a signal."""
    message = new_signal(DBusAddress(path, interface=interface), member, signature or None, body)
    message.header.fields[HeaderFields.sender] = sender
    return bytes(message.serialise(serial=1))


class NotificationService:
    """A notification service that clicks.

    Args:
        bus: The bus that it is on.
        clicks: For each notification, the label of the button to click, `<dismiss>` or `<expire>`.
        capabilities: What it can do.
    """

    def __init__(
        self, bus: FakeBus, *clicks: str, capabilities: tuple[str, ...] = ("actions", "body"), name: str = "fake"
    ) -> None:
        self.clicks = list(clicks)
        self.name = name
        self._bus = bus
        self._capabilities = list(capabilities)
        self._count = 0
        bus.services[NOTIFICATIONS] = self._answer

    @property
    def shown(self) -> list[tuple[Any, ...]]:
        """The arguments of each notification."""
        return [arguments for member, arguments in self._bus.calls if member == "Notify"]

    def send(self, member: str, signature: str, *body: Any, sender: str = f":{NOTIFICATIONS}") -> None:
        """Send a signal of the service."""
        self._bus.emit(sender, "/org/freedesktop/Notifications", NOTIFICATIONS, member, signature, *body)

    def leave(self) -> None:
        """Disconnect from the bus."""
        del self._bus.services[NOTIFICATIONS]
        self._bus.change_owner(NOTIFICATIONS, f":{NOTIFICATIONS}", "")

    def _answer(self, member: str, arguments: tuple[Any, ...]) -> Reply:
        if member != "Notify":
            return {
                "GetCapabilities": ("as", (self._capabilities,)),
                "GetServerInformation": ("ssss", (self.name, "tests", "0", "1.2")),
                "CloseNotification": ("", ()),
            }[member]
        self._count = arguments[1] or self._count + 1
        if self.clicks:
            click, actions = self.clicks.pop(0), arguments[5]
            keys = dict(zip(actions[1::2], actions[0::2], strict=True))
            # After the reply, as a user would.
            threading.Timer(0.01, self._click, (self._count, keys.get(click), click)).start()
        return "u", (self._count,)

    def _click(self, number: int, key: str | None, click: str) -> None:
        """Send the click and the closing at once, so that a client cannot show the next notification in between."""
        sender, path = f":{NOTIFICATIONS}", "/org/freedesktop/Notifications"
        clicked = signal_bytes(sender, path, NOTIFICATIONS, "ActionInvoked", "us", number, key) if key else b""
        reason = 1 if click == "<expire>" else 2
        self._bus.send(clicked + signal_bytes(sender, path, NOTIFICATIONS, "NotificationClosed", "uu", number, reason))


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Wait until something has happened."""
    pause = threading.Event()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, f"it never happened that {what}"
        pause.wait(0.005)
