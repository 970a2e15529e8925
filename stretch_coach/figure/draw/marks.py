"""Marks around the body: the arrow of the way in, the ghost of the neutral posture, a far point, and the breath."""

from itertools import pairwise
from math import hypot

from stretch_coach.figure.camera import Lens
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.arrows import Arrow
from stretch_coach.figure.draw.brush import Brush
from stretch_coach.figure.palette import BODY, DARK, EDGE, LIGHT, NOTHING, Material, shade
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Skeleton
from stretch_coach.routine.exercise import Focus

Point = tuple[float, float]
"""Pixels from the left and from the top."""

_HEAD_LENGTH, _HEAD_WIDTH = 0.56, 0.74
"""The length of an arrowhead in units, and its half-width as a share of its length."""
_LEAST_HEAD = 2.0
"""The least height of an arrowhead, in pixels."""
_ROUND = 0.2
"""How far a pixel may lie outside an arrowhead and still belong to it."""
_ON_TOP = 9e9


def draw_arrow(canvas: Canvas, lens: Lens, arrow: Arrow) -> None:
    """Draw a line along a path with a solid head at its tip, on top of everything."""
    points = [canvas.pixel(lens.see(point)) for point in arrow.path]
    squash = canvas.down / canvas.across
    long = max(_HEAD_LENGTH * canvas.down, _LEAST_HEAD)
    thick = max(1, round(canvas.across / canvas.down))
    shaft = _shortened(points, long * 0.6, squash)
    if arrow.both_ways:
        shaft = _shortened(shaft[::-1], long * 0.6, squash)[::-1]
        _head(canvas, points[0], shaft[0], long, squash)
    for a, b in pairwise(shaft):
        _stroke(canvas, a, b, thick)
    _head(canvas, points[-1], shaft[-1], long, squash)


def _shortened(points: list[Point], by: float, squash: float) -> list[Point]:
    """Return a path without its last stretch, which the head covers."""
    tip = points[-1]
    kept = [one for one in points if hypot((one[0] - tip[0]) * squash, one[1] - tip[1]) > by]
    return kept if len(kept) > 1 else points[:2]


def _head(canvas: Canvas, tip: Point, back: Point, long: float, squash: float) -> None:
    """Draw a solid triangle, measured in squares, because pixels are half as wide as high."""
    dx, dy = (tip[0] - back[0]) * squash, tip[1] - back[1]
    size = hypot(dx, dy) or 1.0
    dx, dy = dx / size, dy / size
    wide = long * _HEAD_WIDTH
    reach = int(long / squash) + 2
    for row in range(int(tip[1] - long) - 1, int(tip[1] + long) + 2):
        for column in range(int(tip[0]) - reach, int(tip[0]) + reach + 1):
            x, y = (column + 0.5 - tip[0]) * squash, row + 0.5 - tip[1]
            behind = -(x * dx + y * dy)
            if -_ROUND <= behind <= long and abs(x * dy - y * dx) <= behind / long * wide + _ROUND:
                canvas.dot(column, row, shade(Material.ARROW), _ON_TOP, 0)


def _stroke(canvas: Canvas, a: Point, b: Point, thick: int) -> None:
    steps = int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) * 2) + 1
    for k in range(steps + 1):
        x, y = int(a[0] + (b[0] - a[0]) * k / steps), int(a[1] + (b[1] - a[1]) * k / steps)
        for more in range(thick):
            canvas.dot(x + more, y, shade(Material.ARROW), _ON_TOP, 0)


def ghost_dots(neutral: Canvas) -> list[int]:
    """Return every other pixel along the outline of a body drawn in its neutral posture."""
    width, parts = neutral.width, neutral.parts
    dash = max(1, round(neutral.across / neutral.down))
    dots = []
    for y in range(1, neutral.height - 1):
        for x in range(1, width - 1):
            i = y * width + x
            if (
                parts[i]
                and (x // dash + y) % 2 == 0
                and 0 in (parts[i - 1], parts[i + 1], parts[i - width], parts[i + width])
            ):
                dots.append(i)
    return dots


def draw_ghost(canvas: Canvas, dots: list[int]) -> None:
    """Draw the ghost wherever the canvas is empty."""
    for i in dots:
        if canvas.shades[i] == NOTHING:
            canvas.shades[i] = shade(Material.GHOST)


def draw_signs(brush: Brush, skeleton: Skeleton, focus: Focus, posture: Posture) -> None:
    """Draw the signs for what a pose alone cannot show: a far point for the eyes, or the air of a breath."""
    if focus == "eyes":
        _far_point(brush, skeleton)
    elif focus == "breath" and posture.reach[0] > 0:
        _air(brush, skeleton, posture.breath)


def _far_point(brush: Brush, skeleton: Skeleton) -> None:
    """Draw a small landscape far away, and dots that lead from the eyes to it."""
    canvas = brush.canvas
    wide, high = round(canvas.width * 0.24), round(canvas.height * 0.3)
    left, top = canvas.width - wide - 1, 1
    for row in range(high):
        for column in range(wide):
            _put_behind(canvas, left + column, top + row, shade(Material.LANDSCAPE, _tone(column / wide, row / high)))
    for side in (-1, 1):
        x0, y0 = canvas.pixel(brush.lens.see(skeleton.spine.head.at(side * 0.28, 0.03, 0.73)))
        x1, y1 = left + wide * 0.3, top + high * 0.6
        steps = round(max(abs(x1 - x0), abs(y1 - y0)))
        for k in range(steps):
            if (k // 2) % 2 == 0:
                x, y = x0 + (x1 - x0) * k / steps, y0 + (y1 - y0) * k / steps
                _put_behind(canvas, int(x), int(y), shade(Material.ARROW))


def _tone(x: float, y: float) -> int:
    """Return the tone at a place of the landscape, from 0 to 1 across and down: sun, sky, hills or meadow."""
    hill = 0.62 - 0.36 * max(0.0, 1 - abs(x - 0.34) / 0.36) - 0.22 * max(0.0, 1 - abs(x - 0.78) / 0.3)
    if ((x - 0.8) / 0.12) ** 2 + ((y - 0.22) / 0.14) ** 2 < 1:
        return LIGHT
    return BODY if y < hill else DARK if y < hill + 0.28 else EDGE


def _air(brush: Brush, skeleton: Skeleton, breath: float) -> None:
    """Draw a column beside the body that fills with the breath."""
    canvas, lens = brush.canvas, brush.lens
    x, _ = canvas.pixel(lens.see((skeleton.spine.head.origin[0] + 1.75, 0.0, 0.0)))
    _, low = canvas.pixel(lens.see((0.0, 1.9, 0.0)))
    _, high = canvas.pixel(lens.see((0.0, 4.6, 0.0)))
    wide = max(2, round(canvas.across * 0.22))
    level = low + (high - low) * breath
    for row in range(int(high), int(low) + 1):
        for column in range(wide):
            inside = row >= level
            if inside or column in (0, wide - 1) or row in (int(high), int(low)):
                _put_behind(canvas, int(x) + column, row, shade(Material.AIR if inside else Material.GHOST))


def _put_behind(canvas: Canvas, x: int, y: int, shade: int) -> None:
    """Set a pixel unless something is drawn there."""
    if 0 <= x < canvas.width and 0 <= y < canvas.height and canvas.shades[y * canvas.width + x] == NOTHING:
        canvas.shades[y * canvas.width + x] = shade
