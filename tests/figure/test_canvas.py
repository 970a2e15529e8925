"""Solids, glyphs and runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.figure.blocks import to_blocks
from stretch_coach.figure.canvas import FAR, Canvas
from stretch_coach.figure.frame import Run, merged
from stretch_coach.figure.inks import BODY, EDGE, NOTHING, Material, ink
from stretch_coach.figure.outline import to_outline
from stretch_coach.figure.vectors import IDENTITY


def square(size: int = 24) -> Canvas:
    """Six units across, zero in the middle, square pixels."""
    return Canvas(size, size, size / 6, size / 6, size / 2, size / 2)


def filled(canvas: Canvas) -> int:
    return sum(number != NOTHING for number in canvas.ink)


def test_a_rod_without_length_is_a_ball() -> None:
    rod, ball = square(60), square(60)
    rod.limb((0, 0, 0), (0, 0, 0), 1.5, 1.5, Material.SKIN, 1)
    ball.ellipsoid((0, 0, 0), (1.5, 1.5, 1.5), IDENTITY, Material.SKIN, 1)
    assert rod.ink == ball.ink
    assert all(a == pytest.approx(b) for a, b in zip(rod.depth, ball.depth, strict=True))


@given(*[st.tuples(*[st.floats(-1.5, 1.5)] * 3)] * 2)
def test_a_rod_covers_both_its_ends(a: tuple[float, float, float], b: tuple[float, float, float]) -> None:
    canvas = square(60)
    canvas.limb(a, b, 0.4, 0.4, Material.SKIN, 1)
    for x, y, z in (a, b):
        column, row = canvas.pixel((x, y, z))
        i = int(row) * 60 + int(column)
        assert canvas.ink[i] != NOTHING
        assert canvas.depth[i] >= z


def test_a_rod_covers_as_much_as_its_silhouette() -> None:
    canvas = square(120)
    canvas.limb((-1.5, 0, 0), (1.5, 0, 0), 0.5, 0.5, Material.SKIN, 1)
    units = filled(canvas) / 20**2
    assert units == pytest.approx(3 * 1 + 3.1416 * 0.25, rel=0.03)


def test_what_is_nearer_hides_what_is_farther() -> None:
    canvas = square()
    canvas.ellipsoid((0, 0, 1), (1, 1, 0.5), IDENTITY, Material.SHIRT, 1)
    canvas.ellipsoid((0, 0, 0), (2, 2, 0.5), IDENTITY, Material.SKIN, 2)
    middle = 12 * 24 + 12
    assert canvas.part[middle] == 1
    assert canvas.part[12 * 24 + 6] == 2


def test_an_edge_is_drawn_on_what_lies_behind() -> None:
    canvas = square()
    canvas.ellipsoid((0, 0, 0), (2.5, 2.5, 0.2), IDENTITY, Material.SKIN, 2)
    canvas.ellipsoid((0, 0, 2), (1, 1, 0.2), IDENTITY, Material.SHIRT, 1)
    canvas.darken_edges(0.2)
    dark = [i for i, number in enumerate(canvas.ink) if number != NOTHING and number % 4 == EDGE]
    assert dark
    assert {canvas.part[i] for i in dark} == {2}


def test_solids_outside_of_the_picture_cost_nothing_and_change_nothing() -> None:
    canvas = square()
    canvas.limb((50, 50, 0), (60, 80, 0), 1, 1, Material.SKIN, 1)
    canvas.ellipsoid((-90, 0, 0), (1, 1, 1), IDENTITY, Material.SKIN, 1)
    assert filled(canvas) == 0
    assert set(canvas.depth) == {FAR}


def test_neighbours_of_one_style_are_one_run_and_blanks_take_any_ink() -> None:
    cells = [(" ", None, 7), ("▀", 5, 7), (" ", None, 7), ("▄", 6, 7), (" ", None, None)]
    assert merged(cells) == (Run(" ▀ ", 5, 7), Run("▄", 6, 7), Run(" ", None, None))


def test_a_cell_keeps_the_commonest_of_each_half() -> None:
    canvas = Canvas(2, 2, 1, 1, 0, 0)
    skin, eye = ink(Material.SKIN, BODY), ink(Material.EYE, BODY)
    canvas.ink[:] = [skin, skin, skin, eye]
    ((run,),) = to_blocks(canvas)
    assert {run.ink, run.ground} == {skin, eye}
    assert run.text in "▛▗"


def test_what_is_free_stays_the_ground() -> None:
    canvas = Canvas(2, 2, 1, 1, 0, 0)
    skin = ink(Material.SKIN, BODY)
    canvas.ink[:] = [NOTHING, skin, NOTHING, skin]
    assert to_blocks(canvas) == ((Run("▐", skin, None),),)


def test_an_outline_leaves_the_inside_free() -> None:
    canvas = Canvas(48, 48, 8, 8, 24, 24)
    canvas.ellipsoid((0, 0, 0), (2, 2, 2), IDENTITY, Material.SHIRT, 1)
    frame = to_outline(canvas)
    text = "\n".join("".join(run.text for run in row) for row in frame)
    assert len(frame) == 12
    assert all(run.ground is None for row in frame for run in row)
    assert text.splitlines()[6][10:14] == "    "
    assert any(letter > "\u2800" for letter in text)
