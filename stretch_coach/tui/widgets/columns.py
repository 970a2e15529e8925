"""A line with something at its left end and something at its right end."""

from typing import NamedTuple

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_GAP = 2
_NOTHING = Content("")


class Line(NamedTuple):
    """A line.

    Attributes:
        left: What is at its left end. It is cut where there is too little space.
        right: What is at its right end. It is left out where it would take more than half of the line.
        extra: What is before the right end, if there is space for everything.
    """

    left: Content
    right: Content = _NOTHING
    extra: Content = _NOTHING

    @property
    def width(self) -> int:
        """The width at which nothing is cut."""
        ends = [part.cell_length for part in self if part.cell_length]
        return sum(ends) + _GAP * (len(ends) - 1)

    def fit(self, width: int) -> Content:
        """Return the line in `width` cells."""
        right, extra = self.right, self.extra
        if right.cell_length + _GAP > width // 2:
            return self.left.truncate(max(0, width), ellipsis=True)
        if extra.cell_length and self.width <= width:
            right = Content.assemble(extra, " " * _GAP, right)
        if not right.cell_length:
            return self.left.truncate(width, ellipsis=True)
        left = self.left.truncate(width - right.cell_length - _GAP, ellipsis=True)
        return left + " " * (width - left.cell_length - right.cell_length) + right


class Columns(Visual):
    """Lines that are as wide as the widget which shows them.

    Args:
        lines: The lines.
    """

    def __init__(self, *lines: Line) -> None:
        self._lines = lines

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return a strip for each line."""
        lines = self._lines if height is None else self._lines[:height]
        return [strip for line in lines for strip in line.fit(width).render_strips(width, 1, style, options)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width at which nothing is cut."""
        del rules, container_width
        return max((line.width for line in self._lines), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines."""
        del rules, width
        return len(self._lines)
