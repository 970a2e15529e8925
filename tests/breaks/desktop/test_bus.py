"""A connection to a bus: calls end in time, and what is not of the type asked for is an error."""

import socket
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")
from jeepney import DBusAddress

from stretch_coach.breaks.desktop.bus import Bus, BusError, BusGoneError, Signal
from tests.breaks.desktop.fake_bus import FakeBus, Reply

SERVICE = "org.example.Service"
ADDRESS = DBusAddress("/org/example", bus_name=SERVICE, interface=SERVICE)


def ignore(_signal: Signal) -> None:
    """Ignore a signal."""


def opened(bus: FakeBus, on_signal: Any = ignore) -> Bus:
    return Bus(bus.address, on_signal, patience=0.3)


def answering(bus: FakeBus, reply: Reply | bytes | None) -> Bus:
    bus.services[SERVICE] = lambda _member, _arguments: reply
    return opened(bus)


def test_a_call_returns_the_values_and_the_sender(bus: FakeBus) -> None:
    connection = answering(bus, ("us", (7, "x")))
    assert connection.call(ADDRESS, "Ask", "s", ("what",), returns="us") == (f":{SERVICE}", (7, "x"))
    assert bus.calls == [("Ask", ("what",))]
    connection.close()


@pytest.mark.parametrize(
    "reply", [("", ()), ("s", ("7",)), ("uu", (7, 7)), ("au", ([7],)), ("v", (("u", 7),)), ("a{sv}", ({},))]
)
def test_a_reply_of_another_type_is_an_error(bus: FakeBus, reply: Reply) -> None:
    connection = answering(bus, reply)
    with pytest.raises(BusError, match="wrong type"):
        connection.call(ADDRESS, "Ask", returns="u")
    connection.close()


def test_a_property_of_another_type_is_an_error(bus: FakeBus) -> None:
    connection = answering(bus, ("v", (("s", "yes"),)))
    assert connection.get(ADDRESS, "Paused", "s") == "yes"
    with pytest.raises(BusError, match="type s"):
        connection.get(ADDRESS, "Paused", "b")
    connection.close()


def test_a_missing_service_is_an_error(bus: FakeBus) -> None:
    connection = opened(bus)
    assert not connection.has_owner(SERVICE)
    with pytest.raises(BusError, match=r"there is no org\.example"):
        connection.call(ADDRESS, "Ask", returns="u")
    connection.close()


def test_a_service_that_never_answers_is_given_up(bus: FakeBus) -> None:
    connection = answering(bus, None)
    with pytest.raises(BusError, match="in time"):
        connection.call(ADDRESS, "Ask", returns="u")
    connection.close()


def test_errors_are_one_printable_line(bus: FakeBus) -> None:
    connection = answering(bus, ("s", ("x",)))
    with pytest.raises(BusError) as refusal:
        connection.call(ADDRESS, "Ask", returns="\x1b[2J")
    assert str(refusal.value).isprintable()
    connection.close()


# A header says how many bytes follow, so these end the connection: nothing after them can be trusted.
BROKEN: list[bytes] = [
    b"not D-Bus at all, but long enough to be read as a header",
    b"l\x02\x01\x01" + b"\xff" * 4 + b"\x01\0\0\0" + b"\0" * 4,  # four gigabytes are to follow
    b"l\x09\x01\x01" + b"\0" * 4 + b"\x01\0\0\0" + b"\0" * 4,  # a message of an unknown type
    b"l\x02\x01\x01\0\0\0\0\x01\0\0\0\x0f\0\0\0\x08\x01g\0\x03a()\0" + b"\0" * 16,  # an array that nothing fills
    b"l\x02\x01\x01\0\0\0\0\x01\0\0\0\x08\0\0\0\x63\x01g\0\x01u\0\0",  # an unknown field
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_bytes_that_are_not_d_bus_lose_the_connection(bus: FakeBus, data: bytes) -> None:
    connection = answering(bus, data)
    with pytest.raises(BusGoneError):
        connection.call(ADDRESS, "Ask", returns="u")
    connection.close()


def test_a_bus_that_ends_is_gone(bus: FakeBus) -> None:
    connection = opened(bus)
    bus.stop()
    with pytest.raises(BusGoneError):
        connection.drain()
    with pytest.raises(BusGoneError):
        connection.call(ADDRESS, "Ask", returns="u")
    connection.notify(ADDRESS, "Tell", "u", 1)
    connection.close()


@pytest.mark.parametrize("address", ["", "nonsense", "unix:path=/nonexistent", "tcp:host=localhost", "unix:%zz=1"])
def test_an_address_that_leads_nowhere_is_gone(address: str) -> None:
    with pytest.raises(BusGoneError, match="does not answer"):
        Bus(address, ignore)


@pytest.mark.parametrize("greeting", [b"", b"REJECTED\r\n", b"OK " + b"x" * 10_000, b"\xff\r\n", b"OK 1\r\nOK 2\r\n"])
def test_a_server_that_is_no_bus_is_gone(tmp_path: Path, greeting: bytes) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "s"))
    listener.listen()

    def serve() -> None:
        client, _ = listener.accept()
        client.recv(4096)
        client.sendall(greeting)
        client.close()

    thread = threading.Thread(target=serve)
    thread.start()
    with pytest.raises(BusGoneError):
        Bus(f"unix:path={tmp_path / 's'}", ignore, patience=0.3)
    thread.join()
    listener.close()


def test_a_flood_of_signals_leaves_nothing_behind(bus: FakeBus) -> None:
    heard: list[Signal] = []
    connection = opened(bus, heard.append)

    def flood(count: int) -> None:
        heard.clear()
        for number in range(count):
            bus.emit(":1.99", "/x", SERVICE, "Noise", "s", "x" * 100)
            if number % 50 == 0:  # before its socket is full
                connection.drain()
        while len(heard) < count:
            connection.drain()
        assert heard[-1] == Signal(":1.99", "/x", SERVICE, "Noise", "s", ("x" * 100,))
        heard.clear()

    flood(100)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    flood(1000)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 100_000
    connection.close()
