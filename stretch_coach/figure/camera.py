"""From where the body is seen, and how much of the scene the picture shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from stretch_coach.figure.arms import PALM_TO_TIP
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Skeleton, make_skeleton
from stretch_coach.figure.stance import FLOOR, SEAT, WALL_DISTANCE, Setup, Stance, Wall
from stretch_coach.figure.vectors import Matrix, Vec, add, compose, rotate, rotation_x, rotation_y, scale
from stretch_coach.routine.exercise import Exercise, Focus, HandPlace

_AZIMUTH = {"front": 0.0, "profile": -78.0, "three-quarter": -38.0, "back": 180.0}
_ELEVATION = {"front": 4.0, "profile": 3.0, "three-quarter": 9.0, "back": 4.0}
_FROM_BEHIND, _FROM_SIDE = -122.0, -60.0
_LYING = {"front": (0.0, 84.0), "profile": (-80.0, 0.0), "three-quarter": (-50.0, 35.0), "back": (-80.0, 0.0)}
"""Azimuth and elevation for a lying body: its face is seen from above, its back not at all."""
_ALL_FOURS = (52.0, 16.0)
_SEEN_FROM_SIDE = {"forward", "forward-clasped", "behind-back"}
_BACK_MUSCLES = {
    "rhomboids",
    "middle-lower-trapezius",
    "rear-shoulder",
    "back-extensors",
    "suboccipitals",
    "neck-extensors",
    "splenius",
}

_UNSEEN_PLACES: frozenset[HandPlace] = frozenset({"rest", "thigh"})
"""Places of hands that need not be in the picture."""
_CHAIR_PLACES: frozenset[HandPlace] = frozenset({"seat-edge", "knee"})
_MARGIN = 0.16
_ARROW_MARGIN = 0.3
_LEAST_HEIGHT = {"jaw": 3.0}
_LEAST_BODY_HEIGHT = 4.3


@dataclass(frozen=True, slots=True)
class Lens:
    """How the world is rotated before it is drawn, so that its axes point right, up and towards the viewer."""

    rotation: Matrix

    def see(self, point: Vec) -> Vec:
        """Return a point of the world as the viewer sees it."""
        return rotate(self.rotation, point)


def make_lens(exercise: Exercise, setup: Setup) -> Lens:
    """Return the lens for an exercise drawn for side left.

    From three-quarters, a body that faces a wall or has only back muscles lit is seen from behind, since the front
    would show nothing. On hands and knees it is seen from the side to which the hand is threaded.
    """
    camera = exercise.figure.camera
    azimuth, elevation = _AZIMUTH[camera], _ELEVATION[camera]
    if setup.stance is Stance.LYING:
        azimuth, elevation = _LYING[camera]
    elif camera == "three-quarter":
        lit, places = set(exercise.figure.highlight), set(setup.places)
        if setup.stance is Stance.ALL_FOURS:
            azimuth, elevation = _ALL_FOURS
        elif setup.wall in WALL_DISTANCE or (lit and lit <= _BACK_MUSCLES):
            azimuth = _FROM_BEHIND
        elif places & _SEEN_FROM_SIDE or exercise.figure.focus == "legs":
            azimuth = _FROM_SIDE
        elif "forehead" in places:
            azimuth = -azimuth  # from the other side, the arm would hide the face
    return Lens(compose(rotation_x(elevation), rotation_y(-azimuth)))


class Box(NamedTuple):
    """The part of the view that the picture has to show.

    Attributes:
        left: The leftmost unit.
        right: The rightmost unit.
        bottom: The lowest unit.
        top: The highest unit.
        cut: Whether the body continues below the picture.
    """

    left: float
    right: float
    bottom: float
    top: float
    cut: bool


def make_box(
    setup: Setup, lens: Lens, focus: Focus, postures: Iterable[Posture], arrow_paths: Iterable[Iterable[Vec]]
) -> Box:
    """Return the part of the view that holds all the postures and arrows."""
    seen: list[tuple[Vec, float]] = []
    for posture in postures:
        seen += _points(make_skeleton(posture, setup), focus)
    for path in arrow_paths:
        seen += [(point, _ARROW_MARGIN) for point in path]
    xs: list[float] = []
    ys: list[float] = []
    for point, around in seen:
        x, y, _ = lens.see(point)
        xs += [x - around, x + around]
        ys += [y - around, y + around]
    whole = setup.stance in (Stance.LYING, Stance.ALL_FOURS) or focus == "legs" or setup.wall is Wall.PLANTED
    return Box(min(xs) - _MARGIN, max(xs) + _MARGIN, min(ys) - _MARGIN, max(ys) + _MARGIN, cut=not whole)


def _points(skeleton: Skeleton, focus: Focus) -> Iterable[tuple[Vec, float]]:
    """Yield each point that has to be in the picture, with the units to be shown around it."""
    spine, setup = skeleton.spine, skeleton.setup
    yield spine.head.origin, 0.98
    if focus == "eyes":
        yield spine.head.at(3.3, 0.6, 0), 0.1
    if focus == "jaw":
        yield spine.chest.at(0, 1.25, 0), 0.1
    else:
        yield spine.chest.at(0, 0.45, 0), 0.2
        for shoulder in spine.shoulders:
            yield shoulder, 0.42
    for arm, place in zip(skeleton.arms, setup.places, strict=True):
        if place not in _UNSEEN_PLACES:
            yield arm.elbow, 0.3
            yield add(arm.palm, scale(arm.fingers, PALM_TO_TIP)), 0.12
            yield arm.palm, 0.3
    yield from _low_points(skeleton, focus)


def _low_points(skeleton: Skeleton, focus: Focus) -> Iterable[tuple[Vec, float]]:
    setup = skeleton.setup
    if setup.stance in (Stance.LYING, Stance.ALL_FOURS) or focus == "legs":
        for leg in skeleton.legs:
            if setup.stance is Stance.LYING:
                yield leg.hip, 0.9
            else:
                yield leg.knee, 0.4
                yield leg.ankle, 0.3
                yield leg.toe, 0.25
        x, _, z = skeleton.spine.chest.origin
        yield (x, FLOOR[setup.stance], z), 0.1
    elif setup.wall is Wall.PLANTED or (setup.stance is Stance.STANDING and "desk" in setup.places):
        for leg in skeleton.legs:
            yield leg.knee, 0.3
    if setup.stance is Stance.SEATED and _CHAIR_PLACES & set(setup.places):
        yield (0.0, SEAT - 0.55, 0.0), 0.1


def make_canvas(box: Box, focus: Focus, width: int, height: int, pixel_aspect: float) -> Canvas:
    """Return a canvas that shows a box as large as it can.

    Args:
        box: What has to be shown.
        focus: What the exercise is about; a face is not enlarged without limit.
        width: Pixels across.
        height: Pixels down.
        pixel_aspect: Width of a pixel divided by its height.
    """
    tall = max(box.top - box.bottom, _LEAST_HEIGHT.get(focus, _LEAST_BODY_HEIGHT))
    down = min(height / tall, width * pixel_aspect / (box.right - box.left))
    across = down / pixel_aspect
    # On the edge of a cell, so that a body seen from the front is symmetrical.
    left = 2 * round((width / 2 - (box.left + box.right) / 2 * across) / 2)
    spare = height / down - (box.top - box.bottom)
    # A body that continues below the picture ends at its lower edge, a whole one is centred.
    top = (box.top + min(spare * 0.3, 0.4) if box.cut else box.top + spare / 2) * down
    return Canvas(width, height, across, down, left, top)
