"""Idle time on GNOME: Mutter's own monitor over D-Bus; its compositor has no Wayland protocol for it."""

from jeepney import DBusAddress

from stretch_coach.breaks.bus import Bus, BusError, BusGoneError, Signal

SERVICE = "org.gnome.Mutter.IdleMonitor"
_ADDRESS = DBusAddress("/org/gnome/Mutter/IdleMonitor/Core", bus_name=SERVICE, interface=SERVICE)
_PATIENCE_SECONDS = 0.5


class MutterIdle:
    """The time since the last input, asked of Mutter: a millisecond.

    Args:
        address: ``SESSION``, or a bus's own address.

    Raises:
        BusError: There is no session bus, or no Mutter on it.
    """

    name = "GNOME (Mutter)"

    def __init__(self, address: str = "SESSION") -> None:
        self._lost = False
        self._bus = Bus(address, _ignore, patience=_PATIENCE_SECONDS)
        try:
            if not self._bus.is_there(SERVICE):
                raise BusError("Mutter does not run")  # noqa: TRY301 - the bus is left in one place
            self._bus.call(_ADDRESS, "GetIdletime")
        except BusError:
            self._bus.close()
            raise

    def idle_seconds(self) -> float | None:
        """Seconds since the last input; none while the shell restarts."""
        if self._lost:
            return None
        try:
            return float(self._bus.call(_ADDRESS, "GetIdletime").body[0]) / 1000
        except BusGoneError:
            self._lost = True
        except BusError:
            pass
        return None

    def locked(self) -> bool | None:
        """The screen saver tells that."""
        return None

    def descriptors(self) -> list[int]:
        """The connection to the bus, which says little."""
        return [] if self._lost else [self._bus.fileno()]

    def take_in(self) -> None:
        """Read what nobody asked for, so that it does not wait."""
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


def _ignore(signal: Signal) -> None:
    """No signal is asked for."""
