"""Idle time on Windows, through ctypes. Not tested on a real system."""

import ctypes
from typing import Any

from stretch_coach.breaks.desktop.idle.source import IdleSource

_32_BITS = 0xFFFFFFFF
_SWITCH_DESKTOP = 0x0100  # DESKTOP_SWITCHDESKTOP


class LastInputInfo(ctypes.Structure):
    """`LASTINPUTINFO` of `winuser.h`."""

    _fields_ = (("size", ctypes.c_uint32), ("tick", ctypes.c_uint32))


def load_libraries() -> tuple[Any, Any]:
    """Return user32 and kernel32, with the signatures of the functions that are used.

    Raises:
        OSError: This is not Windows.
    """
    if not hasattr(ctypes, "WinDLL"):
        raise OSError("this is not Windows")
    user32, kernel32 = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
    user32.GetLastInputInfo.argtypes = [ctypes.POINTER(LastInputInfo)]
    kernel32.GetTickCount64.restype = ctypes.c_uint64
    user32.OpenInputDesktop.restype = ctypes.c_void_p
    user32.OpenInputDesktop.argtypes = [ctypes.c_uint32, ctypes.c_int, ctypes.c_uint32]
    user32.CloseDesktop.argtypes = [ctypes.c_void_p]
    return user32, kernel32


class WindowsIdle(IdleSource):
    """The time since the last input, and whether the desktop is locked.

    Args:
        user32: The library.
        kernel32: The library.
    """

    name = "Windows"

    def __init__(self, user32: Any, kernel32: Any) -> None:
        self._user32 = user32
        self._kernel32 = kernel32
        self._info = LastInputInfo(ctypes.sizeof(LastInputInfo), 0)

    def idle_seconds(self) -> float | None:
        """Return the seconds since the last input. Its 32-bit clock wraps every 49.7 days."""
        if not self._user32.GetLastInputInfo(ctypes.byref(self._info)):
            return None
        return float((self._kernel32.GetTickCount64() - self._info.tick) & _32_BITS) / 1000

    def locked(self) -> bool | None:
        """Return whether the desktop that receives input is closed to us, such as behind the lock screen."""
        desktop = self._user32.OpenInputDesktop(0, 0, _SWITCH_DESKTOP)
        if not desktop:
            return True
        self._user32.CloseDesktop(desktop)
        return False
