"""What happens in a segment: pieces of time, each of which stays, moves once, or goes round and round."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil, floor, inf
from typing import NamedTuple

from stretch_coach.figure.easing import Cycle, moved
from stretch_coach.figure.moves import main_move
from stretch_coach.figure.picture import Picture, picture_of
from stretch_coach.figure.posture import Posture, posture_of
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.timeline import SegmentKind

FRAMES_PER_SECOND = 12
MOVE_IN_SECONDS = 2.5
MOVE_OUT_SECONDS = 1.5
_SHOWN_AGAIN_EVERY, _SHOWN_AGAIN_FROM = 7.0, 9.0
_BACK_SECONDS = 1.0
_STEPS_OF_A_MOVE = 24
_STEPS_OF_A_CYCLE = 60
_PULSE_SECONDS, _PULSE_STEPS, _PULSE_LEAST = 2.0, 12, 0.25
_BREATH_STEPS = 24
_BLINK_EVERY, _BLINK_STEPS = 4.0, 20
_STRIDE_SECONDS, _STRIDE_STEPS, _MID_STRIDE = 1.5, 18, 0.25
_ROUNDING = 1e-9


class Piece(NamedTuple):
    """A stretch of a segment.

    Attributes:
        start: Seconds into the segment.
        end: Seconds into the segment.
        period: Seconds after which it begins again; infinite if nothing moves.
        steps: Pictures in a period.
        show: The picture of a step; of a move that is over, the one after its last step.
        loops: Whether it begins again after its last step, or stays at its end.
    """

    start: float
    end: float
    period: float
    steps: int
    show: Callable[[int], Picture]
    loops: bool = True

    def step_at(self, into: float) -> int:
        """How many steps have begun since its start."""
        if self.period in (0, inf):
            return 0
        return max(0, floor((into - self.start) / self.period * self.steps + _ROUNDING))

    def picture(self, into: float) -> Picture:
        """What is seen at a moment of the segment."""
        step = self.step_at(into)
        return self.show(step % self.steps if self.loops else min(step, self.steps))


class Motion:
    """The movement of one exercise, for side left; pure and without a clock.

    Attributes:
        neutral: Upright, hands at rest.
        pose: The pose of the exercise, muscles lit.
        frames: The keyframes of a cycle, else empty.
    """

    def __init__(self, exercise: Exercise, *, still: bool) -> None:
        figure = exercise.figure
        self._exercise, self._still = exercise, still
        self.pose = posture_of(exercise.pose, exercise)
        self.neutral = Posture(height=self.pose.height, bend=self.pose.bend)
        self.frames = [posture_of(frame, exercise) for frame in figure.keyframes]
        self._cycle: Cycle | None = None
        self._ready = self.pose
        if figure.motion == "cycle":
            self._cycle = Cycle([frame.at for frame in figure.keyframes], self.frames)
            self._ready = self.frames[0]
        elif figure.motion == "pulse" or figure.focus == "breath":
            self._ready = replace(self.pose, effort=_PULSE_LEAST)
        elif figure.focus == "legs":
            self._ready = replace(self.pose, stride=0.0)
        self._typical = replace(self.pose, stride=_MID_STRIDE) if figure.focus == "legs" else self.pose
        self._has_ghost = figure.motion == "hold" and main_move(self.neutral, self.pose, figure.camera) is not None

    @property
    def extremes(self) -> list[Posture]:
        """Every posture the picture must have room for: neutral first, the pose last."""
        return [self.neutral, *self.frames, self.pose]

    def pose_picture(self) -> Picture:
        """The pose with all that explains it, for a preview or without motion."""
        return picture_of(self._typical, arrow=True, ghost=self._has_ghost)

    def pieces(self, kind: SegmentKind, length: float) -> list[Piece]:
        """What happens in a segment of a kind and a length in seconds, without gaps."""
        if self._still:
            return self._without_motion(kind, length)
        if kind is SegmentKind.PREPARE:
            return self._prepare(length)
        return self._hold(length) if kind is SegmentKind.HOLD else self._rest(length)

    def _without_motion(self, kind: SegmentKind, length: float) -> list[Piece]:
        start = picture_of(self.neutral)
        if kind is SegmentKind.PREPARE:
            turn = min(1.0, length / 4)
            return [_stay(0.0, turn, start), _stay(turn, length, self.pose_picture())]
        return [_stay(0.0, length, start if kind is SegmentKind.REST else self._held(self._typical))]

    def _held(self, posture: Posture) -> Picture:
        return picture_of(posture, ghost=self._has_ghost)

    def _way_in(self, end: Posture) -> Callable[[float], Picture]:
        def show(share: float) -> Picture:
            return picture_of(moved(self.neutral, end, share), arrow=share < 1, ghost=self._has_ghost and share > 0)

        return show

    def _prepare(self, length: float) -> list[Piece]:
        if self._cycle is None or length < MOVE_IN_SECONDS + MOVE_OUT_SECONDS:
            last, end = self._ready, length
        else:  # the most typical point first, then to where the cycle begins
            last, end = self.pose, length - MOVE_OUT_SECONDS
        move = min(MOVE_IN_SECONDS, length * 0.8)
        show = self._way_in(last)
        pieces = [_move(0.0, move, show)]
        again = _SHOWN_AGAIN_EVERY
        there = self._held(last)
        while length > _SHOWN_AGAIN_FROM and again + _BACK_SECONDS + MOVE_IN_SECONDS + 1 <= end:
            pieces.append(_stay(pieces[-1].end, again, there))
            pieces.append(self._back(last, again, again + _BACK_SECONDS))
            pieces.append(_move(again + _BACK_SECONDS, again + _BACK_SECONDS + MOVE_IN_SECONDS, show))
            again += _SHOWN_AGAIN_EVERY
        pieces.append(_stay(pieces[-1].end, end, there))
        if end < length:
            pieces.append(_move(end, length, lambda share: picture_of(moved(last, self._ready, share))))
        return pieces

    def _back(self, start: Posture, begin: float, end: float) -> Piece:
        return _move(begin, end, lambda share: picture_of(moved(start, self.neutral, share)))

    def _hold(self, length: float) -> list[Piece]:
        figure = self._exercise.figure
        if self._cycle is not None and figure.seconds_per_cycle is not None:
            cycle, steps = self._cycle, min(_STEPS_OF_A_CYCLE, ceil(figure.seconds_per_cycle * FRAMES_PER_SECOND))
            return [Piece(0.0, length, figure.seconds_per_cycle, steps, lambda k: picture_of(cycle.at(k / steps)))]
        if figure.motion == "pulse":
            return [Piece(0.0, length, _PULSE_SECONDS, _PULSE_STEPS, self._pulse)]
        if figure.focus == "breath" and figure.seconds_per_cycle is not None:
            return [Piece(0.0, length, figure.seconds_per_cycle, _BREATH_STEPS, self._breath)]
        if figure.focus == "eyes":
            return [Piece(0.0, length, _BLINK_EVERY, _BLINK_STEPS, self._blink)]
        if figure.focus == "legs":
            return [Piece(0.0, length, _STRIDE_SECONDS, _STRIDE_STEPS, self._stride)]
        return [_stay(0.0, length, self._held(self.pose))]

    def _rest(self, length: float) -> list[Piece]:
        """Back to neutral; a long rest ends with the way in, so that the next hold begins in its pose."""
        out = min(MOVE_OUT_SECONDS, length)
        pieces = [self._back(self._ready, 0.0, out)]
        again = length - MOVE_OUT_SECONDS
        if again < out:
            return [*pieces, _stay(out, length, picture_of(self.neutral))]
        way = self._way_in(self._ready)
        return [*pieces, _stay(out, again, picture_of(self.neutral)), _move(again, length, way)]

    def _pulse(self, step: int) -> Picture:
        share = 1 - abs(step / _PULSE_STEPS * 2 - 1)
        return picture_of(replace(self.pose, effort=_PULSE_LEAST + (1 - _PULSE_LEAST) * share))

    def _breath(self, step: int) -> Picture:
        figure = self._exercise.figure
        whole = figure.seconds_per_cycle or 1.0
        turn = min((figure.breath_in_seconds or whole * 0.4) / whole, 0.9)
        phase = step / _BREATH_STEPS
        full = phase / turn if phase < turn else (1 - phase) / (1 - turn)
        full = full * full * (3 - 2 * full)
        return picture_of(replace(self.pose, breath=full, effort=_PULSE_LEAST + (1 - _PULSE_LEAST) * full))

    def _blink(self, step: int) -> Picture:
        return picture_of(replace(self.pose, lids=1.0 if step == _BLINK_STEPS - 1 else 0.0))

    def _stride(self, step: int) -> Picture:
        return picture_of(replace(self.pose, stride=step / _STRIDE_STEPS))


def _stay(start: float, end: float, picture: Picture) -> Piece:
    return Piece(start, end, inf, 1, lambda _: picture)


def _move(start: float, end: float, show: Callable[[float], Picture]) -> Piece:
    """One move: its last picture, at share 1, is the first of what follows."""
    steps = max(1, min(_STEPS_OF_A_MOVE, ceil((end - start) * FRAMES_PER_SECOND)))
    return Piece(start, end, end - start, steps, lambda k: show(k / steps), loops=False)
