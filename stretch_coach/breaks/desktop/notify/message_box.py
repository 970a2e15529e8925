"""A process that shows a message box of Windows and prints the number of the answer. Not tested on a real system.

Usage: `python -m stretch_coach.breaks.desktop.notify.message_box CHOICES TITLE BODY`.
"""

import ctypes
import sys
from typing import Any

_KINDS = {0: 0x0, 1: 0x0, 2: 0x4, 3: 0x3}  # MB_OK, MB_OK, MB_YESNO, MB_YESNOCANCEL
_INFORMATION, _FOREGROUND, _TOPMOST = 0x40, 0x10000, 0x40000
_SECOND_IS_DEFAULT = 0x100  # so that a key typed as the box appears does not start a session
_OK, _YES = 1, 6


def show(user32: Any, choices: int, title: str, body: str) -> int:
    """Show the box and return its answer: IDOK 1, IDCANCEL 2, IDYES 6, IDNO 7; the only button counts as Yes."""
    style = _KINDS[choices] | _INFORMATION | _FOREGROUND | _TOPMOST
    if choices > 1:
        style |= _SECOND_IS_DEFAULT
    answer = int(user32.MessageBoxW(None, body, title, style))
    return _YES if choices == 1 and answer == _OK else answer


if __name__ == "__main__":
    sys.stdout.write(f"{show(ctypes.CDLL('user32'), int(sys.argv[1]), sys.argv[2], sys.argv[3])}\n")
