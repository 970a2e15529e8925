"""The arrows: beside the body, never on it, in every exercise and at every size."""

import pytest

from stretch_coach.figure.draw.brush import Part
from stretch_coach.figure.draw.scene import Scene
from stretch_coach.figure.motion import Movement, moment_of
from stretch_coach.figure.palette import TONES, Material
from stretch_coach.routine.exercise import Exercise
from tests.figure.conftest import EXERCISES

WITHOUT_ARROWS = {
    "breathing",
    "finger-fan",
    "jaw-release",
    "quiet-tense",
    "suboccipital-press",
    "temple-jaw-massage",
}
"""Exercises in which nothing moves that an arrow could show."""
PROPS = (Part.PROP, Part.KIT)


def distance_to_body(exercise: Exercise, columns: int, rows: int) -> float | None:
    """Return how many widths of a cell the arrows stay away from the body on their way, or None without arrows."""
    movement = Movement(exercise, reduced=False)
    scene = Scene(exercise, movement, (2, 2))
    least = None
    for posture in (movement.neutral, movement.pose):
        canvas = scene.draw(moment_of(posture, arrow=True), columns, rows)
        pixels = [(i % canvas.width / 2, float(i // canvas.width), i) for i in range(len(canvas.shades))]
        arrow = [(x, y) for x, y, i in pixels if canvas.shades[i] // TONES == Material.ARROW]
        body = [(x, y) for x, y, i in pixels if canvas.parts[i] and canvas.parts[i] not in PROPS]
        for x, y in arrow:
            near = min(max(abs(x - a), abs(y - b)) for a, b in body)
            least = near if least is None else min(least, near)
    return least


@pytest.mark.parametrize("size", [(24, 11), (48, 24)])
def test_arrow_is_two_widths_of_a_cell_clear_of_the_body(size: tuple[int, int]) -> None:
    for name in ("neck-rotation", "half-circles", "shoulder-rolls", "upper-trap-stretch", "scap-squeeze", "chin-tuck"):
        distance = distance_to_body(EXERCISES[name], *size)
        assert distance is not None
        assert distance >= 2, name


def test_every_exercise_that_moves_has_an_arrow_outside_the_body(exercise: Exercise) -> None:
    if exercise.id == "eye-20":
        return  # the line of sight is drawn in the colour of the arrows
    distance = distance_to_body(exercise, 24, 12)
    if exercise.id in WITHOUT_ARROWS:
        assert distance is None
    else:
        assert distance is not None
        assert distance >= 1.5
