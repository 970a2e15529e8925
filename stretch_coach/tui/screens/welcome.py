"""The welcome: what the program is for, and what it is not."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from stretch_coach.routine.safety import Safety
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.key_footer import KeyFooter


class WelcomeScreen(Screen[None]):
    """The first screen of a new user.

    Args:
        safety: The safety texts.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # The footer names Enter, though that key belongs to the focused button.
        Binding(
            "enter,escape",
            "continue",
            "Continue",
            key_display="enter",
            id="welcome.continue",
            tooltip="Continue to the warning signs",
        ),
    ]
    AUTO_FOCUS = ""  # focusing a widget would scroll to it
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    WelcomeScreen {
        align: center middle;
        #welcome {
            width: 72; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; scrollbar-size-vertical: 1;
        }
        #welcome-title { text-style: bold; color: $text-accent; }
        #welcome-what { color: $text-muted; margin-bottom: 1; }
        #welcome-review { color: $text-warning; margin: 1 0; }
        Button { margin-top: 1; }
        &.-low #welcome { padding: 0 1; }
    }
    """

    def __init__(self, safety: Safety) -> None:
        super().__init__()
        self._safety = safety

    def compose(self) -> ComposeResult:
        """Lay out the intended use, in the words of the safety texts."""
        with VerticalScroll(id="welcome", can_focus=False):
            yield Static("Stretch Coach", id="welcome-title")
            yield Static("Short, guided neck and shoulder routines for people who sit at a screen.", id="welcome-what")
            yield Static(Content("\n\n".join(self._safety.intended_use)))
            yield Static(Content(self._safety.review), id="welcome-review")
            yield Static("Everything stays on this machine. Nothing is ever sent anywhere.")
            yield Button("Continue", variant="primary")
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """Give the button the focus, and leave the text at its top."""
        self.set_focus(self.query_one(Button), scroll_visible=False)

    @on(Button.Pressed)
    def action_continue(self) -> None:
        """Continue to the next screen."""
        self.dismiss()
