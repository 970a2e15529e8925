"""Which movement of a pose is the one to point at."""

from collections.abc import Sequence

from stretch_coach.figure.posture import Posture
from stretch_coach.routine.exercise import Camera

_LEAST = 0.5
_HIDDEN: dict[Camera, dict[str, float]] = {
    "front": {"pitch": 0.45, "retraction": 0.2, "forward": 0.2, "trunk-pitch": 0.4},
    "back": {"pitch": 0.3, "retraction": 0.2, "trunk-pitch": 0.4},
    "profile": {"yaw": 0.4, "roll": 0.3, "trunk-yaw": 0.4, "trunk-roll": 0.3},
    "three-quarter": {"pitch": 0.8, "retraction": 0.45, "forward": 0.8, "yaw": 0.8, "roll": 0.8},
}
"""How well each movement is seen from a side, where it is not seen fully."""


def main_move(start: Posture, end: Posture, camera: Camera) -> str | None:
    """The movement between two postures that is seen best; none if none is seen well.

    Sizes are compared with the least that is plain to see: 20 degrees of a tilt, 26 of a turn, 18 of a nod and so on.
    """
    sizes = {
        "roll": abs(end.roll - start.roll) / 20,
        "yaw": abs(end.yaw - start.yaw) / 26,
        "pitch": abs(end.pitch - start.pitch) / 18,
        "retraction": abs(end.retraction - start.retraction) / 1.9,
        "trunk-pitch": abs(end.trunk_pitch - start.trunk_pitch) / 14,
        "trunk-yaw": abs(end.trunk_yaw - start.trunk_yaw) / 16,
        "trunk-roll": abs(end.trunk_roll - start.trunk_roll) / 12,
        "lift": max(abs(b - a) for a, b in zip(start.lift, end.lift, strict=True)) / 0.45,
        "forward": max(abs(b - a) for a, b in zip(start.forward, end.forward, strict=True)) / 0.5,
    }
    hidden = _HIDDEN[camera]
    seen = {kind: size * hidden.get(kind, 1.0) for kind, size in sizes.items()}
    kind = max(seen, key=lambda name: seen[name])
    return kind if seen[kind] >= _LEAST else None


def sweep(postures: Sequence[Posture], axis: str) -> tuple[Posture, Posture] | None:
    """The two ends of a movement that goes to both sides of the middle, or none."""
    low = min(postures, key=lambda posture: float(getattr(posture, axis)))
    high = max(postures, key=lambda posture: float(getattr(posture, axis)))
    return (low, high) if getattr(low, axis) < -5 and getattr(high, axis) > 5 else None  # noqa: PLR2004 - degrees


def reach_of(postures: Sequence[Posture], name: str, index: int) -> float:
    """How far a value of one side goes in a cycle."""
    values = [float(getattr(posture, name)[index]) for posture in postures]
    return max(values) - min(values)
