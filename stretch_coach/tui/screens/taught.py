"""Asks whether a clinician taught what is locked."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from stretch_coach.routine.model import Lock
from stretch_coach.routine.safety import Safety


class TaughtScreen(ModalScreen[bool]):
    """Ends with whether the user confirmed it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="taught.leave", tooltip="Leave it locked"),
    ]

    def __init__(self, safety: Safety, locks: Sequence[Lock]) -> None:
        super().__init__()
        self._safety = safety
        self._locks = locks

    def compose(self) -> ComposeResult:
        """What is locked and why, and the sentence to confirm."""
        with Vertical(classes="dialog"):
            yield Static("Locked", classes="dialog-title")
            for lock in self._locks:
                yield Static(Content("\n".join([f"{lock.name}:", *lock.cautions])))
            yield Static(Content(self._safety.taught_question), classes="dialog-question")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Leave it", id="taught-leave", variant="primary")
                yield Button("Yes, that is so", id="taught-confirm")

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.button.id == "taught-confirm")

    def action_leave(self) -> None:
        """Leave it locked."""
        self.dismiss(False)
