"""The X11 client library through ctypes, with our own error handlers: the library's own end the process."""

import ctypes
import functools
from typing import Any

XId = ctypes.c_ulong
Display = ctypes.c_void_p


class Xlib:
    """libX11, with the few functions that are used here.

    Use `load_xlib`: the library keeps one pair of error handlers for the whole process.

    Raises:
        OSError: The library is not installed.
    """

    def __init__(self) -> None:
        self.library = library = ctypes.CDLL("libX11.so.6")
        library.XOpenDisplay.restype, library.XOpenDisplay.argtypes = Display, [ctypes.c_char_p]
        library.XCloseDisplay.argtypes = [Display]
        library.XDefaultRootWindow.restype, library.XDefaultRootWindow.argtypes = XId, [Display]
        # The library calls these as long as the process lives, so they must not be collected.
        self._on_error = ctypes.CFUNCTYPE(ctypes.c_int, Display, Display)(_ignore_error)
        library.XSetErrorHandler.restype = ctypes.c_void_p
        library.XSetErrorHandler(self._on_error)
        self._on_io_error = ctypes.CFUNCTYPE(ctypes.c_int, Display)(_ignore_loss)
        library.XSetIOErrorHandler.restype = ctypes.c_void_p
        library.XSetIOErrorHandler(self._on_io_error)
        self._on_exit = ctypes.CFUNCTYPE(None, Display, ctypes.c_void_p)(self._note_loss)
        self._lost: set[int] = set()

    def open(self, name: str) -> int:
        """Connect to a display such as `:0` and return its handle.

        Raises:
            OSError: The display cannot be opened.
        """
        display = self.library.XOpenDisplay(name.encode())
        if not display:
            raise OSError(f"the display {name} cannot be opened")
        self._lost.discard(display)
        if hasattr(self.library, "XSetIOErrorExitHandler"):  # libX11 1.7 of 2020 and later
            self.library.XSetIOErrorExitHandler.argtypes = [Display, ctypes.c_void_p, ctypes.c_void_p]
            self.library.XSetIOErrorExitHandler(display, ctypes.cast(self._on_exit, ctypes.c_void_p), None)
        return int(display)

    def is_lost(self, display: int) -> bool:
        """Return whether the server has gone away."""
        return display in self._lost

    def close(self, display: int) -> None:
        """Disconnect."""
        if display not in self._lost:  # the socket of a lost display is closed already
            self.library.XCloseDisplay(display)

    def _note_loss(self, display: int, _: Any) -> None:
        self._lost.add(display)


def _ignore_error(_display: int, _event: int) -> int:
    """Ignore an error, such as a window that no longer exists."""
    return 0


def _ignore_loss(_display: int) -> int:
    """Return to Xlib, which then calls the exit handler. The library's own handler would end the process."""
    return 0


@functools.cache
def load_xlib() -> Xlib:
    """Return the library, loaded once.

    Raises:
        OSError: The library is not installed.
    """
    return Xlib()
