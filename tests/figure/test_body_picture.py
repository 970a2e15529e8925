"""The pictures of the body map: every place is on one of them, where its letter is, and lights up there."""

from itertools import combinations

import pytest

from stretch_coach.figure.animation import Style
from stretch_coach.figure.body_picture import LEAST_HIGH, LEAST_WIDE, PLACES, BodyPicture, Facing
from stretch_coach.figure.frame import Frame
from stretch_coach.figure.palette import TONES, Material
from stretch_coach.guide.body_map import load_body_map
from stretch_coach.paths import bundled_routines

SIZES = [(LEAST_WIDE, LEAST_HIGH), (22, 13), (44, 24)]
NONE: frozenset[str] = frozenset()


def glowing(frame: Frame) -> set[tuple[int, int]]:
    """Return the column and row of every cell with a colour of the glow."""
    found = set()
    for row, runs in enumerate(frame):
        column = 0
        for run in runs:
            if any(one is not None and one // TONES == Material.GLOW for one in (run.foreground, run.background)):
                found |= {(column + k, row) for k in range(len(run.text))}
            column += len(run.text)
    return found


def test_pictures_have_exactly_the_places_of_the_map() -> None:
    assert sorted(PLACES) == sorted(zone.id for zone in load_body_map(bundled_routines()).zones)


@pytest.mark.parametrize("style", Style)
def test_every_size_is_filled_and_every_letter_has_a_cell_of_its_own(style: Style) -> None:
    for columns, rows in SIZES:
        found: dict[str, tuple[int, int]] = {}
        for facing in Facing:
            picture = BodyPicture(facing, style)
            frame = picture.frame(columns, rows, NONE)
            assert [sum(len(run.text) for run in row) for row in frame] == [columns] * rows
            assert not glowing(frame)
            labels = picture.labels(columns, rows)
            assert all(0 <= x < columns and 0 <= y < rows for x, y in labels.values())
            assert all(a != b for a, b in combinations(labels.values(), 2))
            found |= labels
        assert sorted(found) == sorted(PLACES)


def test_a_place_lights_up_near_its_letter() -> None:
    columns, rows = 44, 24
    for facing in Facing:
        picture = BodyPicture(facing)
        for id_, (x, y) in picture.labels(columns, rows).items():
            lit = glowing(picture.frame(columns, rows, frozenset({id_})))
            assert any(abs(x - column) <= 4 and abs(y - row) <= 2 for column, row in lit), id_
