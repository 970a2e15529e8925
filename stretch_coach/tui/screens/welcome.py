"""The welcome: what the program is for, and what it is not."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.safety import Safety
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.widgets.figure_view import FigureView
from stretch_coach.tui.widgets.key_footer import KeyFooter

_WHAT = (
    "Short, guided neck and shoulder routines for people who sit at a screen. It speaks, shows and times each "
    "exercise, asks for breaks at good moments, and keeps an honest history."
)
_PRIVATE = "Everything stays on this machine. Nothing is ever sent anywhere."


class WelcomeScreen(Screen[bool]):
    """The first screen of a new user. The result is whether to continue.

    Args:
        safety: The safety texts.
        drawing: How the figure is drawn.
        greeting: The exercise that the figure shows, or None for no figure.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # The footer names the first key that does not belong to the focused button, by the name of Enter.
        Binding(
            "enter,space",
            "continue",
            "Continue",
            key_display="enter",
            id="welcome.continue",
            tooltip="Continue to the warning signs",
        ),
        Binding("escape", "leave", "Quit", id="welcome.leave", tooltip="Quit; this screen is shown again next time"),
        Binding("down,pagedown", "read(1)", show=False),
        Binding("up,pageup", "read(-1)", show=False),
    ]
    AUTO_FOCUS = ""  # focusing a widget would scroll to it
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    WelcomeScreen {
        align: center middle;
        #welcome {
            width: 96; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; align-vertical: middle;
            border: round $border; border-title-color: $text-accent; border-title-style: bold;
            border-subtitle-color: $text-muted;
        }
        #welcome-figure { width: 36; height: 18; display: none; }
        #welcome-text { width: 1fr; height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        #welcome-title { text-style: bold; color: $text-accent; margin-bottom: 1; }
        #welcome-review { color: $text-warning; margin-top: 1; }
        #welcome-what { margin-bottom: 1; }
        #welcome-what, #welcome-private { color: $text-muted; }
        Button { margin-top: 1; }
        &.-low #welcome { padding: 0 1; border: none; border-top: solid $border; }
        &.-medium #welcome { width: 74; }
        &.-wide.-high #welcome-figure { display: block; }
        &.-mid #welcome { padding: 0 2; }
    }
    """

    def __init__(self, safety: Safety, drawing: Drawing, greeting: Exercise | None = None) -> None:
        super().__init__()
        self._safety = safety
        self._drawing = drawing
        self._greeting = greeting

    def compose(self) -> ComposeResult:
        """Lay out the intended use, in the words of the safety texts, beside the figure."""
        with Horizontal(id="welcome"):
            if self._greeting and self._drawing.shown:
                yield FigureView(id="welcome-figure")
            with VerticalScroll(id="welcome-text", can_focus=False):
                yield Static("Stretch Coach", id="welcome-title")
                yield Static(_WHAT, id="welcome-what", markup=False)
                yield Static(Content("\n\n".join(self._safety.intended_use)))
                yield Static(Content(self._safety.review), id="welcome-review")
                yield Static(_PRIVATE, id="welcome-private")
                yield Button("Continue", variant="primary")
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """Give the button the focus, and leave the text at its top."""
        panel = self.query_one("#welcome", Horizontal)
        panel.border_title, panel.border_subtitle = "1 of 3 · What this is", "● ○ ○"
        self.set_focus(self.query_one(Button), scroll_visible=False)
        self._draw()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())

    @on(Button.Pressed)
    def action_continue(self) -> None:
        """Continue to the next screen."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Quit."""
        self.dismiss(False)

    def action_read(self, by: int) -> None:
        """Scroll the text in a low terminal: down (1) or up (-1)."""
        self.query_one("#welcome-text", VerticalScroll).scroll_relative(y=by, animate=False)

    def _draw(self) -> None:
        for view in self.query(FigureView):
            view.paint(self._drawing.palette(self.app), self._drawing.graphics(self.app))
            if self._greeting:
                view.play(self._drawing.animation(self._greeting, None, self.app))
