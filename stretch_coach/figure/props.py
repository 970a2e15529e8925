"""What the body sits on, leans on and holds: drawn simply, and only where it explains something."""

from stretch_coach.figure.brush import Brush, Part
from stretch_coach.figure.hands import DESK_AFAR
from stretch_coach.figure.inks import EDGE, Material, ink
from stretch_coach.figure.skeleton import Skeleton
from stretch_coach.figure.spine import FLOOR, SEAT, Frame, Stance
from stretch_coach.figure.vectors import IDENTITY, Vec, add
from stretch_coach.figure.wall_arms import WALL_AHEAD, Wall
from stretch_coach.routine.exercise import Exercise


def draw_props(brush: Brush, skeleton: Skeleton, exercise: Exercise) -> None:
    """Draw what an exercise needs: seat, desk, wall, door frame, floor, band or towel."""
    setting = skeleton.setting
    places = set(setting.places)
    if setting.stance is Stance.SEATED:
        _stool(brush)
        if "needs-stable-chair" in exercise.tags and "back-of-head" in places:
            _chair_back(brush)
    elif setting.stance in (Stance.LYING, Stance.ALL_FOURS):
        _floor(brush, setting.stance)
    if "desk" in places:
        _desk(brush, skeleton)
    if setting.wall is not Wall.NONE:
        _wall(brush, skeleton)
    if "doorframe" in places:
        _doorframe(brush, skeleton)
    if "band" in places:
        _band(brush, skeleton)
    if "towel" in places:
        _towel(brush, skeleton)
    if exercise.figure.focus == "legs":
        _floor(brush, setting.stance)


def _stool(brush: Brush) -> None:
    seat = Frame((0.0, SEAT - 0.16, 0.35), IDENTITY)
    brush.ball(seat, (0, 0, 0), (1.6, 0.16, 1.2), Material.FURNITURE, Part.PROP)
    brush.rod((0, SEAT - 0.3, 0.2), (0, FLOOR[Stance.SEATED], 0.2), 0.12, 0.14, Material.FURNITURE, Part.PROP)


def _chair_back(brush: Brush) -> None:
    for side in (-0.7, 0.7):
        brush.rod((side, SEAT, -0.85), (side, 1.75, -1.0), 0.09, 0.09, Material.FURNITURE, Part.PROP)
    brush.rod((-0.8, 1.75, -1.0), (0.8, 1.75, -1.0), 0.16, 0.16, Material.FURNITURE, Part.PROP)


def _desk(brush: Brush, skeleton: Skeleton) -> None:
    if skeleton.setting.stance is Stance.STANDING:
        high, near, far = DESK_AFAR - 0.2, 3.3, 6.5
    else:
        high, near, far = 0.68, 0.95, 2.6
    brush.rod((0, high, near), (0, high, far), 0.13, 0.13, Material.FURNITURE, Part.PROP)
    if skeleton.setting.stance is not Stance.STANDING:
        for z in (near, far):
            brush.rod((-2.6, high, z), (2.6, high, z), 0.13, 0.13, Material.FURNITURE, Part.PROP)
    brush.rod((0, high, near + 0.5), (0, high - 4.0, near + 0.5), 0.1, 0.1, Material.FURNITURE, Part.PROP)


def _floor(brush: Brush, stance: Stance) -> None:
    y = FLOOR[stance]
    if stance is Stance.LYING:
        brush.rod((0, y - 0.14, -9), (0, y - 0.14, 9), 0.14, 0.14, Material.FURNITURE, Part.PROP)
    elif stance is Stance.ALL_FOURS:
        brush.ball(Frame((0, y - 0.08, 0.3), IDENTITY), (0, 0, 0), (2.3, 0.08, 3.6), Material.FURNITURE, Part.PROP)
    else:
        brush.ball(Frame((0, y - 0.1, 0), IDENTITY), (0, 0, 0), (1.5, 0.06, 1.9), Material.FURNITURE, Part.PROP)


def _wall(brush: Brush, skeleton: Skeleton) -> None:
    wall = skeleton.setting.wall
    if wall is Wall.BEHIND:
        _bricks(brush, -0.95, 3.8)
        return
    z = WALL_AHEAD[wall] + (0.28 if wall is Wall.PLANTED else 0.4)
    if wall is Wall.PLANTED:
        brush.rod((0, FLOOR[Stance.STANDING], z), (0, 6.5, z), 0.14, 0.14, Material.FURNITURE, Part.PROP)
        brush.rod(
            (0, FLOOR[Stance.STANDING], z), (0, FLOOR[Stance.STANDING], z - 8), 0.1, 0.1, Material.FURNITURE, Part.PROP
        )
    else:
        _bricks(brush, z, 2.6)


def _bricks(brush: Brush, z: float, half: float) -> None:
    """A few courses of a wall, faint."""
    for course in range(-2, 7):
        y = course * 1.1
        brush.line((-half, y, z), (half, y, z), ink(Material.GHOST, EDGE))
        for k in range(-2, 3):
            x = k * 2.2 + (1.1 if course % 2 else 0.0)
            if abs(x) <= half:
                brush.line((x, y, z), (x, y + 1.1, z), ink(Material.GHOST, EDGE))


def _doorframe(brush: Brush, skeleton: Skeleton) -> None:
    for index, arm in enumerate(skeleton.arms):
        side = 1 if index else -1
        x = side * 2.95
        z = arm.shoulder[2] - 0.1
        brush.rod((x, -4, z), (x, 6, z), 0.2, 0.2, Material.FURNITURE, Part.PROP)


def _band(brush: Brush, skeleton: Skeleton) -> None:
    for arm, leg in zip(skeleton.arms, skeleton.legs, strict=True):
        brush.rod(arm.palm, add(leg.ankle, (0, -0.2, 0.3)), 0.07, 0.07, Material.KIT, Part.KIT)


def _towel(brush: Brush, skeleton: Skeleton) -> None:
    """Around the back of the neck, from hand to hand; crossed in front when one hand rests on the chest."""
    head = skeleton.spine.head
    left, right = skeleton.arms[0].palm, skeleton.arms[1].palm
    around = ((-0.78, 0.1), (-0.6, -0.55), (0.0, -0.86), (0.6, -0.55), (0.78, 0.1))
    behind: list[Vec] = [head.at(x, -0.44, z) for x, z in around]
    ends = (left, right) if skeleton.setting.places == ("towel", "towel") else (right, left)
    points = [ends[0], *behind, ends[1]]
    brush.chain(points, [0.13] * len(points), Material.KIT, Part.KIT)
