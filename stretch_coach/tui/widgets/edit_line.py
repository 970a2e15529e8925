"""A line in which one text or number is typed, shown only while that is asked for."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class EditLine(Horizontal, can_focus=False):
    """Asks for one value at a time."""

    @dataclass
    class Entered(Message):
        """A value was typed.

        Attributes:
            asked: What was asked for.
            text: What was typed.
        """

        asked: str
        text: str

    class Closed(Message):
        """The line is hidden again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="edit.cancel", tooltip="Change nothing"),
    ]
    DEFAULT_CSS = """
    EditLine {
        height: 1; display: none; padding: 0 1; background: $panel;
        &.-open { display: block; }
        Static { width: auto; color: $text-accent; text-style: bold; margin-right: 1; }
        Input { width: 1fr; background: $surface; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="builder-edit")
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Lay out the question beside the field."""
        yield Static(id="edit-question")
        yield Input(compact=True, id="edit-field", disabled=True)

    @property
    def is_open(self) -> bool:
        """Whether it asks for something."""
        return self.has_class("-open")

    def ask(self, asked: str, question: str, value: str, *, replace: bool = True) -> None:
        """Ask for a value.

        Args:
            asked: What is asked for, to be found in the answer.
            question: The question.
            value: What is in the field at first.
            replace: Whether what is typed replaces that, rather than being added to it.
        """
        self._asked = asked
        self.query_one("#edit-question", Static).update(Content(question))
        field = self.query_one("#edit-field", Input)
        field.disabled = False
        field.select_on_focus = replace
        field.value = value
        field.cursor_position = len(value)
        self.add_class("-open")
        self.screen.set_focus(field)
        self.screen.refresh_bindings()

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        asked, text = self._asked, message.value
        self.action_cancel()
        self.post_message(self.Entered(asked, text))

    def action_cancel(self) -> None:
        """Hide the line."""
        self.remove_class("-open")
        self.query_one("#edit-field", Input).disabled = True
        self.post_message(self.Closed())
