"""Asks whether a session is to end before its end."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static


class EndHere(ModalScreen[bool]):
    """Ends with whether the session is to end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "answer(True)", "End", id="end.end", tooltip="End the session; what was done is kept"),
        Binding("space,escape", "answer(False)", "Go on", id="end.go-on", tooltip="Go on with the session"),
    ]

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(classes="dialog"):
            yield Static("End here? What was done is kept.", classes="dialog-title")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Go on", id="go-on", variant="primary")
                yield Button("End", id="end")

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.button.id == "end")

    def action_answer(self, end: bool) -> None:
        """Take a key for an answer."""
        self.dismiss(end)
