"""Bars made of block characters: horizontal ones with their names, vertical ones without."""

import itertools
from collections.abc import Sequence

from stretch_coach.text import cut_to_width, pad_to_width, text_width

_HORIZONTAL_BAR = "▆"
"""It leaves a gap above it, so that the bars of two lines do not touch."""

_VERTICAL_EIGHTHS = " ▁▂▃▄▅▆▇█"


def horizontal_bars(rows: Sequence[tuple[str, float, str]], width: int, name_width: int = 28) -> list[str]:
    """Return a line for each row: its name, a bar in proportion to the largest value, and a label.

    Args:
        rows: Name, value and label of each bar.
        width: The width of a line in cells.
        name_width: The most cells for names, which are cut to fit.
    """
    name_width = min(name_width, width // 2)
    label_width = max((text_width(label) for _, _, label in rows), default=0)
    bar_width = max(1, width - name_width - label_width - 3)
    most = max((value for _, value, _ in rows), default=0) or 1
    lines = []
    for name, value, label in rows:
        padded = pad_to_width(cut_to_width(name, name_width), name_width)
        bar = _HORIZONTAL_BAR * (max(1, round(value / most * bar_width)) if value else 0)
        lines.append(f"{padded} {bar} {label}")
    return lines


def vertical_bars(values: Sequence[float], height: int, cell: int = 1, most: float | None = None) -> list[str]:
    """Return the lines of a bar chart from the top down.

    Args:
        values: The value of each column.
        height: The height of the largest bar in lines.
        cell: The width of a column in cells; from two cells on, one of them is a gap.
        most: The value of a bar of full height; None takes the largest value.
    """
    top = most or max(values, default=0) or 1
    levels = [max(1, round(value / top * height * 8)) if value else 0 for value in values]
    gap = " " if cell > 1 else ""
    return [
        "".join(
            _VERTICAL_EIGHTHS[min(8, max(0, level - 8 * row))] * (cell - len(gap)) + gap for level in levels
        ).rstrip()
        for row in reversed(range(height))
    ]


def average_down(values: Sequence[float], columns: int) -> list[float]:
    """Return at most `columns` values, each of them the mean of equally many of the given values."""
    if len(values) <= columns:
        return list(values)
    bounds = [round(number * len(values) / columns) for number in range(columns + 1)]
    return [sum(values[start:end]) / (end - start) for start, end in itertools.pairwise(bounds)]
