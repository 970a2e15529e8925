"""What is asked of a hand: where its palm is, and which way fingers, back of the hand and elbow point."""

from typing import NamedTuple

from stretch_coach.figure.vectors import Vec, mix, unit


class Goal(NamedTuple):
    """A hand's place in the world. The three directions need not be of length one."""

    palm: Vec
    fingers: Vec
    back: Vec
    elbow: Vec


def mixed_goal(start: Goal, end: Goal, share: float, bow: Vec) -> Goal:
    """A goal between two: the palm swings out by the bow on its way, so that it does not cross the body."""
    if share <= 0:
        return start
    if share >= 1:
        return end
    x, y, z = mix(start.palm, end.palm, share)
    out = 4 * share * (1 - share)
    return Goal(
        (x + bow[0] * out, y + bow[1] * out, z + bow[2] * out),
        unit(mix(unit(start.fingers), unit(end.fingers), share)),
        unit(mix(unit(start.back), unit(end.back), share)),
        unit(mix(unit(start.elbow), unit(end.elbow), share)),
    )
