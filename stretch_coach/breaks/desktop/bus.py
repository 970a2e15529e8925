"""A connection to a D-Bus message bus for a program that waits in `select`: bounded calls, signals as they arrive.

Wire format and authentication are jeepney's. Whatever a service sends, a caller sees a value of the type it asked for
or a `BusError`.
"""

import contextlib
import os
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnectionBase, prep_socket
from jeepney.low_level import Header

from stretch_coach.breaks.desktop.sockets import bus_address

PATIENCE_SECONDS = 2.0
"""How long a call may take. Services answer within about a millisecond, or are just being started."""

_MAX_DRAINED = 5_000
"""How many messages are read at one time, so that a flood does not keep the caller from everything else."""

_MAX_MESSAGE_BYTES = 1 << 20
_MAX_ERROR_LENGTH = 200


class BusError(RuntimeError):
    """There is no bus, or a call on it failed, took too long or was answered with a wrong type."""


class BusGoneError(BusError):
    """The connection is lost; a new one has to be opened."""


class Signal(NamedTuple):
    """A signal that arrived.

    Attributes:
        sender: The unique name of the connection that sent it.
        path: The object that sent it.
        interface: The signal's interface.
        member: The signal's name.
        signature: The D-Bus types of its arguments.
        body: Its arguments.
    """

    sender: str
    path: str
    interface: str
    member: str
    signature: str
    body: tuple[Any, ...]


class Reply(NamedTuple):
    """The answer to a call.

    Attributes:
        sender: The unique name of the connection that answered.
        body: The values it returned.
    """

    sender: str
    body: tuple[Any, ...]


class Bus:
    """An open connection.

    Args:
        address: `SESSION`, `SYSTEM`, or a bus's own address.
        on_signal: Receives each signal, from within `drain` and `call`.
        patience: Seconds that connecting, and each call, may take.

    Raises:
        BusGoneError: There is no such bus.
    """

    def __init__(
        self, address: str, on_signal: Callable[[Signal], None], *, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._on_signal = on_signal
        try:
            socket = prep_socket(get_bus(bus_address(address, os.environ)), timeout=patience)
        except Exception as error:
            raise BusGoneError(f"the bus does not answer ({_reason(error)})") from error
        try:
            socket.settimeout(patience)  # a bus that reads nothing must not block the caller
            self._connection = _Connection(socket, patience, self._pass_on)
        except Exception as error:
            socket.close()
            raise BusGoneError(f"the bus does not answer ({_reason(error)})") from error

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when a message arrives."""
        number: int = self._connection.sock.fileno()
        return number

    def call(
        self, address: DBusAddress, method: str, signature: str = "", arguments: tuple[Any, ...] = (), *, returns: str
    ) -> Reply:
        """Call a method and wait for its reply.

        Args:
            address: The object and its interface.
            method: The method's name.
            signature: The D-Bus types of the arguments.
            arguments: The arguments.
            returns: The D-Bus types of the reply.

        Raises:
            BusGoneError: The connection is lost.
            BusError: There is no such service, or it refused, took too long or returned other types.
        """
        return self._ask(new_method_call(address, method, signature or None, arguments), returns)

    def get(self, address: DBusAddress, name: str, returns: str) -> Any:
        """Return the value of a property.

        Args:
            address: The object and its interface.
            name: The property's name.
            returns: The D-Bus type of the property.

        Raises:
            BusGoneError: The connection is lost.
            BusError: There is no such service or property, or it has another type.
        """
        [(signature, value)] = self._ask(Properties(address).get(name), "v").body
        if signature != returns:
            raise BusError(f"{name} is of type {_printable(signature)}")
        return value

    def get_all(self, address: DBusAddress) -> dict[str, tuple[str, Any]]:
        """Return all properties of an interface, each with the D-Bus type of its value.

        Raises:
            BusGoneError: The connection is lost.
            BusError: There is no such object.
        """
        [found] = self._ask(Properties(address).get_all(), "a{sv}").body
        properties: dict[str, tuple[str, Any]] = found
        return properties

    def has_owner(self, name: str) -> bool:
        """Return whether a service is running under a name. Asking does not start it.

        Raises:
            BusError: The bus does not answer.
        """
        return bool(self._ask(message_bus.NameHasOwner(name), "b").body[0])

    def notify(self, address: DBusAddress, method: str, signature: str, *arguments: Any) -> None:
        """Call a method without waiting for a reply, and without an error if that fails."""
        message = new_method_call(address, method, signature, arguments)
        message.header.flags = MessageFlag.no_reply_expected
        with contextlib.suppress(OSError):
            self._connection.send(message)

    def subscribe(self, **rule: str) -> None:
        """Ask the bus for signals by `sender`, `interface`, `path`, `member` and `arg0`, their first argument.

        Raises:
            BusError: The bus refuses.
        """
        first = rule.pop("arg0", None)
        match = MatchRule(type="signal", **rule)
        if first is not None:
            match.add_arg_condition(0, first)
        self._ask(message_bus.AddMatch(match), "")

    def drain(self) -> None:
        """Read everything that has arrived and pass the signals on, without waiting.

        Raises:
            BusGoneError: The connection is lost.
        """
        try:
            for _ in range(_MAX_DRAINED):
                self._pass_on(self._connection.receive(0))
        except TimeoutError:
            return
        except Exception as error:
            raise BusGoneError(f"the bus is gone ({_reason(error)})") from error

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(self, message: Message, returns: str) -> Reply:
        try:
            answer = self._connection.send_and_get_reply(message)
        except TimeoutError as error:
            raise BusError("no answer in time") from error
        except Exception as error:
            raise BusGoneError(f"the bus is gone ({_reason(error)})") from error
        fields = answer.header.fields
        if answer.header.message_type is MessageType.error:
            words = [str(fields.get(HeaderFields.error_name, "error")), *map(str, answer.body)]
            raise BusError(_printable(": ".join(words)))
        signature = fields.get(HeaderFields.signature, "")
        if signature != returns:
            raise BusError(f"the service answered with the wrong type: {_printable(str(signature)) or 'nothing'}")
        return Reply(str(fields.get(HeaderFields.sender, "")), answer.body)

    def _pass_on(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            fields = message.header.fields
            self._on_signal(
                Signal(
                    fields.get(HeaderFields.sender, ""),
                    fields.get(HeaderFields.path, ""),
                    fields.get(HeaderFields.interface, ""),
                    fields.get(HeaderFields.member, ""),
                    fields.get(HeaderFields.signature, ""),
                    message.body,
                )
            )


class _Connection(DBusConnectionBase):  # type: ignore[misc] # jeepney has no types
    """jeepney's connection, except that waiting for a reply ends in time even if other messages keep arriving."""

    def __init__(self, socket: Any, patience: float, on_message: Callable[[Message], None]) -> None:
        super().__init__(socket)
        self.parser = _StrictParser()
        self._patience = patience
        self._on_message = on_message
        self.send_and_get_reply(message_bus.Hello())

    def send(self, message: Message, serial: int | None = None) -> None:
        """Send a message."""
        data, _ = self._serialise(message, serial)
        self.sock.sendall(data)

    def receive(self, timeout: float) -> Message:
        """Return the next message, or raise TimeoutError after `timeout` seconds."""
        return self._receive(time.monotonic() + timeout)

    def send_and_get_reply(self, message: Message) -> Message:
        """Send a call and wait for its reply. Other messages are passed on."""
        deadline = time.monotonic() + self._patience
        serial = next(self.outgoing_serial)
        self.send(message, serial)
        while (left := deadline - time.monotonic()) > 0:
            answer = self.receive(left)
            if answer.header.fields.get(HeaderFields.reply_serial, -1) == serial:
                return answer
            self._on_message(answer)
        raise TimeoutError


class _StrictParser(Parser):  # type: ignore[misc] # jeepney has no types
    """jeepney's parser, except that it refuses messages that would exhaust the memory or take forever to parse."""

    def get_next_message(self) -> Message | None:
        """Return the next complete message, or None.

        Raises:
            ValueError: It is too large, or has an array of empty structs, which would never be full.
        """
        if self.bytes_desired() > _MAX_MESSAGE_BYTES:
            raise ValueError("a message is too large")
        size = self.next_msg_size
        if size is not None and self.buf.bytes_buffered >= size and b"()" in (raw := self.buf.peek(size)):
            fields_end = 16 + int.from_bytes(raw[12:16], "little" if raw[:1] == b"l" else "big")
            if b"()" in raw[:fields_end]:
                raise ValueError("a header has an empty struct")
            header, start = Header.from_buffer(raw)
            if "v" in header.fields.get(HeaderFields.signature, "") and b"()" in raw[start:]:
                raise ValueError("a value has an empty struct")
        return super().get_next_message()


def _reason(error: Exception) -> str:
    return _printable(str(error)) or type(error).__name__


def _printable(text: str) -> str:
    """Return a text from another program as one short line."""
    return "".join(character if character.isprintable() else " " for character in text[:_MAX_ERROR_LENGTH]).strip()
