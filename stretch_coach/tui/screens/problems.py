"""The problems of the user's own files, to read in peace."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.transitions import fade_in


class ProblemsScreen(ModalScreen[None]):
    """Lists why files cannot be used, each with its line and the cure.

    Args:
        problems: The sentences.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "app.pop_screen", "Close", id="problems.close", tooltip="Close the list"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    ProblemsScreen VerticalScroll { scrollbar-size-vertical: 1; }
    ProblemsScreen #problems { padding-right: 1; }
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__()
        self._problems = problems

    def compose(self) -> ComposeResult:
        """Lay out the sentences."""
        with Vertical(classes="dialog -tall"):
            yield Static("These files cannot be used", classes="dialog-title")
            with VerticalScroll():
                yield Static(Content("\n\n".join(self._problems)), id="problems")
            yield Static("Press Esc to close.", classes="dialog-hint")

    def on_mount(self) -> None:
        """Appear within a moment."""
        fade_in(self.query_one(".dialog", Vertical))
