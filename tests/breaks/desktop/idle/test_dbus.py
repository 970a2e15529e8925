"""Mutter, logind and screen savers on a fake bus."""

import select
from collections.abc import Callable, Mapping
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")

from stretch_coach.breaks.desktop.bus import BusError
from stretch_coach.breaks.desktop.idle.dbus import LogindIdle, MutterIdle, ScreenSaverLock
from stretch_coach.breaks.desktop.idle.source import IdleSource
from stretch_coach.clock import Instant
from tests.breaks.desktop.fake_bus import FakeBus, Reply, wait_until
from tests.clocks import FixedClock

SESSION = "/org/freedesktop/login1/session/_32"
CLOCK = FixedClock(Instant(600_000, 0))  # ten minutes after the epoch
GNOME_SAVER = "org.gnome.ScreenSaver"


def hears(source: IdleSource, condition: Callable[[], bool]) -> bool:
    """Drain a source until a condition holds."""

    def look() -> bool:
        select.select(source.descriptors(), [], [], 0.2)
        source.drain()
        return condition()

    wait_until(look, "the source heard it")
    return True


class TestMutter:
    def test_returns_idle_time(self, bus: FakeBus) -> None:
        bus.services[MutterIdle.SERVICE] = lambda _member, _arguments: ("t", (61_500,))
        idle = MutterIdle(bus.address)
        assert (idle.idle_seconds(), idle.locked(), idle.is_lost()) == (61.5, None, False)
        idle.close()

    def test_knows_nothing_while_the_shell_restarts(self, bus: FakeBus) -> None:
        bus.services[MutterIdle.SERVICE] = lambda _member, _arguments: ("t", (0,))
        idle = MutterIdle(bus.address)
        del bus.services[MutterIdle.SERVICE]
        assert (idle.idle_seconds(), idle.is_lost()) == (None, False)
        idle.close()

    @pytest.mark.parametrize("reply", [("s", ("long",)), ("", ()), ("d", (1.5,))])
    def test_a_wrong_type_is_unknown(self, bus: FakeBus, reply: Reply) -> None:
        bus.services[MutterIdle.SERVICE] = lambda _member, _arguments: ("t", (0,))
        idle = MutterIdle(bus.address)
        bus.services[MutterIdle.SERVICE] = lambda _member, _arguments: reply
        assert idle.idle_seconds() is None
        idle.close()

    def test_is_lost_with_the_bus(self, bus: FakeBus) -> None:
        bus.services[MutterIdle.SERVICE] = lambda _member, _arguments: ("t", (0,))
        idle = MutterIdle(bus.address)
        bus.stop()
        idle.drain()
        assert idle.is_lost()
        assert (idle.idle_seconds(), idle.descriptors()) == (None, [])
        idle.close()

    def test_needs_its_service(self, bus: FakeBus) -> None:
        with pytest.raises(BusError, match="Mutter is not running"):
            MutterIdle(bus.address)


class TestLogind:
    @pytest.fixture
    def hints(self, bus: FakeBus) -> dict[str, tuple[str, Any]]:
        """The properties of the session."""
        hints: dict[str, tuple[str, Any]] = {}

        def answer(member: str, arguments: tuple[Any, ...]) -> Reply:
            if member == "GetSession" and arguments != ("2",):
                raise KeyError(arguments)
            return {
                "GetSession": ("o", (SESSION,)),
                "Get": ("v", (("(so)", ("2", SESSION)),)),
                "GetAll": ("a{sv}", (hints,)),
            }[member]

        bus.services[LogindIdle.SERVICE] = answer
        return hints

    def change(self, bus: FakeBus, hints: Mapping[str, tuple[str, Any]]) -> None:
        interface = "org.freedesktop.DBus.Properties"
        session = f"{LogindIdle.SERVICE}.Session"
        bus.emit(":1.9", SESSION, interface, "PropertiesChanged", "sa{sv}as", session, hints, [])

    @pytest.mark.parametrize("environ", [{"XDG_SESSION_ID": "2"}, {}])
    def test_reads_the_hints_of_the_session(
        self, bus: FakeBus, hints: dict[str, tuple[str, Any]], environ: dict[str, str]
    ) -> None:
        hints |= {"IdleHint": ("b", True), "IdleSinceHint": ("t", 540_000_000), "LockedHint": ("b", False)}
        idle = LogindIdle(environ, CLOCK, bus.address)
        assert (idle.idle_seconds(), idle.locked()) == (60, False)
        self.change(bus, {"LockedHint": ("b", True), "IdleHint": ("b", False)})
        assert hears(idle, lambda: idle.locked() is True)
        assert idle.idle_seconds() == 0
        bus.emit(":1.9", SESSION, f"{LogindIdle.SERVICE}.Session", "Unlock", "")
        assert hears(idle, lambda: idle.locked() is False)
        idle.close()

    def test_a_session_in_the_background_is_locked(self, bus: FakeBus, hints: dict[str, tuple[str, Any]]) -> None:
        hints["Active"] = ("b", False)
        idle = LogindIdle({}, CLOCK, bus.address)
        assert (idle.idle_seconds(), idle.locked()) == (None, True)
        idle.close()

    def test_is_locked_while_the_machine_goes_to_sleep(self, bus: FakeBus, hints: dict[str, tuple[str, Any]]) -> None:
        idle = LogindIdle({}, CLOCK, bus.address)
        assert hints == {}
        for sleeps in (True, False):
            bus.emit(":1.9", "/org/freedesktop/login1", f"{LogindIdle.SERVICE}.Manager", "PrepareForSleep", "b", sleeps)
            assert hears(idle, lambda sleeps=sleeps: idle.locked() is sleeps)  # type: ignore[misc]  # bound now
        idle.close()

    def test_hints_and_signals_of_wrong_types_are_ignored(
        self, bus: FakeBus, hints: dict[str, tuple[str, Any]]
    ) -> None:
        hints |= {"IdleSinceHint": ("s", "long ago"), "LockedHint": ("u", 1), "Active": ("s", "")}
        idle = LogindIdle({}, CLOCK, bus.address)
        assert (idle.idle_seconds(), idle.locked()) == (None, False)
        manager = f"{LogindIdle.SERVICE}.Manager"
        bus.emit(":1.9", "/org/freedesktop/login1", manager, "PrepareForSleep", "s", "now")
        bus.emit(":1.9", "/org/freedesktop/login1", manager, "PrepareForSleep", "")
        bus.emit(":1.9", SESSION, "x.y", "PropertiesChanged", "s", "all")
        self.change(bus, {"LockedHint": ("as", ["yes"])})
        self.change(bus, {"LockedHint": ("b", True)})
        assert hears(idle, lambda: idle.locked() is True)
        idle.close()

    def test_needs_a_session_on_a_display(self, bus: FakeBus) -> None:
        with pytest.raises(BusError, match="logind is not running"):
            LogindIdle({}, CLOCK, bus.address)
        bus.services[LogindIdle.SERVICE] = lambda _member, _arguments: ("v", (("(so)", ("", "/")),))
        with pytest.raises(BusError, match="no session on a display"):
            LogindIdle({}, CLOCK, bus.address)


class TestScreenSaver:
    def test_is_locked_while_it_is_active(self, bus: FakeBus) -> None:
        bus.services[GNOME_SAVER] = lambda _member, _arguments: ("b", (True,))
        saver = ScreenSaverLock(bus.address)
        assert (saver.name, saver.locked(), saver.idle_seconds()) == (f"screen saver ({GNOME_SAVER})", True, None)
        bus.emit(":1.9", "/org/gnome/ScreenSaver", GNOME_SAVER, "ActiveChanged", "b", False)  # noqa: FBT003 - D-Bus
        assert hears(saver, lambda: saver.locked() is False)
        saver.close()

    def test_screen_saver_that_has_ended_no_longer_locks(self, bus: FakeBus) -> None:
        bus.services[GNOME_SAVER] = lambda _member, _arguments: ("b", (True,))
        saver = ScreenSaverLock(bus.address)
        bus.change_owner(GNOME_SAVER, ":1.9", "")
        assert hears(saver, lambda: saver.locked() is False)
        saver.close()

    def test_the_first_one_that_answers_is_used(self, bus: FakeBus) -> None:
        bus.services[GNOME_SAVER] = lambda _member, _arguments: ("s", ("maybe",))
        bus.services["org.xfce.ScreenSaver"] = lambda _member, _arguments: ("b", (False,))
        saver = ScreenSaverLock(bus.address)
        assert saver.name == "screen saver (org.xfce.ScreenSaver)"
        saver.close()

    def test_signals_of_wrong_types_are_ignored(self, bus: FakeBus) -> None:
        bus.services[GNOME_SAVER] = lambda _member, _arguments: ("b", (False,))
        saver = ScreenSaverLock(bus.address)
        bus.emit(":1.9", "/org/gnome/ScreenSaver", GNOME_SAVER, "ActiveChanged", "s", "yes")
        bus.emit(":1.9", "/org/gnome/ScreenSaver", GNOME_SAVER, "ActiveChanged", "")
        bus.emit(":1.9", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameOwnerChanged", "s", GNOME_SAVER)
        bus.emit(":1.9", "/org/gnome/ScreenSaver", GNOME_SAVER, "ActiveChanged", "b", True)  # noqa: FBT003 - D-Bus
        assert hears(saver, lambda: saver.locked() is True)
        saver.close()

    def test_needs_one(self, bus: FakeBus) -> None:
        with pytest.raises(BusError, match="no screen saver"):
            ScreenSaverLock(bus.address)
