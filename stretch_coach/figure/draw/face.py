"""Eyes, brows and mouth, stamped at fixed pixel sizes where the face is: painted on the skull they would flicker."""

from math import sqrt

from stretch_coach.figure.camera import Lens
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.brush import Part
from stretch_coach.figure.palette import BODY, DARK, EDGE, LIGHT, Material, shade
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.vectors import LocalFrame, Vec, rotate, unit

_BROWS_FROM, _WHITES_FROM = 8.0, 9.5
"""Pixels per unit at which brows, and the whites of the eyes, have enough space."""
_EYE_FACING, _MOUTH_FACING, _BROW_FACING, _WHITE_FACING = 0.22, 0.1, 0.7, 0.75
"""How far each has to face the viewer to be drawn."""
_BROW_DISTANCE = 1.4
_SHUT = 0.5
_LEVEL = 0.8
"""Pixels up or down below which brows and mouth are drawn level."""
_FACE = (Part.HEAD, Part.NOSE)
_SLACK = 0.2
_GLANCE = 0.1
"""How far the eyes move when they look to the side, up or down."""


class _Stamp:
    """Sets pixels on the face wherever nothing lies in front of it."""

    def __init__(self, canvas: Canvas, lens: Lens, head: LocalFrame) -> None:
        self.canvas, self.lens, self.head = canvas, lens, head

    def facing(self, x: float, y: float, z: float) -> float:
        """Return how far a direction of the head points to the viewer, from -1 to 1."""
        return rotate(self.lens.rotation, rotate(self.head.rotation, unit((x, y, z))))[2]

    def at(self, x: float, y: float, z: float) -> Vec:
        """Return where a point of the head is, in pixels, and its depth."""
        seen = self.lens.see(self.head.at(x, y, z))
        across, down = self.canvas.pixel(seen)
        return across, down, seen[2]

    def put(self, x: float, y: float, z: float, shade: int) -> None:
        canvas = self.canvas
        column, row = int(x), int(y)
        if 0 <= column < canvas.width and 0 <= row < canvas.height:
            i = row * canvas.width + column
            if canvas.parts[i] in _FACE and canvas.depths[i] <= z + _SLACK:
                canvas.shades[i] = shade

    def line(self, a: Vec, b: Vec, shade: int) -> None:
        if abs(b[1] - a[1]) < _LEVEL:  # an almost level line should not have a step
            a, b = (a[0], (a[1] + b[1]) / 2, a[2]), (b[0], (a[1] + b[1]) / 2, b[2])
        steps = max(1, round(max(abs(b[0] - a[0]), abs(b[1] - a[1]))))
        for k in range(steps + 1):
            t = k / steps
            self.put(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2], shade)


def draw_face(canvas: Canvas, lens: Lens, head: LocalFrame, posture: Posture) -> None:
    """Draw eyes, brows and mouth.

    Args:
        canvas: A canvas on which the body is already drawn.
        lens: What it is seen through.
        head: The frame of the head.
        posture: How wide open the mouth is, and where the eyes look.
    """
    stamp = _Stamp(canvas, lens, head)
    for side in (-1, 1):
        if stamp.facing(side * 0.42, 0.02, 0.9) > _EYE_FACING:
            _eye(stamp, side, posture)
    if stamp.facing(0, -0.3, 1) > _MOUTH_FACING:
        _mouth(stamp, posture.jaw)


def _eye(stamp: _Stamp, side: int, posture: Posture) -> None:
    canvas = stamp.canvas
    facing = stamp.facing(side * 0.42, 0.02, 0.9)
    # Seen from the side, an eye lies slightly farther back, so that it does not leave the outline.
    right, down = posture.gaze
    x, y, z = stamp.at(
        side * (0.28 + 0.1 * (1 - facing)) + _GLANCE * right, 0.03 - _GLANCE * down, 0.73 - 0.17 * (1 - facing)
    )
    narrowing = max(0.55, sqrt(max(0.0, stamp.facing(side * 0.35, 0, 1))))
    wide = max(1, round(0.2 * canvas.across * narrowing))
    high = max(1, round(0.13 * canvas.down))
    left, top = round(x - wide / 2), round(y - high / 2)
    if posture.lids > _SHUT:
        for k in range(wide):
            stamp.put(left + k, top + high - 1, z, shade(Material.SKIN, EDGE))
        return
    if canvas.down >= _WHITES_FROM and facing >= _WHITE_FACING:
        for k in range(-1, wide + 1):
            for row in range(high):
                stamp.put(left + k, top + row, z, shade(Material.WHITE, BODY))
    for k in range(wide):
        for row in range(high):
            stamp.put(left + k, top + row, z, shade(Material.EYE, BODY))
    brow = stamp.at(side * 0.28, 0.27, 0.7)
    if y - brow[1] >= _BROW_DISTANCE and canvas.down >= _BROWS_FROM and facing > _BROW_FACING:
        stamp.line(stamp.at(side * 0.15, 0.27, 0.73), stamp.at(side * 0.41, 0.25, 0.63), shade(Material.HAIR, DARK))


def _mouth(stamp: _Stamp, jaw: float) -> None:
    canvas = stamp.canvas
    rows = round(jaw * 0.85 * canvas.down)
    is_small = canvas.down < _BROWS_FROM  # where a dark mouth would be most of the face, and run into the nose
    wide, low = (0.12, -0.62) if is_small else (0.17, -0.52)
    left, right = stamp.at(-wide, low, 0.68), stamp.at(wide, low, 0.68)
    if rows < 1:
        tone = LIGHT if is_small else BODY
        stamp.line(left, right, shade(Material.MOUTH, tone))
        return
    low_left, low_right = stamp.at(-0.12, -0.52 - jaw * 0.75, 0.62), stamp.at(0.12, -0.52 - jaw * 0.75, 0.62)
    for k in range(rows + 1):
        t = k / rows
        a = (left[0] + (low_left[0] - left[0]) * t, left[1] + (low_left[1] - left[1]) * t, left[2])
        b = (right[0] + (low_right[0] - right[0]) * t, right[1] + (low_right[1] - right[1]) * t, left[2])
        stamp.line(a, b, shade(Material.MOUTH, BODY if k in (0, rows) else EDGE))
