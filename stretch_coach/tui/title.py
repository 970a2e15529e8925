"""The name of the terminal's window."""

from collections.abc import Callable

NAME = "Stretch Coach"
_REMEMBER, _GIVE_BACK = "\x1b[22;0t", "\x1b[23;0t"


class TerminalTitle:
    """Names the window while the app runs, and gives it its old name back.

    Args:
        write: Writes to the terminal, in order with everything else that is drawn.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._shown = ""

    def open(self) -> None:
        """Remember the name the window had."""
        self._write(_REMEMBER)
        self.show("")

    def show(self, words: str) -> None:
        """Name the window; nothing but text gets there."""
        title = f"{words} · {NAME}" if words else NAME
        title = "".join(character for character in title if character.isprintable())
        if title != self._shown:
            self._shown = title
            self._write(f"\x1b]2;{title}\x07")

    def close(self) -> None:
        """Give the old name back."""
        self._write(_GIVE_BACK)
