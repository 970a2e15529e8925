"""From the seat to the crown: pelvis, chest, neck, head and the shoulders that ride on the chest."""

from dataclasses import dataclass
from enum import StrEnum

from stretch_coach.figure.posture import Posture
from stretch_coach.figure.vectors import IDENTITY, Matrix, Vec, about_x, about_y, about_z, add, times, turned
from stretch_coach.routine.exercise import Position


class Stance(StrEnum):
    """What the body rests on."""

    SEATED = "seated"
    STANDING = "standing"
    LYING = "lying"
    ALL_FOURS = "hands-and-knees"


STANCES: dict[Position, Stance] = {
    "seated": Stance.SEATED,
    "standing": Stance.STANDING,
    "seated-or-standing": Stance.SEATED,
    "seated-or-lying": Stance.SEATED,
    "lying": Stance.LYING,
    "hands-and-knees": Stance.ALL_FOURS,
}

FLOOR = {Stance.SEATED: -2.75, Stance.STANDING: -4.5, Stance.LYING: -0.72, Stance.ALL_FOURS: -2.6}
"""How high the floor is in each stance; the hips are at zero."""
SEAT = -0.5
"""How high the seat is when seated."""

_RESTING = {
    Stance.SEATED: IDENTITY,
    Stance.STANDING: IDENTITY,
    Stance.LYING: about_x(-90),
    Stance.ALL_FOURS: about_x(90),
}
_NECK_SHARE_PITCH, _NECK_SHARE_YAW, _NECK_SHARE_ROLL = 0.45, 0.3, 0.5
_PER_CM = 0.12
_LOW, _HIGH = 0.24, 0.52


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the body that other points are fixed to: its origin and how it is turned."""

    origin: Vec
    turn: Matrix

    def at(self, x: float, y: float, z: float) -> Vec:
        """Where a point of this part is."""
        return add(self.origin, turned(self.turn, (x, y, z)))


@dataclass(frozen=True, slots=True)
class Spine:
    """The frames up the spine, and the left and the right shoulder joint."""

    pelvis: Frame
    chest: Frame
    neck: Frame
    head: Frame
    shoulders: tuple[Vec, Vec]

    def frame(self, name: str) -> Frame:
        """A frame by its name: pelvis, chest, neck or head."""
        part: Frame = getattr(self, name)
        return part


def turn_of(pitch: float, yaw: float, roll: float) -> Matrix:
    """Nod, then turn, then tilt: the nose leads the way in which the face is turned."""
    return times(about_z(roll), times(about_y(yaw), about_x(pitch)))


def make_spine(posture: Posture, stance: Stance, origin: Vec = (0.0, 0.0, 0.0)) -> Spine:
    """The spine of a posture. Bends are shared: by loin and chest, and by neck and skull."""
    resting = _RESTING[stance]
    pitch, yaw, roll = posture.trunk_pitch, posture.trunk_yaw, posture.trunk_roll
    # Whoever stands bends at the hips, whoever sits or kneels rounds the back.
    low = 0.8 if stance is Stance.STANDING else 0.45
    pelvis = Frame(origin, resting)
    loin = Frame(pelvis.at(0, 0.2, 0), times(resting, turn_of(pitch * low, yaw * 0.35, roll * 0.55)))
    chest = Frame(loin.at(0, 0.9, 0.03), times(resting, turn_of(pitch, yaw, roll)))
    bent = turn_of(posture.pitch * _NECK_SHARE_PITCH, posture.yaw * _NECK_SHARE_YAW, posture.roll * _NECK_SHARE_ROLL)
    neck = Frame(chest.at(0, 1.62, -0.14), times(chest.turn, bent))
    atlas = add(neck.at(0, 0.78, 0.14), turned(chest.turn, (0.0, 0.0, -_PER_CM * posture.retraction)))
    head_turn = times(chest.turn, turn_of(posture.pitch, posture.yaw, posture.roll))
    head = Frame(Frame(atlas, head_turn).at(0, 0.62, 0.16), head_turn)
    shoulders = (_shoulder(chest, posture, 0), _shoulder(chest, posture, 1))
    return Spine(pelvis, chest, neck, head, shoulders)


def _shoulder(chest: Frame, posture: Posture, index: int) -> Vec:
    """A shoulder joint: it rises and comes in with a shrug, and slides around the ribs."""
    lift, forward = posture.lift[index], posture.forward[index]
    side = 1 if index else -1
    up = lift * (_HIGH if lift > 0 else _LOW)
    wide = 1.2 - 0.1 * abs(lift) - (0.2 * forward if forward > 0 else -0.08 * forward)
    return chest.at(side * wide, 1.22 + up, -0.08 + forward * (0.42 if forward > 0 else 0.34))
