"""Signs for what a pose alone cannot say: a far point for the eyes, breath going in and out."""

from stretch_coach.figure.brush import Brush
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.inks import BODY, EDGE, LIGHT, NOTHING, SHADE, Material, ink
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Skeleton
from stretch_coach.routine.exercise import Focus


def draw_signs(canvas: Canvas, brush: Brush, skeleton: Skeleton, focus: Focus, posture: Posture) -> None:
    """Draw what the focus of an exercise calls for."""
    if focus == "eyes":
        _far_point(canvas, brush, skeleton)
    elif focus == "breath" and posture.reach[0] > 0:
        _air(canvas, brush, skeleton, posture)


def _far_point(canvas: Canvas, brush: Brush, skeleton: Skeleton) -> None:
    """A little landscape far off, and dots that lead from the eyes to it."""
    wide, high = round(canvas.width * 0.24), round(canvas.height * 0.3)
    left, top = canvas.width - wide - 1, 1
    for row in range(high):
        for column in range(wide):
            x, y = column / wide, row / high
            hill = 0.62 - 0.36 * max(0.0, 1 - abs(x - 0.34) / 0.36) - 0.22 * max(0.0, 1 - abs(x - 0.78) / 0.3)
            sun = ((x - 0.8) / 0.12) ** 2 + ((y - 0.22) / 0.14) ** 2 < 1
            tone = LIGHT if sun else BODY if y < hill else SHADE if y < hill + 0.28 else EDGE
            _free(canvas, left + column, top + row, ink(Material.LANDSCAPE, tone))
    for side in (-1, 1):
        x0, y0 = canvas.pixel(brush.lens.see(skeleton.spine.head.at(side * 0.28, 0.03, 0.73)))
        x1, y1 = left + wide * 0.3, top + high * 0.6
        steps = round(max(abs(x1 - x0), abs(y1 - y0)))
        for k in range(steps):
            if (k // 2) % 2 == 0:
                _free(canvas, int(x0 + (x1 - x0) * k / steps), int(y0 + (y1 - y0) * k / steps), ink(Material.ARROW))


def _air(canvas: Canvas, brush: Brush, skeleton: Skeleton, posture: Posture) -> None:
    """A column beside the body that fills with the breath."""
    head = skeleton.spine.head
    x, _ = canvas.pixel(brush.lens.see((head.origin[0] + 1.75, 0.0, 0.0)))
    _, low = canvas.pixel(brush.lens.see((0.0, 1.9, 0.0)))
    _, high = canvas.pixel(brush.lens.see((0.0, 4.6, 0.0)))
    wide = max(2, round(canvas.across * 0.22))
    level = low + (high - low) * posture.breath
    for row in range(int(high), int(low) + 1):
        for column in range(wide):
            inside = row >= level
            if inside or column in (0, wide - 1) or row in (int(high), int(low)):
                _free(canvas, int(x) + column, row, ink(Material.AIR if inside else Material.GHOST))


def _free(canvas: Canvas, x: int, y: int, number: int) -> None:
    """A pixel of a sign, behind the body."""
    if 0 <= x < canvas.width and 0 <= y < canvas.height and canvas.ink[y * canvas.width + x] == NOTHING:
        canvas.ink[y * canvas.width + x] = number
