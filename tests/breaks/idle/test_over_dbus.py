"""Mutter, logind and screen savers, each stood in for on a private bus."""

import select

import pytest

from stretch_coach.breaks.bus import BusError
from stretch_coach.breaks.idle import logind, mutter, screensaver
from stretch_coach.breaks.idle.choose import choose_idle
from stretch_coach.breaks.idle.source import IdleSource
from stretch_coach.clock import Instant
from tests.breaks.buses import PrivateBus, Service, wait_until

SESSION = "/org/freedesktop/login1/session/_32"


class StandingClock:
    """Stands at one moment."""

    pace = 1.0

    def now(self) -> float:
        """No time goes by."""
        return 0.0

    def wall(self) -> Instant:
        """Ten minutes past the epoch."""
        return Instant(600_000, 0)


def mutter_at(bus: PrivateBus, milliseconds: int) -> Service:
    """A Mutter whose seat has been idle for some time."""
    return Service(bus, mutter.SERVICE, lambda member, _: {"GetIdletime": ("t", (milliseconds,))}[member])


def logind_with(bus: PrivateBus, **hints: tuple[str, object]) -> Service:
    """A logind with one session."""

    def answer(member: str, arguments: tuple[str, ...]) -> tuple[str, tuple[object, ...]]:
        if member == "GetSession" and arguments != ("2",):
            raise KeyError(arguments)
        return {
            "GetSession": ("o", (SESSION,)),
            "Get": ("v", (("(so)", ("2", SESSION)),)),
            "GetAll": ("a{sv}", (hints,)),
        }[member]

    return Service(bus, logind.SERVICE, answer)


def hear_until(source: IdleSource, locked: bool) -> None:  # noqa: FBT001 - the one thing that is waited for
    """Take news in until the source says so."""

    def look() -> bool:
        select.select(source.descriptors(), [], [], 1)
        source.take_in()
        return source.locked() is locked

    wait_until(look, f"locked is {locked}")


def test_mutter_tells_idle_time_and_none_while_it_restarts(bus: PrivateBus) -> None:
    service = mutter_at(bus, 61_500)
    idle = mutter.MutterIdle(bus.address)
    assert idle.idle_seconds() == 61.5
    service.stop()
    assert idle.idle_seconds() is None
    assert not idle.is_lost()
    back = mutter_at(bus, 500)
    assert idle.idle_seconds() == 0.5
    back.stop()
    bus.process.kill()
    bus.process.wait()
    assert idle.idle_seconds() is None
    assert idle.is_lost()
    idle.close()


def test_logind_tells_of_locks_the_background_and_sleep(bus: PrivateBus) -> None:
    service = logind_with(bus, LockedHint=("b", False), Active=("b", True))
    idle = logind.LogindIdle({"XDG_SESSION_ID": "2"}, StandingClock(), bus.address)
    assert (idle.locked(), idle.idle_seconds()) == (False, None)

    def change(name: str, *, to: bool) -> None:
        service.emit(
            SESSION,
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            "sa{sv}as",
            *("org.freedesktop.login1.Session", {name: ("b", to)}, []),
        )

    change("LockedHint", to=True)
    hear_until(idle, locked=True)
    service.emit(SESSION, "org.freedesktop.login1.Session", "Unlock", "")
    hear_until(idle, locked=False)
    change("Active", to=False)
    hear_until(idle, locked=True)
    change("Active", to=True)
    hear_until(idle, locked=False)
    for sleeps in (True, False):
        service.emit("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", "b", sleeps)
        hear_until(idle, locked=sleeps)
    service.emit(SESSION, "org.freedesktop.login1.Session", "Lock", "")
    select.select(idle.descriptors(), [], [], 5)
    idle.take_in()
    assert idle.locked() is False
    idle.close()
    service.stop()


def test_logind_tells_since_when_the_session_is_idle(bus: PrivateBus) -> None:
    service = logind_with(bus, IdleHint=("b", True), IdleSinceHint=("t", 480_000_000))
    idle = logind.LogindIdle({}, StandingClock(), bus.address)
    assert idle.idle_seconds() == 120
    idle.close()
    with pytest.raises(BusError):
        logind.LogindIdle({"XDG_SESSION_ID": "77"}, StandingClock(), bus.address)
    service.stop()


def test_a_screen_saver_locks_while_it_is_active_and_no_longer_than_it_runs(bus: PrivateBus) -> None:
    name, path = "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"
    service = Service(bus, name, lambda member, _: {"GetActive": ("b", (False,))}[member])
    saver = screensaver.ScreenSaverLock(bus.address)
    assert saver.locked() is False
    service.emit(path, name, "ActiveChanged", "b", True)  # noqa: FBT003 - a D-Bus argument
    hear_until(saver, locked=True)
    service.stop()
    hear_until(saver, locked=False)
    saver.close()


def test_the_best_is_chosen_with_locks_beside_it(bus: PrivateBus) -> None:
    services = [mutter_at(bus, 5_000), logind_with(bus, LockedHint=("b", True))]
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nonexistent", "DISPLAY": ":0"}
    chosen = choose_idle(StandingClock(), environ, platform="linux", session_bus=bus.address, system_bus=bus.address)
    assert chosen.source.name == "GNOME (Mutter) + logind"
    assert (chosen.source.idle_seconds(), chosen.source.locked()) == (5, True)
    assert len(chosen.source.descriptors()) == 2
    assert chosen.describe().startswith("GNOME (Mutter) + logind; no Wayland: ")
    assert [one.name for one in chosen.tried] == ["Wayland", "screen saver"]
    chosen.source.close()
    for service in services:
        service.stop()


def test_where_nothing_works_it_is_unknown_and_says_why(bus: PrivateBus) -> None:
    chosen = choose_idle(StandingClock(), {}, platform="linux", session_bus=bus.address, system_bus=bus.address)
    assert (chosen.is_known, chosen.source.idle_seconds(), chosen.source.locked()) == (False, None, None)
    assert "Mutter does not run" in chosen.describe()
    for platform in ("darwin", "win32"):
        assert not choose_idle(StandingClock(), {}, platform=platform).is_known
