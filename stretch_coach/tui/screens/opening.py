"""The screen that is shown while the app is loading."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class OpeningScreen(Screen[None]):
    """Shows the name of the program until the first real screen is there."""

    DEFAULT_CSS = """
    OpeningScreen { align: center middle; }
    OpeningScreen Static { width: auto; text-style: bold; color: $text-accent; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the name."""
        yield Static("Stretch Coach")
