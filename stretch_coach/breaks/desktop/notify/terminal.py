"""Notifications where there is no service for them: a line and the bell of the terminal the watcher runs in."""

from typing import TextIO

from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError, one_line
from stretch_coach.breaks.prompt import Choice

_BELL = "\a"


class TerminalPrompter:
    """Prints a line for each notification, and rings if there is a terminal. It cannot be answered.

    Args:
        stream: Where to print.
        reason: Why there is nothing better, as a sentence that is printed once; may be empty.
        osc: Whether to ask the terminal itself for a desktop notification (OSC 9: iTerm2, WezTerm, foot, Windows
            Terminal). Other terminals would print it.
    """

    def __init__(self, stream: TextIO, reason: str = "", *, osc: bool = False) -> None:
        self._stream = stream
        self._reason = reason
        self._rings = stream.isatty()
        self._osc = osc and self._rings
        self.name = "the terminal's bell" if self._rings else "lines of text"

    def show(self, notification: Notification) -> None:
        """Print a notification.

        Raises:
            PromptError: The terminal is gone.
        """
        title, body = one_line(notification.title), one_line(notification.body)
        lines = [one_line(self._reason)] if self._reason else []
        lines.append(f"{title}: {body}" if body else title)
        osc = f"\x1b]9;{title}{_BELL}" if self._osc else ""
        bell = _BELL if self._rings and notification.sounds else ""
        try:
            self._stream.write("\n".join(lines) + "\n" + osc + bell)
            self._stream.flush()
        except (OSError, ValueError) as error:
            raise PromptError("notifications", f"Nothing can be printed ({error}).") from error
        self._reason = ""

    def withdraw(self) -> None:
        """Do nothing: what is printed stays."""

    def answers(self) -> list[Choice]:
        """Return no answers: a line has no buttons."""
        return []

    def can_answer(self) -> bool:
        """Return False, so that the body says what to type."""
        return False

    def descriptors(self) -> list[int]:
        """Return no descriptors."""
        return []

    def close(self) -> None:
        """Do nothing: whoever passed the stream closes it."""
