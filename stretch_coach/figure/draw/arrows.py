"""The arrows that show the way into a pose: paths of landmarks just outside the body."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import cos, pi, sin
from typing import NamedTuple

from stretch_coach.figure.arms import PALM_TO_TIP
from stretch_coach.figure.motion import Movement, main_movement
from stretch_coach.figure.posture import Posture, between
from stretch_coach.figure.skeleton import Skeleton, make_skeleton
from stretch_coach.figure.stance import FLOOR, Setup, Wall
from stretch_coach.figure.vectors import Vec, add, length, rotate, scale, sub
from stretch_coach.routine.exercise import Exercise

_STEPS = 12
_SHORTEST, _SHORTEST_BOTH_WAYS, _LONGEST_STRETCH = 1.4, 2.2, 6.0
_LEAST_ARM_RANGE, _LEAST_ROLL_RANGE, _LEAST_SWEEP = 0.2, 0.4, 5.0
_CHIN_ON_CHEST = 15.0

Landmark = Callable[[Skeleton], Vec]


class Arrow(NamedTuple):
    """A path from its tail to its tip, with a head at either end if it points both ways."""

    path: list[Vec]
    both_ways: bool = False


def arrows_for(exercise: Exercise, setup: Setup, movement: Movement) -> list[Arrow]:
    """Return the arrows of an exercise, drawn for side left; empty if only the hands move."""
    figure = exercise.figure
    pose, frames = movement.pose, movement.keyframes
    if figure.focus in ("eyes", "breath"):
        return []
    body = make_skeleton(pose, setup)
    if figure.focus in ("legs", "jaw") or exercise.kind == "posture":
        return _straight_arrow(exercise, body)
    if frames:
        return _cycle_arrows(exercise, setup, frames, pose)
    return _move_arrows(exercise, setup, replace(movement.neutral, reach=pose.reach), pose)


def _straight_arrow(exercise: Exercise, body: Skeleton) -> list[Arrow]:
    """Return the arrow for walking, for opening the mouth, or for growing tall."""
    if exercise.figure.focus == "legs":
        floor = FLOOR[body.setup.stance] + 0.55
        return [Arrow([(0.0, floor, 1.4 + 0.2 * k) for k in range(_STEPS)])]
    if exercise.figure.focus == "jaw":
        opens = exercise.figure.motion == "cycle"
        return [Arrow([body.spine.head.at(1.15, -0.25 - 0.08 * k, 0.4) for k in range(_STEPS)])] if opens else []
    return [Arrow([body.spine.head.at(0, 1.1 + 0.08 * k, 0) for k in range(_STEPS)])]


def _cycle_arrows(exercise: Exercise, setup: Setup, frames: list[Posture], pose: Posture) -> list[Arrow]:
    if setup.wall is Wall.PLANTED:
        nearest = max(frames, key=lambda one: one.bend[0])
        return [Arrow(_path(_above, pose, nearest, setup, both_ways=True), both_ways=True)]
    tilts, turns = _sweep(frames, "roll"), _sweep(frames, "yaw")
    if tilts and pose.pitch > _CHIN_ON_CHEST:
        return [Arrow(_below_chin(make_skeleton(pose, setup)), both_ways=True)]
    ends = tilts or turns
    if ends:
        return [Arrow(_path(_crown if tilts else _brow, *ends, setup, both_ways=True), both_ways=True)]
    moving = [side for side in (0, 1) if _range(frames, "height", side) > _LEAST_ARM_RANGE]
    if moving:
        far = max(frames, key=lambda one: one.height[moving[0]])
        return [Arrow(_path(_outside_hand(side), frames[0], far, setup)) for side in moving]
    if min(_range(frames, name, 0) for name in ("lift", "forward")) > _LEAST_ROLL_RANGE:
        return [_circle(make_skeleton(pose, setup), side) for side in (0, 1)]
    return _move_arrows(exercise, setup, frames[0], pose)


def _move_arrows(exercise: Exercise, setup: Setup, start: Posture, end: Posture) -> list[Arrow]:
    movement = main_movement(start, end, exercise.figure.camera)
    if movement is None:
        return []
    body = make_skeleton(end, setup)
    if movement == "retraction":
        return [Arrow(_back_to_chin(body))]
    if "under-chest" in setup.places:
        arm = body.arms[setup.places.index("under-chest")]
        return [Arrow([add(arm.palm, scale(arm.fingers, 0.6 + 0.17 * k)) for k in range(_STEPS)])]
    if movement in ("lift", "forward"):
        return _shoulder_arrows(movement, exercise, start, end, setup)
    reaches = movement == "trunk_roll" and setup.places[0] == "overhead"
    return [Arrow(_path(_reaching_hand if reaches else _LANDMARKS[movement], start, end, setup))]


def _shoulder_arrows(movement: str, exercise: Exercise, start: Posture, end: Posture, setup: Setup) -> list[Arrow]:
    body = make_skeleton(end, setup)
    moved = [side for side in (0, 1) if getattr(start, movement)[side] != getattr(end, movement)[side]]
    if movement == "lift":
        return [Arrow(_path(_beside_shoulder(side), start, end, setup)) for side in moved]
    if exercise.figure.camera == "back":
        return [_blade(body, side, end.forward[side]) for side in moved]
    return [_sliding_shoulder(body, side, end.forward[side]) for side in moved[:1]]


def _sweep(postures: Sequence[Posture], axis: str) -> tuple[Posture, Posture] | None:
    """Return both ends of a movement to either side of the middle, or None if it does not go to both sides."""
    low = min(postures, key=lambda posture: float(getattr(posture, axis)))
    high = max(postures, key=lambda posture: float(getattr(posture, axis)))
    return (low, high) if getattr(low, axis) < -_LEAST_SWEEP and getattr(high, axis) > _LEAST_SWEEP else None


def _range(postures: Sequence[Posture], name: str, index: int) -> float:
    """Return how far a value of one side changes in a cycle."""
    values = [float(getattr(posture, name)[index]) for posture in postures]
    return max(values) - min(values)


def _crown(body: Skeleton) -> Vec:
    return body.spine.head.at(0, 1.35, 0)


def _above(body: Skeleton) -> Vec:
    x, y, z = body.spine.head.origin
    return (x, y + 1.4, z)


def _brow(body: Skeleton) -> Vec:
    return body.spine.head.at(0, 1.25, 0.8)


def _reaching_hand(body: Skeleton) -> Vec:
    arm = body.arms[0]
    return add(arm.palm, scale(arm.fingers, PALM_TO_TIP + 0.55))


_LANDMARKS: dict[str, Landmark] = {
    "roll": _crown,
    "yaw": _brow,
    "pitch": lambda body: body.spine.head.at(0, 0.75, 1.3),
    "trunk_pitch": lambda body: body.spine.chest.at(0, 3.7, 1.75),
    "trunk_yaw": lambda body: body.spine.chest.at(0, 4.35, 1.3),
    "trunk_roll": lambda body: body.spine.chest.at(0, 4.35, 0.3),
}


def _beside_shoulder(side: int) -> Landmark:
    def landmark(body: Skeleton) -> Vec:
        x, y, z = body.spine.shoulders[side]
        return (x + (0.8 if side else -0.8), y + 0.1, z)

    return landmark


def _outside_hand(side: int) -> Landmark:
    def landmark(body: Skeleton) -> Vec:
        arm = body.arms[side]
        return add(add(arm.palm, scale(arm.fingers, PALM_TO_TIP)), (0.5 if side else -0.5, 0.25, 0.0))

    return landmark


def _below_chin(body: Skeleton) -> list[Vec]:
    """Return the arc of a chin that swings across the chest."""
    angles = [(-75 + 150 * k / (2 * _STEPS)) * pi / 180 for k in range(2 * _STEPS + 1)]
    return [body.spine.chest.at(1.5 * sin(a), 1.85 - 0.95 * cos(a), 1.0) for a in angles]


def _back_to_chin(body: Skeleton) -> list[Vec]:
    """Return a level path to the chin, or above the head if hands are in front of it."""
    free = not {"towel", "chin"} & set(body.setup.places)
    rotation = body.spine.chest.rotation
    high, near = (-0.45, 1.75) if free else (1.3, -0.3)
    steps = range(_STEPS + 1)
    return [add(body.spine.head.origin, rotate(rotation, (0.0, high, near + 0.1 * (_STEPS - k)))) for k in steps]


def _sliding_shoulder(body: Skeleton, side: int, forward: float) -> Arrow:
    """Return the arrow of a shoulder that slides forward or back."""
    x, y, z = body.spine.shoulders[side]
    s = 1 if side else -1
    return Arrow([(x + s * 0.6, y + 0.7, z + step) for step in _along(forward)])


def _blade(body: Skeleton, side: int, forward: float) -> Arrow:
    """Return the arrow of a shoulder blade, seen from behind, that moves inwards or outwards."""
    x, y, z = body.spine.shoulders[side]
    s = 1 if side else -1
    return Arrow([(x + s * (1.2 + step), y - 0.35, z) for step in _along(forward)])


def _along(forward: float) -> list[float]:
    return [0.1 * (k - _STEPS / 2) * (1 if forward > 0 else -1) for k in range(_STEPS + 1)]


def _circle(body: Skeleton, side: int) -> Arrow:
    """Return most of a circle beside a shoulder: up, back and down."""
    x, y, z = body.spine.shoulders[side]
    angles = [(-0.35 + 1.5 * k / (2 * _STEPS)) * pi for k in range(2 * _STEPS + 1)]
    return Arrow([(x + (0.75 if side else -0.75), y + 0.15 + 0.6 * sin(a), z + 0.6 * cos(a)) for a in angles])


def _path(landmark: Landmark, start: Posture, end: Posture, setup: Setup, *, both_ways: bool = False) -> list[Vec]:
    """Return the way of a landmark from one posture to another; a short way is extended to be seen."""
    start = replace(start, reach=end.reach)
    way = length(sub(landmark(make_skeleton(end, setup)), landmark(make_skeleton(start, setup))))
    stretch = min(_LONGEST_STRETCH, max(1.0, (_SHORTEST_BOTH_WAYS if both_ways else _SHORTEST) / max(way, 0.05)))
    before = (stretch - 1) / 2 if both_ways else 0.0
    shares = [k / _STEPS * stretch - before for k in range(_STEPS + 1)]
    return [landmark(make_skeleton(between(start, end, share), setup)) for share in shares]
