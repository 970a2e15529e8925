"""Which terminal window there is to run a command in, and how it is asked to."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from stretch_coach.breaks.prompt import PromptError

# What stands before the command, and whether the terminal ends only when the command does. Others hand the command to
# a window that runs already and end at once.
_KNOWN: dict[str, tuple[tuple[str, ...], bool]] = {
    "xdg-terminal-exec": ((), False),
    "x-terminal-emulator": (("-e",), False),
    "kgx": (("--",), False),
    "ptyxis": (("--new-window", "--"), False),
    "gnome-terminal": (("--wait", "--"), True),
    "mate-terminal": (("--disable-factory", "-x"), True),
    "konsole": (("--separate", "-e"), True),
    "xfce4-terminal": (("--disable-server", "-x"), True),
    "kitty": (("--",), True),
    "ghostty": (("-e",), True),
    "alacritty": (("-e",), True),
    "foot": (("--",), True),
    "wezterm": (("start", "--always-new-process", "--"), True),
    "urxvt": (("-e",), True),
    "st": (("-e",), True),
    "xterm": (("-e",), True),
}
_ORDER = tuple(_KNOWN)
_MAC, _WINDOWS = "darwin", "win32"
_CURE = "Name a terminal in the settings, or start the session yourself with: stretch-coach start"


class Terminal(NamedTuple):
    """A way to open a window.

    Attributes:
        name: How it is told to the user.
        prefix: What stands before the command; empty where the system itself opens the window.
        waits: Whether its process lasts as long as the command.
    """

    name: str
    prefix: tuple[str, ...]
    waits: bool


def find_terminal(
    environ: Mapping[str, str],
    chosen: Sequence[str] = (),
    *,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> Terminal:
    """The user's own choice, else the first one that is installed.

    Args:
        environ: May have ``TERMINAL``; on Linux a window needs ``DISPLAY`` or ``WAYLAND_DISPLAY``.
        chosen: A program with its arguments, as set by the user; the command is added. A known terminal's name alone
            gets what it needs to run a command.
        platform: As ``sys.platform`` has it.
        which: Finds a program.

    Raises:
        PromptError: There is none.
    """
    if chosen:
        return _own_choice(chosen, which)
    if platform == _MAC:
        return Terminal("Terminal", (), waits=False)
    if platform == _WINDOWS:
        return Terminal("a console window", (), waits=True)
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        raise PromptError("terminal", "There is no desktop to open a window on.", _CURE)
    wished = environ.get("TERMINAL", "")
    names = ["xdg-terminal-exec", "x-terminal-emulator", *([wished] if wished else []), *_ORDER[2:]]
    for name in names:
        if found := which(name):
            return _known(name, found)
    raise PromptError("terminal", "No terminal program was found.", _CURE)


def _own_choice(chosen: Sequence[str], which: Callable[[str], str | None]) -> Terminal:
    found = which(chosen[0])
    if not found:
        raise PromptError("terminal", f"The program {chosen[0]!r} that was set is not installed.", _CURE)
    if len(chosen) == 1:
        return _known(chosen[0], found)
    return Terminal(PurePath(found).name, (found, *chosen[1:]), waits=False)


def _known(name: str, found: str) -> Terminal:
    arguments, waits = _KNOWN.get(PurePath(name).name, (("-e",), False))
    return Terminal(PurePath(name).name, (found, *arguments), waits)
