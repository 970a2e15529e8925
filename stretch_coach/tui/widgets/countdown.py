"""The one big countdown, and the line below it that fills as the segment passes."""

import math

from rich.segment import Segment
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Digits

from stretch_coach.phrasing import minutes_and_seconds

LARGE_HEIGHT = 5
"""Rows of the large digits, which can be read from two metres."""

_DOTS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": ("  #", "  #", "  #", "  #", "  #"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
}
_TWO_CELLS = str.maketrans({"#": "██", " ": "  "})


def large_digits(text: str) -> list[str]:
    """Return the rows of digits and colons. Each dot is two cells wide, and so about square."""
    rows = zip(*(_DOTS[character] for character in text), strict=True)
    return [" ".join(row).translate(_TWO_CELLS) for row in rows]


class Countdown(Digits):
    """Minutes and seconds, drawn again only when the shown second changes. A height of 5 makes the digits large."""

    DEFAULT_CSS = """
    Countdown { width: auto; height: 3; color: $text-accent; }
    Countdown.-paused { color: $text-muted; }
    """

    left: reactive[str] = reactive("0:00")

    def count(self, seconds: float) -> None:
        """Show seconds, rounded up so that 0:00 is the end."""
        self.left = minutes_and_seconds(math.ceil(seconds))

    def watch_left(self, left: str) -> None:
        """Draw the new text."""
        self.update(left)

    @property
    def _is_large(self) -> bool:
        height = self.styles.height
        return height is not None and height.value >= LARGE_HEIGHT

    def render(self) -> RenderResult:
        """Return the digits."""
        return Content("\n".join(large_digits(self.left))) if self._is_large else super().render()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the width of the digits, in cells."""
        return len(large_digits(self.left)[0]) if self._is_large else super().get_content_width(container, viewport)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of the digits, in cells."""
        return LARGE_HEIGHT if self._is_large else super().get_content_height(container, viewport, width)


class SegmentBar(Widget):
    """A line that fills as the segment passes, drawn again only when half a cell more is full."""

    COMPONENT_CLASSES = {"segment-bar--done", "segment-bar--to-come"}  # noqa: RUF012 - declared as Textual expects it
    DEFAULT_CSS = """
    SegmentBar { height: 1; width: 1fr; }
    SegmentBar > .segment-bar--done { color: $text-accent; }
    SegmentBar > .segment-bar--to-come { color: $text-disabled; }
    SegmentBar.-paused > .segment-bar--done { color: $text-muted; }
    """

    halves: reactive[int] = reactive(0)
    share = 0.0

    def fill(self, share: float) -> None:
        """Fill a share of the line, from 0 to 1."""
        self.share = min(max(share, 0.0), 1.0)
        self.halves = round(self.share * 2 * self.size.width)

    def on_resize(self) -> None:
        """Fill the same share of another width."""
        self.fill(self.share)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - Textual's signature
        """Return the line."""
        width = self.size.width
        full, half = divmod(min(self.halves, 2 * width), 2)
        done = Segment("━" * full + "╸" * half, self.get_component_rich_style("segment-bar--done"))
        to_come = Segment("─" * (width - full - half), self.get_component_rich_style("segment-bar--to-come"))
        return Strip([done, to_come], width)
