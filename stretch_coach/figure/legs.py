"""The legs: folded on a chair, straight under a standing body, bent while lying or kneeling, or walking."""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt, tau

from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import Spine
from stretch_coach.figure.stance import FLOOR, WALL_DISTANCE, Setup, Stance
from stretch_coach.figure.vectors import Vec, add, solve_joint

THIGH, SHANK = 2.25, 2.05
_HIP, _WALKING_HIP = 0.52, 0.46
"""From the midline to each hip joint."""
_ANKLE = 0.25
_HEEL_LIFT, _TOE_LIFT = 0.6, 0.5
_STANDING_REACH = -FLOOR[Stance.STANDING] - _ANKLE
_FEET_BEHIND = -1.5
"""Where the feet of a body that leans on a wall are, behind its resting hips."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The joints of a leg."""

    hip: Vec
    knee: Vec
    ankle: Vec
    toe: Vec


def hip_height(shift: float) -> float:
    """Return the height of the hips, 0 or below, after they move `shift` forward over feet that stay in place."""
    away = min(abs(shift - _FEET_BEHIND), 2.5)
    return sqrt(_STANDING_REACH**2 - away * away) - _STANDING_REACH


def make_legs(spine: Spine, setup: Setup, posture: Posture) -> tuple[Leg, Leg]:
    """Return the left and the right leg."""
    if posture.stride is not None:
        return _walking_leg(spine, posture.stride, -1), _walking_leg(spine, posture.stride + 0.5, 1)
    return _leg(spine, setup, posture, -1), _leg(spine, setup, posture, 1)


def _leg(spine: Spine, setup: Setup, posture: Posture, side: int) -> Leg:
    hip = spine.pelvis.at(side * _HIP, 0.0, 0.0)
    floor = FLOOR[setup.stance]
    if setup.stance is Stance.SEATED:
        heel, toe = posture.heels * _HEEL_LIFT, posture.toes * _TOE_LIFT
        ankle, pole = (side * 0.6, floor + _ANKLE + heel, 2.15), (side * 0.08, 0.4, 1.0)
        foot = (side * 0.1, toe - heel - 0.1, 0.55)
    elif setup.stance is Stance.STANDING:
        back = _FEET_BEHIND if setup.wall in WALL_DISTANCE else 0.0
        ankle, pole, foot = (side * 0.55, floor + _ANKLE, back), (0.0, 0.0, 1.0), (side * 0.12, -0.12, 0.5)
    elif setup.stance is Stance.LYING:
        ankle, pole, foot = (side * 0.55, floor + _ANKLE, 2.3), (0.0, 1.0, 0.0), (0.0, -0.05, 0.6)
    else:
        ankle, pole, foot = (side * 0.55, floor + 0.2, -2.0), (0.0, -1.0, 0.3), (0.0, -0.05, -0.5)
    knee, ankle = solve_joint(hip, ankle, THIGH, SHANK, pole)
    return Leg(hip, knee, ankle, add(ankle, foot))


def _walking_leg(spine: Spine, stride: float, side: int) -> Leg:
    """Return a leg at a point of the double step; its knee bends while it swings forward."""
    swing = 30 * sin(tau * stride)
    fold = 8 + 42 * max(0.0, cos(tau * stride)) ** 2
    hip = spine.pelvis.at(side * _WALKING_HIP, 0.0, 0.0)
    thigh, shank = radians(swing + fold * 0.35), radians(swing - fold * 0.65)
    knee = add(hip, (side * 0.03, -cos(thigh) * THIGH, sin(thigh) * THIGH))
    ankle = add(knee, (0.0, -cos(shank) * SHANK, sin(shank) * SHANK))
    return Leg(hip, knee, ankle, add(ankle, (side * 0.06, 0.5 * sin(shank) * 0.8 - 0.08, 0.5 * cos(shank))))
