"""Arms at a wall that is faced: hands planted on it, or forearms that slide up and down it."""

from enum import StrEnum
from math import cos, radians, sin, sqrt

from stretch_coach.figure.goal import Goal
from stretch_coach.figure.measures import FOREARM, UPPER_ARM, WRIST_TO_PALM
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import Spine
from stretch_coach.figure.vectors import Vec, add


class Wall(StrEnum):
    """Where a wall is, and what the arms do at it."""

    NONE = "none"
    BEHIND = "behind"
    PLANTED = "planted"
    SLIDING = "sliding"


WALL_AHEAD = {Wall.PLANTED: 2.75, Wall.SLIDING: 1.9}
"""How far in front of the hips' place the hands meet the wall."""
_FULL_RAISE, _FULL_BEND = 178.0, 150.0


def wall_goal(spine: Spine, posture: Posture, wall: Wall, index: int) -> Goal:
    """Where a hand is on the wall, from the height and bend of its arm."""
    side = 1 if index else -1
    raised = radians(posture.height[index] * _FULL_RAISE)
    bent = radians(posture.bend[index] * _FULL_BEND)
    shoulder = spine.shoulders[index]
    if wall is Wall.SLIDING:
        upright = min(raised + bent, radians(180))
        reach = (
            side * 0.05,
            -cos(raised) * UPPER_ARM - cos(upright) * (FOREARM + WRIST_TO_PALM),
            sin(raised) * UPPER_ARM + sin(upright) * (FOREARM + WRIST_TO_PALM),
        )
        return Goal(add(shoulder, reach), (-side * 0.05, 1.0, 0.1), (0.0, 0.0, -1.0), (side * 0.25, -1.0, 0.5))
    # The palm lies flat: the wrist is that much lower, and as far away as the elbow's bend leaves.
    span = sqrt(UPPER_ARM**2 + FOREARM**2 + 2 * UPPER_ARM * FOREARM * cos(bent))
    away: Vec = (side * 0.12, -cos(raised) * span, sin(raised) * span)
    palm = add(add(shoulder, away), (0.0, WRIST_TO_PALM, 0.0))
    return Goal(palm, (0.0, 1.0, 0.12), (0.0, 0.0, -1.0), (side * 1.0, -0.8, 0.0))
