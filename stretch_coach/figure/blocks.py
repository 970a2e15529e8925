"""Pixels as quadrant blocks: two by two pixels and two colours a cell."""

from functools import lru_cache

from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.frame import Cell, Frame, merged
from stretch_coach.figure.inks import NOTHING
from stretch_coach.figure.palette import DESIGN, Palette

ACROSS, DOWN = 2, 2
"""Pixels in a cell."""
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"  # bit 1 upper left, 2 upper right, 4 lower left, 8 lower right

Block = tuple[int, int, int, int]


def to_blocks(canvas: Canvas) -> Frame:
    """The frame of a canvas."""
    rows = []
    width, ink = canvas.width, canvas.ink
    for start in range(0, len(ink), 2 * width):
        upper, lower = ink[start : start + width], ink[start + width : start + 2 * width]
        blocks = zip(upper[::2], upper[1::2], lower[::2], lower[1::2], strict=True)
        rows.append(merged([_cell(block) for block in blocks]))
    return tuple(rows)


@lru_cache(maxsize=8192)
def _cell(block: Block) -> Cell:
    """Split a cell's pixels between its two most different inks.

    Each half takes its commonest, for averages leave grey fringes. What is left free stays the ground.
    """
    inks = sorted(set(block))  # whatever the order of the pixels, so that a mirror image is one in cells too
    if len(inks) == 1:
        return (" ", None, None) if inks[0] == NOTHING else (" ", None, inks[0])
    pairs = [(a, b) for k, a in enumerate(inks) for b in inks[k + 1 :]]
    a, b = max(pairs, key=lambda pair: _difference(*pair, DESIGN))
    first = [one == a or (one != b and _difference(one, a, DESIGN) < _difference(one, b, DESIGN)) for one in block]
    front = [one for one, is_first in zip(block, first, strict=True) if is_first]
    back = [one for one, is_first in zip(block, first, strict=True) if not is_first]
    ink, ground = max(sorted(front), key=front.count), max(sorted(back), key=back.count)
    mask = sum(1 << k for k, is_first in enumerate(first) if is_first)
    if ink == NOTHING:
        ink, ground, mask = ground, ink, 15 - mask
    return _QUADRANTS[mask], ink, ground if ground != NOTHING else None


@lru_cache(maxsize=8192)
def _difference(a: int, b: int, palette: Palette) -> int:
    """How different two inks look, with the weights of the eye for red, green and blue."""
    (r, g, b1), (s, h, b2) = palette[a], palette[b]
    return 2 * (r - s) ** 2 + 4 * (g - h) ** 2 + 3 * (b1 - b2) ** 2
