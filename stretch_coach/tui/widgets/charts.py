"""Charts made of block characters, with axes that say what is shown. Each is a list of lines in the theme's colours."""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from stretch_coach.text import cut_to_width, pad_to_width, text_width

AXIS_CELLS = 6
"""The cells of the scale on the left, with the axis itself."""

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_BAR, _QUIET, _GOAL = "$accent", "$text-muted", "$text-warning"
_GRID = "$foreground 25%"
_HORIZONTAL_BAR = "▆"
"""It leaves a gap above it, so that the bars of two lines do not touch."""

_GOAL_SYMBOL = "━"
_LOW_TINT = 45
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)


class ChartScale(NamedTuple):
    """The scale of a chart: its upper end, and how its numbers are written."""

    top: float
    suffix: str = ""

    def label(self, value: float) -> str:
        """Return a number of the scale."""
        for power, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
            if value >= power:
                return f"{value / power:g}{letter}{self.suffix}"
        return f"{value:g}{self.suffix}"


def scale_for(most: float, suffix: str = "") -> ChartScale:
    """Return a scale that ends at the first round number that is not below `most`."""
    if most <= 1:
        return ChartScale(1, suffix)
    power = 10 ** math.floor(math.log10(most))
    return ChartScale(next(step * power for step in _STEPS if step * power >= most - 1e-9), suffix)


def heading(title: str, note: str = "") -> Content:
    """Return the title of a chart, with what it says in a few words."""
    return Content.assemble((title, "bold"), (f"  {note}" if note else "", _QUIET))


def columns_chart(
    values: Sequence[float],
    height: int,
    scale: ChartScale,
    *,
    cell: int = 2,
    goals: Sequence[float] = (),
    gap: bool = True,
) -> list[Content]:
    """Return a chart with a column for each value, from the top line down.

    Args:
        values: The values; one that is not 0 is always visible.
        height: How many lines.
        scale: What the upper end of the chart stands for.
        cell: The width of a column in cells, with the gap after it.
        goals: The goal of each column, at which there is a line; empty for none.
        gap: Whether the columns are apart, where a column is wider than a cell.
    """
    bar = max(1, cell - (gap and cell > 1))
    levels = [min(height * 8, max(1, round(value / scale.top * height * 8))) if value else 0 for value in values]
    goal_rows = [_row_of(goal, height, scale) if goal else -1 for goal in goals] or [-1] * len(values)
    ticks = _ticks(height, scale)
    lines = []
    for row in reversed(range(height)):
        colour = f"{_BAR} {_LOW_TINT + (100 - _LOW_TINT) * (row + 1) // height}%"
        parts: list[tuple[str, str]] = [_axis(ticks.get(row, ""), _QUIET)]
        for level, goal_row in zip(levels, goal_rows, strict=True):
            eighths = min(8, max(0, level - 8 * row))
            if goal_row == row:
                behind = f"{_GOAL} on {colour}" if eighths == 8 else _GOAL  # noqa: PLR2004 - the column is higher
                parts += [(_GOAL_SYMBOL * bar, behind), (_GOAL_SYMBOL * (cell - bar), _GOAL)]
            elif eighths:
                parts += [(_EIGHTHS[eighths] * bar, colour), (" " * (cell - bar), "")]
            else:
                parts.append((("┈" if row in ticks else " ") * cell, _GRID))
        lines.append(Content.assemble(*parts))
    return lines


def spaced(lines: Sequence[Content], height: int) -> list[Content]:
    """Return lines with an empty one between any two, if they then fit into `height` lines."""
    if 2 * len(lines) - 1 > height:
        return list(lines)
    return [one for line in lines for one in (line, Content(""))][:-1]


def time_axis(names: str, cells: int) -> list[Content]:
    """Return the line below a chart and the names below that line."""
    return [
        Content.styled(f"{'0':>{AXIS_CELLS - 2}} └{'─' * cells}", _QUIET),
        Content.styled(" " * AXIS_CELLS + names, _QUIET),
    ]


def bar_rows(rows: Sequence[tuple[str, float, str]], width: int, name_width: int = 28) -> list[Content]:
    """Return a line for each row: its name, a bar in proportion to the largest value, and a label.

    Args:
        rows: Name, value and label of each bar.
        width: The width of a line in cells.
        name_width: The most cells for names, which are cut to fit.
    """
    name_width = min(name_width, width // 2, max((text_width(name) for name, _, _ in rows), default=0))
    label_width = max((text_width(label) for _, _, label in rows), default=0)
    bar_width = max(1, width - name_width - label_width - 4)
    most = max((value for _, value, _ in rows), default=0) or 1
    lines = []
    for name, value, label in rows:
        cells = max(1, round(value / most * bar_width)) if value else 0
        bar = _HORIZONTAL_BAR * cells + "┈" * (bar_width - cells)
        padded = pad_to_width(cut_to_width(name, name_width), name_width)
        lines.append(
            Content.assemble(
                f"{padded}  ", (bar[:cells], _BAR), (bar[cells:], _GRID), (f"  {label:>{label_width}}", _QUIET)
            )
        )
    return lines


def dumbbell(before: int | None, after: int | None, width: int, most: int = 10) -> Content:
    """Return a line from the value before to the value after, on a scale from 0 to `most`.

    Args:
        before: The value before, shown as a ring, or None.
        after: The value after, shown as a disc, or None.
        width: The cells of the scale.
        most: The upper end of the scale.
    """
    places = {value: round(value / most * (width - 1)) for value in (before, after) if value is not None}
    symbols = ["┈"] * width
    styles = [_GRID] * width
    if before is not None and after is not None:
        for at in range(min(places.values()), max(places.values()) + 1):
            symbols[at], styles[at] = "━", _BAR
    if before is not None:
        symbols[places[before]], styles[places[before]] = "○", "$foreground"
    if after is not None:
        symbols[places[after]], styles[places[after]] = "●", "$text-accent"
    return Content.assemble(*zip(symbols, styles, strict=True))


def average_down(values: Sequence[float], columns: int) -> list[float]:
    """Return at most `columns` values, each of them the mean of equally many of the given values."""
    if len(values) <= columns:
        return list(values)
    bounds = [round(number * len(values) / columns) for number in range(columns + 1)]
    return [sum(values[start:end]) / (end - start) for start, end in itertools.pairwise(bounds)]


def beside(left: Sequence[Content], right: Sequence[Content], left_width: int, gap: int = 4) -> list[Content]:
    """Return two blocks of lines next to each other, the left one padded to `left_width` cells."""
    height = max(len(left), len(right))
    empty = Content("")
    lines = []
    for index in range(height):
        one = left[index].truncate(left_width, ellipsis=True) if index < len(left) else empty
        other = right[index] if index < len(right) else empty
        lines.append(one.pad_right(max(0, left_width + gap - one.cell_length)) + other)
    return lines


def _row_of(value: float, height: int, scale: ChartScale) -> int:
    """Return the line in which a value lies, counted from the bottom."""
    return min(height - 1, max(0, math.ceil(value / scale.top * height) - 1))


def _ticks(height: int, scale: ChartScale) -> dict[int, str]:
    """Return the labels of the scale by line, counted from the bottom: its end and, where there is space, half."""
    ticks = {height - 1: scale.label(scale.top)}
    half = scale.top / 2
    if height >= 4 and half == int(half) and height % 2 == 0:  # noqa: PLR2004 - two lines between two numbers
        ticks[height // 2 - 1] = scale.label(half)
    return ticks


def _axis(label: str, style: str) -> tuple[str, str]:
    return (f"{label:>{AXIS_CELLS - 2}} {'┤' if label else '│'}", style)
