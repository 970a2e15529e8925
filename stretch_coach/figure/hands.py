"""Where a hand is for each place of the vocabulary, and which way fingers, palm and elbow point there."""

from dataclasses import dataclass

from stretch_coach.figure.free_arms import FREE_ARMS
from stretch_coach.figure.goal import Goal
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.spine import FLOOR, Spine, Stance
from stretch_coach.figure.vectors import Vec, add, mirrored, turned
from stretch_coach.routine.exercise import HandPlace

HOLDS_THE_OTHER_ARM: frozenset[HandPlace] = frozenset({"opposite-elbow", "opposite-hand"})


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place on the body, written for the right hand: points in a frame of the spine, directions likewise."""

    frame: str
    palm: Vec
    fingers: Vec
    back: Vec
    elbow: Vec


_ON_THE_BODY: dict[HandPlace, _Spot] = {
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
    "forward-clasped": _Spot("chest", (0.12, 1.0, 2.35), (-0.85, 0.1, 0.5), (0.3, 0, 1), (1, -0.45, 0)),
    "behind-back": _Spot("chest", (0.16, -0.75, -0.95), (-0.6, -0.75, 0), (0, 0, -1), (0.9, 0.2, -0.6)),
}
_TOWEL_ENDS_LEVEL = _Spot("chest", (0.5, 2.7, 1.75), (-0.3, 0.5, 0.8), (1, 0, 0), (0.9, -1, 0))
_TOWEL_END_CROSSED = _Spot("head", (-0.85, -0.75, 0.9), (-0.7, 0.7, -0.1), (0, 0, 1), (0.9, -1, 0.3))
_COLLARBONE_SAME = _Spot("chest", (0.55, 1.12, 0.66), (-0.6, 0.8, 0), (0, 0, 1), (1, -0.9, 0.1))
_COLLARBONE_ACROSS = _Spot("chest", (-0.5, 1.1, 0.68), (-0.9, 0.45, 0), (0, 0, 1), (0.8, -1, 0.4))
_DESK_SEATED = _Spot("pelvis", (0.75, 0.95, 1.75), (-0.3, 0, 1), (0, 1, 0), (1, -0.6, -0.2))
_LAP = _Spot("pelvis", (0.42, 0.5, 1.0), (-0.8, -0.1, 0.6), (0, 1, 0.1), (1, 0, -0.4))
_HANGING = _Spot("pelvis", (1.5, -0.38, 0.15), (0, -1, 0.12), (1, 0, 0), (0.4, 0, -1))
_BESIDE = _Spot("pelvis", (1.5, -0.3, -0.45), (0, -1, 0), (0, 0, 1), (1, 0.2, 0))


def rest_goal(spine: Spine, stance: Stance, index: int) -> Goal:
    """Where a hand is while nothing is asked of it; index 0 is the left, 1 the right."""
    if stance is Stance.ALL_FOURS:
        return _on_the_floor(spine, stance, index)
    spot = {Stance.SEATED: _LAP, Stance.STANDING: _HANGING, Stance.LYING: _BESIDE}[stance]
    return _placed(spot, spine, index)


def goal_of(places: tuple[HandPlace, HandPlace], spine: Spine, stance: Stance, posture: Posture, index: int) -> Goal:
    """Where a hand should be, unless it holds the other arm (``held_goal``).

    Args:
        places: Of the left and of the right hand; target and other.
        spine: The posture's spine.
        stance: What the body rests on.
        posture: For the height and bend of free arms.
        index: 0 the left, 1 the right.
    """
    place = places[index]
    if place in FREE_ARMS:
        return FREE_ARMS[place](spine, posture, index)
    if place == "floor":
        return _on_the_floor(spine, stance, index)
    if place == "under-chest":
        return _under_the_chest(spine, stance, index)
    if place == "desk" and stance is Stance.STANDING:
        return _on_a_desk_afar(spine, index)
    spot = _spot(places, index)
    return _placed(spot, spine, index) if spot else rest_goal(spine, stance, index)


def _spot(places: tuple[HandPlace, HandPlace], index: int) -> _Spot | None:
    place = places[index]
    if place == "collarbone":  # the one of the target side, which is drawn left
        return _COLLARBONE_ACROSS if index else _COLLARBONE_SAME
    if place == "towel":
        return _TOWEL_ENDS_LEVEL if places == ("towel", "towel") else _TOWEL_END_CROSSED
    if place == "desk":
        return _DESK_SEATED
    return _ON_THE_BODY.get(place)


def held_goal(place: HandPlace, elbow: Vec, palm: Vec, spine: Spine, index: int) -> Goal:
    """Where a hand is that holds the other arm, at its elbow or at its hand."""
    side = 1 if index else -1
    turn = spine.chest.turn
    if place == "opposite-elbow":
        point = add(elbow, turned(turn, mirrored((0.12, -0.08, 0.3), side)))
        fingers, back, pole = (-0.5, 0.85, 0.15), (0.2, 0.0, 1.0), (0.7, -1.0, 0.4)
    else:
        point = add(palm, turned(turn, mirrored((0.0, 0.1, 0.16), side)))
        fingers, back, pole = (-0.95, -0.2, -0.2), (0.0, 0.5, 1.0), (1.0, -0.6, 0.1)
    return Goal(point, *(turned(turn, mirrored(one, side)) for one in (fingers, back, pole)))


def _placed(spot: _Spot, spine: Spine, index: int) -> Goal:
    side = 1 if index else -1
    frame = spine.frame(spot.frame)
    pole = spine.chest.turn if spot.frame == "head" else frame.turn
    return Goal(
        frame.at(*mirrored(spot.palm, side)),
        turned(frame.turn, mirrored(spot.fingers, side)),
        turned(frame.turn, mirrored(spot.back, side)),
        turned(pole, mirrored(spot.elbow, side)),
    )


def _on_the_floor(spine: Spine, stance: Stance, index: int) -> Goal:
    side = 1 if index else -1
    point = (spine.pelvis.origin[0] + side * 1.15, FLOOR[stance] + 0.16, spine.pelvis.origin[2] + 2.35)
    return Goal(point, (0.0, -0.05, 1.0), (0.0, 1.0, 0.0), (side * 1.0, 0.0, -0.6))


def _under_the_chest(spine: Spine, stance: Stance, index: int) -> Goal:
    side = 1 if index else -1
    point = (spine.pelvis.origin[0] - side * 1.75, FLOOR[stance] + 0.2, spine.pelvis.origin[2] + 2.3)
    return Goal(point, (-side * 1.0, 0.0, 0.1), (0.0, -1.0, 0.0), (side * 0.3, 0.0, 1.0))


def _on_a_desk_afar(spine: Spine, index: int) -> Goal:
    """On a desk as high as the hips, as far forward as the arms reach."""
    side = 1 if index else -1
    shoulder = spine.shoulders[index]
    drop = shoulder[1] - DESK_AFAR
    away = max(0.4, 2.95 * 2.95 - drop * drop) ** 0.5
    return Goal(
        (side * 0.95, DESK_AFAR + 0.12, shoulder[2] + away), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (side * 1.0, -0.4, 0.0)
    )


DESK_AFAR = 0.35
"""How high the edge of a desk is for one who stands and leans on it; the hips are at zero."""
