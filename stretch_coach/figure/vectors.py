"""Three-dimensional vectors and rotations for a posable body.

Axes of the body, in units of about 13 cm: x to the body's own right, y up, z forward. Seen from the front as in a
mirror, they point right, up and towards the viewer. Angles are in degrees.
"""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
Matrix = tuple[Vec, Vec, Vec]

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
_ALMOST_STRAIGHT = 0.999
_LEAST_FOLD = 0.35


def rotation_x(degrees: float) -> Matrix:
    """Return the rotation that carries forward to down: a nod."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))


def rotation_y(degrees: float) -> Matrix:
    """Return the rotation that carries forward to the body's own right: a turn."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))


def rotation_z(degrees: float) -> Matrix:
    """Return the rotation that carries up to the body's own right: a tilt."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


def compose(a: Matrix, b: Matrix) -> Matrix:
    """Return the rotation that applies `b` first, then `a`."""
    columns = tuple(rotate(a, (b[0][k], b[1][k], b[2][k])) for k in range(3))
    x, y, z = columns
    return ((x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2]))


def rotate(m: Matrix, v: Vec) -> Vec:
    """Return `v` rotated by `m`."""
    x, y, z = v
    (a, b, c), (d, e, f), (g, h, i) = m
    return (a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)


def add(a: Vec, b: Vec) -> Vec:
    """Return `a + b`."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """Return `a - b`, the vector from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(v: Vec, by: float) -> Vec:
    """Return `v` made `by` times as long."""
    return (v[0] * by, v[1] * by, v[2] * by)


def mix(a: Vec, b: Vec, share: float) -> Vec:
    """Return the point at `share` of the way from `a` (0) to `b` (1)."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def dot(a: Vec, b: Vec) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Return the vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(v: Vec) -> float:
    """Return the length of `v`."""
    return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])


def unit(v: Vec, fallback: Vec = (0.0, 1.0, 0.0)) -> Vec:
    """Return `v` scaled to length 1, or `fallback` if it has no length."""
    size = length(v)
    return fallback if size < 1e-9 else (v[0] / size, v[1] / size, v[2] / size)  # noqa: PLR2004 - rounding error


def to_side(v: Vec, side: int) -> Vec:
    """Return a vector written for the right side of the body on `side`: -1 left, 1 right."""
    return (v[0] * side, v[1], v[2])


@dataclass(frozen=True, slots=True)
class LocalFrame:
    """The coordinate frame of a body part: its origin and its rotation in the world."""

    origin: Vec
    rotation: Matrix

    def at(self, x: float, y: float, z: float) -> Vec:
        """Return where a point of this frame is in the world."""
        return add(self.origin, rotate(self.rotation, (x, y, z)))


def solve_joint(root: Vec, target: Vec, first: float, second: float, pole: Vec) -> tuple[Vec, Vec]:
    """Return the middle joint and the end of a two-bone limb that reaches for a target.

    Both bones keep their lengths: a limb stretches as far as it can towards a target out of reach, and folds as far as
    it can towards one that is too near.

    Args:
        root: The shoulder or hip.
        target: Where the wrist or ankle should be.
        first: Length of the bone at the root.
        second: Length of the other bone.
        pole: The direction in which the elbow or knee points.
    """
    way = sub(target, root)
    along = unit(way, (0.0, -1.0, 0.0))
    distance = min(max(length(way), abs(first - second) + _LEAST_FOLD), (first + second) * _ALMOST_STRAIGHT)
    out = sub(pole, scale(along, dot(pole, along)))
    out = unit(out, unit(sub((0.0, 0.0, 1.0), scale(along, along[2])), (1.0, 0.0, 0.0)))
    near = (distance * distance + first * first - second * second) / (2 * distance)
    aside = sqrt(max(0.0, first * first - near * near))
    middle = add(root, add(scale(along, near), scale(out, aside)))
    return middle, add(root, scale(along, distance))
