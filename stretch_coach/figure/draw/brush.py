"""The solids of a picture, seen through a lens and collected before they are drawn."""

from enum import IntEnum

from stretch_coach.figure.camera import Lens
from stretch_coach.figure.canvas import Canvas, Paint
from stretch_coach.figure.palette import Material
from stretch_coach.figure.vectors import LocalFrame, Matrix, Vec, compose, mix


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


Rod = tuple[Vec, Vec, float, float, Material, int]
Ball = tuple[Vec, Vec, Matrix, Material | Paint, int]
Line = tuple[Vec, Vec, int]
Solid = Rod | Ball | Line
"""What is drawn, as arguments of `Canvas.limb`, `Canvas.ellipsoid` or `draw_line`. Equal solids look the same."""
_ROD, _BALL = 6, 5


class Brush:
    """Collects solids of the body.

    Attributes:
        lens: What they are seen through.
        solids: What was collected.
    """

    def __init__(self, lens: Lens) -> None:
        self.lens = lens
        self.solids: list[Solid] = []

    def rod(  # noqa: PLR0917 - two ends, two radii, then as for the other solids
        self, a: Vec, b: Vec, radius_a: float, radius_b: float, material: Material, part: int
    ) -> None:
        """Add a tapered limb between two points of the body."""
        self.solids.append((self.lens.see(a), self.lens.see(b), radius_a, radius_b, material, part))

    def chain(self, points: list[Vec], radii: list[float], material: Material, part: int) -> None:
        """Add limbs from point to point."""
        for k in range(len(points) - 1):
            self.rod(points[k], points[k + 1], radii[k], radii[k + 1], material, part)

    def ball(self, frame: LocalFrame, centre: Vec, radii: Vec, paint: Material | Paint, part: int) -> None:
        """Add an ellipsoid fixed to a part of the body."""
        rotation = compose(self.lens.rotation, frame.rotation)
        self.solids.append((self.lens.see(frame.at(*centre)), radii, rotation, paint, part))

    def line(self, a: Vec, b: Vec, shade: int) -> None:
        """Add a thin line, which the body hides."""
        self.solids.append((self.lens.see(a), self.lens.see(b), shade))


def paint(canvas: Canvas, solids: list[Solid]) -> None:
    """Draw solids on a canvas; what lies outside it costs nothing."""
    for solid in solids:
        if len(solid) == _ROD:
            canvas.limb(*solid)
        elif len(solid) == _BALL:
            canvas.ellipsoid(*solid)
        else:
            _draw_line(canvas, *solid)


def _draw_line(canvas: Canvas, first: Vec, second: Vec, shade: int) -> None:
    """Draw a line; nothing if it is much longer than the canvas is wide."""
    (x0, y0), (x1, y1) = canvas.pixel(first), canvas.pixel(second)
    steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
    if steps > canvas.width * 6:
        return
    for k in range(steps + 1):
        point = mix(first, second, k / steps)
        x, y = canvas.pixel(point)
        canvas.dot(int(x), int(y), shade, point[2], Part.PROP)


class Layers:
    """Draws pictures that share most of their solids, such as the steps of a movement.

    What two pictures in a row have in common is kept, drawn once, and copied under what differs.
    """

    def __init__(self, blank: Canvas) -> None:
        self._blank = blank
        self._previous: frozenset[Solid] = frozenset()
        self._base: frozenset[Solid] = frozenset()
        self._kept = blank

    def draw(self, solids: list[Solid]) -> Canvas:
        """Return a new canvas with solids on it."""
        here = frozenset(solids)
        common = here & self._previous
        self._previous = here
        if not self._base <= here or len(common) > len(self._base) * _GAIN:
            self._base = common
            self._kept = self._blank.copy()
            paint(self._kept, [one for one in solids if one in common])
        canvas = self._kept.copy()
        paint(canvas, [one for one in solids if one not in self._base])
        return canvas


_GAIN = 1.25
"""How many times as many solids have to be in common before it pays to draw the kept ones again."""
