"""The one big countdown."""

import math

from textual.reactive import reactive
from textual.widgets import Digits

from stretch_coach.phrasing import minutes_and_seconds


class Countdown(Digits):
    """Minutes and seconds, drawn again only when the shown second changes."""

    DEFAULT_CSS = """
    Countdown { width: auto; height: 3; color: $text-accent; }
    Countdown.-paused { color: $text-muted; }
    """

    left: reactive[str] = reactive("0:00")

    def count(self, seconds: float) -> None:
        """Show seconds, rounded up so that 0:00 is the end."""
        self.left = minutes_and_seconds(math.ceil(seconds))

    def watch_left(self, left: str) -> None:
        """Draw the new text."""
        self.update(left)
