"""The places of the hands, and which way fingers, palm and elbow point there.

Everything is written for the right arm, and the left one is its mirror image. The left arm and hand have index 0, the
right ones index 1.
"""

from collections.abc import Callable
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import Spine
from stretch_coach.figure.stance import FLOOR, STANDING_DESK, WALL_DISTANCE, Setup, Stance, Wall
from stretch_coach.figure.vectors import Vec, add, cross, mix, rotate, scale, sub, to_side, unit
from stretch_coach.routine.exercise import HandPlace

UPPER_ARM, FOREARM = 1.42, 1.32
WRIST_TO_PALM, PALM_TO_TIP = 0.28, 0.5
HOLDS_OTHER_ARM: frozenset[HandPlace] = frozenset({"opposite-elbow", "opposite-hand"})
_FULL_RAISE, _FULL_BEND = 178.0, 150.0
"""Degrees of an arm overhead, and of a fully bent elbow."""
_WRIST_RANGE = 1.1
"""Radians of a wrist that is bent up or down."""


class HandTarget(NamedTuple):
    """Where a hand should be in the world, and how it lies there.

    Attributes:
        palm: Where the palm is.
        fingers: The direction in which the fingers point, of any length.
        back: The direction in which the back of the hand faces, of any length.
        elbow: The direction in which the elbow points, of any length.
    """

    palm: Vec
    fingers: Vec
    back: Vec
    elbow: Vec


class _Spot(NamedTuple):
    """A place for the right hand: its palm, and the directions of `HandTarget`, in a frame of the spine."""

    frame: str
    palm: Vec
    fingers: Vec
    back: Vec
    elbow: Vec


_ON_BODY: dict[HandPlace, _Spot] = {
    "thigh": _Spot("pelvis", (0.6, 0.52, 1.2), (-0.25, -0.05, 1), (0, 1, 0), (1, 0.1, -0.5)),
    "knee": _Spot("pelvis", (0.66, 0.5, 1.85), (-0.2, -0.2, 1), (0, 1, 0), (1, -0.1, -0.4)),
    "seat-edge": _Spot("pelvis", (1.22, -0.42, 0.1), (-0.1, -1, 0.1), (1, 0, 0), (0.6, 0, -1)),
    "forehead": _Spot("head", (0.2, 0.36, 0.95), (-0.6, 0.8, -0.1), (0, 0.2, 1), (0.9, -0.8, 0.5)),
    "temple": _Spot("head", (0.84, 0.2, 0.16), (-0.1, 1, -0.1), (1, 0, 0), (1, -0.75, 0.15)),
    "cheek": _Spot("head", (0.68, -0.3, 0.48), (0.12, 0.9, -0.25), (1, 0, 0.6), (1, -0.8, 0.2)),
    "chin": _Spot("head", (0.16, -1.02, 1.12), (-0.1, 0.75, -0.6), (0.5, 0, 0.8), (0.8, -1, 0.1)),
    "back-of-head": _Spot("head", (0.34, 0.02, -0.94), (-1, 0.12, 0.05), (0, 0, -1), (1, 0.1, 0.35)),
    "skull-base": _Spot("head", (0.5, -0.52, -0.78), (-0.75, 0.6, 0.15), (0.2, 0, -1), (1, -0.5, 0.1)),
    "chest": _Spot("chest", (0.22, 0.85, 0.78), (-1, 0.2, 0), (0, 0, 1), (0.9, -0.8, 0.1)),
    "belly": _Spot("pelvis", (0.3, 0.72, 0.82), (-1, 0, 0), (0, 0, 1), (1, -0.4, -0.1)),
    "opposite-shoulder": _Spot("chest", (-0.85, 1.2, 0.5), (-0.75, 0.55, -0.35), (0, 0.3, 1), (0.3, -1, 0.7)),
    "across-chest": _Spot("chest", (-1.05, 1.12, 0.98), (-1, 0.05, -0.15), (0, 0, 1), (0.25, -0.15, 1)),
    "forward-clasped": _Spot("chest", (0.12, 1.0, 2.05), (-0.85, 0.1, 0.5), (0.3, 0, 1), (1, 0.1, -0.1)),
    "behind-back": _Spot("chest", (0.16, -0.75, -0.95), (-0.6, -0.75, 0), (0, 0, -1), (0.9, 0.2, -0.6)),
}
_TOWEL_ENDS_LEVEL = _Spot("chest", (0.5, 2.7, 1.75), (-0.3, 0.5, 0.8), (1, 0, 0), (0.9, -1, 0))
_TOWEL_END_CROSSED = _Spot("chest", (-1.0, 1.95, 1.35), (-0.5, 0.85, 0.1), (0, 0, 1), (-0.2, -1, 0.5))
_COLLARBONE_SAME = _Spot("chest", (0.55, 1.12, 0.66), (-0.6, 0.8, 0), (0, 0, 1), (1, -0.9, 0.1))
_COLLARBONE_ACROSS = _Spot("chest", (-0.5, 1.1, 0.68), (-0.9, 0.45, 0), (0, 0, 1), (0.8, -1, 0.4))
_DESK_SEATED = _Spot("pelvis", (0.75, 0.95, 1.75), (-0.3, 0, 1), (0, 1, 0), (1, -0.6, -0.2))
_LAP = _Spot("pelvis", (0.42, 0.5, 1.0), (-0.8, -0.1, 0.6), (0, 1, 0.1), (1, 0, -0.4))
_HANGING = _Spot("pelvis", (1.5, -0.38, 0.15), (0, -1, 0.12), (1, 0, 0), (0.4, 0, -1))
_BESIDE = _Spot("pelvis", (1.5, -0.3, -0.45), (0, -1, 0), (0, 0, 1), (1, 0.2, 0))


def rest_target(spine: Spine, stance: Stance, index: int) -> HandTarget:
    """Return where a hand rests."""
    if stance is Stance.ALL_FOURS:
        return _on_floor(spine, stance, index)
    spot = {Stance.SEATED: _LAP, Stance.STANDING: _HANGING, Stance.LYING: _BESIDE}[stance]
    return _at_spot(spot, spine, index)


def hand_target(setup: Setup, spine: Spine, posture: Posture, index: int) -> HandTarget:
    """Return where a hand should be, unless it holds the other arm: see `holding_target`.

    Args:
        setup: Where both hands go, what the body rests on, and where the wall is.
        spine: The spine of the posture.
        posture: The height and bend of raised arms.
        index: 0 for the left hand, 1 for the right.
    """
    place, stance = setup.places[index], setup.stance
    if place == "wall" and setup.wall in WALL_DISTANCE:
        return wall_target(spine, posture, setup.wall, index)
    if place in _RAISED_ARMS:
        return _RAISED_ARMS[place](spine, posture, index)
    if place == "floor":
        return _on_floor(spine, stance, index)
    if place == "under-chest":
        return _under_chest(spine, stance, index)
    if place == "desk" and stance is Stance.STANDING:
        return _on_distant_desk(spine, index)
    spot = _spot(setup.places, index)
    return _at_spot(spot, spine, index) if spot else rest_target(spine, stance, index)


def holding_target(place: HandPlace, elbow: Vec, palm: Vec, spine: Spine, index: int) -> HandTarget:
    """Return where a hand is that holds the other arm.

    Args:
        place: A place of `HOLDS_OTHER_ARM`.
        elbow: The elbow of the other arm.
        palm: The palm of the other arm.
        spine: The spine of the posture.
        index: 0 for the left hand, 1 for the right.
    """
    side = 1 if index else -1
    rotation = spine.chest.rotation
    if place == "opposite-elbow":
        point = add(elbow, rotate(rotation, to_side((0.12, -0.08, 0.3), side)))
        fingers, back, pole = (-0.5, 0.85, 0.15), (0.2, 0.0, 1.0), (0.7, -1.0, 0.4)
    else:
        point = add(palm, rotate(rotation, to_side((0.0, 0.1, 0.16), side)))
        fingers, back, pole = (-0.95, -0.2, -0.2), (0.0, 0.5, 1.0), (1.0, -0.6, 0.1)
    return HandTarget(point, *(rotate(rotation, to_side(one, side)) for one in (fingers, back, pole)))


def wall_target(spine: Spine, posture: Posture, wall: Wall, index: int) -> HandTarget:
    """Return where a hand is on a wall that the body faces, from the height and bend of its arm."""
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
        return HandTarget(add(shoulder, reach), (-side * 0.05, 1.0, 0.1), (0.0, 0.0, -1.0), (side * 0.25, -1.0, 0.5))
    # The palm lies flat above the wrist, as far from the shoulder as the bend of the elbow allows.
    span = sqrt(UPPER_ARM**2 + FOREARM**2 + 2 * UPPER_ARM * FOREARM * cos(bent))
    away: Vec = (side * 0.12, -cos(raised) * span, sin(raised) * span)
    palm = add(add(shoulder, away), (0.0, WRIST_TO_PALM, 0.0))
    return HandTarget(palm, (0.0, 1.0, 0.12), (0.0, 0.0, -1.0), (side * 1.0, -0.8, 0.0))


def mix_targets(start: HandTarget, end: HandTarget, share: float, bow: Vec) -> HandTarget:
    """Return a target on the way from one to another.

    Args:
        start: The target at share 0 and below.
        end: The target at share 1 and above.
        share: How far the hand has come.
        bow: How far the palm swings out half-way, so that it does not cross the body.
    """
    if share <= 0:
        return start
    if share >= 1:
        return end
    x, y, z = mix(start.palm, end.palm, share)
    out = 4 * share * (1 - share)
    return HandTarget(
        (x + bow[0] * out, y + bow[1] * out, z + bow[2] * out),
        unit(mix(unit(start.fingers), unit(end.fingers), share)),
        unit(mix(unit(start.back), unit(end.back), share)),
        unit(mix(unit(start.elbow), unit(end.elbow), share)),
    )


def _spot(places: tuple[HandPlace, HandPlace], index: int) -> _Spot | None:
    place = places[index]
    if place == "collarbone":  # of the target side, which is drawn on the left
        return _COLLARBONE_ACROSS if index else _COLLARBONE_SAME
    if place == "towel":
        return _TOWEL_ENDS_LEVEL if places == ("towel", "towel") else _TOWEL_END_CROSSED
    if place == "desk":
        return _DESK_SEATED
    return _ON_BODY.get(place)


def _at_spot(spot: _Spot, spine: Spine, index: int) -> HandTarget:
    side = 1 if index else -1
    frame = spine.frame(spot.frame)
    pole = spine.chest.rotation if spot.frame == "head" else frame.rotation
    return HandTarget(
        frame.at(*to_side(spot.palm, side)),
        rotate(frame.rotation, to_side(spot.fingers, side)),
        rotate(frame.rotation, to_side(spot.back, side)),
        rotate(pole, to_side(spot.elbow, side)),
    )


def _on_floor(spine: Spine, stance: Stance, index: int) -> HandTarget:
    side = 1 if index else -1
    point = (spine.pelvis.origin[0] + side * 1.15, FLOOR[stance] + 0.16, spine.pelvis.origin[2] + 2.35)
    return HandTarget(point, (0.0, -0.05, 1.0), (0.0, 1.0, 0.0), (side * 1.0, 0.0, -0.6))


def _under_chest(spine: Spine, stance: Stance, index: int) -> HandTarget:
    side = 1 if index else -1
    point = (spine.pelvis.origin[0] - side * 2.2, FLOOR[stance] + 0.2, spine.pelvis.origin[2] + 2.3)
    return HandTarget(point, (-side * 1.0, 0.0, 0.1), (0.0, -1.0, 0.0), (side * 0.3, 0.0, 1.0))


def _on_distant_desk(spine: Spine, index: int) -> HandTarget:
    """Return a hand on a desk as high as the hips, as far forward as the arm reaches."""
    side = 1 if index else -1
    shoulder = spine.shoulders[index]
    drop = shoulder[1] - STANDING_DESK
    away = max(0.4, 2.95 * 2.95 - drop * drop) ** 0.5
    palm = (side * 0.95, STANDING_DESK + 0.12, shoulder[2] + away)
    return HandTarget(palm, (0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (side * 1.0, -0.4, 0.0))


def _from_bones(spine: Spine, index: int, upper: Vec, fore: Vec, fingers: Vec | None = None) -> HandTarget:
    """Return the target of an arm from the directions of its bones in the chest's frame.

    Args:
        spine: The spine of the posture.
        index: 0 for the left arm, 1 for the right.
        upper: The direction of the upper arm.
        fore: The direction of the forearm.
        fingers: The direction of the fingers; that of the forearm if None.
    """
    side = 1 if index else -1
    rotation = spine.chest.rotation
    first, second = (rotate(rotation, to_side(unit(one), side)) for one in (upper, fore))
    elbow = add(spine.shoulders[index], scale(first, UPPER_ARM))
    hand = rotate(rotation, to_side(unit(fingers), side)) if fingers else second
    wrist = add(elbow, scale(second, FOREARM))
    palm = add(wrist, scale(hand, WRIST_TO_PALM))
    pole = sub(elbow, mix(spine.shoulders[index], wrist, 0.5))
    back = unit(cross(hand, rotate(rotation, to_side((1.0, 0.0, 0.0), side))), (0.0, 0.0, 1.0))
    return HandTarget(palm, hand, back, pole)


def _angles(posture: Posture, index: int) -> tuple[float, float]:
    """Return how far an arm is raised and its elbow bent, in degrees."""
    return posture.height[index] * _FULL_RAISE, posture.bend[index] * _FULL_BEND


def _sideways(angle: float, forward: float) -> Vec:
    """Return a direction from hanging (0 degrees) through sideways (90) to overhead (180), slightly forward."""
    a = radians(angle)
    return (sin(a), -cos(a), forward * abs(sin(a)) + 0.05)


def _out_to_side(spine: Spine, posture: Posture, index: int) -> HandTarget:
    raised, bent = _angles(posture, index)
    return _from_bones(spine, index, _sideways(raised, 0.1), _sideways(raised + bent, 0.1))


def _overhead(spine: Spine, posture: Posture, index: int) -> HandTarget:
    raised, bent = _angles(posture, index)
    return _from_bones(spine, index, _sideways(raised - 8, 0.08), _sideways(raised - 8 + bent * 1.6, 0.08))


def _holding_band(spine: Spine, posture: Posture, index: int) -> HandTarget:
    raised, bent = _angles(posture, index)
    return _from_bones(spine, index, _sideways(raised, 0.3), _sideways(raised + bent, 0.3))


def _forward(spine: Spine, posture: Posture, index: int) -> HandTarget:
    a, b = (radians(angle) for angle in _angles(posture, index))
    hand = a + b + posture.wrist[index] * _WRIST_RANGE
    inward = -0.36 * max(0.0, 1 - 1.6 * posture.bend[index])  # bent arms stay apart
    return _from_bones(
        spine, index, (inward, -cos(a), sin(a)), (inward, -cos(a + b), sin(a + b)), (inward / 2, -cos(hand), sin(hand))
    )


def _in_doorframe(spine: Spine, posture: Posture, index: int) -> HandTarget:
    raised = posture.height[index] * _FULL_RAISE - 6
    upright = 90 + (posture.bend[index] - 0.5) * _FULL_BEND
    return _from_bones(spine, index, _sideways(raised, -0.12), _sideways(raised + upright, 0.15))


def _against_wall_behind(spine: Spine, posture: Posture, index: int) -> HandTarget:
    """Return an arm that lies along the wall, with its forearm never past upright."""
    raised, bent = _angles(posture, index)
    return _from_bones(spine, index, _sideways(raised, -0.05), _sideways(min(raised + bent, 186.0), -0.05))


_RAISED_ARMS: dict[HandPlace, Callable[[Spine, Posture, int], HandTarget]] = {
    "out-to-side": _out_to_side,
    "overhead": _overhead,
    "band": _holding_band,
    "forward": _forward,
    "doorframe": _in_doorframe,
    "wall": _against_wall_behind,
}
"""Arms that are placed by their height and bend alone."""
