"""The one big countdown, and the line below it that fills as the segment passes."""

import math
from functools import lru_cache

from rich.segment import Segment
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Digits

from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.tui.direct_update import redraw
from stretch_coach.tui.widgets.line_widget import LineWidget

LARGE_SCALES = {5: (2, 2), 8: (3, 3), 10: (4, 4)}
"""Large digits by their height in rows: the cells a dot is wide, and the half rows it is high."""

_ROWS = 5  # of dots
_LARGE_FROM = {10: (150, 52), 8: (96, 36), 5: (64, 21)}
"""The columns and rows of a screen that has the space for large digits."""


def digit_rows(columns: int, rows: int) -> int:
    """Return how high the digits of the countdown are to be on a screen of this size; 0 leaves them small."""
    return next((high for high, (wide, tall) in _LARGE_FROM.items() if columns >= wide and rows >= tall), 0)


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
_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def large_digits(text: str, height: int = 5) -> list[str]:
    """Return the rows of digits and colons, `height` of them. Each dot is about square."""
    wide, high = LARGE_SCALES[height]
    gap = " " * max(1, wide // 2)
    dots = [gap.join(_widened(_DOTS[character][row], wide) for character in text) for row in range(_ROWS)]
    halves = [row for row in dots for _ in range(high)]
    halves += [" " * len(dots[0])] * (2 * height - len(halves))
    return [
        "".join(_HALVES[upper != " ", lower != " "] for upper, lower in zip(*pair, strict=True))
        for pair in zip(halves[::2], halves[1::2], strict=True)
    ]


def _widened(dots: str, cells: int) -> str:
    return "".join(dot * cells for dot in dots)


_large_rows = lru_cache(maxsize=4)(large_digits)


class Countdown(LineWidget, Digits):
    """Minutes and seconds, drawn again only when the shown second changes. A height of 5, 8 or 10 makes it large."""

    DEFAULT_CSS = """
    Countdown { width: auto; height: 3; color: $text-accent; }
    Countdown.-paused { color: $text-muted; }
    """

    left: reactive[str] = reactive("0:00", repaint=False)

    def count(self, seconds: float) -> None:
        """Show seconds, rounded up so that 0:00 is the end."""
        self.left = minutes_and_seconds(math.ceil(seconds))

    def watch_left(self, left: str) -> None:
        """Draw the new text; each second, and so without asking the whole screen unless the width changes."""
        if len(left) != len(self._value):
            self.update(left)
        else:
            self._value = left
            redraw(self)

    @property
    def _large_height(self) -> int:
        """The height of large digits, or 0 if they are not to be large."""
        height = self.styles.height
        rows = int(height.value) if height is not None else 0
        return max((large for large in LARGE_SCALES if large <= rows), default=0)

    def render(self) -> RenderResult:
        """Return the digits."""
        height = self._large_height
        return Content("\n".join(large_digits(self.left, height))) if height else super().render()

    def render_line(self, y: int) -> Strip:
        """Return a line; large digits need none of what a text does."""
        height = self._large_height
        if not height:
            return super().render_line(y)
        rows = _large_rows(self.left, height)
        return self.line(rows[y] if y < len(rows) else "")

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the width of the digits, in cells."""
        height = self._large_height
        return len(large_digits(self.left, height)[0]) if height else super().get_content_width(container, viewport)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of the digits, in cells."""
        return self._large_height or super().get_content_height(container, viewport, width)


class SegmentBar(Widget):
    """A line that fills as the segment passes, drawn again only when half a cell more is full."""

    COMPONENT_CLASSES = {"segment-bar--done", "segment-bar--to-come"}  # noqa: RUF012 - declared as Textual expects it
    DEFAULT_CSS = """
    SegmentBar { height: 1; width: 1fr; }
    SegmentBar > .segment-bar--done { color: $text-accent; }
    SegmentBar > .segment-bar--to-come { color: $text-disabled; }
    SegmentBar.-paused > .segment-bar--done { color: $text-muted; }
    """

    halves: reactive[int] = reactive(0, repaint=False)
    share = 0.0

    def fill(self, share: float) -> None:
        """Fill a share of the line, from 0 to 1."""
        self.share = min(max(share, 0.0), 1.0)
        self.halves = round(self.share * 2 * self.size.width)

    def watch_halves(self) -> None:
        """Draw the line again."""
        redraw(self)

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
