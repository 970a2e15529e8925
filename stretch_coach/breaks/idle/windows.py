"""Idle time on Windows, by ctypes. It could not be tried where this was written."""

import ctypes
from typing import Any

_32_BITS = 0xFFFFFFFF
_SWITCH_DESKTOP = 0x0100  # DESKTOP_SWITCHDESKTOP


class LastInputInfo(ctypes.Structure):
    """``LASTINPUTINFO`` of ``winuser.h``."""

    _fields_ = (("size", ctypes.c_uint32), ("tick", ctypes.c_uint32))


def load_libraries() -> tuple[Any, Any]:
    """user32 and kernel32, with the signatures of what is used.

    Raises:
        OSError: This is no Windows.
    """
    if not hasattr(ctypes, "WinDLL"):
        raise OSError("this is no Windows")
    user32, kernel32 = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
    user32.GetLastInputInfo.argtypes = [ctypes.POINTER(LastInputInfo)]
    kernel32.GetTickCount64.restype = ctypes.c_uint64
    user32.OpenInputDesktop.restype = ctypes.c_void_p
    user32.OpenInputDesktop.argtypes = [ctypes.c_uint32, ctypes.c_int, ctypes.c_uint32]
    user32.CloseDesktop.argtypes = [ctypes.c_void_p]
    return user32, kernel32


class WindowsIdle:
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
        """Seconds since the last input; its 32-bit clock turns over every 49.7 days."""
        if not self._user32.GetLastInputInfo(ctypes.byref(self._info)):
            return None
        return float((self._kernel32.GetTickCount64() - self._info.tick) & _32_BITS) / 1000

    def locked(self) -> bool | None:
        """Whether the desktop that takes input is closed to us, as behind the lock screen."""
        desktop = self._user32.OpenInputDesktop(0, 0, _SWITCH_DESKTOP)
        if not desktop:
            return True
        self._user32.CloseDesktop(desktop)
        return False

    def descriptors(self) -> list[int]:
        """It has to be asked."""
        return []

    def take_in(self) -> None:
        """Nothing comes in."""

    def is_lost(self) -> bool:
        """There is no connection to lose."""
        return False

    def close(self) -> None:
        """Nothing to let go of."""
