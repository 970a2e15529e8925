"""Explaining takes time: someone new to an exercise hears all of its instructions before the first hold."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.session.cue import GAP_SECONDS, Speaking
from stretch_coach.session.cues import full_instructions, opening_seconds

NEW_UNTIL_TIMES = 3
"""Who has done an exercise as often is not new to it."""


class Explain(StrEnum):
    """When the full instructions are said."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def explained_exercises(explain: Explain, times_done: Mapping[str, int]) -> Callable[[Exercise], bool]:
    """Whether an exercise is to be explained to someone who has done exercises so many times, by id."""
    if explain is Explain.AUTO:
        return lambda exercise: times_done.get(exercise.id, 0) < NEW_UNTIL_TIMES
    return lambda _: explain is Explain.ALWAYS


def with_explanations(routine: Routine, speaking: Speaking) -> Routine:
    """The routine with each prepare that is too short for the full instructions lengthened, to whole seconds.

    Only the first time an exercise comes, and on its first side.
    """
    timeline = build_timeline(routine)
    begun: dict[int, int] = {}
    for segment in timeline.segments:
        begun.setdefault(segment.step, segment.index)
    explained: set[str] = set()
    steps: list[Step] = []
    for number, step in enumerate(routine.steps, start=1):
        exercise = step.exercise
        if exercise and exercise.id not in explained and speaking.explained(exercise):
            explained.add(exercise.id)
            text = full_instructions(exercise, step.sides[0])
            needed = opening_seconds(timeline, begun[number], speaking) + speaking.seconds(text) + GAP_SECONDS
            lacking = max(0, math.ceil(needed - step.prepare))
            steps.append(replace(step, explaining=float(lacking)))
        else:
            steps.append(step)
    return replace(routine, steps=tuple(steps))
