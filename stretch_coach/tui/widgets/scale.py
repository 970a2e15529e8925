"""A number from 0 to 10, chosen with digits, arrows or the mouse, or not at all."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

NECK_QUESTION = "How does your neck feel now? Enter to skip."
ENDS = "0 = no discomfort, 10 = worst imaginable."

_MOST = 10
_MIN_CELLS, _MAX_CELLS, _LAST_CELLS = 3, 4, 4


class Scale(Widget, can_focus=True):
    """Asks for a rating. Enter confirms the chosen number, or that none was chosen."""

    @dataclass
    class Chosen(Message):
        """The user confirmed a value, or None if nothing was chosen."""

        scale: "Scale"
        value: int | None

        @property
        def control(self) -> "Scale":
            """The scale that sent the message."""
            return self.scale

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Less", show=False, id="scale.less", tooltip="One less"),
        Binding("right", "move(1)", "More", show=False, id="scale.more", tooltip="One more"),
        Binding("backspace,delete", "clear", "None", show=False, id="scale.clear", tooltip="Clear the number"),
        Binding("enter", "confirm", "Continue", id="scale.confirm", tooltip="Confirm the number, or skip"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"scale--number", "scale--chosen"}
    DEFAULT_CSS = """
    Scale { height: 1; width: 44; max-width: 100%; }
    Scale > .scale--number { color: $text-muted; }
    Scale:focus > .scale--number { color: $text; }
    Scale > .scale--chosen { background: $text-accent; color: $background; text-style: bold; }
    """

    value: reactive[int | None] = reactive(None)

    def watch_value(self, value: int | None) -> None:
        """Let the user see what was chosen, where the scale is below the fold."""
        if value is not None:
            self.scroll_visible(animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw the eleven numbers. The chosen one is in brackets too, so that it does not depend on colour."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        segments = []
        for number in range(_MOST + 1):
            chosen = number == self.value
            style = self.get_component_rich_style("scale--chosen" if chosen else "scale--number")
            cells = _LAST_CELLS if number == _MOST else self._cells
            segments.append(Segment((f"[{number}]" if chosen else f"{number}").center(cells), style))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    @property
    def _cells(self) -> int:
        """The width of a number; the last one, which has two digits, is a little wider."""
        return max(_MIN_CELLS, min(_MAX_CELLS, (self.size.width - _LAST_CELLS) // _MOST))

    def on_key(self, event: events.Key) -> None:
        """Choose with digits; 1 followed by 0 is ten."""
        if event.character and event.character in "0123456789":
            digit = int(event.character)
            self.value = _MOST if (self.value, digit) == (1, 0) else digit
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what the number under the pointer means."""
        number = min(_MOST, event.x // self._cells)
        self.tooltip = {0: "0: no discomfort", _MOST: "10: worst imaginable"}.get(number, f"{number} of 10")

    def on_click(self, event: events.Click) -> None:
        """Choose the number under the pointer."""
        self.value = min(_MOST, event.x // self._cells)
        self.focus()

    def action_move(self, by: int) -> None:
        """Choose the number before (-1) or after (1)."""
        self.value = (0 if by > 0 else _MOST) if self.value is None else min(_MOST, max(0, self.value + by))

    def action_clear(self) -> None:
        """Clear the number."""
        self.value = None

    def action_confirm(self) -> None:
        """Confirm what is chosen."""
        self.post_message(self.Chosen(self, self.value))
