"""Routines that are built: they take exactly the time that they should, and no dose is larger than the exercise's."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.guide.built_routine import build_routine, fill_time, routine_json
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.document import read_document
from stretch_coach.routine.library import load_library
from stretch_coach.routine.resolve import parse_routine

EXERCISES = load_library(bundled_routines(), Path("/nonexistent")).exercises
CHOICES = st.lists(st.sampled_from(sorted(EXERCISES)), min_size=1, max_size=12, unique=True)


@given(CHOICES, st.integers(20, 900))
def test_the_steps_take_exactly_the_time_and_no_dose_is_exceeded(ids: list[str], seconds: int) -> None:
    chosen = [EXERCISES[id_] for id_ in ids]
    steps = fill_time(chosen, seconds)
    if not steps:
        assert seconds < max(2 * (5 + one.dose.hold) for one in chosen)
        return
    routine = build_routine("own", "Own", steps, EXERCISES)
    assert routine.total_seconds == seconds
    for step in routine.steps:
        if step.exercise:
            dose = step.exercise.dose
            assert step.hold <= dose.hold
            assert step.reps <= dose.reps
            assert 5 <= step.prepare <= 10


@given(CHOICES)
def test_exercises_keep_their_order(ids: list[str]) -> None:
    routine = build_routine("own", "Own", fill_time([EXERCISES[id_] for id_ in ids], 900), EXERCISES)
    taken = [one.id for one in routine.exercises]
    assert taken == [id_ for id_ in ids if id_ in taken]
    assert all(step.rest <= 600 for step in routine.steps)


def test_time_that_is_left_is_a_rest() -> None:
    steps = [step.model_dump(exclude_none=True) for step in fill_time([EXERCISES["eye-20"]], 72)]
    assert [(step.get("prepare"), step.get("hold"), step["rest"]) for step in steps] == [
        (10, 20, 0),
        (10, 20, 0),
        (None, None, 12),
    ]


def test_a_written_routine_holds_what_its_reader_may_not_have(tmp_path: Path) -> None:
    own = EXERCISES["eye-20"].model_copy(update={"id": "my-own", "name": "My own", "schema_": None})
    routine = build_routine("sent", "Sent", fill_time([own, EXERCISES["breathing"]], 120), {**EXERCISES, "my-own": own})
    file = tmp_path / "sent.json"
    file.write_text(json.dumps(routine_json(routine, EXERCISES)), encoding="utf-8")
    read = parse_routine(read_document(file), EXERCISES)
    assert read.steps == routine.steps
    assert list(read.file.exercises) == ["my-own"]
    assert ".0" not in file.read_text(encoding="utf-8")
