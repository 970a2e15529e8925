"""Whether the active window fills the screen: on X11 the window manager knows (EWMH), on Windows the shell.

Wayland offers no way to ask, so under it only the windows of X11 programs are seen. Not tested on Windows.
EWMH: https://specifications.freedesktop.org/wm-spec/1.5/
"""

import ctypes
import sys
from collections.abc import Mapping
from typing import Any

from stretch_coach.breaks.desktop.xlib import Display, XId, load_xlib

_ANY_TYPE = 0
_MAX_WORDS = 1024
_BUSY = (2, 3, 4)  # QUNS_BUSY, QUNS_RUNNING_D3D_FULL_SCREEN, QUNS_PRESENTATION_MODE


def is_fullscreen(environ: Mapping[str, str], platform: str = sys.platform) -> bool | None:
    """Return whether the active window fills the screen, or None if that is unknown."""
    try:
        if platform == "win32":
            return _windows_is_busy(getattr(ctypes, "WinDLL", ctypes.CDLL)("shell32"))
        if platform == "darwin" or not environ.get("DISPLAY"):
            return None
        return _active_window_is_fullscreen(environ["DISPLAY"])
    except OSError:
        return None


def _windows_is_busy(shell32: Any) -> bool | None:
    """Return whether something fills the screen or a presentation is on, by `SHQueryUserNotificationState`."""
    state = ctypes.c_int()
    return None if shell32.SHQueryUserNotificationState(ctypes.byref(state)) else state.value in _BUSY


def _active_window_is_fullscreen(name: str) -> bool | None:
    x = load_xlib()
    display = x.open(name)
    try:
        root = x.library.XDefaultRootWindow(display)
        active = _property(x.library, display, root, b"_NET_ACTIVE_WINDOW")
        if active is None and _property(x.library, display, root, b"_NET_SUPPORTING_WM_CHECK") is None:
            return None  # no window manager that supports EWMH
        if not active or not active[0]:
            return False
        states = _property(x.library, display, active[0], b"_NET_WM_STATE") or []
        return _atom(x.library, display, b"_NET_WM_STATE_FULLSCREEN") in states
    finally:
        x.close(display)


def _atom(library: Any, display: int, name: bytes) -> int:
    """Return the atom of a name."""
    library.XInternAtom.restype = XId
    library.XInternAtom.argtypes = [Display, ctypes.c_char_p, ctypes.c_int]
    return int(library.XInternAtom(display, name, 0))


def _property(library: Any, display: int, window: int, name: bytes) -> list[int] | None:
    """Return a window's property of 32-bit words, or None if the property or the window does not exist."""
    kind, form = XId(), ctypes.c_int()
    count, left = ctypes.c_ulong(), ctypes.c_ulong()
    data = ctypes.POINTER(ctypes.c_ulong)()  # Xlib gives 32-bit words as longs
    number, word = ctypes.POINTER(XId), ctypes.POINTER(ctypes.c_ulong)
    library.XGetWindowProperty.argtypes = [
        *(Display, XId, XId, ctypes.c_long, ctypes.c_long, ctypes.c_int, XId),
        *(number, ctypes.POINTER(ctypes.c_int), word, word, ctypes.POINTER(word)),
    ]
    library.XFree.argtypes = [ctypes.c_void_p]
    failed = library.XGetWindowProperty(
        *(display, window, _atom(library, display, name), 0, _MAX_WORDS, 0, _ANY_TYPE),
        *(ctypes.byref(kind), ctypes.byref(form), ctypes.byref(count), ctypes.byref(left), ctypes.byref(data)),
    )
    if failed or not data:
        return None
    try:
        return [data[place] for place in range(count.value)] if form.value == 32 else None  # noqa: PLR2004 - bits
    finally:
        library.XFree(data)
