"""The one big countdown."""

from textual.reactive import reactive
from textual.widgets import Digits

from stretch_coach.session.wording import clock_text


class Countdown(Digits):
    """Minutes and seconds, drawn anew only when the shown second changes."""

    DEFAULT_CSS = """
    Countdown { width: auto; height: 3; color: $accent; }
    Countdown.-paused { color: $text-muted; }
    """

    left: reactive[str] = reactive("0:00")

    def count(self, seconds: float) -> None:
        """Show so many seconds; part of one counts as a whole one."""
        self.left = clock_text(seconds)

    def watch_left(self, left: str) -> None:
        """Draw the new second."""
        self.update(left)
