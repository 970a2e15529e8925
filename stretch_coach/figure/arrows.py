"""The arrow that shows the way in: the path of a landmark just outside of the body, from neutral to the pose."""

from dataclasses import replace

from stretch_coach.figure.posture import Posture, between
from stretch_coach.figure.skeleton import Setting, Skeleton, make_skeleton
from stretch_coach.figure.vectors import Vec, length, sub

_STEPS = 12
_SHORTEST = 0.9
_LONGEST_STRETCH = 6.0
Path = list[Vec]


def arrow_points(start: Posture, end: Posture, setting: Setting) -> list[Path]:
    """The paths of the arrows for a move, each from its tail to its tip; none when nothing moves but hands.

    Only the largest movement gets an arrow; shoulders get one each. A short way is drawn longer than it is.
    """
    kind = main_move(start, end)
    if kind is None:
        return []
    sides = (0, 1) if kind in ("lift", "forward", "height", "bend") else (1,)
    moved = [s for s in sides if len(sides) == 1 or getattr(start, kind)[s] != getattr(end, kind)[s]]
    return [_path(kind, side, start, end, setting) for side in moved]


def main_move(start: Posture, end: Posture) -> str | None:
    """The largest movement between two postures, by the size at which each can just be seen well."""
    sizes = {
        "roll": abs(end.roll - start.roll) / 20,
        "yaw": abs(end.yaw - start.yaw) / 26,
        "pitch": abs(end.pitch - start.pitch) / 18,
        "retraction": abs(end.retraction - start.retraction) / 1.9,
        "trunk": max(
            abs(end.trunk_pitch - start.trunk_pitch) / 14,
            abs(end.trunk_yaw - start.trunk_yaw) / 16,
            abs(end.trunk_roll - start.trunk_roll) / 12,
        ),
        "lift": max(abs(b - a) for a, b in zip(start.lift, end.lift, strict=True)) / 0.45,
        "forward": max(abs(b - a) for a, b in zip(start.forward, end.forward, strict=True)) / 0.5,
    }
    kind = max(sizes, key=lambda name: sizes[name])
    return kind if sizes[kind] >= 0.5 else None  # noqa: PLR2004 - less than half of that cannot be seen


def _landmark(kind: str, side: int, skeleton: Skeleton) -> Vec:
    spine = skeleton.spine
    s = 1 if side else -1
    if kind == "retraction":
        return spine.head.at(0, -0.42, 1.62)
    if kind == "lift":
        x, y, z = spine.shoulders[side]
        return (x + s * 0.78, y + 0.1, z)
    if kind == "forward":
        x, y, z = spine.shoulders[side]
        return (x + s * 0.66, y + 0.15, z)
    if kind == "trunk":
        return spine.chest.at(0, 3.15, 1.25)
    if kind == "pitch":
        return spine.head.at(0, 0.75, 1.2)
    return spine.head.at(0, 1.2, 0.62)


def _path(kind: str, side: int, start: Posture, end: Posture, setting: Setting) -> Path:
    start, end = replace(start, reach=end.reach), end
    first = _landmark(kind, side, make_skeleton(start, setting))
    last = _landmark(kind, side, make_skeleton(end, setting))
    way = length(sub(last, first))
    further = min(_LONGEST_STRETCH, max(1.0, _SHORTEST / max(way, 0.05)))
    shares = [k / _STEPS * further for k in range(_STEPS + 1)]
    return [_landmark(kind, side, make_skeleton(between(start, end, t), setting)) for t in shares]
