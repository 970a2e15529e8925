"""Notices where there is no notification service: a line and the bell of the terminal the watcher runs in."""

from typing import TextIO

from stretch_coach.breaks.prompt import Choice, Notice, PromptError

_BELL = "\a"


class TerminalPrompter:
    """Prints a line a notice, and rings where there is a terminal. It cannot be answered.

    Args:
        stream: Where to print.
        why: Why there is nothing better, a sentence that is printed once; may be empty.
        osc: Whether to ask the terminal itself for a desktop notification (OSC 9: iTerm2, WezTerm, foot, Windows
            Terminal). Others would print it.
    """

    def __init__(self, stream: TextIO, why: str = "", *, osc: bool = False) -> None:
        self._stream = stream
        self._why = why
        self._rings = stream.isatty()
        self._osc = osc and self._rings
        self.name = "the terminal's bell" if self._rings else "lines of text"

    def show(self, notice: Notice) -> None:
        """Print a notice.

        Raises:
            PromptError: The terminal is gone.
        """
        title, body = _one_line(notice.title), _one_line(notice.body)
        lines = [_one_line(self._why)] if self._why else []
        lines.append(f"{title}: {body}" if body else title)
        asked = f"\x1b]9;{title}{_BELL}" if self._osc else ""
        try:
            self._stream.write("\n".join(lines) + "\n" + asked + (_BELL if self._rings and notice.sounds else ""))
            self._stream.flush()
        except (OSError, ValueError) as error:
            raise PromptError("notifications", f"Nothing can be printed ({error}).") from error
        self._why = ""

    def withdraw(self) -> None:
        """What is printed stays."""

    def answers(self) -> list[Choice]:
        """A line has no buttons."""
        return []

    def can_answer(self) -> bool:
        """The body has to say what to type."""
        return False

    def descriptors(self) -> list[int]:
        """Nothing comes in."""
        return []

    def close(self) -> None:
        """Nothing to let go of."""


def _one_line(text: str) -> str:
    """Text without anything that moves a cursor or rings."""
    return "".join(character if character.isprintable() else " " for character in text).strip()
