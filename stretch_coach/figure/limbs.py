"""Two bones and the joint between them: where an elbow or a knee has to be."""

from math import sqrt

from stretch_coach.figure.vectors import Vec, add, dot, length, scaled, sub, unit

_ALMOST_STRAIGHT = 0.999


def two_bones(root: Vec, goal: Vec, first: float, second: float, pole: Vec) -> tuple[Vec, Vec]:
    """The middle joint and the end of a limb that reaches for a goal; both bones keep their lengths.

    A goal out of reach is approached as far as the limb goes, one too near as far as the limb folds.

    Args:
        root: The shoulder or hip.
        goal: Where the wrist or ankle should be.
        first: Length of the bone at the root.
        second: Length of the other bone.
        pole: The direction into which the middle joint points.
    """
    way = sub(goal, root)
    along = unit(way, (0.0, -1.0, 0.0))
    distance = min(max(length(way), abs(first - second) + 0.35), (first + second) * _ALMOST_STRAIGHT)
    out = sub(pole, scaled(along, dot(pole, along)))
    out = unit(out, unit(sub((0.0, 0.0, 1.0), scaled(along, along[2])), (1.0, 0.0, 0.0)))
    near = (distance * distance + first * first - second * second) / (2 * distance)
    aside = sqrt(max(0.0, first * first - near * near))
    middle = add(root, add(scaled(along, near), scaled(out, aside)))
    return middle, add(root, scaled(along, distance))
