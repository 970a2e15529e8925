"""Idle time and locks over D-Bus: GNOME's Mutter, systemd's logind, and the desktops' screen savers."""

from collections.abc import Mapping
from typing import Any

from jeepney import DBusAddress

from stretch_coach.breaks.desktop.bus import PATIENCE_SECONDS, Bus, BusError, BusGoneError, Signal
from stretch_coach.breaks.desktop.idle.source import IdleSource
from stretch_coach.breaks.desktop.sockets import SESSION, SYSTEM
from stretch_coach.clock import Clock


class BusIdleSource(IdleSource):
    """A source on a bus, which is lost when the bus is.

    Args:
        address: The bus.
        patience: Seconds that a call may take.

    Raises:
        BusError: There is no such bus, or the service is not on it.
    """

    def __init__(self, address: str, patience: float = PATIENCE_SECONDS) -> None:
        self._lost = False
        self._bus = Bus(address, self._hear, patience=patience)
        try:
            self._open(self._bus)
        except BusError:
            self._bus.close()
            raise

    def descriptors(self) -> list[int]:
        """Return the descriptor of the connection to the bus."""
        return [] if self._lost else [self._bus.fileno()]

    def drain(self) -> None:
        """Receive signals."""
        try:
            self._bus.drain()
        except BusGoneError:
            self._lost = True

    def is_lost(self) -> bool:
        """Return whether the bus has gone away."""
        return self._lost

    def close(self) -> None:
        """Disconnect from the bus."""
        self._bus.close()

    def _open(self, bus: Bus) -> None:
        """Find the service and subscribe to its signals, or raise BusError."""
        raise NotImplementedError

    def _hear(self, signal: Signal) -> None:
        """Take note of a signal."""


class MutterIdle(BusIdleSource):
    """Idle time on GNOME, from Mutter, which offers no Wayland protocol for it.

    Args:
        address: The session bus.
    """

    name = "GNOME (Mutter)"
    SERVICE = "org.gnome.Mutter.IdleMonitor"
    _ADDRESS = DBusAddress("/org/gnome/Mutter/IdleMonitor/Core", bus_name=SERVICE, interface=SERVICE)
    _PATIENCE_SECONDS = 0.5

    def __init__(self, address: str = SESSION) -> None:
        super().__init__(address, self._PATIENCE_SECONDS)

    def idle_seconds(self) -> float | None:
        """Return the seconds since the last input, or None while the shell restarts."""
        if self._lost:
            return None
        try:
            return float(self._bus.call(self._ADDRESS, "GetIdletime", returns="t").body[0]) / 1000
        except BusGoneError:
            self._lost = True
        except BusError:
            pass
        return None

    def _open(self, bus: Bus) -> None:
        if not bus.has_owner(self.SERVICE):
            raise BusError("Mutter is not running")
        bus.call(self._ADDRESS, "GetIdletime", returns="t")


class LogindIdle(BusIdleSource):
    """The hints of the login session: locked, idle (coarsely), in the background, or about to sleep.

    The signal `Lock` only asks a screen locker to lock. `LockedHint` says whether one did, if the desktop sets it.

    Args:
        environ: May have `XDG_SESSION_ID`. A user service, which has none, gets the session on the user's display.
        clock: The wall clock, from which follows how long the session has been idle.
        address: The system bus.
    """

    name = "logind"
    SERVICE = "org.freedesktop.login1"
    _SESSION_INTERFACE = f"{SERVICE}.Session"
    _MANAGER = DBusAddress("/org/freedesktop/login1", bus_name=SERVICE, interface=f"{SERVICE}.Manager")
    _USER = DBusAddress("/org/freedesktop/login1/user/self", bus_name=SERVICE, interface=f"{SERVICE}.User")
    _HINTS: Mapping[str, str] = {"IdleHint": "b", "IdleSinceHint": "t", "LockedHint": "b", "Active": "b"}
    """The properties that are used, with their D-Bus types."""

    def __init__(self, environ: Mapping[str, str], clock: Clock, address: str = SYSTEM) -> None:
        self._session = environ.get("XDG_SESSION_ID")
        self._clock = clock
        self._sleeps = False
        self._hints: dict[str, Any] = {}
        self._path = ""
        super().__init__(address)

    def idle_seconds(self) -> float | None:
        """Return the seconds since the desktop called the session idle, or None if it never set the hint."""
        since = self._hints.get("IdleSinceHint", 0)
        if self._lost or not since:
            return None
        if not self._hints.get("IdleHint"):
            return 0.0
        return max(0.0, (self._clock.wall().ms - float(since) / 1000) / 1000)

    def locked(self) -> bool | None:
        """Return whether the session is locked, in the background behind another user's, or about to sleep."""
        if self._lost:
            return None
        return self._sleeps or bool(self._hints.get("LockedHint")) or self._hints.get("Active") is False

    def _open(self, bus: Bus) -> None:
        if not bus.has_owner(self.SERVICE):
            raise BusError("logind is not running")
        self._path = self._find_session(bus)
        bus.subscribe(sender=self.SERVICE, path=self._path)
        bus.subscribe(sender=self.SERVICE, path=self._MANAGER.object_path, member="PrepareForSleep")
        session = DBusAddress(self._path, bus_name=self.SERVICE, interface=self._SESSION_INTERFACE)
        self._update_hints(bus.get_all(session))

    def _find_session(self, bus: Bus) -> str:
        if self._session:
            return str(bus.call(self._MANAGER, "GetSession", "s", (self._session,), returns="o").body[0])
        _, path = bus.get(self._USER, "Display", "(so)")
        if path in ("", "/"):
            raise BusError("this user has no session on a display")
        return str(path)

    def _update_hints(self, properties: Mapping[str, tuple[str, Any]]) -> None:
        fitting = {name: value for name, (type_, value) in properties.items() if self._HINTS.get(name) == type_}
        self._hints.update(fitting)

    def _hear(self, signal: Signal) -> None:
        match signal.member, signal.signature:
            case "PrepareForSleep", "b" if signal.path == self._MANAGER.object_path:
                self._sleeps = signal.body[0]
            case "PropertiesChanged", "sa{sv}as" if signal.path == self._path:
                if signal.body[0] == self._SESSION_INTERFACE:
                    self._update_hints(signal.body[1])
            case "Unlock", "" if signal.path == self._path:
                self._hints["LockedHint"] = False


class ScreenSaverLock(BusIdleSource):
    """Locked while the desktop's screen saver is active.

    Args:
        address: The session bus.
    """

    _SERVICES: Mapping[str, str] = {
        "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
        "org.cinnamon.ScreenSaver": "/org/cinnamon/ScreenSaver",
        "org.mate.ScreenSaver": "/org/mate/ScreenSaver",
        "org.xfce.ScreenSaver": "/org/xfce/ScreenSaver",
        "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    }

    def __init__(self, address: str = SESSION) -> None:
        self._active = False
        self._service = ""
        super().__init__(address)
        self.name = f"screen saver ({self._service})"

    def locked(self) -> bool | None:
        """Return whether the screen saver is active."""
        return None if self._lost else self._active

    def _open(self, bus: Bus) -> None:
        """Find the first screen saver that is running and says whether it is active."""
        for name, path in self._SERVICES.items():
            if not bus.has_owner(name):
                continue
            bus.subscribe(interface=name, path=path, member="ActiveChanged")
            # A screen saver that has ended no longer locks the screen, even if it was active.
            bus.subscribe(sender="org.freedesktop.DBus", member="NameOwnerChanged", arg0=name)
            try:
                reply = bus.call(DBusAddress(path, bus_name=name, interface=name), "GetActive", returns="b")
            except BusGoneError:
                raise
            except BusError:
                continue
            self._service, self._active = name, reply.body[0]
            return
        raise BusError("no screen saver says whether it is active")

    def _hear(self, signal: Signal) -> None:
        match signal.member, signal.signature:
            case "ActiveChanged", "b" if signal.interface == self._service:
                self._active = signal.body[0]
            case "NameOwnerChanged", "sss" if signal.body[0] == self._service and not signal.body[2]:
                self._active = False
