"""One line that names the sections of a screen, and shows which is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

_WIDEST_GAP = 3


class SectionBar(Widget, can_focus=False):
    """Shows the sections with the keys that open them. A click opens one.

    Args:
        names: The names of the sections; their keys are 1, 2 and so on.
    """

    @dataclass
    class Picked(Message):
        """The user clicked a section."""

        number: int

    COMPONENT_CLASSES: ClassVar[set[str]] = {"section--name", "section--open", "section--key"}
    DEFAULT_CSS = """
    SectionBar { height: 1; }
    SectionBar > .section--name { color: $text-muted; }
    SectionBar > .section--open { color: $text-accent; text-style: bold underline; }
    SectionBar > .section--key { color: $footer-key-foreground; }
    """

    opened: reactive[int] = reactive(1)
    """The number of the open section, from 1."""

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._names = names

    @property
    def _gap(self) -> int:
        """The cells between two names."""
        cells = sum(len(name) + 2 for name in self._names)
        return max(1, min(_WIDEST_GAP, (self.size.width - cells) // max(1, len(self._names) - 1)))

    def render_line(self, y: int) -> Strip:
        """Draw the names."""
        base = self.rich_style
        if y:
            return Strip.blank(self.size.width, base)
        segments: list[Segment] = []
        for number, name in enumerate(self._names, start=1):
            style = self.get_component_rich_style("section--open" if number == self.opened else "section--name")
            key = self.get_component_rich_style("section--key")
            segments += [Segment(f"{number} ", key), Segment(name, style), Segment(" " * self._gap, base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Open the section below the pointer."""
        start = 0
        for number, name in enumerate(self._names, start=1):
            end = start + len(name) + 2
            if start <= event.x - self.gutter.left < end:
                self.post_message(self.Picked(number))
                return
            start = end + self._gap
