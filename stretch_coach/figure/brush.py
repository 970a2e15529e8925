"""Draws solids of the body through a lens onto a canvas."""

from enum import IntEnum

from stretch_coach.figure.canvas import Canvas, Paint
from stretch_coach.figure.inks import Material
from stretch_coach.figure.lens import Lens
from stretch_coach.figure.spine import Frame
from stretch_coach.figure.vectors import Vec, mix, times


class Part(IntEnum):
    """Parts of the picture; where one lies in front of another an edge is drawn. Of a pair, the right is one more."""

    TORSO = 1
    COLLAR = 2
    SLEEVE = 3
    ARM = 5
    HAND = 7
    THIGH = 9
    SHANK = 11
    FOOT = 13
    NECK = 15
    HEAD = 16
    HAIR = 17
    NOSE = 18
    EAR = 19
    MUSCLE = 20
    PROP = 21
    KIT = 22


class Brush:
    """A canvas seen through a lens.

    Attributes:
        canvas: What is drawn on.
        lens: What it is seen through.
    """

    def __init__(self, canvas: Canvas, lens: Lens) -> None:
        self.canvas, self.lens = canvas, lens

    def rod(  # noqa: PLR0917 - two ends, two radii, then as for the other solids
        self, a: Vec, b: Vec, radius_a: float, radius_b: float, material: Material, part: int
    ) -> None:
        """A tapered limb between two points of the body."""
        self.canvas.limb(self.lens.see(a), self.lens.see(b), radius_a, radius_b, material, part)

    def chain(self, points: list[Vec], radii: list[float], material: Material, part: int) -> None:
        """Limbs from point to point."""
        for k in range(len(points) - 1):
            self.rod(points[k], points[k + 1], radii[k], radii[k + 1], material, part)

    def ball(self, frame: Frame, centre: Vec, radii: Vec, paint: Material | Paint, part: int) -> None:
        """An ellipsoid fixed to a part of the body."""
        turn = times(self.lens.turn, frame.turn)
        self.canvas.ellipsoid(self.lens.see(frame.at(*centre)), radii, turn, paint, part)

    def line(self, a: Vec, b: Vec, number: int, *, dash: int = 0) -> None:
        """A thin line that the body hides; dashed if a dash has a length in pixels."""
        first, second = self.lens.see(a), self.lens.see(b)
        (x0, y0), (x1, y1) = self.canvas.pixel(first), self.canvas.pixel(second)
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        if steps > self.canvas.width * 6:
            return
        for k in range(steps + 1):
            t = k / steps
            if not dash or (k // dash) % 2 == 0:
                x, y, z = *self.canvas.pixel(mix(first, second, t)), first[2] + (second[2] - first[2]) * t
                self.canvas.dot(int(x), int(y), number, z, Part.PROP)
