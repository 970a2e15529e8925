"""Where the picture's parts go: arrows clear of the body, and the part of the view that holds both."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import hypot

from stretch_coach.figure.camera import Box, Lens, grow_box
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.arrows import Arrow, Point
from stretch_coach.figure.draw.body import draw_body
from stretch_coach.figure.draw.brush import Brush, paint
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Skeleton

CLEARANCE = 2.0
"""Widths of a cell between an arrow and the body; a cell is two widths high."""
HEAD_LENGTH, HEAD_HALF_WIDTH = 2.4, 1.5
"""Size of an arrowhead, in widths of a cell."""
_SHORTEST, _SHORTEST_WHERE_SMALL = 6.5, 4.4
"""Least length of an arrow, in widths of a cell."""
_SMALL_PICTURE = 30.0
"""Height of a body, in widths of a cell, below which an arrow may be shorter, to leave it space."""
_FARTHEST = 60
_SETTLED = 1.06
_SMALLEST_FIGURE = 0.2
"""Width of a cell, as a share of the body's, at which there is no space left to give."""
_AROUND = 12.0


class Silhouette:
    """Everything that a body covers in some postures, one pixel for each width of a cell, for quick questions."""

    def __init__(self, skeletons: Iterable[Skeleton], lens: Lens, box: Box, cell: float) -> None:
        around = _AROUND * cell
        self._per_unit = 1 / cell
        self._left, self._top = box.left - around, box.top + around
        self._width = int((box.right - box.left + 2 * around) * self._per_unit) + 1
        self._height = int((box.top - box.bottom + 2 * around) * self._per_unit) + 1
        scale = self._per_unit
        canvas = Canvas(self._width, self._height, scale, scale, -self._left * scale, self._top * scale)
        brush = Brush(lens)
        for skeleton in skeletons:
            draw_body(brush, skeleton, Posture())
        paint(canvas, brush.solids)
        self._sums = self._summed(canvas.parts)

    def _summed(self, covered: bytearray) -> list[list[int]]:
        """Return how many pixels are covered above and left of each point."""
        sums = [[0] * (self._width + 1)]
        for row in range(self._height):
            line, total, above = [0], 0, sums[-1]
            for column in range(self._width):
                total += 1 if covered[row * self._width + column] else 0
                line.append(above[column + 1] + total)
            sums.append(line)
        return sums

    def is_clear(self, point: Point, around: float) -> bool:
        """Return whether the body is more than some widths of a cell away from a point."""
        x, y = (point[0] - self._left) * self._per_unit, (self._top - point[1]) * self._per_unit
        x0, x1 = (min(max(int(x + by), 0), self._width) for by in (-around, around + 1))
        y0, y1 = (min(max(int(y + by), 0), self._height) for by in (-around, around + 1))
        return self._sums[y1][x1] - self._sums[y0][x1] - self._sums[y1][x0] + self._sums[y0][x0] == 0


def place_arrows(
    arrows: list[Arrow], silhouette_at: Callable[[float], Silhouette], box: Box, scale_of: Callable[[Box], float]
) -> tuple[list[list[Point]], Box]:
    """Return the paths of arrows outside the body, and the part of the view that shows them too.

    Args:
        arrows: The arrows, where their movements happen.
        silhouette_at: Returns what the arrows have to stay clear of, for cells of a width in units.
        box: What has to be shown of the body.
        scale_of: Returns the columns per unit at which a box is shown.
    """
    grown, paths, cell = box, [list(arrow.path) for arrow in arrows], 0.0
    while arrows and 1 / scale_of(grown) > cell * _SETTLED:  # the arrows need space, which makes all else smaller
        cell = 1 / scale_of(grown)
        silhouette = silhouette_at(cell)
        is_small = box.top - box.bottom < _SMALL_PICTURE * cell
        paths = [_placed(arrow, silhouette, cell, is_small=is_small) for arrow in arrows]
        grown = grow_box(box, [point for path in paths for point in path], HEAD_HALF_WIDTH * cell)
        if cell > _SMALLEST_FIGURE * (box.right - box.left):
            break
    return paths, grown


def _placed(arrow: Arrow, silhouette: Silhouette, cell: float, *, is_small: bool) -> list[Point]:
    """Return a path that is long enough and moved away from the body."""
    path = _lengthened(list(arrow.path), (_SHORTEST_WHERE_SMALL if is_small else _SHORTEST) * cell)
    (ax, ay), step = arrow.away, cell / 2
    for k in range(_FARTHEST):
        moved = [(x + ax * step * k, y + ay * step * k) for x, y in path]
        shaft = all(silhouette.is_clear(point, CLEARANCE + 0.5) for point in moved)
        if shaft and all(silhouette.is_clear(point, CLEARANCE + HEAD_HALF_WIDTH) for point in _near_tip(moved, cell)):
            return moved
    return path


def _near_tip(path: list[Point], cell: float) -> list[Point]:
    x, y = path[-1]
    return [one for one in path if hypot(one[0] - x, one[1] - y) <= HEAD_LENGTH * cell] or path[-1:]


def _lengthened(path: list[Point], least: float) -> list[Point]:
    """Return a path enlarged about its tip, if it is shorter than the least length."""
    long = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path))
    if long >= least or not long:
        return path
    x, y = path[-1]
    return [(x + (px - x) * least / long, y + (py - y) * least / long) for px, py in path]
