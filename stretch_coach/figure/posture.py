"""A pose as plain numbers, ready to be drawn and to be mixed with another.

Content says target and other; here they are left and right, for poses are written for side left. The right side is the
same picture mirrored (``film``), so that nothing else has to know sides.
"""

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from stretch_coach.routine.exercise import Exercise, HandPlace, Pose

Pair = tuple[float, float]
"""A value for the left and one for the right."""

_ARM_HEIGHT: dict[HandPlace, float] = {
    "overhead": 1.0,
    "out-to-side": 0.5,
    "forward": 0.5,
    "wall": 0.5,
    "doorframe": 0.5,
    "band": 0.1,
}
_ARM_BEND: dict[HandPlace, float] = {"overhead": 0.1, "wall": 0.4, "doorframe": 0.5}


@dataclass(frozen=True, slots=True)
class Posture:
    """Where the body is. Head angles are relative to the trunk, the trunk's to its resting position; degrees.

    Attributes:
        pitch: Head, + chin down.
        yaw: Head, + face to the own right.
        roll: Head, + right ear to right shoulder.
        retraction: Chin straight back, in centimetres.
        trunk_pitch: Trunk, + leaning forward.
        trunk_yaw: Trunk, + turned to the own right.
        trunk_roll: Trunk, + bent to the own right.
        lift: Shoulders, -1 pulled down to 1 full shrug.
        forward: Shoulders, -1 blades squeezed to 1 rounded forward.
        height: Arms, 0 hanging, 0.5 shoulder height, 1 overhead.
        bend: Elbows, 0 straight to 1 fully bent.
        jaw: Mouth, 0 shut to 1 wide open.
        reach: Hands, 0 at rest to 1 at the exercise's place for them.
        effort: How strongly muscles glow, from 0 to 1.
        breath: How full the belly is, from 0 to 1.
        lids: Eyes, 0 open to 1 shut.
        stride: Where in a double step of walking, from 0 to 1; none while standing.
    """

    pitch: float = 0.0
    yaw: float = 0.0
    roll: float = 0.0
    retraction: float = 0.0
    trunk_pitch: float = 0.0
    trunk_yaw: float = 0.0
    trunk_roll: float = 0.0
    lift: Pair = (0.0, 0.0)
    forward: Pair = (0.0, 0.0)
    height: Pair = (0.0, 0.0)
    bend: Pair = (0.0, 0.0)
    jaw: float = 0.0
    reach: Pair = (0.0, 0.0)
    effort: float = 0.0
    breath: float = 0.0
    lids: float = 0.0
    stride: float | None = None


@cache
def _mixed_fields() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Posture) if field.name != "stride")


def posture_of(pose: Pose, exercise: Exercise) -> Posture:
    """The numbers of a pose or keyframe of an exercise, for side left, hands in their places and muscles lit."""
    target, other = exercise.figure.hands.target, exercise.figure.hands.other
    return Posture(
        pitch=pose.pitch,
        yaw=pose.yaw,
        roll=pose.roll,
        retraction=pose.retraction_cm,
        trunk_pitch=pose.trunk.pitch,
        trunk_yaw=pose.trunk.yaw,
        trunk_roll=pose.trunk.roll,
        lift=(pose.shoulder_lift.target, pose.shoulder_lift.other),
        forward=(pose.shoulder_forward.target, pose.shoulder_forward.other),
        height=(
            _given(pose.arm_height.target, _ARM_HEIGHT.get(target, 0.0)),
            _given(pose.arm_height.other, _ARM_HEIGHT.get(other, 0.0)),
        ),
        bend=(
            _given(pose.arm_bend.target, _ARM_BEND.get(target, 0.0)),
            _given(pose.arm_bend.other, _ARM_BEND.get(other, 0.0)),
        ),
        jaw=pose.jaw_open,
        reach=(1.0, 1.0),
        effort=1.0,
    )


def _given(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def between(start: Posture, end: Posture, share: float, hands: float | None = None) -> Posture:
    """The posture a share of the way from one to the other; hands may be further than the rest."""
    changes: dict[str, Any] = {}
    for name in _mixed_fields():
        a, b = getattr(start, name), getattr(end, name)
        t = hands if name == "reach" and hands is not None else share
        if isinstance(a, tuple):
            changes[name] = (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
        else:
            changes[name] = a + (b - a) * t
    return replace(end, **changes)
