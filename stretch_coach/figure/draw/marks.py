"""Marks around the body: the arrow of the way in, the ghost of the neutral posture, a far point, and the breath."""

from itertools import pairwise
from math import ceil, floor, hypot

from stretch_coach.figure.camera import Lens
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.arrows import Point
from stretch_coach.figure.draw.layout import HEAD_HALF_WIDTH, HEAD_LENGTH
from stretch_coach.figure.palette import BODY, DARK, EDGE, LIGHT, Material, shade
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Skeleton
from stretch_coach.routine.exercise import Focus

_ROUND, _SLACK = 0.12, 0.42
"""How far a pixel may lie before the tip of an arrowhead, and what share of it beside the head, to belong to it."""
_DASH_PERIOD, _DASH_ON = 3, 2.0
"""Of a dashed line, in widths of a cell."""
_ON_TOP = 9e9


def draw_arrow(canvas: Canvas, path: list[Point], pixels: tuple[int, int], dash: int | None) -> None:
    """Draw a line along a path with a solid head at its tip.

    Args:
        canvas: What to draw on.
        path: The path, in units of the view.
        pixels: Pixels across and down in each cell.
        dash: How far the dashes have travelled, in widths of a cell, or None for a solid line.
    """
    # In widths of a cell, in which distances are the same across and down.
    across, down = pixels[0], pixels[1] / 2
    points = [(x / across, y / down) for x, y in (canvas.pixel((x, y, 0.0)) for x, y in path)]
    # The tip in the middle of a row, and between columns, so that shaft and head are symmetrical.
    x1, y1 = points[-1]
    dx, dy = round(x1 * across) / across - x1, (floor(y1 * down) + 0.5) / down - y1
    points = [(x + dx, y + dy) for x, y in points]
    tip, shaft = points[-1], _shortened(points, HEAD_LENGTH * 0.7)
    _shaft(canvas, shaft, (across, down), dash)
    _head(canvas, tip, shaft[-1] if len(shaft) > 1 else points[0], (across, down))


def _shortened(points: list[Point], by: float) -> list[Point]:
    """Return a path without its last stretch, which the head covers."""
    left, kept = by, list(points)
    while len(kept) > 1:
        (x0, y0), (x1, y1) = kept[-2:]
        long = hypot(x1 - x0, y1 - y0)
        if long > left:
            share = left / long
            kept[-1] = (x1 + (x0 - x1) * share, y1 + (y0 - y1) * share)
            break
        left -= long
        kept.pop()
    return kept


def _shaft(canvas: Canvas, points: list[Point], per_width: tuple[float, float], dash: int | None) -> None:
    """Draw a line as wide as a cell, dashed if `dash` is not None."""
    come = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        long = hypot(x1 - x0, y1 - y0)
        steps = max(1, ceil(long * 3))
        for k in range(steps):
            t = k / steps
            if dash is None or (come + long * t - dash) % _DASH_PERIOD < _DASH_ON:
                _square(canvas, x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, per_width)
        come += long


def _square(canvas: Canvas, x: float, y: float, per_width: tuple[float, float]) -> None:
    """Draw a square as wide as a cell."""
    across, down = per_width
    left, top = round((x - 0.5) * across), round((y - 0.5) * down)
    for row in range(top, top + max(1, round(down))):
        for column in range(left, left + max(1, round(across))):
            canvas.dot(column, row, shade(Material.ARROW), _ON_TOP, 0)


def _head(canvas: Canvas, tip: Point, back: Point, per_width: tuple[float, float]) -> None:
    """Draw a solid triangle."""
    across, down = per_width
    dx, dy = tip[0] - back[0], tip[1] - back[1]
    size = hypot(dx, dy) or 1.0
    dx, dy = dx / size, dy / size
    reach, slack = HEAD_LENGTH + 1, _SLACK * (abs(dx) / down + abs(dy) / across)
    for row in range(int((tip[1] - reach) * down), int((tip[1] + reach) * down) + 1):
        for column in range(int((tip[0] - reach) * across), int((tip[0] + reach) * across) + 1):
            x, y = (column + 0.5) / across - tip[0], (row + 0.5) / down - tip[1]
            behind = -(x * dx + y * dy)
            wide = behind / HEAD_LENGTH * HEAD_HALF_WIDTH
            if -_ROUND <= behind <= HEAD_LENGTH and abs(x * dy - y * dx) <= wide + slack:
                canvas.dot(column, row, shade(Material.ARROW), _ON_TOP, 0)


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
        if canvas.is_empty(i):
            canvas.shades[i] = shade(Material.GHOST)


def draw_hints(canvas: Canvas, lens: Lens, skeleton: Skeleton, focus: Focus, posture: Posture) -> None:
    """Draw what a pose alone cannot show: a far point for the eyes, or the air of a breath."""
    if focus == "eyes":
        _far_point(canvas, lens, skeleton)
    elif focus == "breath" and posture.reach[0] > 0:
        _air(canvas, lens, skeleton, posture.breath)


def _far_point(canvas: Canvas, lens: Lens, skeleton: Skeleton) -> None:
    """Draw a small landscape far away, and dots that lead from the eyes to it."""
    wide, high = round(canvas.width * 0.24), round(canvas.height * 0.3)
    left, top = canvas.width - wide - 1, 1
    for row in range(high):
        for column in range(wide):
            _put_behind(canvas, left + column, top + row, shade(Material.LANDSCAPE, _tone(column / wide, row / high)))
    for side in (-1, 1):
        x0, y0 = canvas.pixel(lens.see(skeleton.spine.head.at(side * 0.28, 0.03, 0.73)))
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


def _air(canvas: Canvas, lens: Lens, skeleton: Skeleton, breath: float) -> None:
    """Draw a column beside the body that fills with the breath."""
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
    if 0 <= x < canvas.width and 0 <= y < canvas.height and canvas.is_empty(y * canvas.width + x):
        canvas.shades[y * canvas.width + x] = shade
