"""The canvas as a picture for terminals that show pictures: shades in a grid finer than any glyph's, and their PNG."""

import struct
import zlib
from typing import NamedTuple

from stretch_coach.figure.palette import Palette

FINE, COARSE = (3, 6), (2, 4)
"""Pixels across and down in each cell; the terminal scales them to its own."""
_FINE_CELLS = 1300
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BITS, _BY_PALETTE = 8, 3
_FASTEST = 1


class Picture(NamedTuple):
    """The shade of each pixel, row by row.

    Attributes:
        width: Pixels across.
        height: Pixels down.
        shades: A byte for each pixel.
    """

    width: int
    height: int
    shades: bytes


def grid_for(columns: int, rows: int) -> tuple[int, int]:
    """Return the pixels across and down in each cell of a picture; drawing a large one should not take longer."""
    return FINE if columns * rows <= _FINE_CELLS else COARSE


def to_png(picture: Picture, palette: Palette) -> bytes:
    """Return a picture as a PNG in the colours of a palette, without transparency."""
    width, height, shades = picture
    colours = b"".join(bytes(colour) for colour in palette.colours)
    rows = b"".join(b"\0" + shades[start : start + width] for start in range(0, width * height, width))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, _BITS, _BY_PALETTE, 0, 0, 0)),
        (b"PLTE", colours),
        (b"IDAT", zlib.compress(rows, _FASTEST)),
        (b"IEND", b""),
    ]
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
