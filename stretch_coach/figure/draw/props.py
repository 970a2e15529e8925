"""The things that the body sits on, leans on and holds: drawn simply, and only where they explain something."""

from stretch_coach.figure.draw.brush import Brush, Part
from stretch_coach.figure.palette import EDGE, Material, shade
from stretch_coach.figure.skeleton import Skeleton
from stretch_coach.figure.stance import FLOOR, SEAT, STANDING_DESK, WALL_DISTANCE, Stance, Wall
from stretch_coach.figure.vectors import IDENTITY, LocalFrame, Vec, add
from stretch_coach.routine.exercise import Exercise

_HEAD_REST = -1.12
"""Where a wall is, behind the hips, on which the head of a seated body rests."""


def draw_props(brush: Brush, skeleton: Skeleton, exercise: Exercise) -> None:
    """Draw what an exercise needs: seat, desk, wall, door frame, floor, band or towel."""
    setup = skeleton.setup
    places = set(setup.places)
    if setup.stance is Stance.SEATED:
        _stool(brush)
        if "needs-stable-chair" in exercise.tags and "back-of-head" in places:
            _chair_back(brush)
    elif setup.stance in (Stance.LYING, Stance.ALL_FOURS):
        _floor(brush, setup.stance)
    _draw_support(brush, skeleton, exercise)
    if "doorframe" in places:
        _doorframe(brush, skeleton)
    if "band" in places:
        _band(brush, skeleton)
    if "towel" in places:
        _towel(brush, skeleton)
    if exercise.figure.focus == "legs":
        _floor(brush, setup.stance)


def _draw_support(brush: Brush, skeleton: Skeleton, exercise: Exercise) -> None:
    """Draw what the head or the hands lean on."""
    setup = skeleton.setup
    if exercise.figure.head_rest:
        _beam(brush, (0, SEAT, _HEAD_REST), (0, 6.5, _HEAD_REST), 0.14)
    if "desk" in setup.places:
        _desk(brush, setup.stance)
    if setup.wall is not Wall.NONE:
        _wall(brush, setup.wall)


def _beam(brush: Brush, a: Vec, b: Vec, radius: float) -> None:
    brush.rod(a, b, radius, radius, Material.FURNITURE, Part.PROP)


def _plate(brush: Brush, centre: Vec, radii: Vec) -> None:
    brush.ball(LocalFrame(centre, IDENTITY), (0, 0, 0), radii, Material.FURNITURE, Part.PROP)


def _stool(brush: Brush) -> None:
    _plate(brush, (0.0, SEAT - 0.16, 0.35), (1.6, 0.16, 1.2))
    brush.rod((0, SEAT - 0.3, 0.2), (0, FLOOR[Stance.SEATED], 0.2), 0.12, 0.14, Material.FURNITURE, Part.PROP)


def _chair_back(brush: Brush) -> None:
    for side in (-0.7, 0.7):
        _beam(brush, (side, SEAT, -0.85), (side, 1.75, -1.0), 0.09)
    _beam(brush, (-0.8, 1.75, -1.0), (0.8, 1.75, -1.0), 0.16)


def _desk(brush: Brush, stance: Stance) -> None:
    if stance is Stance.STANDING:
        high, near, far = STANDING_DESK - 0.2, 3.3, 6.5
    else:
        high, near, far = 0.68, 0.95, 2.6
    _beam(brush, (0, high, near), (0, high, far), 0.13)
    if stance is not Stance.STANDING:
        for z in (near, far):
            _beam(brush, (-2.6, high, z), (2.6, high, z), 0.13)
    _beam(brush, (0, high, near + 0.5), (0, high - 4.0, near + 0.5), 0.1)


def _floor(brush: Brush, stance: Stance) -> None:
    y = FLOOR[stance]
    if stance is Stance.LYING:
        _beam(brush, (0, y - 0.14, -9), (0, y - 0.14, 9), 0.14)
    elif stance is Stance.ALL_FOURS:
        _plate(brush, (0, y - 0.08, 0.3), (2.3, 0.08, 3.6))
    else:
        _plate(brush, (0, y - 0.24, 0), (2.4, 0.05, 3.6))


def _wall(brush: Brush, wall: Wall) -> None:
    if wall is Wall.BEHIND:
        _bricks(brush, -0.95, 3.8)
    elif wall is Wall.SLIDING:
        _bricks(brush, WALL_DISTANCE[wall] + 0.4, 2.6)
    else:
        z, floor = WALL_DISTANCE[wall] + 0.28, FLOOR[Stance.STANDING]
        _beam(brush, (0, floor, z), (0, 6.5, z), 0.14)
        _beam(brush, (0, floor, z), (0, floor, z - 8), 0.1)


def _bricks(brush: Brush, z: float, half: float) -> None:
    """Draw a few faint courses of a wall, `half` units wide to each side."""
    for course in range(-2, 7):
        y = course * 1.1
        brush.line((-half, y, z), (half, y, z), shade(Material.GHOST, EDGE))
        for k in range(-2, 3):
            x = k * 2.2 + (1.1 if course % 2 else 0.0)
            if abs(x) <= half:
                brush.line((x, y, z), (x, y + 1.1, z), shade(Material.GHOST, EDGE))


def _doorframe(brush: Brush, skeleton: Skeleton) -> None:
    for index, arm in enumerate(skeleton.arms):
        side = 1 if index else -1
        x = side * 2.95
        z = arm.shoulder[2] - 0.1
        _beam(brush, (x, -4, z), (x, 6, z), 0.2)


def _band(brush: Brush, skeleton: Skeleton) -> None:
    for arm, leg in zip(skeleton.arms, skeleton.legs, strict=True):
        brush.rod(arm.palm, add(leg.ankle, (0, -0.2, 0.3)), 0.07, 0.07, Material.KIT, Part.KIT)


def _towel(brush: Brush, skeleton: Skeleton) -> None:
    """Draw a towel around the back of the neck from hand to hand, crossed in front if one hand rests on the chest."""
    head = skeleton.spine.head
    left, right = skeleton.arms[0].palm, skeleton.arms[1].palm
    around = ((-0.78, 0.1), (-0.6, -0.55), (0.0, -0.86), (0.6, -0.55), (0.78, 0.1))
    behind: list[Vec] = [head.at(x, -0.44, z) for x, z in around]
    ends = (left, right) if skeleton.setup.places == ("towel", "towel") else (right, left)
    points = [ends[0], *behind, ends[1]]
    brush.chain(points, [0.13] * len(points), Material.KIT, Part.KIT)
