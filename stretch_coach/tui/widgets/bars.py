"""Bars made of blocks: lying ones with their names, standing ones without."""

import itertools
from collections.abc import Sequence

from stretch_coach.cells import cut_to_width, text_width

_EIGHTHS = "▏▎▍▌▋▊▉█"
_STANDING = " ▁▂▃▄▅▆▇█"


def lying_bars(rows: Sequence[tuple[str, float, str]], width: int, name_width: int = 28) -> list[str]:
    """A line each: the name, a bar in proportion to the greatest value, and what is told of it."""
    name_width = min(name_width, width // 2)
    told_width = max((text_width(told) for _, _, told in rows), default=0)
    room = max(1, width - name_width - told_width - 3)
    most = max((value for _, value, _ in rows), default=0) or 1
    lines = []
    for name, value, told in rows:
        short = cut_to_width(name, name_width)
        padded = short + " " * (name_width - text_width(short))
        eighths = max(1, round(value / most * room * 8)) if value else 0
        bar = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8 - 1] if eighths % 8 else "")
        lines.append(f"{padded} {bar} {told}")
    return lines


def standing_bars(values: Sequence[float], height: int, cell: int = 1, most: float | None = None) -> list[str]:
    """Lines from above: a column each value, as high as its share of the most."""
    top = most or max(values, default=0) or 1
    levels = [max(1, round(value / top * height * 8)) if value else 0 for value in values]
    gap = " " if cell > 1 else ""
    return [
        "".join(_STANDING[min(8, max(0, level - 8 * row))] * (cell - len(gap)) + gap for level in levels).rstrip()
        for row in reversed(range(height))
    ]


def fold(values: Sequence[float], columns: int) -> list[float]:
    """So many values that each stands for as many of the given ones: their mean."""
    if len(values) <= columns:
        return list(values)
    edges = [round(number * len(values) / columns) for number in range(columns + 1)]
    return [sum(values[a:b]) / (b - a) for a, b in itertools.pairwise(edges)]
