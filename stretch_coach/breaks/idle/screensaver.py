"""Whether the screen is locked or blanked, as the desktop's screen saver tells over D-Bus."""

from jeepney import DBusAddress

from stretch_coach.breaks.bus import Bus, BusError, BusGoneError, Signal

_KNOWN = (
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
)


class ScreenSaverLock:
    """Locked while the screen saver is active.

    Args:
        address: ``SESSION``, or a bus's own address.

    Raises:
        BusError: There is no session bus, or no screen saver on it that tells.
    """

    def __init__(self, address: str = "SESSION") -> None:
        self._active = False
        self._lost = False
        self._service = ""
        self._bus = Bus(address, self._hear)
        try:
            self._service = self._find()
        except BusError:
            self._bus.close()
            raise
        self.name = f"screen saver ({self._service})"

    def idle_seconds(self) -> float | None:
        """It tells only whether it is active."""
        return None

    def locked(self) -> bool | None:
        """Whether it is active."""
        return None if self._lost else self._active

    def descriptors(self) -> list[int]:
        """The connection to the bus."""
        return [] if self._lost else [self._bus.fileno()]

    def take_in(self) -> None:
        """Hear whether it became active or ended."""
        try:
            self._bus.take_in()
        except BusGoneError:
            self._lost = True

    def is_lost(self) -> bool:
        """Whether the bus has gone away."""
        return self._lost

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def _find(self) -> str:
        """The first screen saver that runs and tells."""
        for name, path in _KNOWN:
            if not self._bus.is_there(name):
                continue
            self._bus.listen(interface=name, path=path, member="ActiveChanged")
            # One that ends, active or not, locks no more.
            self._bus.listen(sender="org.freedesktop.DBus", member="NameOwnerChanged", arg0=name)
            try:
                self._active = bool(
                    self._bus.call(DBusAddress(path, bus_name=name, interface=name), "GetActive").body[0]
                )
            except BusGoneError:
                raise
            except BusError:
                continue
            return name
        raise BusError("no screen saver tells whether it is active")

    def _hear(self, signal: Signal) -> None:
        if signal.member == "ActiveChanged" and signal.interface == self._service and signal.body:
            self._active = bool(signal.body[0])
        elif signal.member == "NameOwnerChanged" and signal.body[0] == self._service and not signal.body[2]:
            self._active = False
