"""Where every joint is: the spine, then the arms to their places, then the legs."""

from dataclasses import dataclass, replace
from math import sin, tau

from stretch_coach.figure.goal import Goal, mixed_goal
from stretch_coach.figure.hands import HOLDS_THE_OTHER_ARM, goal_of, held_goal, rest_goal
from stretch_coach.figure.legs import Leg, dropped, make_legs
from stretch_coach.figure.limbs import two_bones
from stretch_coach.figure.measures import FOREARM, UPPER_ARM, WRIST_TO_PALM
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import Spine, Stance, make_spine
from stretch_coach.figure.vectors import Vec, add, scaled, sub, turned, unit
from stretch_coach.figure.wall_arms import WALL_AHEAD, Wall, wall_goal
from stretch_coach.routine.exercise import HandPlace

_SWING = 0.75
_THREADED_PITCH = 24.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same through an exercise.

    Attributes:
        stance: What the body rests on.
        places: Where the left and the right hand go.
        wall: Where the wall is, if there is one.
    """

    stance: Stance
    places: tuple[HandPlace, HandPlace] = ("rest", "rest")
    wall: Wall = Wall.NONE


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm's joints, and which way the hand lies."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    palm: Vec
    fingers: Vec
    back: Vec


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All joints of a posture; of a pair the left one comes first."""

    setting: Setting
    spine: Spine
    arms: tuple[Arm, Arm]
    legs: tuple[Leg, Leg]


def make_skeleton(posture: Posture, setting: Setting) -> Skeleton:
    """The joints of a posture in a setting. The hands are as far on their way as the posture's reach says."""
    posture = _lowered(posture, setting)
    spine = make_spine(posture, setting.stance, _origin(posture, setting))
    goals = _goals(posture, setting, spine)
    arms = [_arm(spine, _on_its_way(goals[i], posture, setting, spine, i), i) for i in (0, 1)]
    for index in (0, 1):
        place = setting.places[index]
        if place in HOLDS_THE_OTHER_ARM and setting.places[1 - index] not in HOLDS_THE_OTHER_ARM:
            held = arms[1 - index]
            goal = held_goal(place, held.elbow, held.palm, spine, index)
            arms[index] = _arm(spine, _on_its_way(goal, posture, setting, spine, index), index)
    return Skeleton(setting, spine, (arms[0], arms[1]), make_legs(spine, setting.stance, posture, setting.wall))


def _lowered(posture: Posture, setting: Setting) -> Posture:
    """Who threads an arm under the chest brings the shoulder down to the floor."""
    if "under-chest" not in setting.places:
        return posture
    share = posture.reach[setting.places.index("under-chest")]
    return replace(posture, trunk_pitch=posture.trunk_pitch + _THREADED_PITCH * share)


def _origin(posture: Posture, setting: Setting) -> Vec:
    """Where the hips are: those who lean on a wall come as near to it as their elbows bend."""
    if setting.wall not in WALL_AHEAD:
        return (0.0, 0.0, 0.0)
    spine = make_spine(posture, setting.stance)
    goal = wall_goal(spine, posture, setting.wall, 0)
    shift = (WALL_AHEAD[setting.wall] - goal.palm[2]) * max(posture.reach)
    return (0.0, dropped(shift), shift)


def _goals(posture: Posture, setting: Setting, spine: Spine) -> list[Goal]:
    goals = []
    for index in (0, 1):
        if setting.places[index] == "wall" and setting.wall in WALL_AHEAD:
            goals.append(wall_goal(spine, posture, setting.wall, index))
        else:
            goals.append(goal_of(setting.places, spine, setting.stance, posture, index))
    return goals


def _on_its_way(goal: Goal, posture: Posture, setting: Setting, spine: Spine, index: int) -> Goal:
    start = rest_goal(spine, setting.stance, index)
    if posture.stride is not None:
        swing = sin(tau * posture.stride) * (_SWING if index else -_SWING)
        x, y, z = start.palm
        start = start._replace(palm=(x, y + 0.25 * abs(swing), z + swing))
        if setting.places[index] == "rest":
            return start
    if setting.places[index] == "rest":
        return start
    side = 1 if index else -1
    return mixed_goal(start, goal, posture.reach[index], turned(spine.chest.turn, (side * 0.35, 0.0, 0.45)))


def _arm(spine: Spine, goal: Goal, index: int) -> Arm:
    shoulder = spine.shoulders[index]
    fingers = unit(goal.fingers)
    elbow, wrist = two_bones(shoulder, sub(goal.palm, scaled(fingers, WRIST_TO_PALM)), UPPER_ARM, FOREARM, goal.elbow)
    return Arm(shoulder, elbow, wrist, add(wrist, scaled(fingers, WRIST_TO_PALM)), fingers, unit(goal.back))
