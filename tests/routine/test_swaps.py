"""Exercises that may stand in for another: each takes exactly as long, and what cannot is an error with its place."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.diagnostics import RoutineFileError
from stretch_coach.routine.library import load_library, load_routine_file
from stretch_coach.routine.model import Step
from stretch_coach.routine.swaps import fit_swap

LIBRARY = load_library(bundled_routines(), Path("/nonexistent"))
EXERCISES = sorted(LIBRARY.exercises)
CHIN_TUCK = {"exercise": "chin-tuck", "prepare": 3, "hold": 5, "reps": 2, "rest": 2}


DOSES = st.tuples(
    st.integers(0, 12).map(float),
    st.floats(1, 60).map(lambda hold: round(hold, 3)),
    st.integers(1, 6),
    st.integers(0, 8),
)


@given(st.sampled_from(EXERCISES), st.sampled_from(EXERCISES), DOSES, st.sampled_from([None, 15.0]))
def test_fitted_exercise_takes_exactly_as_long_and_no_more_than_its_dose(
    main: str, other: str, dose: tuple[float, float, int, int], longest: float | None
) -> None:
    sides: tuple[Any, ...] = ("left", "right") if LIBRARY.exercises[main].sided else (None,)
    step = Step(LIBRARY.exercises[main], sides, *dose, "Mine.")
    exercise = LIBRARY.exercises[other]
    fitted = fit_swap(step, exercise, longest)
    if fitted is None:
        return
    assert round(fitted.seconds, 3) == round(step.seconds, 3)
    assert (fitted.exercise, fitted.sides, fitted.say) == (exercise, sides, None)
    assert fitted.hold <= exercise.dose.hold
    assert fitted.reps <= exercise.dose.reps
    assert fitted.prepare >= step.prepare
    if exercise.rep_name == "round":
        assert fitted.hold == exercise.dose.hold
    if exercise.kind == "stretch" and longest:
        assert fitted.hold <= longest


def test_own_dose_is_kept_where_it_fits() -> None:
    nod = LIBRARY.exercises["chin-nod"]
    dose = nod.dose
    step = Step(LIBRARY.exercises["chin-tuck"], (None,), 4, dose.hold, dose.reps, dose.rest)
    assert fit_swap(step, nod) == replace(step, exercise=nod)


def load(tmp_path: Path, **step: Any) -> Any:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"title": "Mine", "steps": [CHIN_TUCK | step]}), encoding="utf-8")
    return load_routine_file(file, LIBRARY)


def test_swaps_are_read_and_change_no_total(tmp_path: Path) -> None:
    routine = load(tmp_path, swap=["chin-nod", "scap-setting"])
    assert [one.id for one in routine.steps[0].swaps] == ["chin-nod", "scap-setting"]
    assert [one.id for one in routine.exercises] == ["chin-tuck"]
    assert [one.id for one in routine.all_exercises] == ["chin-tuck", "chin-nod", "scap-setting"]
    assert routine.total_seconds == 15


@pytest.mark.parametrize(
    ("swap", "problem"),
    [
        (["chin-not"], 'steps[0].swap[0]: there is no exercise "chin-not". Did you mean "chin-nod"?'),
        (["chin-tuck"], 'steps[0].swap[0]: "chin-tuck" is in this step already. Remove it.'),
        (["chin-nod", "chin-nod"], 'steps[0].swap[1]: "chin-nod" is in this step already. Remove it.'),
        (["levator-stretch"], 'steps[0].swap[0]: "levator-stretch" is sided, unlike "chin-tuck". Choose one that'),
        (["snag-headache"], 'steps[0].swap[0]: "snag-headache" is only for people whom a clinician taught it.'),
        ("chin-nod", 'steps[0].swap: "chin-nod" is'),
        ([7], "steps[0].swap[0]: 7 is"),
    ],
)
def test_what_cannot_stand_in_is_named_with_its_place(tmp_path: Path, swap: Any, problem: str) -> None:
    with pytest.raises(RoutineFileError) as raised:
        load(tmp_path, swap=swap)
    assert problem in str(raised.value)
    assert "mine.json:1:" in str(raised.value)


@pytest.mark.parametrize(("hold", "other", "seconds"), [(5, "cat-cow-seated", 8), (200, "jaw-opening", 203)])
def test_what_takes_longer_or_less_is_an_error(tmp_path: Path, hold: float, other: str, seconds: int) -> None:
    with pytest.raises(RoutineFileError, match=rf'"{other}" does not fit into the {seconds} seconds of this step\. It'):
        load(tmp_path, hold=hold, reps=1, swap=[other])
