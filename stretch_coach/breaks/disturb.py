"""Whether the desktop was told not to disturb: asked of the notification service that runs."""

from collections.abc import Callable

from jeepney import DBusAddress

from stretch_coach.breaks.ask_program import ask_program
from stretch_coach.breaks.bus import Bus, BusError, Signal

_NAME, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_PATIENCE_SECONDS = 1.0

# Services that keep it in a setting or tell it through a program of their own: what to ask, and what means "quiet".
_PROGRAMS: dict[str, tuple[tuple[str, ...], Callable[[str], bool]]] = {
    "gnome-shell": (
        ("gsettings", "get", "org.gnome.desktop.notifications", "show-banners"),
        lambda said: said == "false",
    ),
    "xfce notify daemon": (
        ("xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb"),
        lambda said: said == "true",
    ),
    "mako": (("makoctl", "mode"), lambda said: "do-not-disturb" in said.splitlines()),
    "swaync": (("swaync-client", "--get-dnd", "--skip-wait"), lambda said: said == "true"),
}
# Services that tell it as a property: its interface and name.
_PROPERTIES = {"dunst": ("org.dunstproject.cmd0", "paused"), "plasma": (_NAME, "Inhibited")}


def is_not_to_disturb(address: str = "SESSION") -> bool | None:
    """Whether "do not disturb" is on; none where that cannot be told. No service is started for it."""
    try:
        bus = Bus(address, _ignore, patience=_PATIENCE_SECONDS)
    except BusError:
        return None
    try:
        if not bus.is_there(_NAME):
            return None
        about = bus.call(DBusAddress(_PATH, bus_name=_NAME, interface=_NAME), "GetServerInformation").body
        service = str(about[0]).lower()
        if service in _PROPERTIES:
            interface, name = _PROPERTIES[service]
            return bool(bus.get(DBusAddress(_PATH, bus_name=_NAME, interface=interface), name))
    except BusError:
        return None
    finally:
        bus.close()
    if service not in _PROGRAMS:
        return None
    command, means_quiet = _PROGRAMS[service]
    said = ask_program(*command)
    return None if said is None else means_quiet(said.strip())


def _ignore(signal: Signal) -> None:
    """No signal is asked for."""
