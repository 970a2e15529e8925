"""A line of options, of which one or several are chosen with the arrows, space, a digit or the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.text import text_width

_MARK_CELLS, _GAP = 4, 2


class Picker(Widget, can_focus=True):
    """Shows options on a line; the mark before each of them says whether it is chosen, without any colour.

    Args:
        options: The options.
        chosen: The indices of those that are chosen at first.
        several: Whether several may be chosen, rather than exactly one.
        id: The id of the widget.
    """

    @dataclass
    class Changed(Message):
        """Another option was chosen, or one no longer is."""

        picker: "Picker"

        @property
        def control(self) -> "Picker":
            """The picker that sent the message."""
            return self.picker

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False, id="picker.left", tooltip="The previous option"),
        Binding("right", "move(1)", show=False, id="picker.right", tooltip="The next option"),
        Binding("space", "choose", "Choose", id="picker.choose", tooltip="Choose this, or remove the choice"),
        Binding("down,enter", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"picker--option", "picker--chosen", "picker--cursor"}
    DEFAULT_CSS = """
    Picker { height: auto; width: 1fr; }
    Picker > .picker--option { color: $text-muted; }
    Picker > .picker--chosen { color: $text-accent; text-style: bold; }
    Picker > .picker--cursor { background: $block-cursor-background; }
    """

    chosen: reactive[frozenset[int]] = reactive(frozenset())
    cursor: reactive[int] = reactive(0)

    def __init__(self, options: Sequence[str], chosen: Sequence[int], *, several: bool = False, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._options = tuple(options)
        self._several = several
        self.set_reactive(Picker.chosen, frozenset(chosen))
        self.set_reactive(Picker.cursor, min(chosen, default=0))

    @property
    def value(self) -> int:
        """The index of the first option that is chosen."""
        return min(self.chosen, default=0)

    def watch_chosen(self) -> None:
        """Report the change."""
        if self.is_mounted:
            self.post_message(self.Changed(self))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002 - Textual's
        """Return how many lines the options take."""
        return len(self._rows(width))

    def render_line(self, y: int) -> Strip:
        """Draw one line of options."""
        width, rows = self.size.width, self._rows(self.size.width)
        segments = []
        for index in rows[y] if y < len(rows) else []:
            name = "picker--chosen" if index in self.chosen else "picker--option"
            style = self.get_component_rich_style(name)
            if index == self.cursor and self.has_focus:
                style += self.get_component_rich_style("picker--cursor", partial=True)
            segments += [Segment(self._label(index), style), Segment(" " * _GAP, self.rich_style)]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def on_key(self, event: events.Key) -> None:
        """Choose with a digit."""
        if event.character and event.character in "123456789"[: len(self._options)]:
            self.cursor = int(event.character) - 1
            self.action_choose()
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Choose the option under the pointer."""
        rows, left = self._rows(self.size.width), 0
        for index in rows[event.y] if event.y < len(rows) else []:
            right = left + text_width(self._label(index))
            if left <= event.x < right:
                self.cursor = index
                self.action_choose()
            left = right + _GAP

    def action_move(self, by: int) -> None:
        """Move to the previous (-1) or the next option (1); if only one can be chosen, choose it."""
        self.cursor = (self.cursor + by) % len(self._options)
        if not self._several:
            self.action_choose()

    def action_choose(self) -> None:
        """Choose the option under the cursor, or toggle it if several may be chosen."""
        one = frozenset({self.cursor})
        self.chosen = self.chosen ^ one if self._several else one

    def _label(self, index: int) -> str:
        is_chosen = index in self.chosen
        mark = ("[x]" if is_chosen else "[ ]") if self._several else ("(•)" if is_chosen else "( )")
        return f"{mark} {self._options[index]}"

    def _rows(self, width: int) -> list[list[int]]:
        """Return the indices of the options in each line."""
        rows: list[list[int]] = [[]]
        left = 0
        for index, option in enumerate(self._options):
            cells = _MARK_CELLS + text_width(option)
            if rows[-1] and left + cells > width:
                rows.append([])
                left = 0
            rows[-1].append(index)
            left += cells + _GAP
        return rows
