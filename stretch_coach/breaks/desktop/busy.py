"""Whether now is a bad moment for a prompt: a full-screen window, "do not disturb", or a microphone in use."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

from stretch_coach.breaks.desktop.sockets import SESSION, bus_address
from stretch_coach.breaks.prompt import Deferral
from stretch_coach.settings import BreakSettings

_PROGRAM_PATIENCE_SECONDS = 2.0
_BUS_PATIENCE_SECONDS = 1.0
_SOURCE_COLUMN, _NAME_COLUMN = 1, 1  # in the tables of `pactl list … short`
_SERVICE, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"

# Services whose state a program or a setting shows: what to run, and which output means "do not disturb".
_PROGRAMS: dict[str, tuple[tuple[str, ...], Callable[[str], bool]]] = {
    "gnome-shell": (
        ("gsettings", "get", "org.gnome.desktop.notifications", "show-banners"),
        lambda output: output == "false",
    ),
    "xfce notify daemon": (
        ("xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb"),
        lambda output: output == "true",
    ),
    "mako": (("makoctl", "mode"), lambda output: "do-not-disturb" in output.splitlines()),
    "swaync": (("swaync-client", "--get-dnd", "--skip-wait"), lambda output: output == "true"),
}
# Services whose state is a D-Bus property: its interface and name.
_PROPERTIES = {"dunst": ("org.dunstproject.cmd0", "paused"), "plasma": (_SERVICE, "Inhibited")}


def find_deferral(
    settings: BreakSettings, environ: Mapping[str, str], *, platform: str = sys.platform, bus: str = SESSION
) -> Deferral | None:
    """Return why a prompt should wait, or None. What cannot be found out is no reason to wait.

    Only what the settings ask for is checked, the cheapest first, for at most four seconds each.

    Args:
        settings: What defers prompts.
        environ: The environment.
        platform: The platform, as in `sys.platform`.
        bus: The bus with the notification service.
    """
    if settings.fullscreen:
        from stretch_coach.breaks.desktop.fullscreen import is_fullscreen  # noqa: PLC0415 - it loads ctypes

        if is_fullscreen(environ, platform):
            return Deferral.FULLSCREEN
    if platform in ("darwin", "win32"):
        return None
    if settings.do_not_disturb and do_not_disturb_on(environ, bus):
        return Deferral.DO_NOT_DISTURB
    if settings.microphone and is_microphone_in_use():
        return Deferral.MICROPHONE
    return None


def do_not_disturb_on(environ: Mapping[str, str] = os.environ, bus: str = SESSION) -> bool | None:
    """Return whether the notification service is set to "do not disturb", or None if that is unknown.

    A service that is not running is not started.
    """
    try:
        service, answer = _ask_service(bus_address(bus, environ))
    except (OSError, ImportError, RuntimeError):
        return None
    if answer is not None or service not in _PROGRAMS:
        return answer
    command, means_quiet = _PROGRAMS[service]
    output = run_program(*command)
    return None if output is None else means_quiet(output.strip())


def is_microphone_in_use() -> bool | None:
    """Return whether a program records from a microphone, as in a call, or None if that is unknown.

    The answer comes from PulseAudio, or from PipeWire's layer for it. A program that records the sound being played,
    such as a screen recorder or a level meter, does not count.
    """
    recording = run_program("pactl", "list", "source-outputs", "short")
    if recording is None:
        return None
    used = {columns[_SOURCE_COLUMN] for columns in _table(recording)}
    if not used:
        return False
    sources = run_program("pactl", "list", "sources", "short")
    if sources is None:
        return None
    monitors = {columns[0] for columns in _table(sources) if columns[_NAME_COLUMN].endswith(".monitor")}
    return bool(used - monitors)


def run_program(name: str, *arguments: str, patience: float = _PROGRAM_PATIENCE_SECONDS) -> str | None:
    """Return what a program prints, or None if it is not installed, fails, or takes longer than `patience` seconds."""
    found = shutil.which(name)
    if not found:
        return None
    try:
        ended = subprocess.run(  # noqa: S603 - a program that was looked up, with our own arguments
            [found, *arguments],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=patience,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ended.stdout


def _ask_service(address: str) -> tuple[str, bool | None]:
    """Return the name of the notification service, and its answer if it has a property for it.

    Raises:
        BusError: There is no bus or no service, or it does not answer.
    """
    from jeepney import DBusAddress  # noqa: PLC0415 - large, and only for Linux

    from stretch_coach.breaks.desktop.bus import Bus  # noqa: PLC0415 - large, and only for Linux

    connection = Bus(address, lambda _signal: None, patience=_BUS_PATIENCE_SECONDS)
    try:
        if not connection.has_owner(_SERVICE):
            return "", None
        notifications = DBusAddress(_PATH, bus_name=_SERVICE, interface=_SERVICE)
        service = connection.call(notifications, "GetServerInformation", returns="ssss").body[0].lower()
        if service not in _PROPERTIES:
            return service, None
        interface, name = _PROPERTIES[service]
        return service, connection.get(DBusAddress(_PATH, bus_name=_SERVICE, interface=interface), name, "b")
    finally:
        connection.close()


def _table(text: str) -> list[list[str]]:
    """Return lines as columns separated by tabs."""
    return [columns for line in text.splitlines() if len(columns := line.split("\t")) > 1]
