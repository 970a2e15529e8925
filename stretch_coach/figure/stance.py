"""How an exercise is set up: what the body rests on, where the hands go, and where a wall is."""

from dataclasses import dataclass
from enum import StrEnum

from stretch_coach.routine.exercise import Exercise, HandPlace, Position


class Stance(StrEnum):
    """What the body rests on."""

    SEATED = "seated"
    STANDING = "standing"
    LYING = "lying"
    ALL_FOURS = "hands-and-knees"


class Wall(StrEnum):
    """Where the wall is, and what the arms do at it."""

    NONE = "none"
    BEHIND = "behind"
    PLANTED = "planted"
    SLIDING = "sliding"


FLOOR = {Stance.SEATED: -2.75, Stance.STANDING: -4.5, Stance.LYING: -0.72, Stance.ALL_FOURS: -2.6}
"""Height of the floor in each stance; the hips are at zero."""
SEAT = -0.5
"""Height of the seat of a seated body."""
STANDING_DESK = 0.35
"""Height of the edge of the desk on which a standing body leans."""
WALL_DISTANCE = {Wall.PLANTED: 2.75, Wall.SLIDING: 1.9}
"""How far in front of the resting hips the hands meet a wall that the body faces."""

_STANCES: dict[Position, Stance] = {
    "seated": Stance.SEATED,
    "standing": Stance.STANDING,
    "seated-or-standing": Stance.STANDING,
    "seated-or-lying": Stance.SEATED,
    "lying": Stance.LYING,
    "hands-and-knees": Stance.ALL_FOURS,
}


@dataclass(frozen=True, slots=True)
class Setup:
    """What stays the same throughout an exercise.

    Attributes:
        stance: What the body rests on.
        places: Where the left and the right hand go.
        wall: Where the wall is, if there is one.
    """

    stance: Stance
    places: tuple[HandPlace, HandPlace] = ("rest", "rest")
    wall: Wall = Wall.NONE


def make_setup(exercise: Exercise) -> Setup:
    """Return the setup of an exercise.

    A body at a wall that is seen from the front has the wall behind its back; any other faces it. Facing it, the hands
    are planted, unless keyframes raise or lower the arms: then the forearms slide.
    """
    hands = exercise.figure.hands
    places = (hands.target, hands.other)
    wall = Wall.NONE
    if "wall" in places and exercise.figure.camera == "front":
        wall = Wall.BEHIND
    elif "wall" in places:
        heights = {(frame.arm_height.target, frame.arm_height.other) for frame in exercise.figure.keyframes}
        wall = Wall.SLIDING if len(heights) > 1 else Wall.PLANTED
    stance = _STANCES[exercise.position]
    if wall is not Wall.NONE and stance is Stance.SEATED:
        stance = Stance.STANDING
    return Setup(stance, places, wall)
