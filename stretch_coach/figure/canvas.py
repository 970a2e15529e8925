"""A grid of pixels with depth, and the two solids that everything is drawn with: a tapered limb and an ellipsoid.

Both are one loop with plain numbers: a call for each pixel would cost more than all the drawing.
"""

from collections.abc import Callable
from math import sqrt

from stretch_coach.figure.inks import NOTHING, TONES, Material
from stretch_coach.figure.vectors import Matrix, Vec, unit

LIGHT_FROM = unit((-0.42, 0.66, 0.72))
_SOFT = {Material.SHIRT: (0.2, 0.97), Material.TROUSERS: (0.2, 0.97), Material.HAIR: (0.22, 0.8)}
_GLOW = (0.05, 0.72)
_ROUND = (0.18, 0.62)
FAR = -9e9

Paint = Callable[[float, float, float], Material]
"""Of which material a point of the unit sphere is; nothing leaves a hole."""


def tones(material: Material) -> tuple[float, float, int]:
    """How light a surface must be for its middle and its light tone, and the material's first ink."""
    low, high = _GLOW if material is Material.GLOW else _SOFT.get(material, _ROUND)
    return low, high, material * TONES


class Canvas:
    """Depth, part and ink of every pixel of a grid.

    Attributes:
        width: Pixels across.
        height: Pixels down.
        across: Pixels to a unit across.
        down: Pixels to a unit down.
        left: Where zero is, in pixels from the left.
        top: Where zero is, in pixels from the top.
    """

    def __init__(  # noqa: PLR0917 - two numbers each for size, scale and place
        self, width: int, height: int, across: float, down: float, left: float, top: float
    ) -> None:
        self.width, self.height = width, height
        self.across, self.down, self.left, self.top = across, down, left, top
        self.depth = [FAR] * (width * height)
        self.part = [0] * (width * height)
        self.ink = [NOTHING] * (width * height)

    def pixel(self, point: Vec) -> tuple[float, float]:
        """Where a point of the view is drawn, in pixels."""
        return self.left + point[0] * self.across, self.top - point[1] * self.down

    def limb(  # noqa: PLR0917 - two ends, two radii, then as for the other solid
        self, a: Vec, b: Vec, radius_a: float, radius_b: float, material: Material, part: int
    ) -> None:
        """A rod from a to b with round ends, as thick at each as its radius says.

        For each pixel the point of the axis is found whose sphere is nearest to the viewer; exact for equal radii.
        """
        ax, ay, az = a
        dx, dy, dz = b[0] - ax, b[1] - ay, b[2] - az
        flat = sqrt(dx * dx + dy * dy)
        full = sqrt(flat * flat + dz * dz)
        steep = flat < 1e-6 * (1 + full)
        ux, uy = (1.0, 0.0) if steep else (dx / flat, dy / flat)
        lean = 0.0 if full < 1e-9 else dz / full  # noqa: PLR2004 - nothing but rounding
        per_flat = 0.0 if steep else 1 / flat
        taper, most = radius_b - radius_a, max(radius_a, radius_b)
        low, high, base = tones(material)
        lx, ly, lz = LIGHT_FROM
        width, across, down, left = self.width, self.across, self.down, self.left
        depth, inks, parts = self.depth, self.ink, self.part
        first, last = self._rows(min(ay, b[1]) - most, max(ay, b[1]) + most)
        end = 1.0 if lean > 0 else 0.0
        for row in range(first, last):
            py = (self.top - row - 0.5) / down - ay
            x0, x1 = self._span(ax, dx, dy, py, most)
            line = row * width
            for column in range(x0, x1):
                px = (column + 0.5 - left) / across - ax
                along = px * ux + py * uy
                beside = px * uy - py * ux
                t = along * per_flat
                r = radius_a + taper * (0.0 if t < 0 else 1.0 if t > 1 else t)
                q = r * r - beside * beside
                if q <= 0:
                    continue
                t = end if steep else (along + lean * sqrt(q)) * per_flat
                t = 0.0 if t < 0 else 1.0 if t > 1 else t
                r = radius_a + taper * t
                ox, oy = px - t * dx, py - t * dy
                q = r * r - ox * ox - oy * oy
                if q <= 0:
                    continue
                oz = sqrt(q)
                z = az + t * dz + oz
                i = line + column
                if z <= depth[i]:
                    continue
                depth[i] = z
                parts[i] = part
                shine = (ox * lx + oy * ly + oz * lz) / r
                inks[i] = base + (1 if shine < low else 2 if shine < high else 3)

    def ellipsoid(self, centre: Vec, radii: Vec, turn: Matrix, paint: Material | Paint, part: int) -> None:
        """An ellipsoid with its own axes turned; painted all over, or by the place on its unit sphere."""
        rx, ry, rz = radii
        m00, m10, m20 = turn[0][0] / rx, turn[0][1] / ry, turn[0][2] / rz
        m01, m11, m21 = turn[1][0] / rx, turn[1][1] / ry, turn[1][2] / rz
        m02, m12, m22 = turn[2][0] / rx, turn[2][1] / ry, turn[2][2] / rz
        half_x = sqrt((turn[0][0] * rx) ** 2 + (turn[0][1] * ry) ** 2 + (turn[0][2] * rz) ** 2)
        half_y = sqrt((turn[1][0] * rx) ** 2 + (turn[1][1] * ry) ** 2 + (turn[1][2] * rz) ** 2)
        a = m02 * m02 + m12 * m12 + m22 * m22
        cx, cy, cz = centre
        plain = isinstance(paint, Material)
        low, high, base = tones(paint) if isinstance(paint, Material) else (0.0, 0.0, 0)
        lx, ly, lz = LIGHT_FROM
        width, depth, inks, parts = self.width, self.depth, self.ink, self.part
        first, last = self._rows(cy - half_y, cy + half_y)
        x0 = max(0, int(self.left + (cx - half_x) * self.across))
        x1 = min(width, int(self.left + (cx + half_x) * self.across) + 1)
        for row in range(first, last):
            dy = (self.top - row - 0.5) / self.down - cy
            line = row * width
            for column in range(x0, x1):
                dx = (column + 0.5 - self.left) / self.across - cx
                p0, p1, p2 = m00 * dx + m01 * dy, m10 * dx + m11 * dy, m20 * dx + m21 * dy
                b = p0 * m02 + p1 * m12 + p2 * m22
                inside = b * b - a * (p0 * p0 + p1 * p1 + p2 * p2 - 1)
                if inside < 0:
                    continue
                dz = (sqrt(inside) - b) / a
                i = line + column
                if cz + dz <= depth[i]:
                    continue
                u0, u1, u2 = p0 + m02 * dz, p1 + m12 * dz, p2 + m22 * dz
                if not plain:
                    material = paint(u0, u1, u2)  # type: ignore[operator] # it is no material, hence a function
                    if not material:
                        continue
                    low, high, base = tones(material)
                nx = m00 * u0 + m10 * u1 + m20 * u2
                ny = m01 * u0 + m11 * u1 + m21 * u2
                nz = m02 * u0 + m12 * u1 + m22 * u2
                shine = (nx * lx + ny * ly + nz * lz) / sqrt(nx * nx + ny * ny + nz * nz)
                depth[i] = cz + dz
                parts[i] = part
                inks[i] = base + (1 if shine < low else 2 if shine < high else 3)

    def _rows(self, bottom: float, top: float) -> tuple[int, int]:
        return max(0, int(self.top - top * self.down)), min(self.height, int(self.top - bottom * self.down) + 1)

    def _span(self, ax: float, dx: float, dy: float, py: float, most: float) -> tuple[int, int]:
        """Which pixels of a row a rod can cover."""
        t0, t1 = 0.0, 1.0
        if abs(dy) > 1e-9:  # noqa: PLR2004 - a level rod covers its whole length in every row
            t0, t1 = sorted(((py - most) / dy, (py + most) / dy))
            t0, t1 = min(max(t0, 0.0), 1.0), min(max(t1, 0.0), 1.0)
        low, high = sorted((t0 * dx, t1 * dx))
        x0 = int(self.left + (ax + low - most) * self.across)
        x1 = int(self.left + (ax + high + most) * self.across) + 1
        return max(0, x0), min(self.width, x1)

    def darken_edges(self, step: float) -> None:
        """Give the edge tone to every pixel that lies a step behind a neighbour of another part: the drawn outline."""
        width, part, depth, inks = self.width, self.part, self.depth, self.ink
        for offset in (1, width):
            for i, (a, b) in enumerate(zip(part, part[offset:], strict=False)):
                if a != b and a and b and (offset > 1 or (i + 1) % width):
                    gap = depth[i] - depth[i + offset]
                    if gap > step:
                        inks[i + offset] -= inks[i + offset] % TONES
                    elif gap < -step:
                        inks[i] -= inks[i] % TONES

    def dot(self, x: int, y: int, number: int, z: float, part: int) -> None:
        """One pixel, unless something nearer is there."""
        if 0 <= x < self.width and 0 <= y < self.height:
            i = y * self.width + x
            if z > self.depth[i]:
                self.depth[i], self.ink[i], self.part[i] = z, number, part
