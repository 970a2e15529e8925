"""Jumping to a part of the screen: a letter on each part that can have the focus."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.events import Click, Key, Resize
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

LETTERS = "asdfghjklqwertyuiopzcvbnm"
"""The keys to jump with, the easiest to reach first. `x` is not among them: over a session it means that it hurts."""


def label_parts(parts: Sequence[Widget]) -> dict[str, Widget]:
    """Return the parts by their letters; what has no letter left cannot be jumped to."""
    return dict(zip(LETTERS, parts, strict=False))


class JumpScreen(ModalScreen[None]):
    """Puts a letter on each part of a screen; a letter moves the focus there. Over a session, `x` means that it hurts.

    Args:
        screen: The screen below.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="jump.close", tooltip="Leave the focus where it is"),
        Binding("x", "app.stop_session", show=False),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    JumpScreen { background: $background 30%; align: left top; }
    JumpScreen Static {
        position: absolute;
        width: 3;
        height: 1;
        background: $text-warning;
        color: $background;
        text-style: bold;
        text-align: center;
    }
    """

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._parts = label_parts([one for one in screen.focus_chain if _place_of(one) is not None])
        self._below = screen

    def compose(self) -> ComposeResult:
        """Put the letters where the parts begin."""
        for letter, part in self._parts.items():
            label = Static(letter)
            label.styles.offset = _place_of(part) or Offset()
            yield label

    def on_key(self, event: Key) -> None:
        """Jump to the part of a letter; any other key but `x` closes the letters."""
        if event.key == "x":
            return
        event.stop()
        self._jump_to(self._parts.get(event.key))

    def on_click(self, event: Click) -> None:
        """Jump to the part whose letter is clicked."""
        widget = self.get_widget_at(event.screen_x, event.screen_y)[0]
        letter = str(widget.content) if isinstance(widget, Static) else ""
        self._jump_to(self._parts.get(letter))

    def on_resize(self, event: Resize) -> None:
        """Close when the parts move."""
        if event.size != self._below.size:
            self.dismiss()

    def action_close(self) -> None:
        """Leave the focus where it is."""
        self.dismiss()

    def _jump_to(self, part: Widget | None) -> None:
        self.dismiss()
        if part and part.is_attached:
            self._below.set_focus(part)


def _place_of(part: Widget) -> Offset | None:
    """Return where a part begins on the screen, or None if it is not to be seen."""
    try:
        seen = part.screen.find_widget(part).visible_region
    except NoWidget:
        return None
    return seen.offset if seen else None
