"""The first thing on the screen: how the record stands, while the rest is being loaded."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static


class OpeningScreen(Screen[None]):
    """Gone as soon as the library is there.

    Args:
        greet: What is said first; asked for after the first frame.
    """

    def __init__(self, greet: Callable[[], str]) -> None:
        super().__init__()
        self._greet = greet

    def compose(self) -> ComposeResult:
        """The name, and a sentence."""
        with Vertical(id="opening"):
            yield Static("Stretch Coach", id="opening-name")
            yield Static("", id="opening-words")

    def on_mount(self) -> None:
        """The sentence must not delay the first frame."""
        self.call_after_refresh(lambda: self.query_one("#opening-words", Static).update(Content(self._greet())))
