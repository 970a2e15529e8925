"""Exercises that may stand in for another in a step: each fitted so that the step takes exactly as long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from stretch_coach.phrasing import did_you_mean
from stretch_coach.routine.diagnostics import Problem
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Step

_SHORTEST_HOLD = 5.0
"""How far a hold may be shortened to fit, in seconds, unless the exercise's own is shorter."""

_LONGEST_WAIT = 6.0
"""How much longer than in the step as written the preparation may be, in seconds."""

_SHORTER = 0.5
"""What a second of hold that is missing counts against a second of waiting."""


def fit_swap(step: Step, exercise: Exercise, longest_hold: float | None = None) -> Step | None:
    """Return a step with another exercise that takes exactly as long, or None if that is not possible.

    The dose is the exercise's own, with fewer repetitions or shorter holds where there is less time, never with more or
    longer ones. Time that is left over goes into the preparation.

    Args:
        step: The step as written.
        exercise: The exercise to do instead, on the same sides.
        longest_hold: The longest hold, in seconds, or None for the exercise's own.
    """
    one_side = step.prepare + step.reps * step.hold + (step.reps - 1) * step.rest
    best: tuple[float, float, int] | None = None
    dose = exercise.dose
    for hold in _holds(exercise, longest_hold):
        for reps in range(1, dose.reps + 1):
            waited = round(one_side - step.prepare - reps * hold - (reps - 1) * dose.rest, 3)
            if 0 <= waited <= _LONGEST_WAIT:
                cost = waited + _SHORTER * (dose.hold - hold)
                best = min(best or (cost, -hold, reps), (cost, -hold, reps))
    if best is None:
        return None
    hold, reps = -best[1], best[2]
    rest = dose.rest if reps > 1 else 0.0
    prepare = round(one_side - reps * hold - (reps - 1) * rest, 3)
    return replace(step, exercise=exercise, prepare=prepare, hold=hold, reps=reps, rest=rest, say=None, swaps=())


def swap_problems(
    index: int, names: Iterable[str], main: Exercise, step: Step, known: Mapping[str, Exercise | None]
) -> Iterator[Problem]:
    """Yield what is wrong with the exercises that may stand in a step.

    Args:
        index: The index of the step in the file.
        names: The ids of the exercises.
        main: The step's own exercise.
        step: The step with that exercise.
        known: All exercises, by id; None for one that is not valid.
    """
    seen = {main.id}
    for place, name in enumerate(names):
        path = ("steps", index, "swap", place)
        if name in seen:
            yield Problem(path, f'"{name}" is in this step already.', "Remove it.")
        elif name not in known:
            cure = did_you_mean(name, known, "See `stretch-coach exercises`.")
            yield Problem(path, f'there is no exercise "{name}".', cure)
        elif exercise := known[name]:
            yield from _fit_problems(path, exercise, main, step)
        seen.add(name)


def _fit_problems(path: tuple[str | int, ...], exercise: Exercise, main: Exercise, step: Step) -> Iterator[Problem]:
    if exercise.sided != main.sided:
        sided = "is sided" if exercise.sided else "is not sided"
        message = f'"{exercise.id}" {sided}, unlike "{main.id}".'
        yield Problem(path, message, f"Choose one that is {'sided' if main.sided else 'not sided'}.")
    elif exercise.locked and not main.locked:
        yield Problem(path, f'"{exercise.id}" is only for people whom a clinician taught it.', "Remove it.")
    elif fit_swap(step, exercise) is None:
        seconds = step.seconds / len(step.sides)
        message = f'"{exercise.id}" does not fit into the {seconds:g} seconds of this step.'
        least = min(_holds(exercise, None)) + step.prepare
        how = f"It takes at least {least:g}." if least > seconds else "It takes less."
        yield Problem(path, message, f"{how} Change the step, or remove it.")


def _holds(exercise: Exercise, longest: float | None) -> list[float]:
    """Return the lengths that one repetition may have, the exercise's own first: a round is never cut short."""
    hold = exercise.dose.hold
    if exercise.rep_name == "round":
        return [hold]
    most = hold if longest is None or exercise.kind != "stretch" else min(hold, longest)
    holds = [most]
    while holds[-1] - 1 >= min(_SHORTEST_HOLD, most):
        holds.append(holds[-1] - 1)
    return holds
