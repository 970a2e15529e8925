"""Which terminal can run a command in a window, and how it is asked to."""

import shlex
import shutil
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from stretch_coach.breaks.desktop.notify.notification import PromptError

# The words before the command. They include the option, if there is one, that keeps the terminal's process alive until
# the command ends.
_KNOWN: dict[str, tuple[str, ...]] = {
    "xdg-terminal-exec": (),
    "x-terminal-emulator": ("-e",),
    "kgx": ("--",),
    "ptyxis": ("--new-window", "--"),
    "gnome-terminal": ("--wait", "--"),
    "mate-terminal": ("--disable-factory", "-x"),
    "konsole": ("--separate", "-e"),
    "xfce4-terminal": ("--disable-server", "-x"),
    "kitty": ("--",),
    "ghostty": ("-e",),
    "alacritty": ("-e",),
    "foot": ("--",),
    "wezterm": ("start", "--always-new-process", "--"),
    "urxvt": ("-e",),
    "st": ("-e",),
    "xterm": ("-e",),
}
# These need X11, and so may what `x-terminal-emulator` leads to. On a Wayland desktop the others come first.
_FOR_X11 = ("x-terminal-emulator", "urxvt", "st", "xterm")
_MAC, _WINDOWS = "darwin", "win32"
_CURE = "Name a terminal in the settings, or start the session yourself with: stretch-coach start"


class Terminal(NamedTuple):
    """A way to open a window.

    Attributes:
        name: The name that users see.
        prefix: The words before the command; empty if the system itself opens the window.
    """

    name: str
    prefix: tuple[str, ...]


def find_terminal(
    environ: Mapping[str, str],
    chosen: str = "",
    *,
    failed: Collection[str] = (),
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> Terminal:
    """Return the user's choice, or else the first terminal that is installed.

    Args:
        environ: May have `TERMINAL`; on Linux a window needs `DISPLAY` or `WAYLAND_DISPLAY`.
        chosen: The setting: a program with its arguments, to which the command is added. The name of a known terminal
            alone gets the arguments it needs.
        failed: The names of terminals that did not work, which are used only if there are no others.
        platform: The platform, as in `sys.platform`.
        which: Finds a program.

    Raises:
        PromptError: There is no terminal.
    """
    try:
        words = shlex.split(chosen, posix=platform != _WINDOWS)
    except ValueError as error:
        raise PromptError("terminal", f"breaks.terminal is not a command ({error}).", _CURE) from error
    if words:
        return _chosen_terminal(words, which)
    if platform == _MAC:
        return Terminal("Terminal", ())
    if platform == _WINDOWS:
        return Terminal("a console window", ())
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        raise PromptError("terminal", "There is no desktop to open a window on.", _CURE)
    preferred = environ.get("TERMINAL", "")
    native = sorted(_KNOWN, key=lambda name: name in _FOR_X11) if environ.get("WAYLAND_DISPLAY") else list(_KNOWN)
    names = [*([preferred] if preferred else []), *native]
    for name in sorted(names, key=lambda name: PurePath(name).name in failed):
        if found := which(name):
            return _known_terminal(name, found)
    raise PromptError("terminal", "No terminal was found.", _CURE)


def _chosen_terminal(words: Sequence[str], which: Callable[[str], str | None]) -> Terminal:
    found = which(words[0])
    if not found:
        raise PromptError("terminal", f"{words[0]!r}, which is set in breaks.terminal, is not installed.", _CURE)
    if len(words) == 1:
        return _known_terminal(words[0], found)
    return Terminal(PurePath(found).name, (found, *words[1:]))


def _known_terminal(name: str, found: str) -> Terminal:
    arguments = _KNOWN.get(PurePath(name).name, ("-e",))
    return Terminal(PurePath(name).name, (found, *arguments))
