"""The trunk and head: pelvis, chest, neck, skull and the shoulder joints, bent as a posture says."""

from dataclasses import dataclass

from stretch_coach.figure.posture import Posture
from stretch_coach.figure.stance import Stance
from stretch_coach.figure.vectors import (
    IDENTITY,
    LocalFrame,
    Matrix,
    Vec,
    add,
    compose,
    rotate,
    rotation_x,
    rotation_y,
    rotation_z,
)

_RESTING = {
    Stance.SEATED: IDENTITY,
    Stance.STANDING: IDENTITY,
    Stance.LYING: rotation_x(-90),
    Stance.ALL_FOURS: rotation_x(90),
}
_NECK_PITCH, _NECK_YAW, _NECK_ROLL = 0.45, 0.3, 0.5
"""The neck's share of the head's angles."""
_UNITS_PER_CM = 0.12
_DEPRESSION, _ELEVATION, _BREATH_LIFT = 0.24, 0.52, 0.09
"""How far a shoulder moves down and up at most, and up with a quiet breath."""


@dataclass(frozen=True, slots=True)
class Spine:
    """The frames along the spine, and the left and the right shoulder joint."""

    pelvis: LocalFrame
    chest: LocalFrame
    neck: LocalFrame
    head: LocalFrame
    shoulders: tuple[Vec, Vec]

    def frame(self, name: str) -> LocalFrame:
        """Return a frame by its name: pelvis, chest, neck or head."""
        frame: LocalFrame = getattr(self, name)
        return frame


def make_spine(posture: Posture, stance: Stance, origin: Vec = (0.0, 0.0, 0.0)) -> Spine:
    """Return the spine of a posture, with each bend shared by lower back and chest, and by neck and skull.

    Args:
        posture: The angles of trunk, head and shoulders.
        stance: What the body rests on.
        origin: Where the hips are.
    """
    resting = _RESTING[stance]
    pitch, yaw, roll = posture.trunk_pitch, posture.trunk_yaw, posture.trunk_roll
    # A standing body bends at the hips; a seated or kneeling one rounds its back.
    low = 0.8 if stance is Stance.STANDING else 0.45
    pelvis = LocalFrame(origin, resting)
    lower_back = LocalFrame(pelvis.at(0, 0.2, 0), compose(resting, _bend(pitch * low, yaw * 0.35, roll * 0.55)))
    chest = LocalFrame(lower_back.at(0, 0.9, 0.03), compose(resting, _bend(pitch, yaw, roll)))
    neck_bend = _bend(posture.pitch * _NECK_PITCH, posture.yaw * _NECK_YAW, posture.roll * _NECK_ROLL)
    neck = LocalFrame(chest.at(0, 1.62, -0.14), compose(chest.rotation, neck_bend))
    retraction = (0.0, 0.0, -_UNITS_PER_CM * posture.retraction)
    atlas = add(neck.at(0, 0.78, 0.14), rotate(chest.rotation, retraction))
    head_rotation = compose(chest.rotation, _bend(posture.pitch, posture.yaw, posture.roll))
    head = LocalFrame(LocalFrame(atlas, head_rotation).at(0, 0.62, 0.16), head_rotation)
    shoulders = (_shoulder(chest, posture, 0), _shoulder(chest, posture, 1))
    return Spine(pelvis, chest, neck, head, shoulders)


def _bend(pitch: float, yaw: float, roll: float) -> Matrix:
    """Return a nod, then a turn, then a tilt: the nose leads in the direction the face has turned."""
    return compose(rotation_z(roll), compose(rotation_y(yaw), rotation_x(pitch)))


def _shoulder(chest: LocalFrame, posture: Posture, index: int) -> Vec:
    """Return a shoulder joint, which rises and moves inwards in a shrug and slides around the ribs."""
    lift, forward = posture.lift[index], posture.forward[index]
    side = 1 if index else -1
    up = lift * (_ELEVATION if lift > 0 else _DEPRESSION) + _BREATH_LIFT * posture.chest
    wide = 1.2 - 0.1 * abs(lift) - (0.2 * forward if forward > 0 else -0.08 * forward)
    return chest.at(side * wide, 1.22 + up, -0.08 + forward * (0.42 if forward > 0 else 0.34))
