"""Options below each other, of which several can be chosen with the arrows and space, their letters, or the mouse."""

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

from stretch_coach.text import cut_to_width, pad_to_width, text_width

_MARK_CELLS, _LETTER_CELLS = 4, 2


class CheckList(Widget, can_focus=True):
    """Shows an option on each line; the mark before it says whether it is chosen, without any colour.

    Args:
        options: The options.
        chosen: The indices of those that are chosen at first.
        letters: The key of each option, one character each; empty if they have none.
        id: The id of the widget.
    """

    @dataclass
    class Changed(Message):
        """An option was chosen, or no longer is."""

        check_list: "CheckList"

        @property
        def control(self) -> "CheckList":
            """The list that sent the message."""
            return self.check_list

    @dataclass
    class Highlighted(Message):
        """Another option is under the cursor."""

        check_list: "CheckList"
        index: int

        @property
        def control(self) -> "CheckList":
            """The list that sent the message."""
            return self.check_list

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose", id="checks.choose", tooltip="Choose this, or remove the choice"),
        Binding("up", "move(-1)", show=False, id="checks.up", tooltip="The option above"),
        Binding("down", "move(1)", show=False, id="checks.down", tooltip="The option below"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "checks--option",
        "checks--chosen",
        "checks--cursor",
        "checks--letter",
    }
    DEFAULT_CSS = """
    CheckList { height: auto; width: 1fr; }
    CheckList > .checks--option { color: $foreground; }
    CheckList > .checks--chosen { color: $text-accent; text-style: bold; }
    CheckList > .checks--cursor { background: $block-cursor-background; }
    CheckList > .checks--letter { color: $footer-key-foreground; }
    """

    chosen: reactive[frozenset[int]] = reactive(frozenset())
    cursor: reactive[int] = reactive(0)

    def __init__(
        self,
        options: Sequence[str],
        chosen: Sequence[int] = (),
        *,
        letters: str = "",
        id: str,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._options = tuple(options)
        self._letters = letters
        self.set_reactive(CheckList.chosen, frozenset(chosen))

    def watch_chosen(self) -> None:
        """Report the change."""
        if self.is_mounted:
            self.post_message(self.Changed(self))

    def watch_cursor(self, index: int) -> None:
        """Report which option is under the cursor, and keep it in view."""
        if self.is_mounted:
            self.post_message(self.Highlighted(self, index))
            self._show_cursor()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002 - Textual's
        """Return the number of options."""
        return len(self._options)

    def get_content_width(self, container: object, viewport: object) -> int:  # noqa: ARG002 - Textual's
        """Return the width of the longest line."""
        return max(map(text_width, self._options)) + _MARK_CELLS + (_LETTER_CELLS if self._letters else 0)

    def render_line(self, y: int) -> Strip:
        """Draw an option."""
        width = self.size.width
        if y >= len(self._options):
            return Strip.blank(width, self.rich_style)
        is_chosen, has_cursor = y in self.chosen, y == self.cursor and self.has_focus
        style = self.get_component_rich_style("checks--chosen" if is_chosen else "checks--option")
        letter = self.get_component_rich_style("checks--letter")
        if has_cursor:
            cursor = self.get_component_rich_style("checks--cursor", partial=True)
            style, letter = style + cursor, letter + cursor
        segments = [Segment(f"{self._letters[y]} ", letter)] if self._letters else []
        left = width - sum(segment.cell_length for segment in segments)
        text = f"{'[x]' if is_chosen else '[ ]'} {self._options[y]}"
        segments.append(Segment(pad_to_width(cut_to_width(text, left), left), style))
        return Strip(segments)

    def on_key(self, event: events.Key) -> None:
        """Choose with a letter."""
        if event.character and event.character in self._letters:
            event.stop()
            self.cursor = self._letters.index(event.character)
            self.action_choose()

    def on_click(self, event: events.Click) -> None:
        """Choose the option under the pointer."""
        if 0 <= event.y < len(self._options):
            self.cursor = event.y
            self.action_choose()

    def action_move(self, by: int) -> None:
        """Move up (-1) or down (1); from the ends, to what is before or after the list."""
        to = self.cursor + by
        if 0 <= to < len(self._options):
            self.cursor = to
        elif by < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()

    def _show_cursor(self) -> None:
        """Scroll what the list is in, so that the cursor can be seen."""
        line = self.content_region.y + self.cursor
        for container in self.ancestors:
            if isinstance(container, Widget) and container.allow_vertical_scroll:
                inside = container.content_region
                beyond = min(0, line - inside.y) + max(0, line - inside.bottom + 1)
                if beyond:
                    container.scroll_relative(y=beyond, animate=False)
                return

    def action_choose(self) -> None:
        """Choose the option under the cursor, or remove its choice."""
        self.chosen ^= {self.cursor}
