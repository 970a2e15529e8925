"""Arms that are raised and bent by numbers alone: out to the side, overhead, forward, at a wall or a door frame."""

from collections.abc import Callable
from math import cos, radians, sin

from stretch_coach.figure.goal import Goal
from stretch_coach.figure.measures import FOREARM, UPPER_ARM, WRIST_TO_PALM
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import Spine
from stretch_coach.figure.vectors import Vec, add, cross, mirrored, mix, scaled, sub, turned, unit
from stretch_coach.routine.exercise import HandPlace

_FULL_RAISE, _FULL_BEND = 178.0, 150.0


def _arm(spine: Spine, index: int, upper: Vec, fore: Vec, fingers: Vec | None = None) -> Goal:
    """A goal from the directions of both bones, written for the right arm in the chest's frame."""
    side = 1 if index else -1
    turn = spine.chest.turn
    first, second = (turned(turn, mirrored(unit(one), side)) for one in (upper, fore))
    elbow = add(spine.shoulders[index], scaled(first, UPPER_ARM))
    hand = turned(turn, mirrored(unit(fingers), side)) if fingers else second
    wrist = add(elbow, scaled(second, FOREARM))
    palm = add(wrist, scaled(hand, WRIST_TO_PALM))
    pole = sub(elbow, mix(spine.shoulders[index], wrist, 0.5))
    return Goal(palm, hand, unit(cross(hand, turned(turn, mirrored((1.0, 0.0, 0.0), side))), (0.0, 0.0, 1.0)), pole)


def _sideways(angle: float, forward: float) -> Vec:
    """From hanging (0 degrees) through sideways (90) to overhead (180), a little forward of the body."""
    a = radians(angle)
    return (sin(a), -cos(a), forward * abs(sin(a)) + 0.05)


def _out_to_side(spine: Spine, posture: Posture, index: int) -> Goal:
    raised, bent = posture.height[index] * _FULL_RAISE, posture.bend[index] * _FULL_BEND
    return _arm(spine, index, _sideways(raised, 0.1), _sideways(raised + bent, 0.1))


def _overhead(spine: Spine, posture: Posture, index: int) -> Goal:
    raised, bent = posture.height[index] * _FULL_RAISE, posture.bend[index] * _FULL_BEND
    return _arm(spine, index, _sideways(raised - 8, 0.08), _sideways(raised - 8 + bent * 1.6, 0.08))


def _band(spine: Spine, posture: Posture, index: int) -> Goal:
    raised, bent = posture.height[index] * _FULL_RAISE, posture.bend[index] * _FULL_BEND
    return _arm(spine, index, _sideways(raised, 0.3), _sideways(raised + bent, 0.3))


def _forward(spine: Spine, posture: Posture, index: int) -> Goal:
    a, b = radians(posture.height[index] * _FULL_RAISE), radians(posture.bend[index] * _FULL_BEND)
    return _arm(
        spine,
        index,
        (-0.36, -cos(a), sin(a)),
        (-0.36, -cos(a + b), sin(a + b)),
        (-0.15, -cos(a - 1.1), sin(a - 1.1)),  # the hand hangs from the wrist
    )


def _doorframe(spine: Spine, posture: Posture, index: int) -> Goal:
    raised = posture.height[index] * _FULL_RAISE - 6
    upright = 90 + (posture.bend[index] - 0.5) * _FULL_BEND
    return _arm(spine, index, _sideways(raised, -0.12), _sideways(raised + upright, 0.15))


def _wall_behind(spine: Spine, posture: Posture, index: int) -> Goal:
    """Back to the wall: upper arms along it, forearms never past upright."""
    raised, bent = posture.height[index] * _FULL_RAISE, posture.bend[index] * _FULL_BEND
    return _arm(spine, index, _sideways(raised, -0.05), _sideways(min(raised + bent, 186.0), -0.05))


FREE_ARMS: dict[HandPlace, Callable[[Spine, Posture, int], Goal]] = {
    "out-to-side": _out_to_side,
    "overhead": _overhead,
    "band": _band,
    "forward": _forward,
    "doorframe": _doorframe,
    "wall": _wall_behind,
}
