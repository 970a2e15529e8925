"""Marks on top of the picture: the arrow of the way in, and the dotted ghost of neutral."""

from math import atan2, cos, pi, sin

from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.inks import BODY, NOTHING, Material, ink
from stretch_coach.figure.lens import Lens
from stretch_coach.figure.vectors import Vec

_HEAD, _SPREAD = 0.42, 0.62
_ABOVE_ALL = 9e9


def draw_arrow(canvas: Canvas, lens: Lens, path: list[Vec]) -> None:
    """A line along a path and a solid head at its end, over everything."""
    points = [canvas.pixel(lens.see(point)) for point in path]
    aspect = canvas.down / canvas.across
    thick = max(1, round(canvas.across * 0.12))
    for a, b in zip(points, points[1:], strict=False):
        _stroke(canvas, a, b, thick)
    tip = points[-1]
    back = points[-4] if len(points) > 3 else points[0]  # noqa: PLR2004 - a few points back, for a steady direction
    angle = atan2(tip[1] - back[1], (tip[0] - back[0]) * aspect)
    size = _HEAD * canvas.down
    nose = (tip[0] + cos(angle) * size * 0.55 / aspect, tip[1] + sin(angle) * size * 0.55)
    for k in range(-8, 9):
        turn = angle + pi + k / 8 * _SPREAD
        far = size / cos(k / 8 * _SPREAD)
        _stroke(canvas, nose, (nose[0] + cos(turn) * far / aspect, nose[1] + sin(turn) * far), 1)


def _stroke(canvas: Canvas, a: tuple[float, float], b: tuple[float, float], thick: int) -> None:
    steps = int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) * 2) + 1
    number = ink(Material.ARROW, BODY)
    for k in range(steps + 1):
        x, y = int(a[0] + (b[0] - a[0]) * k / steps), int(a[1] + (b[1] - a[1]) * k / steps)
        for more in range(thick):
            canvas.dot(x + more, y, number, _ABOVE_ALL, 0)


def ghost_dots(neutral: Canvas) -> list[int]:
    """Every other pixel along the outline of a drawn neutral body."""
    width, part = neutral.width, neutral.part
    dots = []
    for y in range(1, neutral.height - 1):
        for x in range(1, width - 1):
            i = y * width + x
            if (x // _dash(neutral) + y) % 2 == 0 and part[i] and 0 in (part[i - 1], part[i + 1], part[i - width], part[i + width]):
                dots.append(i)
    return dots


def _dash(canvas: Canvas) -> int:
    """A pixel that is half as wide as high is doubled, so that dots look square."""
    return max(1, round(canvas.across / canvas.down))


def draw_ghost(canvas: Canvas, dots: list[int]) -> None:
    """Lay the ghost where nothing is drawn."""
    number = ink(Material.GHOST, BODY)
    for i in dots:
        if canvas.ink[i] == NOTHING:
            canvas.ink[i] = number
