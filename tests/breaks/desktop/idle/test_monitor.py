"""Which source is used, and what happens when it is lost."""

from pathlib import Path

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")

from stretch_coach.breaks.desktop.idle.dbus import LogindIdle, MutterIdle
from stretch_coach.breaks.desktop.idle.monitor import CombinedIdle, IdleChoice, IdleMonitor, choose_idle
from stretch_coach.breaks.desktop.idle.source import IdleSource
from tests.breaks.desktop.fake_bus import FakeBus
from tests.breaks.desktop.idle.compositor import Compositor
from tests.breaks.fakes import FakeIdle
from tests.clocks import FixedClock

NOWHERE = "unix:path=/nonexistent/bus"


class TestChoice:
    def test_idle_time_is_unavailable_without_a_desktop(self) -> None:
        choice = choose_idle(FixedClock(), {}, platform="linux", session_bus=NOWHERE, system_bus=NOWHERE)
        assert not choice.is_known
        assert choice.describe() == (
            "idle time unavailable; no GNOME (Mutter): the bus is not running; no logind: the bus is not running; "
            "no screen saver: the bus is not running"
        )

    def test_a_wayland_compositor_is_preferred_to_x11(self, tmp_path: Path) -> None:
        compositor = Compositor(tmp_path, "wl_seat", "ext_idle_notifier_v1")
        environ = {**compositor.environ, "DISPLAY": ":987"}
        choice = choose_idle(FixedClock(), environ, platform="linux", session_bus=NOWHERE, system_bus=NOWHERE)
        assert choice.source.name == "Wayland (ext_idle_notifier_v1)"
        choice.source.close()
        compositor.stop()

    def test_gnome_has_no_wayland_protocol_and_is_asked_over_d_bus(self, bus: FakeBus, tmp_path: Path) -> None:
        compositor = Compositor(tmp_path, "wl_seat")
        bus.services[MutterIdle.SERVICE] = lambda _member, _arguments: ("t", (5000,))
        bus.services["org.gnome.ScreenSaver"] = lambda _member, _arguments: ("b", (True,))
        choice = choose_idle(
            FixedClock(), compositor.environ, platform="linux", session_bus=bus.address, system_bus=NOWHERE
        )
        assert choice.source.name == "GNOME (Mutter) + screen saver (org.gnome.ScreenSaver)"
        assert (choice.source.idle_seconds(), choice.source.locked()) == (5, True)
        choice.source.close()
        compositor.stop()

    def test_logind_is_better_than_nothing(self, bus: FakeBus) -> None:
        bus.services[LogindIdle.SERVICE] = lambda member, _arguments: {
            "Get": ("v", (("(so)", ("2", "/session")),)),
            "GetAll": ("a{sv}", ({"IdleSinceHint": ("t", 5)},)),
        }[member]
        choice = choose_idle(FixedClock(), {}, platform="linux", session_bus=NOWHERE, system_bus=bus.address)
        assert (choice.source.name, choice.source.idle_seconds()) == ("logind", 0)
        choice.source.close()


def test_a_combined_source_is_locked_if_any_part_is() -> None:
    idle, lock = FakeIdle(), FakeIdle()
    combined = CombinedIdle(idle, [lock, IdleSource()])
    assert (combined.name, combined.locked(), combined.is_lost()) == ("fake + fake + unknown", None, False)
    idle.is_locked, lock.is_locked = False, True
    assert combined.locked() is True
    lock.lost = True
    assert combined.is_lost()
    combined.close()
    assert (idle.is_open, lock.is_open) == (False, False)


class Desktop:
    """A desktop whose source a test replaces."""

    def __init__(self, tmp_path: Path) -> None:
        self.source: IdleSource = FakeIdle()
        self.chosen = 0
        self.socket = tmp_path / "wayland-1"
        self.socket.touch()
        environ = {"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(tmp_path)}
        self.monitor = IdleMonitor(self.choose, environ)

    def choose(self) -> IdleChoice:
        self.chosen += 1
        return IdleChoice(self.source)


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    return Desktop(tmp_path)


class TestMonitor:
    def test_reads_its_source(self, desktop: Desktop) -> None:
        assert desktop.monitor.read(0) == (0.0, False)
        assert isinstance(desktop.source, FakeIdle)
        desktop.source.idle, desktop.source.is_locked = 70.0, True
        assert desktop.monitor.read(30) == (70.0, True)
        assert (desktop.monitor.name, desktop.chosen) == ("fake", 1)

    def test_an_unknown_seat_counts_as_in_use_and_is_tried_again_now_and_then(self, desktop: Desktop) -> None:
        desktop.source = IdleSource()
        for now in range(3600):
            assert desktop.monitor.read(now) == (None, False)
        assert desktop.monitor.name == "unknown"
        assert 4 <= desktop.chosen <= 7

    def test_a_server_that_starts_later_is_found_at_once(self, desktop: Desktop) -> None:
        desktop.source = IdleSource()
        desktop.monitor.read(0)
        desktop.source = FakeIdle()
        assert desktop.monitor.read(1) == (None, False)
        desktop.socket.unlink()
        assert desktop.monitor.read(1) == (0.0, False)

    def test_a_seat_counts_as_empty_while_the_desktop_is_gone(self, desktop: Desktop) -> None:
        desktop.monitor.read(0)
        assert isinstance(desktop.source, FakeIdle)
        desktop.source.lost, desktop.source = True, IdleSource()
        assert desktop.monitor.read(30) == (None, True)
        assert desktop.monitor.name == "waiting for the desktop"
        desktop.source = FakeIdle()
        assert desktop.monitor.read(33) == (0.0, False)
        assert desktop.monitor.name == "fake"

    def test_a_source_that_knows_nothing_for_a_while_counts_as_left(self, desktop: Desktop) -> None:
        desktop.monitor.read(0)
        assert isinstance(desktop.source, FakeIdle)
        desktop.source.idle = None
        assert desktop.monitor.read(30) == (None, True)

    def test_opens_again_after_it_was_closed(self, desktop: Desktop) -> None:
        first = desktop.source
        desktop.monitor.read(0)
        desktop.monitor.close()
        assert isinstance(first, FakeIdle)
        assert not first.is_open
        desktop.source = IdleSource()
        assert desktop.monitor.read(1) == (None, False)
