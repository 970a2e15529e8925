"""Explanations take time: someone new to an exercise hears all of its instructions before the first hold.

A new listener who does not watch hears its cautions too.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.session.cue_plan import introduction, required_seconds
from stretch_coach.session.cues import CUE_GAP_SECONDS, CueTiming

NEW_UNTIL_TIMES = 3
"""An exercise is no longer new to someone who has done it this often."""


class Explain(StrEnum):
    """When an exercise is explained in full."""

    AUTO = "auto"
    """While it is new to the user."""

    ALWAYS = "always"
    NEVER = "never"


def explained_exercises(explain: Explain, times_done: Mapping[str, int]) -> Callable[[Exercise], bool]:
    """Return a function that decides whether an exercise is explained.

    Args:
        explain: The user's setting.
        times_done: In how many sessions the user has done each exercise, by its id.
    """
    if explain is Explain.AUTO:
        return lambda exercise: times_done.get(exercise.id, 0) < NEW_UNTIL_TIMES
    return lambda _: explain is Explain.ALWAYS


def with_explanations(routine: Routine, timing: CueTiming) -> Routine:
    """Return the routine with every preparation long enough for the introduction that is said in it.

    An exercise is introduced once, the first time it comes and on its first side. Whole seconds are added.
    """
    first_segment: dict[int, int] = {}
    timeline = build_timeline(routine)
    for segment in timeline.segments:
        first_segment.setdefault(segment.step, segment.index)
    introduced: set[str] = set()
    steps: list[Step] = []
    for number, step in enumerate(routine.steps, start=1):
        exercise = step.exercise
        if exercise and exercise.id not in introduced:
            introduced.add(exercise.id)
            if text := introduction(exercise.in_repetition(1), step.sides[0], step.say, timing):
                said = timing.seconds(text)
                needed = required_seconds(timeline, first_segment[number], timing) + said + CUE_GAP_SECONDS
                step = replace(step, extra_prepare=float(max(0, math.ceil(needed - step.prepare))))  # noqa: PLW2901 - the same step
        steps.append(step)
    return replace(routine, steps=tuple(steps))
