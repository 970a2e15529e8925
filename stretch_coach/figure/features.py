"""Eyes, brows and mouth: stamped at fixed pixel sizes where the face is; painted on the skull they would flicker."""

from math import sqrt

from stretch_coach.figure.brush import Part
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.inks import BODY, EDGE, SHADE, Material, ink
from stretch_coach.figure.lens import Lens
from stretch_coach.figure.spine import Frame
from stretch_coach.figure.vectors import Vec, turned, unit

_BROWS_FROM, _WHITES_FROM = 8.0, 9.5
"""Pixels to a unit from which there is room for brows, and for the whites of the eyes."""
_BROW_FACES, _WHITE_FACES, _BROW_APART = 0.7, 0.75, 1.4
_LEVEL = 0.8
"""Pixels up or down below which brows and mouth are drawn level."""
_FACE = (Part.HEAD, Part.NOSE)
_SLACK = 0.2


class _Stamp:
    """Puts pixels on the face where nothing lies in front of it."""

    def __init__(self, canvas: Canvas, lens: Lens, head: Frame) -> None:
        self.canvas, self.lens, self.head = canvas, lens, head
        self.ahead = turned(lens.turn, turned(head.turn, (0.0, 0.0, 1.0)))

    def faces(self, x: float, y: float, z: float) -> float:
        """How much a direction of the head points to the viewer, from -1 to 1."""
        return turned(self.lens.turn, turned(self.head.turn, unit((x, y, z))))[2]

    def at(self, x: float, y: float, z: float) -> Vec:
        seen = self.lens.see(self.head.at(x, y, z))
        across, down = self.canvas.pixel(seen)
        return across, down, seen[2]

    def put(self, x: float, y: float, z: float, number: int) -> None:
        canvas = self.canvas
        column, row = int(x), int(y)
        if 0 <= column < canvas.width and 0 <= row < canvas.height:
            i = row * canvas.width + column
            if canvas.part[i] in _FACE and canvas.depth[i] <= z + _SLACK:
                canvas.ink[i] = number

    def line(self, a: Vec, b: Vec, number: int) -> None:
        if abs(b[1] - a[1]) < _LEVEL:  # a line that is all but level does not take a step
            a, b = (a[0], (a[1] + b[1]) / 2, a[2]), (b[0], (a[1] + b[1]) / 2, b[2])
        steps = max(1, round(max(abs(b[0] - a[0]), abs(b[1] - a[1]))))
        for k in range(steps + 1):
            t = k / steps
            self.put(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2], number)


def draw_face(canvas: Canvas, lens: Lens, head: Frame, jaw: float, lids: float) -> None:
    """Eyes, brows and mouth.

    Args:
        canvas: A canvas with the body already on it.
        lens: What it is seen through.
        head: Where the head is.
        jaw: How wide the mouth is open, from 0 to 1.
        lids: How far the eyes are shut, from 0 to 1.
    """
    stamp = _Stamp(canvas, lens, head)
    for side in (-1, 1):
        if stamp.faces(side * 0.42, 0.02, 0.9) > 0.22:  # noqa: PLR2004 - an eye that looks away is not seen
            _eye(stamp, side, lids)
    if stamp.faces(0, -0.3, 1) > 0.1:  # noqa: PLR2004 - likewise a mouth
        _mouth(stamp, jaw)


def _eye(stamp: _Stamp, side: int, lids: float) -> None:
    canvas = stamp.canvas
    toward = stamp.faces(side * 0.42, 0.02, 0.9)
    # Seen from aside an eye lies a little farther back, so that it does not fall off the outline.
    x, y, z = stamp.at(side * (0.28 + 0.1 * (1 - toward)), 0.03, 0.73 - 0.17 * (1 - toward))
    turned_away = max(0.55, sqrt(max(0.0, stamp.faces(side * 0.35, 0, 1))))
    wide = max(1, round(0.2 * canvas.across * turned_away))
    high = max(1, round(0.13 * canvas.down))
    left, top = round(x - wide / 2), round(y - high / 2)
    if lids > 0.5:  # noqa: PLR2004 - half shut looks shut
        for k in range(wide):
            stamp.put(left + k, top + high - 1, z, ink(Material.SKIN, EDGE))
        return
    if canvas.down >= _WHITES_FROM and toward >= _WHITE_FACES:
        for k in range(-1, wide + 1):
            for row in range(high):
                stamp.put(left + k, top + row, z, ink(Material.WHITE, BODY))
    for k in range(wide):
        for row in range(high):
            stamp.put(left + k, top + row, z, ink(Material.EYE, BODY))
    brow = stamp.at(side * 0.28, 0.27, 0.7)
    if y - brow[1] >= _BROW_APART and canvas.down >= _BROWS_FROM and toward > _BROW_FACES:
        stamp.line(stamp.at(side * 0.15, 0.27, 0.73), stamp.at(side * 0.41, 0.25, 0.63), ink(Material.HAIR, SHADE))


def _mouth(stamp: _Stamp, jaw: float) -> None:
    canvas = stamp.canvas
    rows = round(jaw * 0.85 * canvas.down)
    left, right = stamp.at(-0.17, -0.52, 0.68), stamp.at(0.17, -0.52, 0.68)
    if rows < 1:
        stamp.line(left, right, ink(Material.MOUTH, BODY))
        return
    low_left, low_right = stamp.at(-0.12, -0.52 - jaw * 0.75, 0.62), stamp.at(0.12, -0.52 - jaw * 0.75, 0.62)
    for k in range(rows + 1):
        t = k / rows
        number = ink(Material.MOUTH, BODY if k in (0, rows) else EDGE)
        a = (left[0] + (low_left[0] - left[0]) * t, left[1] + (low_left[1] - left[1]) * t, left[2])
        b = (right[0] + (low_right[0] - right[0]) * t, right[1] + (low_right[1] - right[1]) * t, left[2])
        stamp.line(a, b, number)
