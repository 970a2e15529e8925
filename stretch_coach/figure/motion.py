"""How a body moves in a segment: spans of time in each of which it holds still, moves once, or repeats a movement."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from math import ceil, cos, floor, inf, tau
from typing import Any, NamedTuple

from stretch_coach.figure.posture import Cycle, Pair, Posture, ease, move, posture_of
from stretch_coach.routine.exercise import Breath, Camera, Exercise
from stretch_coach.routine.timeline import SegmentKind

FRAMES_PER_SECOND = 12
MOVE_IN_SECONDS = 2.5
MOVE_OUT_SECONDS = 1.5
_REPEATED_EVERY, _REPEATED_ABOVE = 7.0, 9.0
"""A prepare of more seconds than the second shows the way in again and again, at intervals of the first."""
_BACK_SECONDS = 1.0
_MOVE_STEPS = 24
_DASH_STEPS = 3
_CYCLE_STEPS = 48
"""A movement so slow that its steps are farther apart than at full speed has no larger ones for it."""
_PULSE_SECONDS, _PULSE_STEPS, _LEAST_EFFORT = 2.0, 12, 0.25
_BREATH_STEPS = 24
_BLINK_SECONDS, _BLINK_STEPS = 4.0, 20
_LIFE_STEPS = 8
"""Steps a second at which a held pose may change; most of them change nothing."""
_QUIET_BREATH_SECONDS, _CHEST_LEVELS = 5.0, 3
_BLINK_EVERY = 4.25
GLOW_LEVELS = 5
_GLOW_FIRST, _GLOW_LAST, _GLOW_SWING = 3.0, 4.6, 1.2
"""Levels of the glow when a hold starts and ends, and how far it follows the breath."""
_FADE_SECONDS = 0.6
_GAZE_DEGREES, _EYES_ARRIVE, _EYES_AHEAD = 16.0, 0.22, 0.06
"""Degrees to go at which eyes look as far as they can; when in a move they do, and how far ahead in a cycle."""
_STRIDE_SECONDS, _STRIDE_STEPS, _MID_STRIDE = 1.5, 18, 0.25
_ROUNDING = 1e-9
_DECIMALS = 3

_PLAIN = {
    "roll": 20,
    "yaw": 26,
    "pitch": 18,
    "retraction": 1.9,
    "trunk_pitch": 14,
    "trunk_yaw": 16,
    "trunk_roll": 12,
    "lift": 0.45,
    "forward": 0.5,
}
"""The size at which each movement is plain to see."""
_VISIBILITY: dict[Camera, dict[str, float]] = {
    "front": {"pitch": 0.45, "retraction": 0.2, "forward": 0.2, "trunk_pitch": 0.4},
    "back": {"pitch": 0.3, "retraction": 0.2, "trunk_pitch": 0.4},
    "profile": {"yaw": 0.4, "roll": 0.3, "trunk_yaw": 0.4, "trunk_roll": 0.3},
    "three-quarter": {"pitch": 0.8, "retraction": 0.45, "forward": 0.8, "yaw": 0.8, "roll": 0.8},
}
"""How much of each movement is seen from a direction, where it is less than all."""
_LEAST_VISIBLE = 0.5


_SLUMPED = Posture(pitch=-4.0, retraction=-2.5, trunk_pitch=17.0, forward=(0.45, 0.45))


@dataclass(frozen=True, slots=True)
class Moment:
    """What is shown at one moment. Two moments are equal if nothing changes between them.

    Attributes:
        posture: Where the body is.
        arrow: Whether an arrow shows the way into the pose.
        ghost: Whether a dotted outline shows the neutral posture.
        dash: How far the dashes of the arrow have travelled, from 0 to 2, or None for a solid arrow.
    """

    posture: Posture
    arrow: bool = False
    ghost: bool = False
    dash: int | None = None


def moment_of(posture: Posture, *, arrow: bool = False, ghost: bool = False, dash: int | None = None) -> Moment:
    """Return a moment whose numbers are rounded, so that it is equal in every repetition."""
    rounded: dict[str, Any] = {}
    for field in fields(posture):
        value = getattr(posture, field.name)
        if isinstance(value, tuple):
            rounded[field.name] = (round(value[0], _DECIMALS), round(value[1], _DECIMALS))
        elif value is not None:
            rounded[field.name] = round(value, _DECIMALS)
    rounded["effort"] = ceil(rounded["effort"] * GLOW_LEVELS) / GLOW_LEVELS
    return Moment(replace(posture, **rounded), arrow, ghost, dash)


class Span(NamedTuple):
    """A part of a segment, in seconds from the segment's start.

    Attributes:
        start: When it begins.
        end: When it ends.
        period: How long a movement takes; infinite if nothing moves.
        steps: How many moments a period has.
        show: Returns the moment of a step; for a movement that is over, of the one after its last step.
        loops: Whether the movement is repeated, or its end is held.
    """

    start: float
    end: float
    period: float
    steps: int
    show: Callable[[int], Moment]
    loops: bool = True

    def step_at(self, into: float) -> int:
        """Return how many steps have been completed `into` seconds into the segment."""
        if self.period in (0, inf):
            return 0
        return max(0, floor((into - self.start) / self.period * self.steps + _ROUNDING))

    def moment_at(self, into: float) -> Moment:
        """Return what is shown `into` seconds into the segment."""
        step = self.step_at(into)
        return self.show(step % self.steps if self.loops else min(step, self.steps))


def main_movement(start: Posture, end: Posture, camera: Camera) -> str | None:
    """Return the field of `Posture` whose change is seen best, or None if none is seen well."""
    seen = {
        name: _size(getattr(start, name), getattr(end, name)) / plain * _VISIBILITY[camera].get(name, 1.0)
        for name, plain in _PLAIN.items()
    }
    best = max(seen, key=lambda name: seen[name])
    return best if seen[best] >= _LEAST_VISIBLE else None


def _size(start: Any, end: Any) -> float:
    """Return the change of a field; of a pair, the larger one."""
    pairs = zip(start, end, strict=True) if isinstance(start, tuple) else [(start, end)]
    return max(float(abs(b - a)) for a, b in pairs)


class Movement:
    """The movement of one exercise, for side left; pure and without a clock.

    Args:
        exercise: What the body does.
        reduced: Whether to show only the start and the pose, without any motion.

    Attributes:
        neutral: Upright, or slumped if the exercise is to grow tall, with the hands at rest.
        pose: The pose of the exercise, with the muscles lit.
        keyframes: The keyframes of a cycle; empty for any other movement.
    """

    def __init__(self, exercise: Exercise, *, reduced: bool) -> None:
        figure = exercise.figure
        self._exercise, self._reduced = exercise, reduced
        self.pose = posture_of(exercise.pose, exercise)
        self._grows_tall = exercise.kind == "posture" and figure.focus == "body"
        resting = _SLUMPED if self._grows_tall else Posture()
        self.neutral = replace(resting, height=self.pose.height, bend=self.pose.bend)
        self.keyframes = [posture_of(frame, exercise) for frame in figure.keyframes]
        self._held_moments: dict[tuple[float, int, bool], Moment] = {}
        self._cycle: Cycle | None = None
        self._hold_start = self.pose
        walks = figure.focus == "legs" and figure.motion != "cycle"
        if figure.motion == "cycle":
            self._cycle = Cycle([frame.at for frame in figure.keyframes], self.keyframes)
            self._hold_start = self.keyframes[0]
        elif figure.motion == "pulse" or figure.focus == "breath":
            self._hold_start = replace(self.pose, effort=_LEAST_EFFORT)
        elif walks:
            self._hold_start = replace(self.pose, stride=0.0)
        self._typical = replace(self.pose, stride=_MID_STRIDE) if walks else self.pose
        self._has_ghost = figure.motion == "hold" and main_movement(self.neutral, self.pose, figure.camera) is not None

    @property
    def extremes(self) -> list[Posture]:
        """The postures that have to fit into the picture: neutral first, the pose last."""
        return [self.neutral, *self.keyframes, self.pose]

    def pose_moment(self) -> Moment:
        """Return the pose with arrow and ghost, for a preview or for reduced motion."""
        return moment_of(self._typical, arrow=True, ghost=self._has_ghost)

    def spans(self, kind: SegmentKind, length: float) -> list[Span]:
        """Return the spans of a segment of `length` seconds, in order and without gaps."""
        if self._reduced:
            return self._reduced_spans(kind, length)
        if kind is SegmentKind.PREPARE:
            return self._prepare(length)
        return self._hold(length) if kind is SegmentKind.HOLD else self._rest(length)

    def _reduced_spans(self, kind: SegmentKind, length: float) -> list[Span]:
        start = moment_of(self.neutral)
        if kind is SegmentKind.PREPARE:
            change = min(1.0, length / 4)
            return [_still(0.0, change, start), _still(change, length, self.pose_moment())]
        return [_still(0.0, length, start if kind is SegmentKind.REST else self._held(self._typical))]

    def _held(self, posture: Posture) -> Moment:
        return moment_of(posture, ghost=self._has_ghost)

    def _way_into(self, end: Posture) -> Callable[[float], Moment]:
        def show(share: float) -> Moment:
            dash = floor(share * _MOVE_STEPS / 2) % _DASH_STEPS if share < 1 else None
            ghost = self._has_ghost and share > 0
            here = move(self.neutral, end, share)
            looking = replace(here, gaze=_gaze(here, end, _GAZE_DEGREES, ease(share / _EYES_ARRIVE)))
            return moment_of(looking, arrow=share < 1, ghost=ghost, dash=dash)

        return show

    def _prepare(self, length: float) -> list[Span]:
        """Move into the pose; in a long prepare, show the way again every few seconds."""
        if self._cycle is None or length < MOVE_IN_SECONDS + MOVE_OUT_SECONDS:
            shown, end = self._hold_start, length
        else:  # the most typical point of a cycle first, then where the cycle starts
            shown, end = self.pose, length - MOVE_OUT_SECONDS
        show, there = self._way_into(shown), self._held(shown)
        spans = [_move(0.0, min(MOVE_IN_SECONDS, length * 0.8), show)]
        back = _REPEATED_EVERY
        while length > _REPEATED_ABOVE and back + _BACK_SECONDS + MOVE_IN_SECONDS + 1 <= end:
            spans.append(_still(spans[-1].end, back, there))
            spans.append(self._back(shown, back, back + _BACK_SECONDS))
            spans.append(_move(back + _BACK_SECONDS, back + _BACK_SECONDS + MOVE_IN_SECONDS, show))
            back += _REPEATED_EVERY
        spans.append(_still(spans[-1].end, end, there))
        if end < length:
            spans.append(_move(end, length, lambda share: moment_of(move(shown, self._hold_start, share))))
        return spans

    def _back(self, posture: Posture, start: float, end: float) -> Span:
        """Move back to neutral, while the glow fades out."""
        fade = min(1.0, _FADE_SECONDS / max(end - start, _FADE_SECONDS))

        def show(share: float) -> Moment:
            effort = posture.effort * max(0.0, 1 - share / fade)
            return moment_of(replace(move(posture, self.neutral, share), effort=effort))

        return _move(start, end, show)

    def _hold(self, length: float) -> list[Span]:
        figure = self._exercise.figure
        if self._cycle is not None and figure.seconds_per_cycle is not None:
            cycle, steps = self._cycle, min(_CYCLE_STEPS, ceil(figure.seconds_per_cycle * FRAMES_PER_SECOND))
            show = lru_cache(steps)(lambda k: _looking_ahead(cycle, k / steps))
            return [Span(0.0, length, figure.seconds_per_cycle, steps, show)]
        if figure.motion == "pulse":
            return [Span(0.0, length, _PULSE_SECONDS, _PULSE_STEPS, self._pulse)]
        if breath := figure.breath:
            return [Span(0.0, length, breath.cycle, _BREATH_STEPS, lambda k: self._breath(breath, k / _BREATH_STEPS))]
        if figure.focus == "eyes":
            return [Span(0.0, length, _BLINK_SECONDS, _BLINK_STEPS, self._blink)]
        if figure.focus == "legs":
            return [Span(0.0, length, _STRIDE_SECONDS, _STRIDE_STEPS, self._stride)]
        steps = max(1, floor(length * _LIFE_STEPS))
        return [Span(0.0, length, length, steps, lambda k: self._alive(k / steps, length), loops=False)]

    def _alive(self, share: float, length: float) -> Moment:
        """Return a share of a hold: the chest breathes, the eyes blink, and the glow grows and follows the breath."""
        into = share * length
        full = 0.5 - 0.5 * cos(tau * into / _QUIET_BREATH_SECONDS)
        chest = round(full * _CHEST_LEVELS) / _CHEST_LEVELS
        glow = round(_GLOW_FIRST + (_GLOW_LAST - _GLOW_FIRST) * share + _GLOW_SWING * (chest - 0.5))
        shut = into % _BLINK_EVERY >= _BLINK_EVERY - 1 / _LIFE_STEPS
        key = (chest, glow, shut)
        if key not in self._held_moments:
            effort = min(glow, GLOW_LEVELS) / GLOW_LEVELS
            posture = replace(self.pose, chest=chest, effort=effort, lids=1.0 if shut else 0.0)
            self._held_moments[key] = self._held(posture)
        return self._held_moments[key]

    def _rest(self, length: float) -> list[Span]:
        """Move back to neutral; a long rest ends with the way in, so that the next hold starts in its pose."""
        if self._grows_tall:
            return [_still(0.0, length, moment_of(self.pose))]
        out = min(MOVE_OUT_SECONDS, length)
        spans = [self._back(self._hold_start, 0.0, out)]
        way_in = length - MOVE_OUT_SECONDS
        neutral = moment_of(self.neutral)
        if way_in < out:
            return [*spans, _still(out, length, neutral)]
        show = self._way_into(self._hold_start)
        return [*spans, _still(out, way_in, neutral), _move(way_in, length, show)]

    def _pulse(self, step: int) -> Moment:
        """Return a press, in which nothing moves: the arrow shows its direction throughout."""
        share = 1 - abs(step / _PULSE_STEPS * 2 - 1)
        effort = _LEAST_EFFORT + (1 - _LEAST_EFFORT) * share
        return moment_of(replace(self.pose, effort=effort), arrow=True, dash=step // 2 % _DASH_STEPS)

    def _breath(self, breath: Breath, share: float) -> Moment:
        inhaled = breath.inhale / breath.cycle
        full = ease(share / inhaled if share < inhaled else (1 - share) / (1 - inhaled))
        return moment_of(replace(self.pose, breath=full, effort=_LEAST_EFFORT + (1 - _LEAST_EFFORT) * full))

    def _blink(self, step: int) -> Moment:
        return moment_of(replace(self.pose, lids=1.0 if step == _BLINK_STEPS - 1 else 0.0))

    def _stride(self, step: int) -> Moment:
        return moment_of(replace(self.pose, stride=step / _STRIDE_STEPS))


def _gaze(here: Posture, there: Posture, degrees: float, share: float) -> Pair:
    """Return where eyes look that lead the head from here to there; `degrees` away they look as far as they can."""
    right, down = (there.yaw - here.yaw) / degrees, (there.pitch - here.pitch) / degrees
    return min(max(right, -1.0), 1.0) * share, min(max(down, -1.0), 1.0) * share


def _looking_ahead(cycle: Cycle, share: float) -> Moment:
    """Return a moment of a cycle, with the eyes on where the head turns next."""
    here, there = cycle.at(share), cycle.at((share + _EYES_AHEAD) % 1)
    return moment_of(replace(here, gaze=_gaze(here, there, _GAZE_DEGREES / 2, 1.0)))


def _still(start: float, end: float, moment: Moment) -> Span:
    return Span(start, end, inf, 1, lambda _: moment)


def _move(start: float, end: float, show: Callable[[float], Moment]) -> Span:
    """Return a span of one move, whose last moment, at share 1, is the first one of what follows."""
    steps = max(1, min(_MOVE_STEPS, ceil((end - start) * FRAMES_PER_SECOND)))
    return Span(start, end, end - start, steps, lambda k: show(k / steps), loops=False)
