"""A connection to a D-Bus message bus for a program that waits in ``select``: bounded calls, signals as they come.

The wire format and the authentication are jeepney's.
"""

import contextlib
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
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnection, prep_socket

PATIENCE_SECONDS = 2.0
"""How long a call may take; services answer in about a millisecond, or are being started."""

_DRAIN_AT_MOST = 5_000
"""Messages read at one time, so that a flood cannot keep us from the rest."""


class BusError(RuntimeError):
    """The bus is not there, is gone, or a call on it failed or took too long."""


class BusGoneError(BusError):
    """The connection is lost; another one has to be opened."""


class Signal(NamedTuple):
    """A signal that came in.

    Attributes:
        sender: The unique name of the connection that sent it.
        path: The object it comes from.
        interface: Its interface.
        member: Its name.
        body: Its arguments.
    """

    sender: str
    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


class _Connection(DBusConnection):  # type: ignore[misc] # jeepney has no types
    """jeepney's connection, whose wait for a reply ends in time even if other messages never cease."""

    def __init__(self, sock: Any, patience: float, on_message: Callable[[Message], None]) -> None:
        self.patience = patience
        self.on_message = on_message
        super().__init__(sock)

    def send_and_get_reply(self, message: Message, *, timeout: float | None = None) -> Message:
        """Send a call and wait for its reply; other messages are handed on."""
        deadline = time.monotonic() + (self.patience if timeout is None else timeout)
        serial = next(self.outgoing_serial)
        self.send(message, serial=serial)
        while (left := deadline - time.monotonic()) > 0:
            answer = self.receive(timeout=left)
            if answer.header.fields.get(HeaderFields.reply_serial, -1) == serial:
                return answer
            self.on_message(answer)
        raise TimeoutError


class Bus:
    """An open connection.

    Args:
        address: ``SESSION``, ``SYSTEM``, or a bus's own address.
        on_signal: Takes each signal that comes in; called from within :meth:`take_in` and :meth:`call`.
        patience: Seconds that connecting, and each call, may take.

    Raises:
        BusGoneError: There is no such bus.
    """

    def __init__(
        self, address: str, on_signal: Callable[[Signal], None], *, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._on_signal = on_signal
        try:
            socket = prep_socket(get_bus(address), timeout=patience)
        except KeyError as error:
            raise BusGoneError("no bus is set in the environment") from error
        except (OSError, RuntimeError, ValueError, StopIteration) as error:
            raise BusGoneError(f"the bus does not answer ({error})") from error
        try:
            socket.settimeout(patience)  # a bus that reads nothing must not hold us up
            self._connection = _Connection(socket, patience, self._hand_on)
        except (OSError, RuntimeError) as error:
            socket.close()
            raise BusGoneError(f"the bus does not answer ({error})") from error

    def fileno(self) -> int:
        """The descriptor that becomes readable when something comes in."""
        number: int = self._connection.sock.fileno()
        return number

    def call(self, address: DBusAddress, method: str, signature: str = "", *arguments: Any) -> "Reply":
        """Call a method and wait for its reply.

        Raises:
            BusGoneError: The connection is lost.
            BusError: The service is not there, refused, or took too long.
        """
        return self._ask(new_method_call(address, method, signature or None, arguments))

    def get(self, address: DBusAddress, name: str) -> Any:
        """A property's value.

        Raises:
            BusGoneError: The connection is lost.
            BusError: The service or the property is not there.
        """
        [(_, value)] = self._ask(Properties(address).get(name)).body
        return value

    def get_all(self, address: DBusAddress) -> dict[str, Any]:
        """All properties of an interface.

        Raises:
            BusGoneError: The connection is lost.
            BusError: The object is not there.
        """
        [found] = self._ask(Properties(address).get_all()).body
        return {name: value for name, (_, value) in found.items()}

    def is_there(self, name: str) -> bool:
        """Whether a service runs under a name; asking starts none.

        Raises:
            BusGoneError: The connection is lost.
        """
        return bool(self._ask(message_bus.NameHasOwner(name)).body[0])

    def tell(self, address: DBusAddress, method: str, signature: str, *arguments: Any) -> None:
        """Call a method without waiting for what becomes of it."""
        message = new_method_call(address, method, signature, arguments)
        message.header.flags = MessageFlag.no_reply_expected
        with contextlib.suppress(OSError):
            self._connection.send(message)

    def listen(self, **rule: str) -> None:
        """Ask the bus for signals: ``sender``, ``interface``, ``path``, ``member``, and ``arg0``, their first argument.

        Raises:
            BusError: The bus refuses.
        """
        first = rule.pop("arg0", None)
        match = MatchRule(type="signal", **rule)
        if first is not None:
            match.add_arg_condition(0, first)
        self._ask(message_bus.AddMatch(match))

    def take_in(self) -> None:
        """Read all that has come in and hand the signals on. It does not wait.

        Raises:
            BusGoneError: The connection is lost.
        """
        try:
            for _ in range(_DRAIN_AT_MOST):
                self._hand_on(self._connection.receive(timeout=0))
        except TimeoutError:
            return
        except _BROKEN as error:
            raise BusGoneError(f"the bus is gone ({error})") from error

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()

    def _ask(self, message: Message) -> "Reply":
        try:
            answer = self._connection.send_and_get_reply(message)
        except TimeoutError as error:
            raise BusError("no answer in time") from error
        except _BROKEN as error:
            raise BusGoneError(f"the bus is gone ({error})") from error
        fields = answer.header.fields
        if answer.header.message_type is MessageType.error:
            raise BusError(f"{fields.get(HeaderFields.error_name, 'error')}: {' '.join(map(str, answer.body))}")
        return Reply(fields.get(HeaderFields.sender, ""), answer.body)

    def _hand_on(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            fields = message.header.fields
            self._on_signal(
                Signal(
                    fields.get(HeaderFields.sender, ""),
                    fields.get(HeaderFields.path, ""),
                    fields.get(HeaderFields.interface, ""),
                    fields.get(HeaderFields.member, ""),
                    message.body,
                )
            )


_BROKEN = (OSError, ValueError, KeyError, AssertionError)
"""What reading raises when the other side is gone, or sends what is not D-Bus."""


class Reply(NamedTuple):
    """What a call gave.

    Attributes:
        sender: The unique name of the connection that answered.
        body: What it answered.
    """

    sender: str
    body: tuple[Any, ...]
