"""The canvas as coloured blocks: the pixels of a cell in two colours, in as fine a grid as the glyphs allow."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.frame import Cell, Frame, Run, merge
from stretch_coach.figure.palette import DESIGN, NOTHING


@dataclass(frozen=True)
class Cells:
    """The glyphs that divide a cell.

    Attributes:
        across: Pixels across in each cell.
        down: Pixels down in each cell.
        glyphs: A glyph for each set of pixels: the first pixel counts 1, the next in its row 2, and so on row by row.
    """

    across: int
    down: int
    glyphs: str


def _sextants() -> str:
    named = {0: " ", 21: "▌", 42: "▐", 63: "█"}
    return "".join(named.get(mask) or chr(0x1FB00 + mask - 1 - (mask > 21) - (mask > 42)) for mask in range(64))  # noqa: PLR2004 - as encoded


_OLDER_OCTANTS = {
    0: " ", 1: "\U0001cea8", 2: "\U0001ceab", 3: "\U0001fb82", 5: "▘", 10: "▝", 15: "▀", 20: "\U0001fbe6",
    40: "\U0001fbe7", 63: "\U0001fb85", 64: "\U0001cea3", 80: "▖", 85: "▌", 90: "▞", 95: "▛", 128: "\U0001cea0",
    160: "▗", 165: "▚", 170: "▐", 175: "▜", 192: "▂", 240: "▄", 245: "▙", 250: "▟", 252: "▆", 255: "█",
}  # fmt: skip
"""The sets of eight pixels that had a character before Unicode 16 gave one to each of the others, in order."""


def _octants() -> str:
    newer = iter(range(0x1CD00, 0x1CDE6))
    return "".join(_OLDER_OCTANTS.get(mask) or chr(next(newer)) for mask in range(256))


HALVES = Cells(1, 2, " ▀▄█")
QUADRANTS = Cells(2, 2, " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")
SEXTANTS = Cells(2, 3, _sextants())
OCTANTS = Cells(2, 4, _octants())


def to_blocks(canvas: Canvas, cells: Cells = QUADRANTS) -> Frame:
    """Return the frame of a canvas that has as many pixels for each cell as its glyphs."""
    shades, row = bytes(canvas.shades), cells.down * canvas.width
    return tuple(_row(shades[start : start + row], cells) for start in range(0, len(shades), row))


@lru_cache(maxsize=1024)
def _row(shades: bytes, cells: Cells) -> tuple[Run, ...]:
    """Return a row of cells; most rows are the same in the next picture of a movement."""
    width = len(shades) // cells.down
    lines = [shades[start : start + width] for start in range(0, len(shades), width)]
    blocks = zip(*(line[k :: cells.across] for line in lines for k in range(cells.across)), strict=True)
    return merge([_cell(block, cells) for block in blocks])


@lru_cache(maxsize=16384)
def _cell(block: tuple[int, ...], cells: Cells) -> Cell:
    """Return a cell in the two of its shades from which the squares of the differences of all its pixels are least.

    Shades are not averaged, which would leave grey fringes. Empty pixels stay transparent.
    """
    shades = sorted(set(block))  # independent of the order of the pixels, so that a mirrored picture is exactly that
    if len(shades) == 1:
        return (" ", None, None) if shades[0] == NOTHING else (" ", None, shades[0])
    back, front = min(combinations(shades, 2), key=lambda pair: _error(block, *pair))
    mask = sum(1 << k for k, one in enumerate(block) if _difference(one, front) < _difference(one, back))
    if front == NOTHING:
        front, back, mask = back, front, len(cells.glyphs) - 1 - mask
    return cells.glyphs[mask], front, back if back != NOTHING else None


def _error(block: tuple[int, ...], a: int, b: int) -> int:
    return sum(min(_difference(one, a), _difference(one, b)) for one in block)


@lru_cache(maxsize=8192)
def _difference(a: int, b: int) -> int:
    """Return how different two shades look, weighting red, green and blue as the eye does."""
    (r1, g1, b1), (r2, g2, b2) = DESIGN[a], DESIGN[b]
    return 2 * (r1 - r2) ** 2 + 4 * (g1 - g2) ** 2 + 3 * (b1 - b2) ** 2
