"""The canvas as quadrant blocks: two by two pixels and two colours per cell."""

from functools import lru_cache

from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.frame import Cell, Frame, Run, merge
from stretch_coach.figure.palette import DESIGN, NOTHING

ACROSS, DOWN = 2, 2
"""Pixels per cell."""
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"  # bit 1 upper left, 2 upper right, 4 lower left, 8 lower right

Block = tuple[int, int, int, int]


def to_blocks(canvas: Canvas) -> Frame:
    """Return the frame of a canvas."""
    shades, two_rows = bytes(canvas.shades), 2 * canvas.width
    return tuple(_row(shades[start : start + two_rows]) for start in range(0, len(shades), two_rows))


@lru_cache(maxsize=1024)
def _row(shades: bytes) -> tuple[Run, ...]:
    """Return a row of cells; most rows are the same in the next picture of a movement."""
    width = len(shades) // 2
    upper, lower = shades[:width], shades[width:]
    blocks = zip(upper[::2], upper[1::2], lower[::2], lower[1::2], strict=True)
    return merge([_cell(block) for block in blocks])


@lru_cache(maxsize=8192)
def _cell(block: Block) -> Cell:
    """Return a cell whose pixels are split between its two most different shades.

    Each half takes its most common shade, since averages would leave grey fringes. Empty pixels stay transparent.
    """
    shades = sorted(set(block))  # independent of the order of the pixels, so that a mirrored picture is exactly that
    if len(shades) == 1:
        return (" ", None, None) if shades[0] == NOTHING else (" ", None, shades[0])
    pairs = [(a, b) for k, a in enumerate(shades) for b in shades[k + 1 :]]
    a, b = max(pairs, key=lambda pair: _difference(*pair))
    first = [one == a or (one != b and _difference(one, a) < _difference(one, b)) for one in block]
    front = [one for one, is_first in zip(block, first, strict=True) if is_first]
    back = [one for one, is_first in zip(block, first, strict=True) if not is_first]
    foreground, background = max(sorted(front), key=front.count), max(sorted(back), key=back.count)
    mask = sum(1 << k for k, is_first in enumerate(first) if is_first)
    if foreground == NOTHING:
        foreground, background, mask = background, foreground, 15 - mask
    return _QUADRANTS[mask], foreground, background if background != NOTHING else None


@lru_cache(maxsize=8192)
def _difference(a: int, b: int) -> int:
    """Return how different two shades look, weighting red, green and blue as the eye does."""
    (r1, g1, b1), (r2, g2, b2) = DESIGN[a], DESIGN[b]
    return 2 * (r1 - r2) ** 2 + 4 * (g1 - g2) ** 2 + 3 * (b1 - b2) ** 2
