"""Idle time over the Wayland socket, from a fake compositor."""

import select
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")

from stretch_coach.breaks.desktop.idle.wayland import WaylandIdle
from tests.breaks.desktop.fake_bus import wait_until
from tests.breaks.desktop.idle.compositor import Compositor
from tests.clocks import FixedClock

EXT, KDE = "ext_idle_notifier_v1", "org_kde_kwin_idle"
NOTIFICATION = 6


@pytest.fixture
def offers() -> tuple[str, ...]:
    """The interfaces that the compositor offers."""
    return ("wl_compositor", "wl_seat", EXT, KDE)


@pytest.fixture
def compositor(offers: tuple[str, ...]) -> Iterator[Compositor]:
    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        listening = Compositor(Path(folder), *offers)
        yield listening
        listening.stop()


def receive(idle: WaylandIdle) -> None:
    """Wait for events and read them."""
    assert select.select(idle.descriptors(), [], [], 5)[0]
    idle.drain()


def test_idle_time_counts_from_the_last_use_until_the_next(compositor: Compositor) -> None:
    clock = FixedClock(now=1000.0)
    idle = WaylandIdle(compositor.environ, clock.now, after=30)
    assert (idle.name, idle.idle_seconds(), idle.locked()) == (f"Wayland ({EXT})", 0.0, None)
    wait_until(lambda: bool(compositor.requests), "the client subscribed")
    assert compositor.requests == [(EXT, 1, (NOTIFICATION, 30_000, 4))]
    compositor.send(NOTIFICATION, 0)
    receive(idle)
    clock.time += 12
    assert idle.idle_seconds() == 42
    compositor.send(NOTIFICATION, 1)
    receive(idle)
    assert idle.idle_seconds() == 0
    assert not select.select(idle.descriptors(), [], [], 0)[0]
    idle.close()


@pytest.mark.parametrize("offers", [("wl_seat", KDE)])
def test_the_older_protocol_of_kde_works_alike(compositor: Compositor) -> None:
    idle = WaylandIdle(compositor.environ, FixedClock().now, after=1.5)
    wait_until(lambda: bool(compositor.requests), "the client subscribed")
    assert compositor.requests == [(KDE, 0, (NOTIFICATION, 4, 1500))]
    idle.close()


@pytest.mark.parametrize("offers", [("wl_seat",), (EXT,)])
def test_a_compositor_without_either_protocol_is_refused(compositor: Compositor) -> None:
    with pytest.raises(OSError, match="neither"):
        WaylandIdle(compositor.environ, FixedClock().now)


def test_a_message_in_pieces_is_put_together(compositor: Compositor) -> None:
    idle = WaylandIdle(compositor.environ, FixedClock().now, after=30)
    compositor.send_raw(b"\x06\0\0")
    receive(idle)
    assert idle.idle_seconds() == 0
    compositor.send_raw(b"\0\0\0\x08\0")
    receive(idle)
    assert idle.idle_seconds() == 30
    idle.close()


@pytest.mark.parametrize("data", [b"\0" * 8, b"\xff" * 64, b"\x01\0\0\0\0\0\x08\0"])
def test_a_compositor_that_refuses_or_sends_nonsense_is_lost(compositor: Compositor, data: bytes) -> None:
    idle = WaylandIdle(compositor.environ, FixedClock().now)
    compositor.send_raw(data)
    compositor.stop()
    receive(idle)
    idle.drain()
    assert (idle.is_lost(), idle.idle_seconds(), idle.descriptors()) == (True, None, [])
    idle.close()


def test_a_missing_compositor_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        WaylandIdle({"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}, FixedClock().now)
