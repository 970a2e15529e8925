"""Three numbers and nine: the little vector arithmetic that a posable body needs.

Axes of the body, in units of about 13 cm: x to the own right, y up, z forward. Seen from the front as in a mirror,
they are the picture's: right, up, toward the viewer. Angles are degrees.
"""

from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
Matrix = tuple[Vec, Vec, Vec]

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def about_x(degrees: float) -> Matrix:
    """A rotation that carries forward down: a nod."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))


def about_y(degrees: float) -> Matrix:
    """A rotation that carries forward to the own right: a turn."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))


def about_z(degrees: float) -> Matrix:
    """A rotation that carries up to the own right: a tilt."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


def times(a: Matrix, b: Matrix) -> Matrix:
    """First b, then a."""
    columns = tuple(turned(a, (b[0][k], b[1][k], b[2][k])) for k in range(3))
    x, y, z = columns
    return ((x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2]))


def turned(m: Matrix, v: Vec) -> Vec:
    """A vector after a rotation."""
    x, y, z = v
    (a, b, c), (d, e, f), (g, h, i) = m
    return (a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)


def add(a: Vec, b: Vec) -> Vec:
    """The sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """The way from b to a."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(v: Vec, by: float) -> Vec:
    """A vector made longer or shorter."""
    return (v[0] * by, v[1] * by, v[2] * by)


def mix(a: Vec, b: Vec, t: float) -> Vec:
    """The point a share t of the way from a to b."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(v: Vec) -> float:
    """How long a vector is."""
    return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])


def unit(v: Vec, otherwise: Vec = (0.0, 1.0, 0.0)) -> Vec:
    """The direction of a vector; one without length has the other direction given."""
    size = length(v)
    return otherwise if size < 1e-9 else (v[0] / size, v[1] / size, v[2] / size)  # noqa: PLR2004 - nothing but rounding


def mirrored(v: Vec, side: int) -> Vec:
    """A vector written for the own right, for a side: -1 left, 1 right."""
    return (v[0] * side, v[1], v[2])
