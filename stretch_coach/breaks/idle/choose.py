"""Which idle source works here, tried in order of what it is worth."""

import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from stretch_coach.breaks.idle.seat import SeatIdle
from stretch_coach.breaks.idle.source import IdleSource
from stretch_coach.breaks.idle.unknown import UnknownIdle
from stretch_coach.clock import Clock


class Tried(NamedTuple):
    """A source that is not used, and why."""

    name: str
    why: str


class IdleChoice(NamedTuple):
    """What was chosen.

    Attributes:
        source: It, open.
        tried: What was tried before it, or beside it for locks, and did not work.
    """

    source: IdleSource
    tried: tuple[Tried, ...]

    @property
    def is_known(self) -> bool:
        """Whether idle time can be told at all."""
        return not self.source.name.startswith(UnknownIdle.name)

    def describe(self) -> str:
        """One line for a person: what is used, and why others are not."""
        used = self.source.name if self.is_known else "idle time cannot be told"
        return "; ".join([used, *(f"no {one.name}: {one.why}" for one in self.tried)])


Maker = tuple[str, Callable[[], IdleSource]]


def choose_idle(
    clock: Clock,
    environ: Mapping[str, str],
    *,
    platform: str = sys.platform,
    session_bus: str = "SESSION",
    system_bus: str = "SYSTEM",
) -> IdleChoice:
    """The best source that works here, with those that tell of locks beside it.

    Args:
        clock: Times what is told as it happens.
        environ: The environment.
        platform: As ``sys.platform`` has it.
        session_bus: The address of the session bus.
        system_bus: The address of the system bus.
    """
    tried: list[Tried] = []
    if platform in ("darwin", "win32"):
        return IdleChoice(_first([_system_own(platform)], tried) or UnknownIdle(), tuple(tried))
    idle = _first(_idle_makers(clock, environ, session_bus), tried)
    logind = _first([("logind", lambda: _logind(clock, environ, system_bus))], tried)
    saver = _first([("screen saver", lambda: _screen_saver(session_bus))], tried)
    if idle is None and logind is not None and logind.idle_seconds() is not None:
        idle, logind = logind, None
    locks = [one for one in (logind, saver) if one]
    idle = idle or UnknownIdle()
    return IdleChoice(SeatIdle(idle, locks) if locks else idle, tuple(tried))


def _first(makers: list[Maker], tried: list[Tried]) -> IdleSource | None:
    """The first that opens; why the others did not is added to what was tried."""
    for name, make in makers:
        try:
            return make()
        except ImportError:
            tried.append(Tried(name, "jeepney is not installed"))
        except (OSError, RuntimeError) as error:
            tried.append(Tried(name, str(error)))
    return None


def _idle_makers(clock: Clock, environ: Mapping[str, str], session_bus: str) -> list[Maker]:
    """Wayland before X11, which sees there only what its own windows are used for."""
    makers: list[Maker] = []
    if environ.get("WAYLAND_DISPLAY"):
        makers.append(("Wayland", lambda: _wayland(clock, environ)))
    makers.append(("GNOME (Mutter)", lambda: _mutter(session_bus)))
    if environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        makers.insert(0, ("X11", lambda: _x11(environ["DISPLAY"])))
    return makers


# Each is imported where it is opened: the watcher pays for the memory of one, not of all.


def _x11(display: str) -> IdleSource:
    from stretch_coach.breaks.idle.x11 import X11Idle  # noqa: PLC0415 - see above

    return X11Idle(display)


def _wayland(clock: Clock, environ: Mapping[str, str]) -> IdleSource:
    from stretch_coach.breaks.idle.wayland import WaylandIdle  # noqa: PLC0415 - see above

    return WaylandIdle(environ, clock.now)


def _mutter(address: str) -> IdleSource:
    from stretch_coach.breaks.idle.mutter import MutterIdle  # noqa: PLC0415 - see above

    return MutterIdle(address)


def _logind(clock: Clock, environ: Mapping[str, str], address: str) -> IdleSource:
    from stretch_coach.breaks.idle.logind import LogindIdle  # noqa: PLC0415 - see above

    return LogindIdle(environ, clock, address)


def _screen_saver(address: str) -> IdleSource:
    from stretch_coach.breaks.idle.screensaver import ScreenSaverLock  # noqa: PLC0415 - see above

    return ScreenSaverLock(address)


def _system_own(platform: str) -> Maker:
    from stretch_coach.breaks.idle import macos, windows  # noqa: PLC0415 - see above

    if platform == "win32":
        return ("Windows", lambda: windows.WindowsIdle(*windows.load_libraries()))
    return ("macOS", lambda: macos.MacIdle(*macos.load_libraries()))
