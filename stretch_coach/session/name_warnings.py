"""Warnings about exercises whose names take longer to say than the time before them allows."""

import math
from collections.abc import Iterator

from stretch_coach.routine.diagnostics import Problem
from stretch_coach.routine.model import Routine, Step
from stretch_coach.session.cues import CUE_GAP_SECONDS, estimate_seconds
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
        exercise = step.exercise
        if exercise and not (before and before.exercise == exercise):
            available = step.prepare
            needed = _seconds(
                f"{exercise.name}. {step.sides[0].capitalize()} side." if step.sides[0] else exercise.name
            )
            if before and before.exercise is None:
                available += before.rest
                needed += _seconds(before.say or "Rest.")
            if needed > available:
                prepare = math.ceil(step.prepare + needed - available)
                message = f'is too short to say "{exercise.name}".'
                yield Problem(("steps", index, "prepare"), message, f"Write {prepare} or more, or shorten the name.")
        before = step


def _seconds(text: str) -> float:
    """Return how long a text takes, with the silence after it."""
    return _SLOW_VOICE * estimate_seconds(text, Settings().voice.rate) + CUE_GAP_SECONDS
