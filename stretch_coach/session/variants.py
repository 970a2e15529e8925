"""Words that change from session to session, so that nobody hears the same sentences every day. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stretch_coach.routine.model import Routine

HALF_WAY = ("Half way.", "Half of it is done.", "Half way there.")
CLOSING = ("Well done.", "All done.", "That was all of it.")
NEXT = ("Next, {}.", "Then, {}.", "Up next, {}.")


def choose_words(variants: Sequence[str], turn: int) -> str:
    """Return the variant of a sentence for a turn, such as the number of sessions so far: the first one at 0."""
    return variants[turn % len(variants)]


def vary_words(routine: Routine, times_done: Mapping[str, int]) -> Routine:
    """Return a routine in which each exercise has the words of its turn: how often the user has done it before.

    Args:
        routine: The routine.
        times_done: In how many sessions each exercise was done, by its id.
    """
    steps = (
        replace(step, exercise=step.exercise.worded(times_done.get(step.exercise.id, 0))) if step.exercise else step
        for step in routine.steps
    )
    return replace(routine, steps=tuple(steps))
