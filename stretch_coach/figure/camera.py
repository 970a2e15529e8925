"""From where the body is seen, and how much of the scene the picture shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from stretch_coach.figure.arms import PALM_TO_TIP
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.skeleton import Skeleton
from stretch_coach.figure.stance import FLOOR, SEAT, Setup, Stance, Wall
from stretch_coach.figure.vectors import Matrix, Vec, add, compose, rotate, rotation_x, rotation_y, scale
from stretch_coach.routine.exercise import Exercise, Focus, HandPlace

_AZIMUTH = {"front": 0.0, "profile": -78.0, "three-quarter": -38.0, "back": 180.0}
_ELEVATION = {"front": 4.0, "profile": 3.0, "three-quarter": 9.0, "back": 4.0}
_FROM_BEHIND, _FROM_SIDE = -122.0, -60.0
_LYING = {"front": (0.0, 84.0), "profile": (-80.0, 0.0), "three-quarter": (-50.0, 35.0), "back": (-80.0, 0.0)}
"""Azimuth and elevation for a lying body: its face is seen from above, its back not at all."""
_ALL_FOURS = (50.0, 12.0)
_RING = (-110.0, 22.0)
_ALONG_WALL = -90.0
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

_LOW_MUSCLES = {"back-extensors"}
_UNSEEN_PLACES: frozenset[HandPlace] = frozenset({"rest", "thigh"})
"""Places of hands that need not be in the picture."""
_ELBOW_UNSEEN: frozenset[HandPlace] = frozenset({"collarbone"})
"""Places of hands whose elbows need not be in the picture, so that head and hand are larger."""
_CHAIR_PLACES: frozenset[HandPlace] = frozenset({"seat-edge", "knee"})
_MARGIN = 0.16
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
    """Return the lens for an exercise drawn for side left."""
    camera = exercise.figure.camera
    azimuth, elevation = _AZIMUTH[camera], _ELEVATION[camera]
    if setup.stance is Stance.LYING:
        azimuth, elevation = _LYING[camera]
    elif camera == "three-quarter":
        azimuth, elevation = _three_quarter(exercise, setup)
    elif setup.wall is Wall.PLANTED:
        azimuth = _ALONG_WALL
    return Lens(compose(rotation_x(elevation), rotation_y(-azimuth)))


def _three_quarter(exercise: Exercise, setup: Setup) -> tuple[float, float]:
    """Return azimuth and elevation of the view that shows the most of a body seen from three-quarters.

    A body that faces a wall or has only back muscles lit is seen from behind, since the front would show nothing; arms
    in a ring are seen from above; on hands and knees the body is seen from the side to which the hand is threaded.
    """
    places, lit = set(setup.places), set(exercise.figure.highlight)
    if setup.stance is Stance.ALL_FOURS:
        return _ALL_FOURS
    if setup.wall is Wall.SLIDING:
        return _AZIMUTH["back"], _ELEVATION["back"]
    if "back-of-head" in places:
        return _FROM_SIDE, _ELEVATION["front"]
    if "forward-clasped" in places and lit <= _BACK_MUSCLES:
        return _RING
    azimuth, elevation = _AZIMUTH["three-quarter"], _ELEVATION["three-quarter"]
    if setup.wall is Wall.PLANTED or (lit and lit <= _BACK_MUSCLES):
        azimuth = _FROM_BEHIND
    elif places & _SEEN_FROM_SIDE or exercise.figure.focus == "legs":
        azimuth = _FROM_SIDE
    elif "forehead" in places:
        azimuth = -azimuth  # from the other side, the arm would hide the face
    return azimuth, elevation


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


def make_box(exercise: Exercise, setup: Setup, lens: Lens, skeletons: Iterable[Skeleton]) -> Box:
    """Return the part of the view that holds what matters of a body in all the given postures."""
    focus = exercise.figure.focus
    seen: list[tuple[Vec, float]] = []
    for skeleton in skeletons:
        seen += _points(skeleton, focus)
        if _LOW_MUSCLES & set(exercise.figure.highlight):
            seen.append((skeleton.spine.pelvis.origin, 0.5))
    xs: list[float] = []
    ys: list[float] = []
    for point, around in seen:
        x, y, _ = lens.see(point)
        xs += [x - around, x + around]
        ys += [y - around, y + around]
    whole = setup.stance in (Stance.LYING, Stance.ALL_FOURS) or focus == "legs"
    return Box(min(xs) - _MARGIN, max(xs) + _MARGIN, min(ys) - _MARGIN, max(ys) + _MARGIN, cut=not whole)


def grow_box(box: Box, points: Iterable[tuple[float, float]], margin: float) -> Box:
    """Return a box that holds some points of the view as well, with a margin around them."""
    for x, y in points:
        box = box._replace(
            left=min(box.left, x - margin),
            right=max(box.right, x + margin),
            bottom=min(box.bottom, y - margin),
            top=max(box.top, y + margin),
        )
    return box


def fit_scale(box: Box, focus: Focus, columns: int, rows: int) -> float:
    """Return the columns per unit at which a box is shown as large as it can be; a cell is two columns high."""
    tall = max(box.top - box.bottom, _LEAST_HEIGHT.get(focus, _LEAST_BODY_HEIGHT))
    return min(2 * rows / tall, columns / (box.right - box.left))


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
            if place not in _ELBOW_UNSEEN:
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
    elif setup.stance is Stance.STANDING and "desk" in setup.places:
        for leg in skeleton.legs:
            yield leg.knee, 0.3
    if setup.stance is Stance.SEATED and _CHAIR_PLACES & set(setup.places):
        yield (0.0, SEAT - 0.55, 0.0), 0.1


def make_canvas(box: Box, focus: Focus, grid: tuple[int, int], pixels: tuple[int, int]) -> Canvas:
    """Return a canvas that shows a box as large as it can.

    Args:
        box: What has to be shown.
        focus: What the exercise is about; a face is not enlarged without limit.
        grid: Columns and rows of the picture.
        pixels: Pixels across and down in each cell.
    """
    (columns, rows), (wide, high) = grid, pixels
    per_unit = fit_scale(box, focus, columns, rows)
    across, down = per_unit * wide, per_unit * high / 2
    # On the edge of a cell, so that a body seen from the front is symmetrical.
    left = wide * round(columns / 2 - (box.left + box.right) / 2 * per_unit)
    spare = 2 * rows / per_unit - (box.top - box.bottom)
    # A body that continues below the picture ends at its lower edge, a whole one is centred.
    top = (box.top + min(spare * 0.3, 0.4) if box.cut else box.top + spare / 2) * down
    return Canvas(columns * wide, rows * high, across, down, left, top)
