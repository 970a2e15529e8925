"""Chooses the idle sources that work on this desktop, and keeps them open while the desktop comes and goes."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from stretch_coach.breaks.desktop.idle.source import WAITING, IdleSource
from stretch_coach.breaks.desktop.sockets import SESSION, SYSTEM, ServerWatch, bus_address
from stretch_coach.clock import Clock

# Each source is imported where it is opened: the watcher should pay for the memory of one, not of all.

_RETRY_SECONDS = (2.0, 300.0, 900.0)
"""Seconds until a source is looked for again, unless a server of the desktop starts first. The last one repeats."""


class Failure(NamedTuple):
    """A source that does not work here, and the reason."""

    name: str
    reason: str


class IdleChoice(NamedTuple):
    """The source to use.

    Attributes:
        source: The source, open.
        failures: The sources that were tried before it, or beside it for locks, and do not work.
    """

    source: IdleSource
    failures: tuple[Failure, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether idle time is available at all."""
        return not self.source.name.startswith(IdleSource.name)

    def describe(self) -> str:
        """Return one line that says what is used, and why other sources are not."""
        used = self.source.name if self.is_known else "idle time unavailable"
        return "; ".join([used, *(f"no {one.name}: {one.reason}" for one in self.failures)])


class CombinedIdle(IdleSource):
    """Idle time from one source, locks from several.

    Args:
        idle: The source for idle time.
        locks: Further sources for locks.
    """

    def __init__(self, idle: IdleSource, locks: Sequence[IdleSource]) -> None:
        self._idle = idle
        self._all = [idle, *locks]
        self.name = " + ".join(one.name for one in self._all)

    def idle_seconds(self) -> float | None:
        """Return the idle time of the first source."""
        return self._idle.idle_seconds()

    def locked(self) -> bool | None:
        """Return whether any source says that the screen is locked, or None if none can tell."""
        known = [locked for one in self._all if (locked := one.locked()) is not None]
        return any(known) if known else None

    def descriptors(self) -> list[int]:
        """Return the descriptors of all sources."""
        return [number for one in self._all for number in one.descriptors()]

    def drain(self) -> None:
        """Drain all sources."""
        for one in self._all:
            one.drain()

    def is_lost(self) -> bool:
        """Return whether any source is lost, so that a new choice is due."""
        return any(one.is_lost() for one in self._all)

    def close(self) -> None:
        """Close all sources."""
        for one in self._all:
            one.close()


class IdleMonitor:
    """Keeps a source open. After a loss, another is chosen, again and again if necessary.

    While its idle time has never been known, a seat counts as in use. If the idle time was known and no longer is, the
    seat counts as empty, because the compositor or the X server has gone away.

    Args:
        choose: Chooses a source.
        environ: The environment, which names the servers of the desktop.
    """

    def __init__(self, choose: Callable[[], IdleChoice], environ: Mapping[str, str] = os.environ) -> None:
        self._choose = choose
        self._servers = ServerWatch(environ)
        self._was_known = False
        self._choice = IdleChoice(IdleSource())
        self._attempts = 0
        self._next_attempt = float("-inf")

    @property
    def name(self) -> str:
        """How the seat is observed, in words for users."""
        is_waiting = self._was_known and not self._choice.is_known
        return WAITING if is_waiting else self._choice.source.name

    def read(self, now: float) -> tuple[float | None, bool]:
        """Return the idle time in seconds, None if unknown, and whether the seat counts as locked or empty."""
        self._choice.source.drain()
        self._keep_open(now)
        source = self._choice.source
        idle = source.idle_seconds()
        self._was_known = self._was_known or idle is not None
        return idle, bool(source.locked()) or (idle is None and self._was_known)

    def descriptors(self) -> list[int]:
        """Return file descriptors that become readable when there is news."""
        return self._choice.source.descriptors()

    def close(self) -> None:
        """Close the source. The next reading opens one again and starts without any earlier knowledge."""
        self._drop()
        self._was_known = False

    def _drop(self) -> None:
        self._choice.source.close()
        self._choice = IdleChoice(IdleSource())
        self._attempts, self._next_attempt = 0, float("-inf")

    def _keep_open(self, now: float) -> None:
        if self._choice.source.is_lost():
            self._drop()
        if self._choice.is_known or not (self._servers.has_changed() or now >= self._next_attempt):
            return
        self._choice.source.close()
        self._choice = self._choose()
        self._next_attempt = now + _RETRY_SECONDS[min(self._attempts, len(_RETRY_SECONDS) - 1)]
        self._attempts += 1


def choose_idle(
    clock: Clock,
    environ: Mapping[str, str],
    *,
    platform: str = sys.platform,
    session_bus: str = SESSION,
    system_bus: str = SYSTEM,
) -> IdleChoice:
    """Open the best source that works here, with those for locks beside it.

    Args:
        clock: The clock by which events are timed.
        environ: The environment.
        platform: The platform, as in `sys.platform`.
        session_bus: The session bus.
        system_bus: The system bus.
    """
    failures: list[Failure] = []
    if platform in ("darwin", "win32"):
        return IdleChoice(_open_first([_native_opener(platform)], failures) or IdleSource(), tuple(failures))
    idle = _open_first(_idle_openers(clock, environ, session_bus), failures)
    logind = _open_first([("logind", lambda: _open_logind(clock, environ, system_bus))], failures)
    saver = _open_first([("screen saver", lambda: _open_screen_saver(environ, session_bus))], failures)
    if idle is None and logind is not None and logind.idle_seconds() is not None:
        idle, logind = logind, None
    locks = [one for one in (logind, saver) if one]
    idle = idle or IdleSource()
    return IdleChoice(CombinedIdle(idle, locks) if locks else idle, tuple(failures))


Opener = tuple[str, Callable[[], IdleSource]]


def _open_first(openers: list[Opener], failures: list[Failure]) -> IdleSource | None:
    """Return the first source that opens; those that do not are added to `failures`."""
    for name, open_source in openers:
        try:
            return open_source()
        except ImportError:
            failures.append(Failure(name, "jeepney is not installed"))
        except (OSError, RuntimeError) as error:
            failures.append(Failure(name, str(error)))
    return None


def _idle_openers(clock: Clock, environ: Mapping[str, str], session_bus: str) -> list[Opener]:
    """Return the sources of idle time. X11 is left out under Wayland, where it notices only the use of X11 windows."""
    mutter: Opener = ("GNOME (Mutter)", lambda: _open_mutter(environ, session_bus))
    if environ.get("WAYLAND_DISPLAY"):
        return [("Wayland", lambda: _open_wayland(clock, environ)), mutter]
    if environ.get("DISPLAY"):
        return [("X11", lambda: _open_x11(environ["DISPLAY"])), mutter]
    return [mutter]


def _open_x11(display: str) -> IdleSource:
    from stretch_coach.breaks.desktop.idle.x11 import X11Idle  # noqa: PLC0415 - see above

    return X11Idle(display)


def _open_wayland(clock: Clock, environ: Mapping[str, str]) -> IdleSource:
    from stretch_coach.breaks.desktop.idle.wayland import WaylandIdle  # noqa: PLC0415 - see above

    return WaylandIdle(environ, clock.now)


def _open_mutter(environ: Mapping[str, str], bus: str) -> IdleSource:
    address = bus_address(bus, environ)
    from stretch_coach.breaks.desktop.idle.dbus import MutterIdle  # noqa: PLC0415 - see above

    return MutterIdle(address)


def _open_logind(clock: Clock, environ: Mapping[str, str], bus: str) -> IdleSource:
    address = bus_address(bus, environ)
    from stretch_coach.breaks.desktop.idle.dbus import LogindIdle  # noqa: PLC0415 - see above

    return LogindIdle(environ, clock, address)


def _open_screen_saver(environ: Mapping[str, str], bus: str) -> IdleSource:
    address = bus_address(bus, environ)
    from stretch_coach.breaks.desktop.idle.dbus import ScreenSaverLock  # noqa: PLC0415 - see above

    return ScreenSaverLock(address)


def _native_opener(platform: str) -> Opener:
    from stretch_coach.breaks.desktop.idle import macos, windows  # noqa: PLC0415 - see above

    if platform == "win32":
        return ("Windows", lambda: windows.WindowsIdle(*windows.load_libraries()))
    return ("macOS", lambda: macos.MacIdle(*macos.load_libraries()))
