"""A grid of pixels with depth, and the two solids that everything is drawn with: a tapered limb and an ellipsoid.

Each solid is one loop over plain numbers: a function call per pixel would cost more than all the drawing.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from math import ceil, sqrt

from stretch_coach.figure.palette import BODY, NOTHING, TONES, Material, shade
from stretch_coach.figure.vectors import Matrix, Vec, unit

FAR = -9e9
_LIGHT = unit((-0.42, 0.66, 0.72))
"""The direction from which the light comes."""
_SOFT = {Material.SHIRT: (0.2, 0.97), Material.TROUSERS: (0.2, 0.97), Material.HAIR: (0.22, 0.8)}
_GLOWING = (0.05, 0.72)
EMPTY = (NOTHING, shade(Material.BACKDROP, BODY))
_ROUND = (0.18, 0.62)
_DIFFERENT = re.compile(rb"[^\0]")

Paint = Callable[[float, float, float], Material]
"""Returns the material at a point of the unit sphere; `Material.NOTHING` leaves a hole."""


@lru_cache(maxsize=256)
def _tones(material: Material) -> tuple[float, float, int]:
    """Return the brightness at which a material's middle and light tones start, and its first shade."""
    low, high = _GLOWING if material is Material.GLOW else _SOFT.get(material, _ROUND)
    return low, high, material * TONES


def _squared(m: list[list[float]]) -> list[list[float]]:
    """Return the transpose of a matrix, times the matrix."""
    return [[sum(m[k][i] * m[k][j] for k in range(3)) for j in range(3)] for i in range(3)]


class Canvas:
    """Depth, part and shade of every pixel of a grid.

    Args:
        width: Pixels across.
        height: Pixels down.
        across: Pixels per unit across.
        down: Pixels per unit down.
        left: Where zero is, in pixels from the left.
        top: Where zero is, in pixels from the top.

    Attributes:
        depths: How near each pixel is, in units; `FAR` where nothing is drawn.
        parts: The part of the picture at each pixel; 0 where nothing is drawn.
        shades: The shade of each pixel; `NOTHING` where nothing is drawn.
    """

    def __init__(  # noqa: PLR0917 - two numbers each for size, scale and place
        self, width: int, height: int, across: float, down: float, left: float, top: float
    ) -> None:
        self.width, self.height = width, height
        self.across, self.down, self.left, self.top = across, down, left, top
        self.depths = [FAR] * (width * height)
        self.parts = bytearray(width * height)
        self.shades = bytearray([NOTHING]) * (width * height)

    def borders(self, offset: int) -> list[int]:
        """Return each pixel that is of another part than the one `offset` pixels after it."""
        count = len(self.parts) - offset
        here, there = (int.from_bytes(parts, "little") for parts in (self.parts[:count], self.parts[offset:]))
        return [found.start() for found in _DIFFERENT.finditer((here ^ there).to_bytes(max(count, 0), "little"))]

    def copy(self) -> "Canvas":
        """Return a canvas with the same picture."""
        other = Canvas.__new__(Canvas)
        other.width, other.height = self.width, self.height
        other.across, other.down, other.left, other.top = self.across, self.down, self.left, self.top
        other.depths, other.parts, other.shades = self.depths[:], self.parts[:], self.shades[:]
        return other

    def is_empty(self, index: int) -> bool:
        """Return whether nothing but a backdrop is drawn at a pixel."""
        return not self.parts[index] and self.shades[index] in EMPTY

    def pixel(self, point: Vec) -> tuple[float, float]:
        """Return where a point of the view is drawn, in pixels from the left and from the top."""
        return self.left + point[0] * self.across, self.top - point[1] * self.down

    def limb(  # noqa: PLR0917 - two ends, two radii, then as for the other solid
        self, a: Vec, b: Vec, radius_a: float, radius_b: float, material: Material, part: int
    ) -> None:
        """Draw a rod from `a` to `b` with round ends of the given radii.

        Each pixel shows the sphere along the axis that is nearest to the viewer, which is exact for equal radii.
        """
        ax, ay, az = a
        dx, dy, dz = b[0] - ax, b[1] - ay, b[2] - az
        flat = sqrt(dx * dx + dy * dy)
        full = sqrt(flat * flat + dz * dz)
        steep = flat < 1e-6 * (1 + full)
        ux, uy = (1.0, 0.0) if steep else (dx / flat, dy / flat)
        lean = 0.0 if full < 1e-9 else dz / full  # noqa: PLR2004 - rounding error
        per_flat = 0.0 if steep else 1 / flat
        taper, most = radius_b - radius_a, max(radius_a, radius_b)
        low, high, base = _tones(material)
        lx, ly, lz = _LIGHT
        width, across, down, left = self.width, self.across, self.down, self.left
        depths, shades, parts = self.depths, self.shades, self.parts
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
                if z <= depths[i]:
                    continue
                depths[i] = z
                parts[i] = part
                shine = (ox * lx + oy * ly + oz * lz) / r
                shades[i] = base + (1 if shine < low else 2 if shine < high else 3)

    def ellipsoid(self, centre: Vec, radii: Vec, rotation: Matrix, paint: Material | Paint, part: int) -> None:
        """Draw an ellipsoid with rotated axes in one material, or painted by the point on its unit sphere."""
        m = [[rotation[k][j] / radii[j] for k in range(3)] for j in range(3)]  # into the unit sphere
        ((a00, a01, a02), (_, a11, a12), (_, _, a22)) = _squared(m)
        # In the view, the silhouette is an ellipse: qxx dx^2 + 2 qxy dx dy + qyy dy^2 = 1.
        qxx, qxy, qyy = a00 - a02 * a02 / a22, a01 - a02 * a12 / a22, a11 - a12 * a12 / a22
        half_y = sqrt(qxx / max(qxx * qyy - qxy * qxy, 1e-12))
        cx, cy, cz = centre
        plain = isinstance(paint, Material)
        low, high, base = _tones(paint) if isinstance(paint, Material) else (0.0, 0.0, 0)
        (m00, m01, m02), (m10, m11, m12), (m20, m21, m22) = m
        lx, ly, lz = _LIGHT
        across, left, width = self.across, self.left, self.width
        depths, shades, parts = self.depths, self.shades, self.parts
        first, last = self._rows(cy - half_y, cy + half_y)
        for row in range(first, last):
            dy = (self.top - row - 0.5) / self.down - cy
            middle = -qxy * dy / qxx
            reach = middle * middle - (qyy * dy * dy - 1) / qxx
            if reach <= 0:
                continue
            half = sqrt(reach)
            x0 = max(0, ceil(left + (cx + middle - half) * across - 0.5))
            x1 = min(width, int(left + (cx + middle + half) * across + 0.5))
            line, a22qxx = row * width, a22 * qxx
            p0, p1, p2 = a01 * dy, a11 * dy, a12 * dy
            for column in range(x0, x1):
                dx = (column + 0.5 - left) / across - cx
                beside = dx - middle
                inside = a22qxx * (reach - beside * beside)
                dz = ((sqrt(inside) if inside > 0 else 0.0) - p2 - a02 * dx) / a22
                i = line + column
                if cz + dz <= depths[i]:
                    continue
                if not plain:
                    material = paint(  # type: ignore[operator] # not a material, so a function
                        m00 * dx + m01 * dy + m02 * dz, m10 * dx + m11 * dy + m12 * dz, m20 * dx + m21 * dy + m22 * dz
                    )
                    if not material:
                        continue
                    low, high, base = _tones(material)
                nx, ny, nz = a00 * dx + p0 + a02 * dz, a01 * dx + p1 + a12 * dz, a02 * dx + p2 + a22 * dz
                shine = nx * lx + ny * ly + nz * lz
                bright = shine * shine / (nx * nx + ny * ny + nz * nz) if shine > 0 else 0.0
                depths[i] = cz + dz
                parts[i] = part
                shades[i] = base + (1 if bright < low * low else 2 if bright < high * high else 3)

    def _rows(self, bottom: float, top: float) -> tuple[int, int]:
        return max(0, int(self.top - top * self.down)), min(self.height, int(self.top - bottom * self.down) + 1)

    def _span(self, ax: float, dx: float, dy: float, py: float, most: float) -> tuple[int, int]:
        """Return the first pixel of a row that a rod can cover, and the one after the last."""
        t0, t1 = 0.0, 1.0
        if abs(dy) > 1e-9:  # noqa: PLR2004 - a level rod covers its whole length in every row
            t0, t1 = sorted(((py - most) / dy, (py + most) / dy))
            t0, t1 = min(max(t0, 0.0), 1.0), min(max(t1, 0.0), 1.0)
        low, high = sorted((t0 * dx, t1 * dx))
        x0 = int(self.left + (ax + low - most) * self.across)
        x1 = int(self.left + (ax + high + most) * self.across) + 1
        return max(0, x0), min(self.width, x1)

    def dot(self, x: int, y: int, shade: int, z: float, part: int) -> None:
        """Draw one pixel, unless something nearer is there."""
        if 0 <= x < self.width and 0 <= y < self.height:
            i = y * self.width + x
            if z > self.depths[i]:
                self.depths[i], self.shades[i], self.parts[i] = z, shade, part
