"""Warnings about exercises whose names take longer to say than the time before them allows."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace

from stretch_coach.routine.diagnostics import Problem
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.swaps import fit_swap
from stretch_coach.routine.timeline import SegmentKind, build_timeline
from stretch_coach.session.cue_plan import plan_segment
from stretch_coach.session.cues import CueTiming, SpeechLevel, estimate_seconds
from stretch_coach.settings import Settings

_SLOW_VOICE = 1.2
"""How much longer than estimated a text may take: voices differ at the same number of words a minute."""


def name_warnings(routine: Routine) -> Iterator[Problem]:
    """Yield a warning for each step whose exercise the voice, at its default speed, cannot name before it starts.

    The voice has the preparation for it, and a rest before the step. A step that repeats the exercise of the step
    before needs no name.
    """
    before: Step | None = None
    for index, step in enumerate(routine.steps):
        repeats = before is not None and before.exercise == step.exercise
        swapped = [fitted for one in step.swaps if (fitted := fit_swap(step, one))]
        for form in [*([] if repeats else [step]), *swapped]:
            exercise, changed = form.exercise, _with_step(routine, index, form)
            if exercise and not _is_named(changed, index, exercise):
                message = f'is too short to say "{exercise.name}".'
                cure = f"Write {_long_enough(changed, index, exercise)} or more, or shorten the name."
                yield Problem(("steps", index, "prepare"), message, cure)
        before = step


def _with_step(routine: Routine, index: int, step: Step) -> Routine:
    return replace(routine, steps=(*routine.steps[:index], step, *routine.steps[index + 1 :]))


def _is_named(routine: Routine, index: int, exercise: Exercise) -> bool:
    """Return whether the exercise of a step is named in its first preparation or in the rest before."""
    timeline = build_timeline(routine)
    first = next(segment for segment in timeline.segments if segment.step == index + 1)
    rests = [one for one in timeline.segments[: first.index] if one.step == index and one.exercise is None]
    places = [*rests, first] if first.kind is SegmentKind.PREPARE else rests
    cues = [cue for one in places for cue in plan_segment(timeline, one.index, one.seconds, _TIMING)]
    return any(exercise.name in cue.text for cue in cues if cue.tone is None)


def _long_enough(routine: Routine, index: int, exercise: Exercise) -> int:
    """Return the least preparation of a step, in whole seconds, in which its exercise can be named."""

    def with_preparation(seconds: int) -> Routine:
        return _with_step(routine, index, replace(routine.steps[index], prepare=float(seconds)))

    longer = itertools.count(math.floor(routine.steps[index].prepare) + 1)
    return next(seconds for seconds in longer if _is_named(with_preparation(seconds), index, exercise))


_TIMING = CueTiming(SpeechLevel.FULL, lambda text: _SLOW_VOICE * estimate_seconds(text, Settings().voice.rate))
