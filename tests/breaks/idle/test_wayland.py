"""Idle time over the Wayland socket, against a compositor of the tests' own."""

import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from stretch_coach.breaks.idle.wayland import WaylandIdle
from tests.breaks.buses import wait_until
from tests.breaks.idle.compositor import Compositor

EXT, KDE = "ext_idle_notifier_v1", "org_kde_kwin_idle"
NOTIFICATION = 6


class Seconds:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        """Now."""
        return self.at


@pytest.fixture
def offers() -> tuple[str, ...]:
    """What the compositor offers."""
    return ("wl_compositor", "wl_seat", EXT, KDE)


@pytest.fixture
def compositor(tmp_path_factory: pytest.TempPathFactory, offers: tuple[str, ...]) -> Iterator[Compositor]:
    """It listens."""
    folder: Path = tmp_path_factory.mktemp("run")
    listening = Compositor(folder, *offers)
    yield listening
    listening.stop()


def hear(idle: WaylandIdle) -> None:
    """Wait for news and read it."""
    assert select.select(idle.descriptors(), [], [], 5)[0]
    idle.take_in()


def test_idle_counts_from_the_last_use_and_ends_when_somebody_is_back(compositor: Compositor) -> None:
    now = Seconds()
    idle = WaylandIdle(compositor.environ, now, after=30)
    assert (idle.name, idle.idle_seconds(), idle.locked()) == (f"Wayland ({EXT})", 0.0, None)
    wait_until(lambda: bool(compositor.asked), "the notification was asked for")
    assert compositor.asked == [(EXT, 1, (NOTIFICATION, 30_000, 4))]
    compositor.send(NOTIFICATION, 0)
    hear(idle)
    now.at += 12
    assert idle.idle_seconds() == 42
    compositor.send(NOTIFICATION, 1)
    hear(idle)
    assert idle.idle_seconds() == 0
    assert not select.select(idle.descriptors(), [], [], 0)[0]
    idle.close()


@pytest.mark.parametrize("offers", [("wl_seat", KDE)])
def test_the_older_protocol_of_kde_is_its_twin(compositor: Compositor) -> None:
    idle = WaylandIdle(compositor.environ, Seconds(), after=1.5)
    wait_until(lambda: bool(compositor.asked), "the notification was asked for")
    assert compositor.asked == [(KDE, 0, (NOTIFICATION, 4, 1500))]
    idle.close()


@pytest.mark.parametrize("offers", [("wl_seat",), (EXT,)])
def test_a_compositor_without_it_is_refused(compositor: Compositor) -> None:
    with pytest.raises(OSError, match="neither"):
        WaylandIdle(compositor.environ, Seconds())


def test_a_message_in_pieces_is_put_together(compositor: Compositor) -> None:
    idle = WaylandIdle(compositor.environ, Seconds(), after=30)
    compositor.send_raw(b"\x06\0\0")
    hear(idle)
    assert idle.idle_seconds() == 0
    compositor.send_raw(b"\0\0\0\x08\0")
    hear(idle)
    assert idle.idle_seconds() == 30
    idle.close()


def test_a_compositor_that_goes_away_or_speaks_nonsense_is_lost(compositor: Compositor) -> None:
    idle = WaylandIdle(compositor.environ, Seconds())
    compositor.send_raw(b"\0" * 8)
    hear(idle)
    assert (idle.is_lost(), idle.idle_seconds(), idle.descriptors()) == (True, None, [])
    idle.close()


def test_none_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        WaylandIdle({"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}, Seconds())
