"""The angle caps of the drawn poses: what goes beyond them is allowed in a user's own file, and said."""

from collections.abc import Iterator

from stretch_coach.routine.complaint import KeyPath, Problem
from stretch_coach.routine.exercise import Exercise, Pose

_RETRACTION_CM = (0.0, 3.0)
_HEAD = {"pitch": (-25.0, 45.0), "yaw": (-60.0, 60.0), "roll": (-35.0, 35.0)}
_TRUNK = {"pitch": (-15.0, 45.0), "yaw": (-35.0, 35.0), "roll": (-20.0, 20.0)}
_BENT_BACK = -5.0
_TURNED = 10.0


def beyond_caps(exercise: Exercise, at: KeyPath = ()) -> Iterator[Problem]:
    """A warning for each angle outside the ordinary comfortable range, and for a head bent back and turned at once.

    The caps are design values inside the reference ranges of neck movement; they are for drawing, never a goal.

    Args:
        exercise: What to look at.
        at: Where in its file the exercise stands.
    """
    poses: list[tuple[KeyPath, Pose]] = [((*at, "pose"), exercise.pose)]
    poses += [((*at, "figure", "keyframes", index), frame) for index, frame in enumerate(exercise.figure.keyframes)]
    for path, pose in poses:
        for axis, (low, high) in _HEAD.items():
            yield from _outside((*path, axis), getattr(pose, axis), low, high)
        for axis, (low, high) in _TRUNK.items():
            yield from _outside((*path, "trunk", axis), getattr(pose.trunk, axis), low, high)
        yield from _outside((*path, "retraction_cm"), pose.retraction_cm, *_RETRACTION_CM)
        if exercise.level == "all" and pose.pitch < _BENT_BACK and abs(pose.yaw) > _TURNED:
            message = "bends the head back and turns it at once."
            yield Problem(path, message, 'Keep them apart, or write "level": "intermediate".')


def _outside(path: KeyPath, value: float, low: float, high: float) -> Iterator[Problem]:
    if not low <= value <= high:
        message = f"{value:g} is beyond the ordinary comfortable range."
        yield Problem(path, message, f"Keep it from {low:g} to {high:g}.")
