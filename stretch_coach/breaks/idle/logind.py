"""What systemd's logind knows of the session: locked, idle (coarsely), in the foreground, and about to sleep."""

from collections.abc import Mapping
from typing import Any

from jeepney import DBusAddress

from stretch_coach.breaks.bus import Bus, BusError, BusGoneError, Signal
from stretch_coach.clock import Clock

SERVICE = "org.freedesktop.login1"
_MANAGER = DBusAddress("/org/freedesktop/login1", bus_name=SERVICE, interface=f"{SERVICE}.Manager")
_USER = DBusAddress("/org/freedesktop/login1/user/self", bus_name=SERVICE, interface=f"{SERVICE}.User")
_SESSION = f"{SERVICE}.Session"


class LogindIdle:
    """The session's hints. A signal after a sleep wakes the watcher at once.

    The signal ``Lock`` alone asks a locker to lock and says nothing of whether one did, or of when it ends; where a
    desktop's locker tells, it sets LockedHint, and that is believed. ``Unlock`` is believed too.

    Args:
        environ: May have ``XDG_SESSION_ID``; a service of the user's has none and is given the user's display.
        clock: The calendar, for how long the session has been idle.
        address: ``SYSTEM``, or a bus's own address.

    Raises:
        BusError: There is no logind, or it knows no session of this user's.
    """

    name = "logind"

    def __init__(self, environ: Mapping[str, str], clock: Clock, address: str = "SYSTEM") -> None:
        self._clock = clock
        self._lost = False
        self._sleeps = False
        self._hints: dict[str, Any] = {}
        self._path = ""
        self._bus = Bus(address, self._hear)
        try:
            if not self._bus.is_there(SERVICE):
                raise BusError("logind does not run")  # noqa: TRY301 - the bus is left in one place
            self._path = self._find(environ.get("XDG_SESSION_ID"))
            self._bus.listen(sender=SERVICE, path=self._path)
            self._bus.listen(sender=SERVICE, path=_MANAGER.object_path, member="PrepareForSleep")
            self._hints = self._bus.get_all(DBusAddress(self._path, bus_name=SERVICE, interface=_SESSION))
        except BusError:
            self._bus.close()
            raise

    def idle_seconds(self) -> float | None:
        """Seconds since the desktop called the session idle; none where it never said anything about it."""
        since = self._hints.get("IdleSinceHint", 0)
        if self._lost or not since:
            return None
        if not self._hints.get("IdleHint"):
            return 0.0
        return max(0.0, (self._clock.wall().ms - float(since) / 1000) / 1000)

    def locked(self) -> bool | None:
        """Whether it is locked, in the background behind another user's session, or about to sleep."""
        if self._lost:
            return None
        return self._sleeps or bool(self._hints.get("LockedHint")) or self._hints.get("Active") is False

    def descriptors(self) -> list[int]:
        """The connection to the system bus."""
        return [] if self._lost else [self._bus.fileno()]

    def take_in(self) -> None:
        """Hear what changed."""
        try:
            self._bus.take_in()
        except BusGoneError:
            self._lost = True

    def is_lost(self) -> bool:
        """Whether the bus has gone away, or the session has ended."""
        return self._lost

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def _find(self, session: str | None) -> str:
        """The session's object: the one this process was started in, else the one on the user's display."""
        if session:
            return str(self._bus.call(_MANAGER, "GetSession", "s", session).body[0])
        _, path = self._bus.get(_USER, "Display")
        if path in ("", "/"):
            raise BusError("this user has no session on a display")
        return str(path)

    def _hear(self, signal: Signal) -> None:
        if signal.member == "PrepareForSleep" and signal.path == _MANAGER.object_path:
            self._sleeps = bool(signal.body[0])
        elif signal.path != self._path:
            return
        elif signal.member == "PropertiesChanged" and signal.body[0] == _SESSION:
            self._hints.update({name: value for name, (_, value) in signal.body[1].items()})
        elif signal.member == "Unlock":
            self._hints["LockedHint"] = False
