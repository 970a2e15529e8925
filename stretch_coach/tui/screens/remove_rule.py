"""Asks whether a break rule is to go."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static


class RemoveRule(ModalScreen[bool]):
    """Ends with whether the rule is to go.

    Args:
        line: The rule, as one line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Remove", id="remove.remove", tooltip="Take the rule away"),
        Binding("n,escape", "answer(False)", "Keep", id="remove.keep", tooltip="Keep the rule"),
    ]

    def __init__(self, line: str) -> None:
        super().__init__()
        self._line = line

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(classes="dialog"):
            yield Static("Remove this rule?", classes="dialog-title")
            yield Static(Content(self._line))
            with Horizontal(classes="dialog-buttons"):
                yield Button("n Keep it", id="keep", variant="primary")
                yield Button("y Remove it", id="remove")

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.button.id == "remove")

    def action_answer(self, remove: bool) -> None:
        """Take a key for an answer."""
        self.dismiss(remove)
