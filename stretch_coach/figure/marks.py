"""Marks on top of the picture: the arrow of the way in, and the dotted ghost of neutral."""

from itertools import pairwise
from math import hypot

from stretch_coach.figure.arrows import Arrow
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.inks import BODY, NOTHING, Material, ink
from stretch_coach.figure.lens import Lens

Point = tuple[float, float]

_HEAD_LONG, _WIDE_TO_LONG = 0.56, 0.74
_LEAST_HEAD = 2.0
"""Pixels down that an arrow's head has at least."""
_ROUND = 0.2
"""How far a pixel may lie outside of the head and still belong to it."""
_ABOVE_ALL = 9e9


def draw_arrow(canvas: Canvas, lens: Lens, arrow: Arrow) -> None:
    """A line along a path and a solid head at its tip, over everything."""
    points = [canvas.pixel(lens.see(point)) for point in arrow.path]
    squash = canvas.down / canvas.across
    long = max(_HEAD_LONG * canvas.down, _LEAST_HEAD)
    thick = max(1, round(canvas.across / canvas.down))
    shaft = _shortened(points, long * 0.6, squash)
    if arrow.both_ways:
        shaft = _shortened(shaft[::-1], long * 0.6, squash)[::-1]
        _head(canvas, points[0], shaft[0], long, squash)
    for a, b in pairwise(shaft):
        _stroke(canvas, a, b, thick)
    _head(canvas, points[-1], shaft[-1], long, squash)


def _shortened(points: list[Point], by: float, squash: float) -> list[Point]:
    """A path without its last stretch, where the head goes."""
    tip = points[-1]
    kept = [one for one in points if hypot((one[0] - tip[0]) * squash, one[1] - tip[1]) > by]
    return kept if len(kept) > 1 else points[:2]


def _head(canvas: Canvas, tip: Point, back: Point, long: float, squash: float) -> None:
    """A solid triangle, measured in squares rather than in pixels, which are half as wide as high."""
    dx, dy = (tip[0] - back[0]) * squash, tip[1] - back[1]
    size = hypot(dx, dy) or 1.0
    dx, dy = dx / size, dy / size
    wide = long * _WIDE_TO_LONG
    reach = int(long / squash) + 2
    for row in range(int(tip[1] - long) - 1, int(tip[1] + long) + 2):
        for column in range(int(tip[0]) - reach, int(tip[0]) + reach + 1):
            x, y = (column + 0.5 - tip[0]) * squash, row + 0.5 - tip[1]
            behind = -(x * dx + y * dy)
            if -_ROUND <= behind <= long and abs(x * dy - y * dx) <= behind / long * wide + _ROUND:
                canvas.dot(column, row, ink(Material.ARROW), _ABOVE_ALL, 0)


def _stroke(canvas: Canvas, a: Point, b: Point, thick: int) -> None:
    steps = int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) * 2) + 1
    number = ink(Material.ARROW, BODY)
    for k in range(steps + 1):
        x, y = int(a[0] + (b[0] - a[0]) * k / steps), int(a[1] + (b[1] - a[1]) * k / steps)
        for more in range(thick):
            canvas.dot(x + more, y, number, _ABOVE_ALL, 0)


def ghost_dots(neutral: Canvas) -> list[int]:
    """Every other pixel along the outline of a drawn neutral body."""
    width, part = neutral.width, neutral.part
    dash = max(1, round(neutral.across / neutral.down))
    dots = []
    for y in range(1, neutral.height - 1):
        for x in range(1, width - 1):
            i = y * width + x
            if (
                part[i]
                and (x // dash + y) % 2 == 0
                and 0 in (part[i - 1], part[i + 1], part[i - width], part[i + width])
            ):
                dots.append(i)
    return dots


def draw_ghost(canvas: Canvas, dots: list[int]) -> None:
    """Lay the ghost where nothing is drawn."""
    number = ink(Material.GHOST, BODY)
    for i in dots:
        if canvas.ink[i] == NOTHING:
            canvas.ink[i] = number
