"""The solids of the body: torso, limbs, hands and head, placed at the joints of a skeleton."""

from stretch_coach.figure.arms import PALM_TO_TIP
from stretch_coach.figure.draw.brush import Brush, Part
from stretch_coach.figure.palette import Material
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Arm, Skeleton
from stretch_coach.figure.vectors import LocalFrame, Vec, add, cross, mix, scale, unit

_SKULL = (0.70, 0.86, 0.80)
"""Half the width, height and depth of the skull, which is drawn large because it is what moves."""
_BELLY_OUT, _CHEST_OUT = 0.28, 0.07
_JAW_DOWN = 0.42


def draw_body(brush: Brush, skeleton: Skeleton, posture: Posture) -> None:
    """Draw the whole body.

    Args:
        brush: What to draw with.
        skeleton: The joints of the posture.
        posture: How full belly and chest are, and how wide open the mouth is.
    """
    _torso(brush, skeleton, posture.breath, posture.chest)
    _legs(brush, skeleton)
    for index, arm in enumerate(skeleton.arms):
        _arm(brush, arm, index)
        _hand(brush, arm, index)
    _head(brush, skeleton.spine.head, posture.jaw)


def draw_trunk_and_head(brush: Brush, skeleton: Skeleton) -> None:
    """Draw the body without its limbs."""
    _torso(brush, skeleton, 0.0, 0.0)
    _head(brush, skeleton.spine.head, 0.0)


def _torso(brush: Brush, skeleton: Skeleton, breath: float, full: float) -> None:
    spine = skeleton.spine
    chest, pelvis = spine.chest, spine.pelvis
    swell, rise = _BELLY_OUT * breath, _CHEST_OUT * full
    brush.ball(pelvis, (0, 0.0, -0.02), (0.92, 0.56, 0.62), Material.TROUSERS, Part.THIGH)
    low, high = pelvis.at(0, 0.42, 0.0), chest.at(0, 0.35, 0.0)
    middle = LocalFrame(mix(low, high, 0.5), chest.rotation)
    brush.ball(middle, (0, 0, 0.03 + swell * 0.5), (0.86 + swell * 0.3, 1.0, 0.57 + swell), Material.SHIRT, Part.TORSO)
    brush.ball(
        chest, (0, 0.5 + rise * 0.4, 0.0), (1.0 + rise, 0.98, 0.62 + swell * 0.2 + rise), Material.SHIRT, Part.TORSO
    )
    root = chest.at(0, 1.58, -0.12)
    for index, shoulder in enumerate(spine.shoulders):
        side = 1 if index else -1
        brush.rod(chest.at(side * 0.3, 1.0, -0.04), shoulder, 0.46, 0.41, Material.SHIRT, Part.TORSO)
        slope = add(shoulder, scale(_up(chest), 0.12))
        brush.rod(chest.at(side * 0.24, 1.42, -0.17), slope, 0.34, 0.27, Material.SHIRT, Part.TORSO)
    brush.rod(root, _neck_top(skeleton), 0.40, 0.38, Material.NECK, Part.NECK)
    brush.ball(chest, (0, 1.42, -0.06), (0.56, 0.2, 0.52), Material.SHIRT, Part.COLLAR)


def _up(frame: LocalFrame) -> Vec:
    return (frame.rotation[0][1], frame.rotation[1][1], frame.rotation[2][1])


def _neck_top(skeleton: Skeleton) -> Vec:
    return skeleton.spine.head.at(0, -0.42, -0.16)


def _legs(brush: Brush, skeleton: Skeleton) -> None:
    for index, leg in enumerate(skeleton.legs):
        brush.rod(leg.hip, leg.knee, 0.5, 0.36, Material.TROUSERS, Part.THIGH + index)
        brush.rod(leg.knee, leg.ankle, 0.34, 0.22, Material.TROUSERS, Part.SHANK + index)
        brush.rod(leg.ankle, leg.toe, 0.27, 0.24, Material.SHOE, Part.FOOT + index)


def _arm(brush: Brush, arm: Arm, index: int) -> None:
    hem = mix(arm.shoulder, arm.elbow, 0.62)
    brush.rod(arm.shoulder, hem, 0.40, 0.36, Material.SHIRT, Part.SLEEVE + index)
    brush.rod(hem, arm.elbow, 0.28, 0.25, Material.SKIN, Part.ARM + index)
    brush.rod(arm.elbow, arm.wrist, 0.26, 0.18, Material.SKIN, Part.ARM + index)


def _hand(brush: Brush, arm: Arm, index: int) -> None:
    """Draw a palm, two pairs of fingers and a thumb, or a fist."""
    part = Part.HAND + index
    side = 1 if index else -1
    across = unit(cross(arm.fingers, arm.back), (1.0, 0.0, 0.0))
    thumb = scale(across, -side)
    knuckles = add(arm.palm, scale(arm.fingers, 0.12))
    brush.rod(arm.wrist, knuckles, 0.17, 0.215, Material.HAND, part)
    if arm.is_fist:
        first, last = (add(knuckles, scale(across, aside)) for aside in (-0.14, 0.14))
        brush.rod(first, last, 0.23, 0.23, Material.HAND, part)
        return
    for aside in (-0.1, 0.1):
        base = add(knuckles, scale(across, aside))
        tip = add(base, scale(arm.fingers, PALM_TO_TIP - 0.12))
        brush.rod(base, tip, 0.13, 0.095, Material.HAND, part)
    root = add(arm.palm, scale(thumb, 0.14))
    tip = add(root, add(scale(thumb, 0.16), scale(arm.fingers, 0.22)))
    brush.rod(root, tip, 0.1, 0.085, Material.HAND, part)


# The hair on the unit sphere of the skull: the crown, the back of the head and the temples.
_HAIRLINE, _BACK, _NAPE, _TEMPLE_FRONT, _TEMPLE_LOW = 0.52, -0.14, -0.60, 0.20, 0.16
_JAW_BACK = -0.5


def _hair(x: float, y: float, z: float) -> Material:
    """Paint a cap of hair, whose edge is the main cue for a nod."""
    crown = y > _HAIRLINE - 0.10 * z + 0.10 * x * x
    back = z < _BACK and y > _NAPE
    temples = z < _TEMPLE_FRONT and y > _TEMPLE_LOW
    return Material.HAIR if crown or back or temples else Material.NOTHING


def _jaw(_x: float, _y: float, z: float) -> Material:
    return Material.NOTHING if z < _JAW_BACK else Material.SKIN


def _ear(_x: float, y: float, z: float) -> Material:
    return Material.NECK if y * y + z * z < 0.3 else Material.SKIN  # noqa: PLR2004 - the hollow of the ear


def _head(brush: Brush, head: LocalFrame, jaw: float) -> None:
    drop = _JAW_DOWN * jaw
    brush.ball(head, (0, 0, 0), _SKULL, Material.SKIN, Part.HEAD)
    brush.ball(head, (0, 0.04, -0.02), (_SKULL[0] + 0.05, _SKULL[1] + 0.06, _SKULL[2] + 0.06), _hair, Part.HAIR)
    # The jaw gives the face a chin; without it nobody could tell which way a head is turned.
    brush.ball(head, (0, -0.46 - drop, 0.18 - drop * 0.2), (0.53, 0.5, 0.6), _jaw, Part.HEAD)
    for side in (-1, 1):
        brush.ball(head, (side * 0.72, -0.08, -0.04), (0.11, 0.21, 0.15), _ear, Part.EAR)
    brush.ball(head, (0, -0.17, 0.80), (0.1, 0.2, 0.17), Material.SKIN, Part.NOSE)
