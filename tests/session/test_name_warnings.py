"""Warnings about names that take longer to say than the time before the exercise allows."""

from pathlib import Path
from typing import Any

import pytest

from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.library import Library
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.session.name_warnings import name_warnings

LONG = "Seated levator scapulae stretch"  # 31 letters, about three seconds

LONG_ONE = {"name": LONG, "instructions": ["Look to the armpit."], "dose": {"hold": 5, "reps": 1, "rest": 0}}


def warnings_of(*steps: dict[str, Any], name: str = LONG, sided: bool = False) -> list[str]:
    exercise = {"name": name, "instructions": ["Look to the armpit."], "sided": sided}
    content = {
        "id": "mine",
        "title": "Mine",
        "exercises": {"mine": exercise, "posture": {"name": "Sit tall", "instructions": ["Sit tall."]}},
        "steps": list(steps),
    }
    routine, problems = resolve_routine(RoutineFile.model_validate(content), {}, path=Path("my.json"), bundled=False)
    assert not problems
    return [str(warning) for warning in name_warnings(routine)]


def step(prepare: float, **more: Any) -> dict[str, Any]:
    return {"exercise": "mine", "prepare": prepare, **more}


def test_a_name_that_does_not_fit_into_the_preparation_has_a_warning() -> None:
    assert warnings_of(step(2)) == [
        f'steps[0].prepare is too short to say "{LONG}". Write 3 or more, or shorten the name.'
    ]


@pytest.mark.parametrize("prepare", [4, 5, 60])
def test_a_name_that_fits_has_no_warning(prepare: float) -> None:
    assert warnings_of(step(prepare)) == []
    assert warnings_of(step(2), name="Nod") == []


def test_a_name_with_its_side_needs_more_time() -> None:
    assert warnings_of(step(4, side="left"), sided=True) == [
        f'steps[0].prepare is too short to say "{LONG}". Write 5 or more, or shorten the name.'
    ]


def test_a_rest_before_the_step_has_time_for_the_name() -> None:
    assert warnings_of({"rest": 5}, step(2)) == []
    assert len(warnings_of({"rest": 1}, step(2))) == 1


def test_what_is_said_after_a_hold_takes_time_from_the_name() -> None:
    other = {"exercise": "posture", "prepare": 5, "reps": 1}
    assert warnings_of(other, {"rest": 6}, step(2)) == []
    assert len(warnings_of(other, {"rest": 4}, step(2))) == 1
    assert warnings_of(other, step(5)) == []
    assert len(warnings_of(other, step(3))) == 1


def test_a_repeated_exercise_needs_no_name() -> None:
    assert len(warnings_of(step(2), step(2))) == 1
    assert len(warnings_of(step(5), {"rest": 0.1}, step(2))) == 1


def test_bundled_routines_have_time_for_every_name(library: Library) -> None:
    assert [warning for routine in library.routines.values() for warning in name_warnings(routine)] == []


def test_exercise_that_may_stand_in_for_another_is_named_too(library: Library) -> None:
    step = {"exercise": "chin-tuck", "prepare": 2, "hold": 5, "reps": 1, "swap": ["long"]}
    content = {"id": "mine", "title": "Mine", "exercises": {"long": LONG_ONE}, "steps": [step]}
    file = RoutineFile.model_validate(content)
    routine, problems = resolve_routine(file, library.exercises, path=Path("mine.json"), bundled=False)
    assert not problems
    [problem] = name_warnings(routine)
    assert problem.path == ("steps", 0, "prepare")
    assert LONG in problem.message
