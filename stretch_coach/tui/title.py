"""The title of the terminal window."""

from collections.abc import Callable

NAME = "Stretch Coach"
_SAVE, _RESTORE = "\x1b[22;0t", "\x1b[23;0t"


class TerminalTitle:
    """Sets the title of the window while the app runs, and restores the old one.

    Args:
        write: Writes to the terminal, in order with everything else that is drawn.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._shown = ""

    def open(self) -> None:
        """Let the terminal remember the title that the window had."""
        self._write(_SAVE)
        self.show("")

    def show(self, words: str) -> None:
        """Set the title. Characters that cannot be printed are left out."""
        title = f"{words} · {NAME}" if words else NAME
        title = "".join(character for character in title if character.isprintable())
        if title != self._shown:
            self._shown = title
            self._write(f"\x1b]2;{title}\x07")

    def close(self) -> None:
        """Restore the old title."""
        self._write(_RESTORE)
