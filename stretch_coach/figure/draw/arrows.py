"""The arrows that show the way into a pose: short paths in the view, one for each movement, before they are placed.

A path is where the movement happens. `layout` moves it `away` from the body until it is clear of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import cos, hypot, pi, sin
from typing import NamedTuple

from stretch_coach.figure.arms import PALM_TO_TIP
from stretch_coach.figure.camera import Lens
from stretch_coach.figure.motion import Movement, main_movement
from stretch_coach.figure.posture import Posture, between
from stretch_coach.figure.skeleton import Skeleton, make_skeleton
from stretch_coach.figure.stance import Setup, Wall
from stretch_coach.figure.vectors import Vec, add, rotate, scale
from stretch_coach.routine.exercise import Exercise, HandPlace

_STEPS = 10
_SHORTEST, _LONGEST = 1.2, 2.0
"""Units of a path, before the size of a cell makes it longer."""
_LEAST_ARM_RANGE, _LEAST_ROLL_RANGE, _LEAST_SWEEP = 0.2, 0.4, 5.0
_CHIN_ON_CHEST = 15.0
_SECOND_TURN = 22.0
"""Degrees of a turn that deserves an arrow of its own beside that of a tilt."""

Point = tuple[float, float]
"""Units to the right and up in the view."""
Landmark = Callable[[Skeleton], Vec]


class Arrow(NamedTuple):
    """A path from its tail to its tip, and the direction in which it gives way to the body."""

    path: tuple[Point, ...]
    away: Point


class _Artist:
    """Makes arrows for one exercise, drawn for side left."""

    def __init__(self, exercise: Exercise, setup: Setup, movement: Movement, lens: Lens) -> None:
        self.exercise, self.setup, self.movement, self.lens = exercise, setup, movement, lens
        self.body = make_skeleton(movement.pose, setup)

    def see(self, point: Vec) -> Point:
        """Return where a point of the world is in the view."""
        x, y, _ = self.lens.see(point)
        return x, y

    def head(self, x: float, y: float, z: float) -> Point:
        """Return a point beside the head that does not move with its turn."""
        return self.see(add(self.body.spine.head.origin, rotate(self.body.spine.chest.rotation, (x, y, z))))

    def towards(self, direction: Vec) -> Point:
        """Return a direction of the trunk as the viewer sees it, of length 1."""
        x, y, _ = self.lens.see(rotate(self.body.spine.chest.rotation, direction))
        size = hypot(x, y)
        return (x / size, y / size) if size > 0.1 else (1.0, 0.0)  # noqa: PLR2004 - towards the viewer

    def trace(self, landmark: Landmark, start: Posture, end: Posture, away: Point) -> Arrow:
        """Return the way of a landmark from one posture to another, neither too short nor too long to be seen."""
        start = replace(start, reach=end.reach)
        ends = [self.see(landmark(make_skeleton(one, self.setup))) for one in (start, end)]
        way = hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1])
        stretch = min(6.0, max(_SHORTEST, min(_LONGEST, way)) / max(way, 0.05))
        shares = [1 - stretch + k / _STEPS * stretch for k in range(_STEPS + 1)]
        postures = [between(start, end, share) for share in shares]
        return Arrow(tuple(self.see(landmark(make_skeleton(one, self.setup))) for one in postures), away)


def arrows_for(exercise: Exercise, setup: Setup, movement: Movement, lens: Lens) -> list[Arrow]:
    """Return the arrows of an exercise, drawn for side left; empty if nothing moves that an arrow could show."""
    artist = _Artist(exercise, setup, movement, lens)
    if exercise.figure.focus != "body" or exercise.kind == "posture":
        return _upright_arrows(artist)
    if movement.keyframes:
        bends_wrist = _range(movement.keyframes, "wrist", 0) > _LEAST_ARM_RANGE
        return [_around_wrist(artist, 0, up=True)] if bends_wrist else _cycle_arrows(artist, movement.keyframes)
    return _press(artist) or _held_arm_arrows(artist) or _move_arrows(artist, movement.neutral, movement.pose)


def _upright_arrows(artist: _Artist) -> list[Arrow]:
    """Return the arrow for walking, for opening the mouth, or for growing tall."""
    figure = artist.exercise.figure
    if figure.focus == "legs" and artist.movement.keyframes:
        x, y = artist.see(artist.body.legs[0].ankle)
        return [_straight((x, y), (0.0, 1.0), 0.9, away=artist.towards((0, 0, 1)))]
    if figure.focus == "legs":
        return [_straight(artist.see(artist.body.spine.chest.at(0, 0.5, 0.6)), artist.towards((0, 0, 1)), 1.6)]
    if figure.focus == "jaw" and figure.motion == "cycle":
        return [_straight(artist.head(0.9, -0.35, 0), (0.0, -1.0), 0.9, away=(1.0, 0.0))]
    if artist.exercise.kind == "posture":
        return [_straight(artist.head(0, 0.9, 0), (0.0, 1.0), 0.8)]
    return []


def _straight(start: Point, along: Point, long: float, away: Point | None = None) -> Arrow:
    """Return a straight arrow from a point; it gives way in its own direction unless another one is given."""
    path = tuple((start[0] + along[0] * long * t / 4, start[1] + along[1] * long * t / 4) for t in range(5))
    return Arrow(path, along if away is None else away)


def _towards_head(artist: _Artist, along: Point, height: float = 0.0, long: float = 1.3) -> Arrow:
    """Return an arrow that pushes the head from the opposite side."""
    x, y = artist.head(0, height, 0)
    return _straight((x - along[0] * long, y - along[1] * long), along, long, away=(-along[0], -along[1]))


def _turn(artist: _Artist, side: int, height: float = 0.1) -> Arrow:
    """Return a bowed arrow beside the head that shows to where the face turns: -1 left, 1 right."""
    x, y = artist.head(0, height, 0)
    steps = [k / _STEPS for k in range(_STEPS + 1)]
    return Arrow(tuple((x + side * 1.4 * t, y - 0.55 * sin(pi * t * 0.62)) for t in steps), (float(side), 0.0))


def _tilt(artist: _Artist, side: int, start: float = 58.0, end: float = -4.0) -> Arrow:
    """Return an arc beside the head from its top to its side: -1 left, 1 right."""
    x, y = artist.see(make_skeleton(artist.movement.neutral, artist.setup).spine.head.origin)
    angles = [(start + (end - start) * k / _STEPS) * pi / 180 for k in range(_STEPS + 1)]
    return Arrow(tuple((x + side * 1.5 * cos(a), y + 1.5 * sin(a)) for a in angles), (side * 0.95, 0.3))


_PRESSES: dict[HandPlace, Vec] = {"forehead": (0, 0, 1), "back-of-head": (0, 0, -1), "temple": (-1, 0, 0)}


def _press(artist: _Artist) -> list[Arrow]:
    """Return the arrow of a press against the hands, from the side of the head that is free."""
    if artist.exercise.figure.motion != "pulse":
        return []
    place = artist.setup.places[0]
    if place == "cheek":
        x, y = artist.head(0, 1.0, 0)
        steps = [k / _STEPS for k in range(_STEPS + 1)]
        return [Arrow(tuple((x + 0.8 - 1.6 * t, y + 0.45 * sin(pi * t)) for t in steps), (0.0, 1.0))]
    along = _PRESSES.get(place)
    return [_towards_head(artist, artist.towards(along), 0.1)] if along else []


def _held_arm_arrows(artist: _Artist) -> list[Arrow]:
    """Return the arrow of an arm that the other hand draws in, or of a hand that it folds down."""
    places, arms = artist.setup.places, artist.body.arms
    if "opposite-elbow" in places:
        x, y = artist.see(arms[places.index("opposite-elbow")].elbow)
        return [_straight((x, y + 0.5), (1.0, 0.0), 1.1)]
    if "opposite-hand" in places:
        bent = 1 - places.index("opposite-hand")
        return [_around_wrist(artist, bent, up=artist.movement.pose.wrist[bent] > 0)]
    return []


def _around_wrist(artist: _Artist, index: int, *, up: bool) -> Arrow:
    """Return the arrow of a hand that bends up or down at its wrist."""
    arm = artist.body.arms[index]
    x, y = artist.see(add(arm.wrist, scale(arm.fingers, 0.1)))
    ahead = 1.0 if artist.towards((0, 0, 1))[0] > 0 else -1.0
    angles = [(62 - 100 * k / _STEPS) * pi / 180 for k in range(_STEPS + 1)]
    path = [(x + ahead * cos(a), y + sin(a)) for a in angles]
    return Arrow(tuple(reversed(path) if up else path), (ahead, 0.0))


def _cycle_arrows(artist: _Artist, frames: list[Posture]) -> list[Arrow]:
    pose = artist.movement.pose
    if artist.setup.wall is Wall.PLANTED:
        x, y = artist.see(artist.body.spine.chest.at(0, 0.8, 0))
        there = _straight((x - 1.3, y + 0.5), (1.0, 0.0), 1.1, away=(-1.0, 0.0))
        return [there, _straight((x - 0.2, y - 0.5), (-1.0, 0.0), 1.1)]
    if _sweeps(frames, "roll"):
        ends = (20, -50) if pose.pitch > _CHIN_ON_CHEST else (58, -4)
        return [_tilt(artist, side, *ends) for side in (-1, 1)]
    if _sweeps(frames, "yaw"):
        return [_turn(artist, side) for side in (-1, 1)]
    moving = [side for side in (0, 1) if _range(frames, "height", side) > _LEAST_ARM_RANGE]
    if moving:
        far = max(frames, key=lambda one: one.height[moving[0]])
        return [
            artist.trace(_hand(side), frames[0], far, artist.towards((1 if side else -1, 0.0, 0.0))) for side in moving
        ]
    if min(_range(frames, name, 0) for name in ("lift", "forward")) > _LEAST_ROLL_RANGE:
        return [_circle(artist, side) for side in (-1, 1)]
    return _move_arrows(artist, frames[0], pose)


def _move_arrows(artist: _Artist, start: Posture, end: Posture) -> list[Arrow]:
    movement = main_movement(start, end, artist.exercise.figure.camera)
    if "under-chest" in artist.setup.places:
        arm = artist.body.arms[artist.setup.places.index("under-chest")]
        x, y = artist.see(arm.palm)
        dx, dy = artist.see(add(arm.palm, arm.fingers))
        size = hypot(dx - x, dy - y) or 1.0
        return [_straight((x, y), ((dx - x) / size, (dy - y) / size), 1.3)]
    if movement == "retraction":
        return [_draw_back(artist)]
    if movement == "lift":
        return _lift_arrows(artist, start, end)
    if movement == "forward":
        return _forward_arrows(artist, end)
    return _turn_arrows(artist, movement, start, end) if movement else []


def _turn_arrows(artist: _Artist, movement: str, start: Posture, end: Posture) -> list[Arrow]:
    """Return the arrows of a movement of head or trunk."""
    if movement == "roll":
        side = 1 if end.roll > start.roll else -1
        arrows = [_tilt(artist, side)]
        turn = end.yaw - start.yaw
        return [*arrows, _turn(artist, 1 if turn > 0 else -1)] if abs(turn) > _SECOND_TURN else arrows
    if movement == "yaw" and abs(end.pitch - start.pitch) < _CHIN_ON_CHEST:
        return [_turn(artist, 1 if end.yaw > start.yaw else -1)]
    if movement == "trunk_yaw":
        x, y = artist.see(artist.body.spine.chest.at(0, 1.0, 0))
        side = 1 if end.trunk_yaw > start.trunk_yaw else -1
        steps = [k / _STEPS for k in range(_STEPS + 1)]
        return [Arrow(tuple((x + side * 1.4 * t, y - 0.4 * sin(pi * t * 0.62)) for t in steps), (float(side), 0.0))]
    reaches = movement == "trunk_roll" and artist.setup.places[0] == "overhead"
    landmark = _hand(0) if reaches else _LANDMARKS[movement]
    arrow = artist.trace(landmark, start, end, (0.0, 1.0))
    (x0, y0), (x1, y1) = arrow.path[0], arrow.path[-1]
    if reaches or movement == "trunk_pitch":
        return [arrow._replace(away=(0.25 if x1 > x0 else -0.25, 1.0))]
    ahead = artist.towards((0, 0, 1)) if movement == "pitch" else (1.0 if x1 > x0 else -1.0, 0.0)
    return [arrow._replace(away=(ahead[0], 0.25 if y1 > y0 else 0.1))]


def _draw_back(artist: _Artist) -> Arrow:
    """Return a level arrow that ends in front of the chin, or starts behind the head if hands are in front of it."""
    back = artist.towards((0, 0, -1))
    if {"towel", "chin"} & set(artist.setup.places):
        return _straight(artist.head(0, 0.15, -0.6), back, 1.2)
    return _towards_head(artist, back, -0.4)


def _lift_arrows(artist: _Artist, start: Posture, end: Posture) -> list[Arrow]:
    arrows = []
    for index in (0, 1):
        if start.lift[index] == end.lift[index]:
            continue
        x, y = artist.see(artist.body.spine.shoulders[index])
        up = 1.0 if end.lift[index] > start.lift[index] else -1.0
        side = 1.0 if x > artist.see(artist.body.spine.chest.origin)[0] else -1.0
        arrows.append(_straight((x + side * 0.5, y - up * 0.55), (0.0, up), 1.1, away=(side, 0.0)))
    return arrows


def _forward_arrows(artist: _Artist, end: Posture) -> list[Arrow]:
    """Return the arrows of shoulders that slide around the ribs: in the hands' direction, or both seen from behind."""
    sign = 1.0 if end.forward[0] > 0 else -1.0
    body, (x, y) = artist.body, artist.towards((0, 0, 1))
    if artist.exercise.figure.camera == "back":
        return [_blade(artist, index, sign) for index in (0, 1)]
    if "doorframe" in artist.setup.places:
        return [_straight(artist.head(0.5, -0.1, 0.5), (x, y), 0.8)]
    if sign > 0:
        return [_straight(artist.see(body.arms[0].palm), (x, y), 1.2)]
    return [_straight(artist.see(body.spine.chest.at(0, 1.1, -0.6)), (-x, 0.0), 1.2)]


def _blade(artist: _Artist, index: int, sign: float) -> Arrow:
    """Return the arrow of a shoulder blade, seen from behind, that moves outwards (1) or inwards (-1)."""
    x, y = artist.see(artist.body.spine.shoulders[index])
    side = 1.0 if x > artist.see(artist.body.spine.chest.origin)[0] else -1.0
    start = x + side * (0.4 if sign > 0 else 1.6)
    return _straight((start, y - 0.35), (side * sign, 0.0), 1.1, away=(side, 0.0))


def _circle(artist: _Artist, side: int) -> Arrow:
    """Return most of a circle beside a shoulder: up, back and down."""
    x, y = artist.see(artist.body.spine.shoulders[0 if side < 0 else 1])
    back = 1.0 if artist.towards((0, 0, -1))[0] > 0 else -1.0
    angles = [(-60 + 270 * k / (2 * _STEPS)) * pi / 180 for k in range(2 * _STEPS + 1)]
    path = tuple((x + side * 0.6 - back * 0.55 * cos(a), y + 0.1 + 0.55 * sin(a)) for a in angles)
    return Arrow(path, (float(side), 0.0))


def _sweeps(postures: Sequence[Posture], axis: str) -> bool:
    """Return whether a movement goes to either side of the middle."""
    values = [float(getattr(posture, axis)) for posture in postures]
    return min(values) < -_LEAST_SWEEP and max(values) > _LEAST_SWEEP


def _range(postures: Sequence[Posture], name: str, index: int) -> float:
    """Return how far a value of one side changes in a cycle."""
    values = [float(getattr(posture, name)[index]) for posture in postures]
    return max(values) - min(values)


def _hand(side: int) -> Landmark:
    def landmark(body: Skeleton) -> Vec:
        arm = body.arms[side]
        return add(arm.palm, scale(arm.fingers, PALM_TO_TIP))

    return landmark


_LANDMARKS: dict[str, Landmark] = {
    "yaw": lambda body: body.spine.head.at(0, -0.17, 1.0),
    "pitch": lambda body: body.spine.head.at(0, 0.45, 1.0),
    "trunk_pitch": lambda body: body.spine.chest.at(0, 3.3, 0.6),
    "trunk_roll": lambda body: body.spine.chest.at(0, 3.6, 0.3),
}
