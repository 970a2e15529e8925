"""Motion that starts and ends gently: one move, and a cycle through keyframes."""

from bisect import bisect_right
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from stretch_coach.figure.posture import Posture, between

_HANDS_ARRIVE, _BODY_STARTS = 0.6, 0.25


def eased(share: float) -> float:
    """The smoothstep: 0 to 1 without a jerk at either end."""
    t = min(max(share, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def moved(start: Posture, end: Posture, share: float) -> Posture:
    """A moment of a move. Hands that go to a place go first, then the body follows."""
    if start.reach == end.reach:
        return between(start, end, eased(share))
    if end.reach < start.reach:
        return moved(end, start, 1 - share)
    body = eased((share - _BODY_STARTS) / (1 - _BODY_STARTS))
    return between(start, end, body, hands=eased(share / _HANDS_ARRIVE))


class Cycle:
    """A closed curve through keyframes. It stops only where a value turns around, so rolls stay round.

    Monotone cubic interpolation after Fritsch and Carlson (SIAM J. Numer. Anal. 17, 1980), around the seam.
    """

    def __init__(self, times: list[float], postures: list[Posture]) -> None:
        self._times = times
        self._first = postures[0]
        self._curves: dict[str, list[tuple[list[float], list[float]]]] = {}
        for field in fields(Posture):
            values = [getattr(posture, field.name) for posture in postures]
            if all(value == values[0] for value in values):
                continue
            tracks = list(zip(*values, strict=True)) if isinstance(values[0], tuple) else [tuple(values)]
            self._curves[field.name] = [(list(track), _slopes(times, list(track))) for track in tracks]

    def at(self, phase: float) -> Posture:
        """The posture at a phase from 0 to 1."""
        index = min(bisect_right(self._times, phase), len(self._times) - 1) - 1
        changes: dict[str, Any] = {}
        for name, tracks in self._curves.items():
            values = tuple(_hermite(self._times, *track, index, phase) for track in tracks)
            changes[name] = values if len(values) > 1 else values[0]
        return replace(self._first, **changes)


def _slopes(times: list[float], values: list[float]) -> list[float]:
    """Tangents at the keyframes: none where the track turns around, else the harmonic mean of both sides."""
    spans = [b - a for a, b in pairwise(times)]
    rises = [(b - a) / span for (a, b), span in zip(pairwise(values), spans, strict=True)]
    slopes = []
    for k in range(len(times)):
        before, after = rises[k - 1], rises[k % len(rises)]
        slopes.append(2 * before * after / (before + after) if before * after > 0 else 0.0)
    slopes[-1] = slopes[0]
    return slopes


def _hermite(times: list[float], values: list[float], slopes: list[float], k: int, phase: float) -> float:
    span = times[k + 1] - times[k]
    t = (phase - times[k]) / span
    a, b = values[k], values[k + 1]
    return (
        (2 * t**3 - 3 * t**2 + 1) * a
        + (t**3 - 2 * t**2 + t) * span * slopes[k]
        + (3 * t**2 - 2 * t**3) * b
        + (t**3 - t**2) * span * slopes[k + 1]
    )
