"""The PNG of a picture holds exactly its pixels in the colours of the palette."""

import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.figure.palette import DESIGN
from stretch_coach.figure.picture import Picture, grid_for, to_png


def chunks(png: bytes) -> dict[bytes, bytes]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length)[0] == zlib.crc32(kind + data)
        found[kind] = data
        at += 12 + length
    return found


@given(st.data(), st.integers(1, 9), st.integers(1, 9))
def test_png_has_every_pixel_in_its_colour(data: st.DataObject, width: int, height: int) -> None:
    used = st.integers(0, len(DESIGN.colours) - 1)
    shades = bytes(data.draw(st.lists(used, min_size=width * height, max_size=width * height)))
    png = chunks(to_png(Picture(width, height, shades), DESIGN))
    assert png[b"IHDR"] == struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    rows = zlib.decompress(png[b"IDAT"])
    assert [rows[y * (width + 1)] for y in range(height)] == [0] * height
    pixels = [one for y in range(height) for one in rows[y * (width + 1) + 1 : (y + 1) * (width + 1)]]
    colours = [tuple(png[b"PLTE"][3 * one : 3 * one + 3]) for one in pixels]
    assert colours == [DESIGN[one] for one in shades]


def test_large_pictures_have_fewer_pixels_for_each_cell() -> None:
    assert grid_for(40, 18) == (3, 6)
    assert grid_for(92, 42) == (2, 4)
