"""A message bus of the tests' own, and services on it in place of a desktop's."""

import contextlib
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NOTIFICATIONS = "org.freedesktop.Notifications"
PATIENCE_SECONDS = 15.0


def is_missing() -> bool:
    """Return whether dbus-daemon is not installed."""
    return shutil.which("dbus-daemon") is None


class PrivateBus:
    """A message bus that no desktop uses."""

    def __init__(self, folder: Path) -> None:
        config = folder / "bus.conf"
        config.write_text(
            f"<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>"
            '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
            '<allow own="*"/></policy></busconfig>',
            encoding="utf-8",
        )
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()

    def environment(self) -> dict[str, str]:
        """Return the environment of its clients."""
        return {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address}

    def stop(self) -> None:
        """End the bus."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


Answer = tuple[str, tuple[Any, ...]]


class Service:
    """A service in a thread. `calls` has the methods that were called, with their arguments."""

    def __init__(self, bus: PrivateBus, name: str, answer: Callable[[str, tuple[Any, ...]], Answer]) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.connection: DBusConnection = open_dbus_connection(bus.address)
        self._answer = answer
        self._ended = threading.Event()
        self.connection.send_and_get_reply(message_bus.RequestName(name), timeout=PATIENCE_SECONDS)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def emit(self, path: str, interface: str, member: str, signature: str, *body: Any, to: str | None = None) -> None:
        """Send a signal to all clients, or to one."""
        message = new_signal(DBusAddress(path, interface=interface), member, signature, body)
        if to:
            message.header.fields[HeaderFields.destination] = to
        with contextlib.suppress(OSError):
            self.connection.send(message)

    def after(self, call: Message) -> None:
        """Do something after a reply; for services that do."""

    def stop(self) -> None:
        """Disconnect from the bus."""
        self._ended.set()
        self._thread.join(PATIENCE_SECONDS)
        self.connection.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                call = self.connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            except OSError:
                return
            if call.header.message_type is not MessageType.method_call:
                continue
            member = call.header.fields[HeaderFields.member]
            self.calls.append((member, call.body))
            try:
                signature, body = self._answer(member, call.body)
                self.connection.send(new_method_return(call, signature or None, body))
            except KeyError:
                self.connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", (member,)))
            except OSError:
                return
            self.after(call)


class NotificationService(Service):
    """A notification service that clicks. `clicks` has a label, `<dismiss>` or `<expire>` for each notification."""

    def __init__(
        self, bus: PrivateBus, clicks: tuple[str, ...] = (), capabilities: tuple[str, ...] = ("actions", "body")
    ) -> None:
        self.clicks = list(clicks)
        self.unicast = False
        self._capabilities = list(capabilities)
        self._count = 0
        super().__init__(bus, NOTIFICATIONS, self._answers)

    @property
    def shown(self) -> list[tuple[Any, ...]]:
        """The arguments of each notification."""
        return [arguments for member, arguments in self.calls if member == "Notify"]

    def send(self, member: str, signature: str, *body: Any, to: str | None = None) -> None:
        """Send one of its signals."""
        self.emit("/org/freedesktop/Notifications", NOTIFICATIONS, member, signature, *body, to=to)

    def after(self, call: Message) -> None:
        """Click as soon as a notification is shown."""
        if call.header.fields[HeaderFields.member] != "Notify" or not self.clicks:
            return
        click, actions = self.clicks.pop(0), call.body[5]
        keys = dict(zip(actions[1::2], actions[0::2], strict=True))
        to = call.header.fields[HeaderFields.sender] if self.unicast else None
        if click in keys:
            self.send("ActionInvoked", "us", self._count, keys[click], to=to)
        self.send("NotificationClosed", "uu", self._count, 1 if click == "<expire>" else 2, to=to)

    def _answers(self, member: str, arguments: tuple[Any, ...]) -> Answer:
        if member == "Notify":
            self._count = arguments[1] or self._count + 1
            return "u", (self._count,)
        return {
            "GetCapabilities": ("as", (self._capabilities,)),
            "GetServerInformation": ("ssss", ("fake", "tests", "0", "1.2")),
            "CloseNotification": ("", ()),
        }[member]
