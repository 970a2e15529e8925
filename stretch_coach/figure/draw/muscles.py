"""The muscles that light up: strands between landmarks that move with the body, slightly above its surface."""

from typing import NamedTuple

from stretch_coach.figure.draw.brush import Brush, Part
from stretch_coach.figure.palette import Material
from stretch_coach.figure.skeleton import Skeleton
from stretch_coach.figure.vectors import LocalFrame, Vec, add, cross, scale, sub, unit


class Strand(NamedTuple):
    """A chain of landmarks on the right side, and its radius at each of them.

    A landmark is fixed to a frame of the spine, to a shoulder joint, or to a bone of the arm. On a bone, the first
    number is the distance outwards, the second the share of the way along the bone, and the third the distance forward.
    """

    landmarks: tuple[tuple[str, float, float, float], ...]
    radii: tuple[float, ...]


def _strand(*landmarks: tuple[str, float, float, float], radii: tuple[float, ...]) -> Strand:
    return Strand(landmarks, radii)


MUSCLES: dict[str, tuple[Strand, ...]] = {
    "upper-trapezius": (
        _strand(
            ("head", 0.38, -0.52, -0.5),
            ("chest", 0.46, 1.82, -0.14),
            ("shoulder", -0.16, 0.36, 0.04),
            radii=(0.12, 0.2, 0.17),
        ),
        _strand(("chest", 0.3, 1.72, -0.3), ("shoulder", -0.3, 0.28, -0.2), radii=(0.16, 0.15)),
    ),
    "levator-scapulae": (
        _strand(
            ("head", 0.56, -0.48, -0.26),
            ("chest", 0.52, 1.95, -0.14),
            ("chest", 0.66, 1.62, -0.1),
            radii=(0.12, 0.15, 0.15),
        ),
    ),
    "scalenes": (
        _strand(("neck", 0.36, 0.62, 0.16), ("chest", 0.46, 1.62, 0.18), radii=(0.11, 0.14)),
        _strand(("neck", 0.42, 0.55, 0.0), ("chest", 0.58, 1.62, 0.06), radii=(0.1, 0.13)),
    ),
    "sternocleidomastoid": (
        _strand(
            ("head", 0.62, -0.46, -0.1),
            ("chest", 0.36, 2.0, 0.26),
            ("chest", 0.14, 1.5, 0.44),
            radii=(0.15, 0.17, 0.13),
        ),
    ),
    "suboccipitals": (
        _strand(("head", 0.17, -0.52, -0.66), ("neck", 0.18, 0.5, -0.26), radii=(0.14, 0.16)),
        _strand(("head", 0.46, -0.52, -0.5), ("neck", 0.36, 0.4, -0.2), radii=(0.14, 0.15)),
    ),
    "splenius": (
        _strand(
            ("head", 0.58, -0.46, -0.3),
            ("neck", 0.46, 0.45, -0.12),
            ("chest", 0.3, 1.66, -0.36),
            radii=(0.12, 0.15, 0.12),
        ),
    ),
    "neck-extensors": (
        _strand(
            ("head", 0.2, -0.54, -0.64),
            ("neck", 0.2, 0.45, -0.34),
            ("chest", 0.2, 1.42, -0.5),
            radii=(0.13, 0.16, 0.14),
        ),
    ),
    "deep-neck-flexors": (_strand(("neck", 0.13, 0.74, 0.36), ("chest", 0.14, 1.66, 0.26), radii=(0.12, 0.13)),),
    "pectorals": (
        _strand(("shoulder", -0.12, -0.1, 0.32), ("chest", 0.2, 0.98, 0.56), radii=(0.14, 0.14)),
        _strand(("shoulder", -0.12, -0.18, 0.34), ("chest", 0.22, 0.74, 0.6), radii=(0.14, 0.16)),
        _strand(("shoulder", -0.12, -0.28, 0.32), ("chest", 0.3, 0.52, 0.58), radii=(0.12, 0.13)),
    ),
    "front-shoulder": (
        _strand(("shoulder", -0.02, 0.1, 0.3), ("upper-arm", 0.1, 0.5, 0.2), radii=(0.18, 0.22)),
        _strand(("shoulder", 0.2, 0.14, 0.16), ("upper-arm", 0.2, 0.45, 0.12), radii=(0.18, 0.2)),
    ),
    "rear-shoulder": (
        _strand(("shoulder", 0.1, 0.22, -0.26), ("upper-arm", 0.16, 0.45, -0.18), radii=(0.2, 0.23)),
        _strand(("shoulder", 0.3, 0.2, -0.04), ("upper-arm", 0.28, 0.45, 0.0), radii=(0.2, 0.23)),
    ),
    "rhomboids": (
        _strand(("chest", 0.14, 1.2, -0.58), ("chest", 0.56, 0.92, -0.54), radii=(0.15, 0.16)),
        _strand(("chest", 0.14, 0.92, -0.6), ("chest", 0.56, 0.6, -0.54), radii=(0.15, 0.16)),
    ),
    "middle-lower-trapezius": (
        _strand(("chest", 0.12, 1.3, -0.52), ("shoulder", -0.26, 0.12, -0.36), radii=(0.16, 0.15)),
        _strand(("chest", 0.12, 0.95, -0.6), ("shoulder", -0.36, -0.02, -0.38), radii=(0.15, 0.14)),
        _strand(("chest", 0.12, 0.45, -0.58), ("shoulder", -0.44, -0.16, -0.38), radii=(0.13, 0.14)),
    ),
    "serratus": (
        _strand(("chest", 0.92, 0.82, -0.1), ("chest", 0.72, 0.72, 0.46), radii=(0.2, 0.14)),
        _strand(("chest", 0.94, 0.5, -0.1), ("chest", 0.74, 0.4, 0.46), radii=(0.2, 0.14)),
        _strand(("chest", 0.9, 0.18, -0.1), ("chest", 0.7, 0.08, 0.46), radii=(0.2, 0.14)),
    ),
    "latissimus": (
        _strand(
            ("shoulder", -0.14, -0.4, -0.16),
            ("chest", 0.86, 0.35, -0.3),
            ("pelvis", 0.5, 0.5, -0.45),
            radii=(0.16, 0.24, 0.14),
        ),
        _strand(("chest", 0.9, 0.6, -0.1), ("pelvis", 0.72, 0.6, -0.2), radii=(0.18, 0.14)),
    ),
    "side-trunk": (
        _strand(
            ("chest", 0.92, 0.45, 0.06),
            ("pelvis", 0.82, 0.55, 0.06),
            ("pelvis", 0.8, 0.1, 0.04),
            radii=(0.16, 0.2, 0.14),
        ),
    ),
    "back-extensors": (
        _strand(
            ("chest", 0.22, 1.1, -0.54),
            ("chest", 0.24, 0.2, -0.54),
            ("pelvis", 0.24, 0.2, -0.52),
            radii=(0.14, 0.18, 0.16),
        ),
    ),
    "forearm": (
        _strand(
            ("forearm", 0.0, 0.05, 0.0),
            ("forearm", 0.0, 0.4, 0.0),
            ("forearm", 0.0, 0.8, 0.0),
            radii=(0.27, 0.29, 0.21),
        ),
    ),
    "temporalis": (_strand(("head", 0.66, 0.3, 0.3), ("head", 0.7, 0.34, 0.0), radii=(0.13, 0.15)),),
    "masseter": (_strand(("head", 0.58, -0.24, 0.3), ("head", 0.46, -0.62, 0.3), radii=(0.12, 0.13)),),
    "diaphragm": (
        _strand(
            ("chest", 0.66, -0.1, 0.4), ("chest", 0.4, 0.16, 0.52), ("chest", 0.0, 0.22, 0.58), radii=(0.1, 0.12, 0.12)
        ),
    ),
}
"""The strands of each muscle, by the name that exercises use; other muscles are not drawn."""


_NAMES = {
    "front-shoulder": "front of the shoulder",
    "rear-shoulder": "back of the shoulder",
    "middle-lower-trapezius": "middle and lower trapezius",
    "serratus": "serratus anterior",
    "side-trunk": "side of the trunk",
}


def muscle_text(names: list[str], side: str | None) -> str:
    """Return the names of the muscles that are drawn, for people, with their side; empty if none is drawn."""
    text = ", ".join(_NAMES.get(name, name.replace("-", " ")) for name in names if name in MUSCLES)
    return f"{side} {text}".strip().capitalize() if side and text else text.capitalize()


def draw_muscles(brush: Brush, skeleton: Skeleton, names: list[str], sides: tuple[int, ...]) -> None:
    """Draw lit muscles.

    Args:
        brush: What to draw with.
        skeleton: The joints.
        names: The muscles; unknown ones are ignored.
        sides: -1 for the left and 1 for the right.
    """
    for name in names:
        for strand in MUSCLES.get(name, ()):
            for side in sides:
                points = [_landmark(skeleton, side, *one) for one in strand.landmarks]
                brush.chain(points, list(strand.radii), Material.GLOW, Part.MUSCLE)


def _landmark(  # noqa: PLR0917 - the four numbers of a landmark come last
    skeleton: Skeleton, side: int, on: str, x: float, y: float, z: float
) -> Vec:
    spine = skeleton.spine
    index = 1 if side > 0 else 0
    if on == "shoulder":
        return LocalFrame(spine.shoulders[index], spine.chest.rotation).at(side * x, y, z)
    if on not in ("upper-arm", "forearm"):
        return spine.frame(on).at(side * x, y, z)
    arm = skeleton.arms[index]
    start, end = (arm.shoulder, arm.elbow) if on == "upper-arm" else (arm.elbow, arm.wrist)
    bone = sub(end, start)
    along = unit(bone)
    rotation = spine.chest.rotation
    # Outwards and forward as on a hanging arm.
    forward = (rotation[0][2], rotation[1][2], rotation[2][2])
    outward = unit(scale(cross(forward, along), -side), (float(side), 0.0, 0.0))
    ahead = scale(cross(outward, along), side)
    return add(add(start, scale(bone, y)), add(scale(outward, x), scale(ahead, z)))
