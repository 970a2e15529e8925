"""Solids on the canvas, and the canvas as blocks and as an outline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.figure.blocks import to_blocks
from stretch_coach.figure.canvas import FAR, Canvas
from stretch_coach.figure.draw.light import light_edges
from stretch_coach.figure.frame import Run, merge
from stretch_coach.figure.outline import to_outline
from stretch_coach.figure.palette import BODY, EDGE, NOTHING, Material, shade
from stretch_coach.figure.vectors import IDENTITY

POINTS = st.tuples(*[st.floats(-1.5, 1.5)] * 3)


def square(size: int = 24) -> Canvas:
    """Six units across, zero in the middle, square pixels."""
    return Canvas(size, size, size / 6, size / 6, size / 2, size / 2)


def filled(canvas: Canvas) -> int:
    return sum(one != NOTHING for one in canvas.shades)


class TestSolids:
    def test_rod_without_length_is_a_ball(self) -> None:
        rod, ball = square(60), square(60)
        rod.limb((0, 0, 0), (0, 0, 0), 1.5, 1.5, Material.SKIN, 1)
        ball.ellipsoid((0, 0, 0), (1.5, 1.5, 1.5), IDENTITY, Material.SKIN, 1)
        assert rod.shades == ball.shades
        assert all(a == pytest.approx(b) for a, b in zip(rod.depths, ball.depths, strict=True))

    @given(POINTS, POINTS)
    def test_rod_covers_both_its_ends(self, a: tuple[float, float, float], b: tuple[float, float, float]) -> None:
        canvas = square(60)
        canvas.limb(a, b, 0.4, 0.4, Material.SKIN, 1)
        for x, y, z in (a, b):
            column, row = canvas.pixel((x, y, z))
            i = int(row) * 60 + int(column)
            assert canvas.shades[i] != NOTHING
            assert canvas.depths[i] >= z

    def test_rod_covers_as_much_as_its_silhouette(self) -> None:
        canvas = square(120)
        canvas.limb((-1.5, 0, 0), (1.5, 0, 0), 0.5, 0.5, Material.SKIN, 1)
        units = filled(canvas) / 20**2
        assert units == pytest.approx(3 * 1 + 3.1416 * 0.25, rel=0.03)

    def test_nearer_solid_hides_the_farther_one(self) -> None:
        canvas = square()
        canvas.ellipsoid((0, 0, 1), (1, 1, 0.5), IDENTITY, Material.SHIRT, 1)
        canvas.ellipsoid((0, 0, 0), (2, 2, 0.5), IDENTITY, Material.SKIN, 2)
        assert canvas.parts[12 * 24 + 12] == 1
        assert canvas.parts[12 * 24 + 6] == 2

    def test_edge_is_drawn_on_the_part_behind(self) -> None:
        canvas = square()
        canvas.ellipsoid((0, 0, 0), (2.5, 2.5, 0.2), IDENTITY, Material.SKIN, 2)
        canvas.ellipsoid((0, 0, 2), (1, 1, 0.2), IDENTITY, Material.SHIRT, 1)
        light_edges(canvas, 0.2)
        dark = [i for i, one in enumerate(canvas.shades) if one != NOTHING and one % 4 == EDGE]
        assert dark
        assert {canvas.parts[i] for i in dark} == {2}

    def test_solids_outside_the_canvas_change_nothing(self) -> None:
        canvas = square()
        canvas.limb((50, 50, 0), (60, 80, 0), 1, 1, Material.SKIN, 1)
        canvas.ellipsoid((-90, 0, 0), (1, 1, 1), IDENTITY, Material.SKIN, 1)
        assert filled(canvas) == 0
        assert set(canvas.depths) == {FAR}


def test_run_joins_neighbours_of_one_style_and_blanks_fit_any_foreground() -> None:
    cells = [(" ", None, 7), ("▀", 5, 7), (" ", None, 7), ("▄", 6, 7), (" ", None, None)]
    assert merge(cells) == (Run(" ▀ ", 5, 7), Run("▄", 6, 7), Run(" ", None, None))


class TestBlocks:
    def test_cell_keeps_the_commonest_shade_of_each_half(self) -> None:
        canvas = Canvas(2, 2, 1, 1, 0, 0)
        skin, eye = shade(Material.SKIN, BODY), shade(Material.EYE, BODY)
        canvas.shades[:] = [skin, skin, skin, eye]
        ((run,),) = to_blocks(canvas)
        assert {run.foreground, run.background} == {skin, eye}
        assert run.text in "▛▗"

    def test_empty_pixels_stay_transparent(self) -> None:
        canvas = Canvas(2, 2, 1, 1, 0, 0)
        skin = shade(Material.SKIN, BODY)
        canvas.shades[:] = [NOTHING, skin, NOTHING, skin]
        assert to_blocks(canvas) == ((Run("▐", skin, None),),)


def test_outline_leaves_the_inside_empty() -> None:
    canvas = Canvas(48, 48, 8, 8, 24, 24)
    canvas.ellipsoid((0, 0, 0), (2, 2, 2), IDENTITY, Material.SHIRT, 1)
    frame = to_outline(canvas)
    text = "\n".join("".join(run.text for run in row) for row in frame)
    assert len(frame) == 12
    assert all(run.background is None for row in frame for run in row)
    assert text.splitlines()[6][10:14] == "    "
    assert any(letter > "\u2800" for letter in text)
