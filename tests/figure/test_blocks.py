"""Pixels as blocks: every grid has a glyph for each set of pixels, and two colours that fit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.figure.blocks import HALVES, OCTANTS, QUADRANTS, SEXTANTS, Cells, to_blocks
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.palette import DESIGN, NOTHING, TONES, Material, shade

GRIDS = {"halves": HALVES, "quadrants": QUADRANTS, "sextants": SEXTANTS, "octants": OCTANTS}
SHADES = st.integers(0, len(Material) * TONES - 1)


def canvas_of(cells: Cells, shades: list[int], columns: int = 1) -> Canvas:
    canvas = Canvas(columns * cells.across, cells.down, 1, 1, 0, 0)
    canvas.shades[:] = bytes(shades)
    return canvas


@pytest.mark.parametrize("cells", GRIDS.values(), ids=GRIDS)
def test_every_set_of_pixels_has_a_glyph_of_its_own(cells: Cells) -> None:
    assert len(cells.glyphs) == 2 ** (cells.across * cells.down)
    assert len(set(cells.glyphs)) == len(cells.glyphs)
    assert cells.glyphs[0] == " "
    assert cells.glyphs[-1] == "█"


def test_sextants_are_named_by_their_pixels() -> None:
    for mask, glyph in enumerate(SEXTANTS.glyphs):
        name = unicodedata.name(glyph)
        if name.startswith("BLOCK SEXTANT-"):
            assert name == "BLOCK SEXTANT-" + "".join(str(k + 1) for k in range(6) if mask >> k & 1)


def test_octants_follow_the_order_of_unicode() -> None:
    assert [hex(ord(OCTANTS.glyphs[mask])) for mask in (4, 6, 7, 8, 16, 254)] == [
        "0x1cd00",
        "0x1cd01",
        "0x1cd02",
        "0x1cd03",
        "0x1cd09",
        "0x1cde5",
    ]


@pytest.mark.parametrize("cells", GRIDS.values(), ids=GRIDS)
@given(data=st.data())
def test_two_shades_are_drawn_exactly(cells: Cells, data: st.DataObject) -> None:
    count = cells.across * cells.down
    two = data.draw(st.lists(SHADES, min_size=2, max_size=2, unique=True))
    shades = data.draw(st.lists(st.sampled_from(two), min_size=count, max_size=count))
    ((run,),) = to_blocks(canvas_of(cells, shades), cells)
    mask = cells.glyphs.index(run.text)
    drawn = [run.foreground if mask >> k & 1 else run.background for k in range(count)]
    assert [DESIGN[one or NOTHING] for one in drawn] == [DESIGN[one] for one in shades]


@pytest.mark.parametrize("cells", GRIDS.values(), ids=GRIDS)
@given(data=st.data())
def test_mirrored_pixels_are_the_mirrored_glyph(cells: Cells, data: st.DataObject) -> None:
    rows = data.draw(
        st.lists(
            st.lists(SHADES, min_size=cells.across, max_size=cells.across), min_size=cells.down, max_size=cells.down
        )
    )
    ((run,),) = to_blocks(canvas_of(cells, [one for row in rows for one in row]), cells)
    ((mirrored,),) = to_blocks(canvas_of(cells, [one for row in rows for one in row[::-1]]), cells)
    assert {run.foreground, run.background} == {mirrored.foreground, mirrored.background}


def test_most_alike_pixels_share_a_colour() -> None:
    skin, hair, eye = shade(Material.SKIN), shade(Material.HAIR), shade(Material.EYE)
    ((run,),) = to_blocks(canvas_of(QUADRANTS, [skin, skin, hair, eye]), QUADRANTS)
    assert run.text in "▀▄"
    assert skin in (run.foreground, run.background)
