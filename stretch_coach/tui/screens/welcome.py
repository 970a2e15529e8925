"""What this is, and what it is not."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Footer, Static

from stretch_coach.routine.safety import Safety


class WelcomeScreen(Screen[None]):
    """The first thing a new user sees."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "go_on", "Go on", id="welcome.go-on", tooltip="On to the warning signs"),
    ]

    def __init__(self, safety: Safety) -> None:
        super().__init__()
        self._safety = safety

    def compose(self) -> ComposeResult:
        """The intended use, in the words of the safety texts."""
        with VerticalScroll(id="welcome", can_focus=False):
            yield Static("Stretch Coach", id="welcome-title")
            yield Static("Short, guided neck and shoulder routines for people who sit at a screen.", id="welcome-what")
            yield Static(Content("\n\n".join(self._safety.intended_use)), id="welcome-use")
            yield Static(Content(self._safety.review), id="welcome-review")
            yield Static("Everything stays on this machine. Nothing is ever sent anywhere.")
            yield Button("Go on", variant="primary", id="welcome-go-on")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Enter goes on."""
        self.query_one(Button).focus()

    @on(Button.Pressed)
    def action_go_on(self) -> None:
        """On to the next screen."""
        self.dismiss()
