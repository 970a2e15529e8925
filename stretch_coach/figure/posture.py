"""A posture as plain numbers, and the postures in between: a single move, or a cycle through keyframes.

Content speaks of the target side and the other; here they are left and right, because poses are written for side left.
`animation` mirrors the picture for the right side, so that nothing else has to know about sides.
"""

from bisect import bisect_right
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import pairwise
from typing import Any

from stretch_coach.routine.exercise import Exercise, HandPlace, Pose

Pair = tuple[float, float]
"""A value for the left side and one for the right."""

_ARM_HEIGHT: dict[HandPlace, float] = {
    "overhead": 1.0,
    "out-to-side": 0.5,
    "forward": 0.5,
    "wall": 0.5,
    "doorframe": 0.5,
    "band": 0.1,
}
_ARM_BEND: dict[HandPlace, float] = {"overhead": 0.1, "wall": 0.4, "doorframe": 0.5}
_HANDS_ARRIVE, _BODY_STARTS = 0.6, 0.25


@dataclass(frozen=True, slots=True)
class Posture:
    """The posture of the body. All angles are in degrees: the head's relative to the trunk, the trunk's to its rest.

    Attributes:
        pitch: Head, above 0 chin down.
        yaw: Head, above 0 face to the body's own right.
        roll: Head, above 0 right ear to right shoulder.
        retraction: How far the chin is drawn straight back, in centimetres.
        trunk_pitch: Trunk, above 0 leaning forward.
        trunk_yaw: Trunk, above 0 turned to the body's own right.
        trunk_roll: Trunk, above 0 bent to the body's own right.
        lift: Shoulders, from -1 pulled down to 1 in a full shrug.
        forward: Shoulders, from -1 blades squeezed to 1 rounded forward.
        height: Arms, 0 hanging, 0.5 at shoulder height, 1 overhead.
        bend: Elbows, from 0 straight to 1 fully bent.
        jaw: Mouth, from 0 shut to 1 wide open.
        wrist: Hands of arms that reach forward, from -1 bent down to 1 bent up.
        grip: Hands, from 0 open to 1 a fist.
        heels: How far the heels are lifted, from 0 to 1.
        toes: How far the toes are lifted, from 0 to 1.
        reach: Hands, from 0 at rest to 1 at the place where the exercise puts them.
        effort: How strongly the muscles glow, from 0 to 1.
        breath: How full the belly is, from 0 to 1.
        chest: How far the chest is raised by a quiet breath, from 0 to 1.
        gaze: Eyes, from -1 to 1 to the body's own right, and from -1 to 1 down.
        lids: Eyes, from 0 open to 1 shut.
        stride: How far the body is in a double step, from 0 to 1, or None if it does not walk.
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
    wrist: Pair = (0.0, 0.0)
    grip: Pair = (0.0, 0.0)
    heels: float = 0.0
    toes: float = 0.0
    reach: Pair = (0.0, 0.0)
    effort: float = 0.0
    breath: float = 0.0
    chest: float = 0.0
    gaze: Pair = (0.0, 0.0)
    lids: float = 0.0
    stride: float | None = None


def posture_of(pose: Pose, exercise: Exercise) -> Posture:
    """Return the posture of a pose or keyframe, with the hands in place and the muscles lit."""
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
            _or_default(pose.arm_height.target, _ARM_HEIGHT, target),
            _or_default(pose.arm_height.other, _ARM_HEIGHT, other),
        ),
        bend=(
            _or_default(pose.arm_bend.target, _ARM_BEND, target),
            _or_default(pose.arm_bend.other, _ARM_BEND, other),
        ),
        jaw=pose.jaw_open,
        wrist=(pose.wrist.target, pose.wrist.other),
        grip=(pose.grip.target or 0.0, pose.grip.other or 0.0),
        heels=pose.heels,
        toes=pose.toes,
        reach=(1.0, 1.0),
        effort=1.0,
    )


def _or_default(value: float | None, defaults: dict[HandPlace, float], place: HandPlace) -> float:
    return defaults.get(place, 0.0) if value is None else value


@cache
def _mixed_fields() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Posture) if field.name != "stride")


def between(start: Posture, end: Posture, share: float, hands: float | None = None) -> Posture:
    """Return the posture at a share of the straight way from one posture to another.

    Args:
        start: The posture at share 0.
        end: The posture at share 1.
        share: How far the body has come; below 0 and above 1 the way continues.
        hands: How far the hands have come; as far as the body if None.
    """
    changes: dict[str, Any] = {}
    for name in _mixed_fields():
        a, b = getattr(start, name), getattr(end, name)
        t = hands if name == "reach" and hands is not None else share
        if isinstance(a, tuple):
            changes[name] = (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
        else:
            changes[name] = a + (b - a) * t
    return replace(end, **changes)


def ease(share: float) -> float:
    """Return the smoothstep of a share: from 0 to 1 with a gentle start and end."""
    t = min(max(share, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def move(start: Posture, end: Posture, share: float) -> Posture:
    """Return the posture at a share of an eased move, in which the hands find their places before the body follows."""
    if start.reach == end.reach:
        return between(start, end, ease(share))
    if end.reach < start.reach:
        return move(end, start, 1 - share)
    body = ease((share - _BODY_STARTS) / (1 - _BODY_STARTS))
    return between(start, end, body, hands=ease(share / _HANDS_ARRIVE))


class Cycle:
    """A closed curve through keyframes that stops only where a value turns around, so that rolls stay round.

    It is a monotone cubic interpolation after Fritsch and Carlson (SIAM J. Numer. Anal. 17, 1980), closed at the seam.

    Args:
        times: When each keyframe is due, rising from 0 to 1.
        postures: The keyframes; the last is the same as the first.
    """

    def __init__(self, times: list[float], postures: list[Posture]) -> None:
        self._times = times
        self._first = postures[0]
        self._curves: dict[str, list[tuple[list[float], list[float]]]] = {}
        for field in fields(Posture):
            values = [getattr(posture, field.name) for posture in postures]
            if all(value == values[0] for value in values):
                continue
            tracks = list(zip(*values, strict=True)) if isinstance(values[0], tuple) else [tuple(values)]
            self._curves[field.name] = [(list(track), _slopes(times, list(track))) for track in tracks]

    def at(self, share: float) -> Posture:
        """Return the posture at a share of the cycle, from 0 to 1."""
        index = min(bisect_right(self._times, share), len(self._times) - 1) - 1
        changes: dict[str, Any] = {}
        for name, tracks in self._curves.items():
            values = tuple(_hermite(self._times, *track, index, share) for track in tracks)
            changes[name] = values if len(values) > 1 else values[0]
        return replace(self._first, **changes)


def _slopes(times: list[float], values: list[float]) -> list[float]:
    """Return the slopes at the keyframes: 0 where the track turns around, else the harmonic mean of both sides."""
    spans = [b - a for a, b in pairwise(times)]
    rises = [(b - a) / span for (a, b), span in zip(pairwise(values), spans, strict=True)]
    slopes = []
    for k in range(len(times)):
        before, after = rises[k - 1], rises[k % len(rises)]
        slopes.append(2 * before * after / (before + after) if before * after > 0 else 0.0)
    slopes[-1] = slopes[0]
    return slopes


def _hermite(times: list[float], values: list[float], slopes: list[float], k: int, share: float) -> float:
    """Return the value of a cubic Hermite curve between the keyframes `k` and `k + 1`."""
    span = times[k + 1] - times[k]
    t = (share - times[k]) / span
    a, b = values[k], values[k + 1]
    return (
        (2 * t**3 - 3 * t**2 + 1) * a
        + (t**3 - 2 * t**2 + t) * span * slopes[k]
        + (3 * t**2 - 2 * t**3) * b
        + (t**3 - t**2) * span * slopes[k + 1]
    )
