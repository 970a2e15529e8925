"""The arrows that show the way in: paths of landmarks just outside of the body."""

from collections.abc import Callable
from dataclasses import replace
from math import cos, pi, sin
from typing import NamedTuple

from stretch_coach.figure.measures import PALM_TO_TIP
from stretch_coach.figure.moves import main_move, reach_of, sweep
from stretch_coach.figure.posture import Posture, between
from stretch_coach.figure.skeleton import Setting, Skeleton, make_skeleton
from stretch_coach.figure.spine import FLOOR
from stretch_coach.figure.vectors import Vec, add, length, scaled, sub, turned
from stretch_coach.figure.wall_arms import Wall
from stretch_coach.routine.exercise import Exercise

_STEPS = 12
_SHORTEST, _SHORTEST_BOTH_WAYS, _LONGEST_STRETCH = 1.4, 2.2, 6.0
_ARM_MOVES, _ROLLS = 0.2, 0.4
_NODS = 15.0

Landmark = Callable[[Skeleton], Vec]


class Arrow(NamedTuple):
    """A path from its tail to its tip; one that goes both ways has a head at either end."""

    path: list[Vec]
    both_ways: bool = False


def arrows_for(
    exercise: Exercise, setting: Setting, neutral: Posture, frames: list[Posture], pose: Posture
) -> list[Arrow]:
    """The arrows of an exercise, drawn for side left; none where nothing but the hands goes anywhere.

    Args:
        exercise: What the body does.
        setting: What it rests on and where its hands go.
        neutral: Where the body starts.
        frames: The keyframes of a cycle, else empty.
        pose: Where the body goes, for a cycle its most typical point.
    """
    figure = exercise.figure
    if figure.focus in ("eyes", "breath"):
        return []
    body = make_skeleton(pose, setting)
    if figure.focus in ("legs", "jaw") or exercise.kind == "posture":
        return _of_a_sign(exercise, body)
    if frames:
        return _of_a_cycle(exercise, setting, frames, pose)
    return _of_a_move(exercise, setting, replace(neutral, reach=pose.reach), pose)


def _of_a_sign(exercise: Exercise, body: Skeleton) -> list[Arrow]:
    """Walk on, open the mouth, or grow tall: a straight arrow."""
    if exercise.figure.focus == "legs":
        floor = FLOOR[body.setting.stance] + 0.55
        return [Arrow([(0.0, floor, 1.4 + 0.2 * k) for k in range(_STEPS)])]
    if exercise.figure.focus == "jaw":
        opens = exercise.figure.motion == "cycle"
        return [Arrow([body.spine.head.at(1.15, -0.25 - 0.08 * k, 0.4) for k in range(_STEPS)])] if opens else []
    return [Arrow([body.spine.head.at(0, 1.1 + 0.08 * k, 0) for k in range(_STEPS)])]


def _of_a_cycle(exercise: Exercise, setting: Setting, frames: list[Posture], pose: Posture) -> list[Arrow]:
    if setting.wall is Wall.PLANTED:
        nearest = max(frames, key=lambda one: one.bend[0])
        way = _path(_above, pose, nearest, setting, both_ways=True)
        return [Arrow(way, both_ways=True)]
    tilts, turns = sweep(frames, "roll"), sweep(frames, "yaw")
    if tilts and pose.pitch > _NODS:  # the chin swings across the chest
        return [Arrow(_below_the_chin(make_skeleton(pose, setting)), both_ways=True)]
    ends = tilts or turns
    if ends:
        return [Arrow(_path(_crown if tilts else _brow, *ends, setting, both_ways=True), both_ways=True)]
    moving = [side for side in (0, 1) if reach_of(frames, "height", side) > _ARM_MOVES]
    if moving:
        far = max(frames, key=lambda one: one.height[moving[0]])
        return [Arrow(_path(_outside_hand(side), frames[0], far, setting)) for side in moving]
    if min(reach_of(frames, name, 0) for name in ("lift", "forward")) > _ROLLS:
        return [_circle(make_skeleton(pose, setting), side) for side in (0, 1)]
    return _of_a_move(exercise, setting, frames[0], pose)


def _of_a_move(exercise: Exercise, setting: Setting, start: Posture, end: Posture) -> list[Arrow]:
    kind = main_move(start, end, exercise.figure.camera)
    if kind is None:
        return []
    body = make_skeleton(end, setting)
    if kind == "retraction":
        return [Arrow(_back_to_the_chin(body))]
    if "under-chest" in setting.places:
        arm = body.arms[setting.places.index("under-chest")]
        return [Arrow([add(arm.palm, scaled(arm.fingers, 0.6 + 0.17 * k)) for k in range(_STEPS)])]
    if kind in ("lift", "forward"):
        return _of_shoulders(kind, exercise, start, end, setting)
    reaches = kind == "trunk-roll" and setting.places[0] == "overhead"
    return [Arrow(_path(_reaching_hand if reaches else _LANDMARKS[kind], start, end, setting))]


def _of_shoulders(kind: str, exercise: Exercise, start: Posture, end: Posture, setting: Setting) -> list[Arrow]:
    body = make_skeleton(end, setting)
    moved = [side for side in (0, 1) if getattr(start, kind)[side] != getattr(end, kind)[side]]
    if kind == "lift":
        return [Arrow(_path(_beside_shoulder(side), start, end, setting)) for side in moved]
    if exercise.figure.camera == "back":
        return [_blade(body, side, end.forward[side]) for side in moved]
    return [_girdle(body, side, end.forward[side]) for side in moved[:1]]


def _crown(body: Skeleton) -> Vec:
    return body.spine.head.at(0, 1.35, 0)


def _above(body: Skeleton) -> Vec:
    x, y, z = body.spine.head.origin
    return (x, y + 1.4, z)


def _brow(body: Skeleton) -> Vec:
    return body.spine.head.at(0, 1.25, 0.8)


def _reaching_hand(body: Skeleton) -> Vec:
    arm = body.arms[0]
    return add(arm.palm, scaled(arm.fingers, PALM_TO_TIP + 0.55))


def _below_the_chin(body: Skeleton) -> list[Vec]:
    angles = [(-75 + 150 * k / (2 * _STEPS)) * pi / 180 for k in range(2 * _STEPS + 1)]
    return [body.spine.chest.at(1.5 * sin(a), 1.85 - 0.95 * cos(a), 1.0) for a in angles]


_LANDMARKS: dict[str, Landmark] = {
    "roll": _crown,
    "yaw": _brow,
    "pitch": lambda body: body.spine.head.at(0, 0.75, 1.3),
    "trunk-pitch": lambda body: body.spine.chest.at(0, 3.7, 1.75),
    "trunk-yaw": lambda body: body.spine.chest.at(0, 4.35, 1.3),
    "trunk-roll": lambda body: body.spine.chest.at(0, 4.35, 0.3),
}


def _beside_shoulder(side: int) -> Landmark:
    def landmark(body: Skeleton) -> Vec:
        x, y, z = body.spine.shoulders[side]
        return (x + (0.8 if side else -0.8), y + 0.1, z)

    return landmark


def _outside_hand(side: int) -> Landmark:
    def landmark(body: Skeleton) -> Vec:
        arm = body.arms[side]
        return add(add(arm.palm, scaled(arm.fingers, PALM_TO_TIP)), (0.5 if side else -0.5, 0.25, 0.0))

    return landmark


def _girdle(body: Skeleton, side: int, forward: float) -> Arrow:
    """A shoulder that slides forward or back, on the side that is nearer to the viewer."""
    x, y, z = body.spine.shoulders[side]
    s = 1 if side else -1
    return Arrow([(x + s * 0.6, y + 0.7, z + step) for step in _along(forward)])


def _blade(body: Skeleton, side: int, forward: float) -> Arrow:
    """A shoulder blade, seen from behind, that goes in or out."""
    x, y, z = body.spine.shoulders[side]
    s = 1 if side else -1
    return Arrow([(x + s * (1.2 + step), y - 0.35, z) for step in _along(forward)])


def _along(forward: float) -> list[float]:
    return [0.1 * (k - _STEPS / 2) * (1 if forward > 0 else -1) for k in range(_STEPS + 1)]


def _back_to_the_chin(body: Skeleton) -> list[Vec]:
    """Level, toward the chin; above the head where hands are in front of it."""
    free = not {"towel", "chin"} & set(body.setting.places)
    x, y, z = body.spine.head.origin
    turn = body.spine.chest.turn
    high, near = (-0.45, 1.75) if free else (1.3, -0.3)
    return [add((x, y, z), turned(turn, (0.0, high, near + 0.1 * (_STEPS - k)))) for k in range(_STEPS + 1)]


def _circle(body: Skeleton, side: int) -> Arrow:
    """Up, back and down: most of a circle beside a shoulder."""
    x, y, z = body.spine.shoulders[side]
    angles = [(-0.35 + 1.5 * k / (2 * _STEPS)) * pi for k in range(2 * _STEPS + 1)]
    return Arrow([(x + (0.75 if side else -0.75), y + 0.15 + 0.6 * sin(a), z + 0.6 * cos(a)) for a in angles])


def _path(landmark: Landmark, start: Posture, end: Posture, setting: Setting, *, both_ways: bool = False) -> list[Vec]:
    """The way of a landmark from one posture to another; a short way is drawn longer than it is."""
    start = replace(start, reach=end.reach)
    way = length(sub(landmark(make_skeleton(end, setting)), landmark(make_skeleton(start, setting))))
    further = min(_LONGEST_STRETCH, max(1.0, (_SHORTEST_BOTH_WAYS if both_ways else _SHORTEST) / max(way, 0.05)))
    before = (further - 1) / 2 if both_ways else 0.0
    shares = [k / _STEPS * further - before for k in range(_STEPS + 1)]
    return [landmark(make_skeleton(between(start, end, share), setting)) for share in shares]
