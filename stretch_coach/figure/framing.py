"""How much of the scene the picture shows: as close as the movement and the hands allow."""

from collections.abc import Iterable
from typing import NamedTuple

from stretch_coach.figure.arrows import Arrow
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.lens import Lens
from stretch_coach.figure.measures import PALM_TO_TIP
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Setting, Skeleton, make_skeleton
from stretch_coach.figure.spine import FLOOR, SEAT, Stance
from stretch_coach.figure.vectors import Vec, add, scaled
from stretch_coach.figure.wall_arms import Wall
from stretch_coach.routine.exercise import Focus, HandPlace

_QUIET: frozenset[HandPlace] = frozenset({"rest", "thigh"})
"""Places that need not be seen."""
_ON_A_CHAIR: frozenset[HandPlace] = frozenset({"seat-edge", "knee"})
_MARGIN = 0.16
_LEAST_HEIGHT = {"jaw": 3.0}


class Box(NamedTuple):
    """What must be seen, in units of the view."""

    left: float
    right: float
    bottom: float
    top: float
    cut: bool
    """Whether the body goes on below the picture."""


def make_box(setting: Setting, lens: Lens, focus: Focus, postures: Iterable[Posture], arrows: Iterable[Arrow]) -> Box:
    """The part of the view that holds all the given postures and arrows."""
    xs: list[float] = []
    ys: list[float] = []
    for posture in postures:
        for point, around in _seen_points(make_skeleton(posture, setting), focus):
            x, y, _ = lens.see(point)
            xs += [x - around, x + around]
            ys += [y - around, y + around]
    for arrow in arrows:
        for point in arrow.path:
            x, y, _ = lens.see(point)
            xs += [x - 0.3, x + 0.3]
            ys += [y - 0.3, y + 0.3]
    whole = setting.stance in (Stance.LYING, Stance.ALL_FOURS) or focus == "legs" or setting.wall is Wall.PLANTED
    return Box(min(xs) - _MARGIN, max(xs) + _MARGIN, min(ys) - _MARGIN, max(ys) + _MARGIN, cut=not whole)


def _seen_points(skeleton: Skeleton, focus: Focus) -> Iterable[tuple[Vec, float]]:
    """Points that must be in the picture, with what must be seen around them."""
    spine, setting = skeleton.spine, skeleton.setting
    yield spine.head.origin, 0.98
    if focus == "eyes":
        yield spine.head.at(3.3, 0.6, 0), 0.1
    if focus == "jaw":
        yield spine.chest.at(0, 1.25, 0), 0.1
    else:
        yield spine.chest.at(0, 0.45, 0), 0.2
        for shoulder in spine.shoulders:
            yield shoulder, 0.42
    for arm, place in zip(skeleton.arms, setting.places, strict=True):
        if place not in _QUIET:
            yield arm.elbow, 0.3
            yield add(arm.palm, scaled(arm.fingers, PALM_TO_TIP)), 0.12
            yield arm.palm, 0.3
    yield from _low_points(skeleton, focus)


def _low_points(skeleton: Skeleton, focus: Focus) -> Iterable[tuple[Vec, float]]:
    setting = skeleton.setting
    if setting.stance in (Stance.LYING, Stance.ALL_FOURS) or focus == "legs":
        for leg in skeleton.legs:
            if setting.stance is Stance.LYING:
                yield leg.hip, 0.9
            else:
                yield leg.knee, 0.4
                yield leg.ankle, 0.3
                yield leg.toe, 0.25
        x, _, z = skeleton.spine.chest.origin
        yield (x, FLOOR[setting.stance], z), 0.1
    elif setting.wall is Wall.PLANTED or (setting.stance is Stance.STANDING and "desk" in setting.places):
        for leg in skeleton.legs:
            yield leg.knee, 0.3
    if setting.stance is Stance.SEATED and _ON_A_CHAIR & set(setting.places):
        yield (0.0, SEAT - 0.55, 0.0), 0.1


def make_canvas(box: Box, focus: Focus, width: int, height: int, pixel_aspect: float) -> Canvas:
    """A canvas that shows a box as large as it can.

    Args:
        box: What must be seen.
        focus: Faces are not shown larger than is good for them.
        width: Pixels across.
        height: Pixels down.
        pixel_aspect: Width of a pixel divided by its height.
    """
    tall = max(box.top - box.bottom, _LEAST_HEIGHT.get(focus, 4.3))
    down = min(height / tall, width * pixel_aspect / (box.right - box.left))
    across = down / pixel_aspect
    # On the edge of a cell, so that a body seen from the front is even.
    left = 2 * round((width / 2 - (box.left + box.right) / 2 * across) / 2)
    spare = height / down - (box.top - box.bottom)
    # A body that goes on below the picture stands at its lower rim, a whole one in its middle.
    top = (box.top + min(spare * 0.3, 0.4) if box.cut else box.top + spare / 2) * down
    return Canvas(width, height, across, down, left, top)
