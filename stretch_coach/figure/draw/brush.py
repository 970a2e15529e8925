"""Drawing solids of the body through a lens onto a canvas."""

from enum import IntEnum

from stretch_coach.figure.camera import Lens
from stretch_coach.figure.canvas import Canvas, Paint
from stretch_coach.figure.palette import Material
from stretch_coach.figure.vectors import LocalFrame, Vec, compose, mix


class Part(IntEnum):
    """The parts of the picture, outlined against each other. Of a pair, the right one has the next number."""

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
        canvas: What to draw on.
        lens: What it is seen through.
    """

    def __init__(self, canvas: Canvas, lens: Lens) -> None:
        self.canvas, self.lens = canvas, lens

    def rod(  # noqa: PLR0917 - two ends, two radii, then as for the other solids
        self, a: Vec, b: Vec, radius_a: float, radius_b: float, material: Material, part: int
    ) -> None:
        """Draw a tapered limb between two points of the body."""
        self.canvas.limb(self.lens.see(a), self.lens.see(b), radius_a, radius_b, material, part)

    def chain(self, points: list[Vec], radii: list[float], material: Material, part: int) -> None:
        """Draw limbs from point to point."""
        for k in range(len(points) - 1):
            self.rod(points[k], points[k + 1], radii[k], radii[k + 1], material, part)

    def ball(self, frame: LocalFrame, centre: Vec, radii: Vec, paint: Material | Paint, part: int) -> None:
        """Draw an ellipsoid fixed to a part of the body."""
        rotation = compose(self.lens.rotation, frame.rotation)
        self.canvas.ellipsoid(self.lens.see(frame.at(*centre)), radii, rotation, paint, part)

    def line(self, a: Vec, b: Vec, shade: int) -> None:
        """Draw a thin line, which the body hides; nothing if it is much longer than the canvas is wide."""
        first, second = self.lens.see(a), self.lens.see(b)
        (x0, y0), (x1, y1) = self.canvas.pixel(first), self.canvas.pixel(second)
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        if steps > self.canvas.width * 6:
            return
        for k in range(steps + 1):
            point = mix(first, second, k / steps)
            x, y = self.canvas.pixel(point)
            self.canvas.dot(int(x), int(y), shade, point[2], Part.PROP)
