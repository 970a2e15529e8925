"""A number from 0 to 10, chosen by digits, arrows or the mouse; none is a choice too."""

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

_MOST = 10
_CELLS, _LEAST_CELLS, _LAST_CELLS = 4, 3, 4


class Scale(Widget, can_focus=True):
    """Asks how something is. Enter takes what is chosen, or nothing."""

    class Chosen(Message):
        """Enter was pressed, or a number clicked twice; none if nothing was chosen."""

        def __init__(self, scale: "Scale", value: int | None) -> None:
            super().__init__()
            self.scale = scale
            self.value = value

        @property
        def control(self) -> "Scale":
            """The scale it comes from."""
            return self.scale

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Less", show=False, id="scale.less", tooltip="One less"),
        Binding("right", "move(1)", "More", show=False, id="scale.more", tooltip="One more"),
        Binding("backspace,delete", "clear", "None", show=False, id="scale.clear", tooltip="Choose nothing"),
        Binding("enter", "take", "Go on", id="scale.take", tooltip="Take the number, or skip the question"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"scale--number", "scale--chosen"}
    DEFAULT_CSS = """
    Scale { height: 1; width: 44; max-width: 100%; }
    Scale > .scale--number { color: $text-muted; }
    Scale:focus > .scale--number { color: $text; }
    Scale > .scale--chosen { background: $accent; color: $background; text-style: bold; }
    """

    value: reactive[int | None] = reactive(None)

    def render_line(self, y: int) -> Strip:
        """The eleven numbers; the chosen one stands in brackets too, for who sees no colour."""
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
        """How wide a number is, but for the last one, whose two digits need a little more."""
        return max(_LEAST_CELLS, min(_CELLS, (self.size.width - _LAST_CELLS) // _MOST))

    def on_key(self, event: events.Key) -> None:
        """Digits choose; 1 and then 0 is ten."""
        if event.character and event.character in "0123456789":
            digit = int(event.character)
            self.value = _MOST if (self.value, digit) == (1, 0) else digit
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Choose the number under the pointer."""
        self.value = min(_MOST, event.x // self._cells)
        self.focus()

    def action_move(self, by: int) -> None:
        """Go one up or down."""
        self.value = (0 if by > 0 else _MOST) if self.value is None else min(_MOST, max(0, self.value + by))

    def action_clear(self) -> None:
        """Choose nothing."""
        self.value = None

    def action_take(self) -> None:
        """Tell what was chosen."""
        self.post_message(self.Chosen(self, self.value))
