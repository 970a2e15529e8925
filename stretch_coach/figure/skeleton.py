"""The whole skeleton of a posture: the spine, the arms on their way to their places, and the legs."""

from dataclasses import dataclass, replace
from math import sin, tau

from stretch_coach.figure.arms import (
    FOREARM,
    HOLDS_OTHER_ARM,
    UPPER_ARM,
    WRIST_TO_PALM,
    HandTarget,
    hand_target,
    holding_target,
    mix_targets,
    rest_target,
    wall_target,
)
from stretch_coach.figure.legs import Leg, hip_height, make_legs
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import Spine, make_spine
from stretch_coach.figure.stance import WALL_DISTANCE, Setup
from stretch_coach.figure.vectors import Vec, add, rotate, scale, solve_joint, sub, unit

_SWING, _SWING_RISE = 0.75, 0.25
"""How far a walking hand swings forward and back, and which share of that it rises."""
_THREADED_PITCH = 30.0
_FIST_FROM = 0.5
"""The grip from which a hand is drawn as a fist."""


@dataclass(frozen=True, slots=True)
class Arm:
    """The joints of an arm, the directions of its fingers and of the back of its hand, and whether that is a fist."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    palm: Vec
    fingers: Vec
    back: Vec
    is_fist: bool = False


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All joints of a posture; of each pair, the left one comes first."""

    setup: Setup
    spine: Spine
    arms: tuple[Arm, Arm]
    legs: tuple[Leg, Leg]


def make_skeleton(posture: Posture, setup: Setup) -> Skeleton:
    """Return the joints of a posture, with the hands as far on their way as its reach says."""
    posture = _with_lowered_shoulder(posture, setup)
    spine = make_spine(posture, setup.stance, _hips(posture, setup))
    arms = [_arm(spine, hand_target(setup, spine, posture, index), posture, setup, index) for index in (0, 1)]
    for index in (0, 1):
        place = setup.places[index]
        if place in HOLDS_OTHER_ARM and setup.places[1 - index] not in HOLDS_OTHER_ARM:
            held = arms[1 - index]
            arms[index] = _arm(spine, holding_target(place, held.elbow, held.palm, spine, index), posture, setup, index)
    return Skeleton(setup, spine, (arms[0], arms[1]), make_legs(spine, setup, posture))


def _with_lowered_shoulder(posture: Posture, setup: Setup) -> Posture:
    """Bring the shoulder of an arm that is threaded under the chest down to the floor."""
    if "under-chest" not in setup.places:
        return posture
    share = posture.reach[setup.places.index("under-chest")]
    return replace(posture, trunk_pitch=posture.trunk_pitch + _THREADED_PITCH * share)


def _hips(posture: Posture, setup: Setup) -> Vec:
    """Return where the hips are: a body that leans on a wall comes as near to it as its elbows bend."""
    if setup.wall not in WALL_DISTANCE:
        return (0.0, 0.0, 0.0)
    target = wall_target(make_spine(posture, setup.stance), posture, setup.wall, 0)
    shift = (WALL_DISTANCE[setup.wall] - target.palm[2]) * max(posture.reach)
    return (0.0, hip_height(shift), shift)


def _arm(spine: Spine, target: HandTarget, posture: Posture, setup: Setup, index: int) -> Arm:
    shoulder = spine.shoulders[index]
    reached = _reached_target(target, posture, setup, spine, index)
    fingers = unit(reached.fingers)
    to_palm = scale(fingers, WRIST_TO_PALM)
    elbow, wrist = solve_joint(shoulder, sub(reached.palm, to_palm), UPPER_ARM, FOREARM, reached.elbow)
    is_fist = posture.grip[index] * posture.reach[index] > _FIST_FROM
    return Arm(shoulder, elbow, wrist, add(wrist, to_palm), fingers, unit(reached.back), is_fist)


def _reached_target(target: HandTarget, posture: Posture, setup: Setup, spine: Spine, index: int) -> HandTarget:
    """Return the point between rest and target that a hand has reached."""
    start = rest_target(spine, setup.stance, index)
    if posture.stride is not None:
        swing = sin(tau * posture.stride) * (_SWING if index else -_SWING)
        x, y, z = start.palm
        start = start._replace(palm=(x, y + _SWING_RISE * abs(swing), z + swing))
    if setup.places[index] == "rest":
        return start
    side = 1 if index else -1
    return mix_targets(start, target, posture.reach[index], rotate(spine.chest.rotation, (side * 0.35, 0.0, 0.45)))
