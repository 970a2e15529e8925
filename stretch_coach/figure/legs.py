"""Legs: folded on a chair, straight under a standing body, bent when lying, kneeling, or walking."""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt, tau

from stretch_coach.figure.limbs import two_bones
from stretch_coach.figure.measures import HIP, SHANK, THIGH
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import FLOOR, Spine, Stance
from stretch_coach.figure.vectors import Vec, add
from stretch_coach.figure.wall_arms import WALL_AHEAD, Wall

_ANKLE = 0.25
_STANDING_REACH = -FLOOR[Stance.STANDING] - _ANKLE
_FEET_BEHIND = -1.5
"""How far the feet stay back of one who leans on a wall."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg's joints."""

    hip: Vec
    knee: Vec
    ankle: Vec
    toe: Vec


def dropped(shift: float) -> float:
    """How much lower the hips are when they are shifted forward or back over feet that stay."""
    away = min(abs(shift - _FEET_BEHIND), 2.5)
    return sqrt(_STANDING_REACH**2 - away * away) - _STANDING_REACH


def make_legs(spine: Spine, stance: Stance, posture: Posture, wall: Wall) -> tuple[Leg, Leg]:
    """Both legs, the left one first."""
    if posture.stride is not None:
        return _walking(spine, posture.stride, -1), _walking(spine, posture.stride + 0.5, 1)
    return _leg(spine, stance, wall, -1), _leg(spine, stance, wall, 1)


def _leg(spine: Spine, stance: Stance, wall: Wall, side: int) -> Leg:
    hip = spine.pelvis.at(side * HIP, 0.0, 0.0)
    floor = FLOOR[stance]
    if stance is Stance.SEATED:
        ankle, pole, foot = (side * 0.6, floor + _ANKLE, 2.15), (side * 0.08, 0.4, 1.0), (side * 0.1, -0.1, 0.55)
    elif stance is Stance.STANDING:
        back = _FEET_BEHIND if wall in WALL_AHEAD else 0.0
        ankle, pole, foot = (side * 0.55, floor + _ANKLE, back), (0.0, 0.0, 1.0), (side * 0.12, -0.12, 0.5)
    elif stance is Stance.LYING:
        ankle, pole, foot = (side * 0.55, floor + _ANKLE, 2.3), (0.0, 1.0, 0.0), (0.0, -0.05, 0.6)
    else:
        ankle, pole, foot = (side * 0.55, floor + 0.2, -2.0), (0.0, -1.0, 0.3), (0.0, -0.05, -0.5)
    knee, ankle = two_bones(hip, ankle, THIGH, SHANK, pole)
    return Leg(hip, knee, ankle, add(ankle, foot))


def _walking(spine: Spine, stride: float, side: int) -> Leg:
    """A leg at a point of the double step: it swings, and its knee folds while it comes forward."""
    swing = 30 * sin(tau * stride)
    fold = 8 + 42 * max(0.0, cos(tau * stride)) ** 2
    hip = spine.pelvis.at(side * 0.46, 0.0, 0.0)
    thigh, shank = radians(swing + fold * 0.35), radians(swing - fold * 0.65)
    knee = add(hip, (side * 0.03, -cos(thigh) * THIGH, sin(thigh) * THIGH))
    ankle = add(knee, (0.0, -cos(shank) * SHANK, sin(shank) * SHANK))
    return Leg(hip, knee, ankle, add(ankle, (side * 0.06, 0.5 * sin(shank) * 0.8 - 0.08, 0.5 * cos(shank))))
