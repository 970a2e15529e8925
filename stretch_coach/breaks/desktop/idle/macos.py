"""Idle time on macOS, through ctypes and without asking for a permission. Not tested on a real system."""

import ctypes
from typing import Any

from stretch_coach.breaks.desktop.idle.source import IdleSource

_FRAMEWORKS = "/System/Library/Frameworks"
_HID_STATE = 1  # kCGEventSourceStateHIDSystemState
_ANY_INPUT = 0xFFFFFFFF  # kCGAnyInputEventType
_UTF8 = 0x08000100  # kCFStringEncodingUTF8


def load_libraries() -> tuple[Any, Any]:
    """Return CoreGraphics and CoreFoundation, with the signatures of the functions that are used.

    Raises:
        OSError: This is not macOS.
    """
    graphics = ctypes.CDLL(f"{_FRAMEWORKS}/CoreGraphics.framework/CoreGraphics")
    core = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
    graphics.CGEventSourceSecondsSinceLastEventType.restype = ctypes.c_double
    graphics.CGEventSourceSecondsSinceLastEventType.argtypes = [ctypes.c_int32, ctypes.c_uint32]
    graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
    graphics.CGSessionCopyCurrentDictionary.argtypes = []
    core.CFStringCreateWithCString.restype = ctypes.c_void_p
    core.CFStringCreateWithCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
    core.CFDictionaryGetValue.restype = ctypes.c_void_p
    core.CFDictionaryGetValue.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    core.CFBooleanGetValue.restype = ctypes.c_ubyte
    core.CFBooleanGetValue.argtypes = [ctypes.c_void_p]
    core.CFRelease.argtypes = [ctypes.c_void_p]
    return graphics, core


class MacIdle(IdleSource):
    """The time since the last input, and whether the screen is locked.

    Args:
        graphics: CoreGraphics.
        core: CoreFoundation.
    """

    name = "macOS"

    def __init__(self, graphics: Any, core: Any) -> None:
        self._graphics = graphics
        self._core = core
        self._key = core.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", _UTF8)

    def idle_seconds(self) -> float | None:
        """Return the seconds since the last input of any kind."""
        return float(self._graphics.CGEventSourceSecondsSinceLastEventType(_HID_STATE, _ANY_INPUT))

    def locked(self) -> bool | None:
        """Return whether the screen is locked, or None outside a session with a screen."""
        session = self._graphics.CGSessionCopyCurrentDictionary()
        if not session:
            return None
        try:
            value = self._core.CFDictionaryGetValue(session, self._key)
            return bool(value) and bool(self._core.CFBooleanGetValue(value))
        finally:
            self._core.CFRelease(session)

    def close(self) -> None:
        """Release the key."""
        if self._key:
            self._core.CFRelease(self._key)
            self._key = None
