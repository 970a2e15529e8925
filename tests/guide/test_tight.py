"""A routine for the places where it is tight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.errors import CoachError
from stretch_coach.guide.body_map import load_body_map
from stretch_coach.guide.tight import plan_for_zones
from stretch_coach.paths import bundled_routines
from tests.guide.test_built_routine import EXERCISES

MAP = load_body_map(bundled_routines())
ZONES = st.lists(st.sampled_from(MAP.zones), min_size=1, max_size=5)


@given(ZONES, st.integers(1, 15))
def test_every_exercise_is_for_everybody_and_for_a_muscle_that_is_felt_there(zones: list[object], minutes: int) -> None:
    plan = plan_for_zones(MAP, zones, EXERCISES, minutes)  # type: ignore[arg-type]  # they are zones
    assert (plan.routine is None) == (not any(zone.suggest for zone in plan.zones))
    if plan.routine is None:
        return
    assert plan.routine.total_seconds in {60 * fewer for fewer in range(1, minutes + 1)}
    assert sum(step.rest for step in plan.routine.steps if not step.exercise) < 60
    assert plan.routine.has_warning_signs
    felt = {id_ for one in plan.muscles for id_ in one.muscle.exercises}
    assert [reason.exercise for reason in plan.reasons] == list(plan.routine.exercises)
    for reason in plan.reasons:
        assert reason.exercise.level == "all"
        assert reason.exercise.id in felt or (reason.exercise.id, reason.muscles) == ("shoulder-rolls", ())


def test_each_muscle_has_an_exercise_before_any_has_two() -> None:
    plan = plan_for_zones(MAP, [MAP.zone("temple")], EXERCISES, 15)
    assert plan.routine
    ids = [one.id for one in plan.routine.exercises]
    firsts = list(dict.fromkeys(one.muscle.exercises[0] for one in plan.muscles))
    assert ids[: len(firsts) + 1] == ["shoulder-rolls", *firsts]


def test_an_exercise_that_is_not_offered_is_not_chosen() -> None:
    fewer = {id_: one for id_, one in EXERCISES.items() if id_ != "upper-trap-stretch"}
    plan = plan_for_zones(MAP, [MAP.zone("side of the neck")], fewer, 3)
    assert plan.routine
    assert "upper-trap-stretch" not in {one.id for one in plan.routine.exercises}


def test_arm_and_hand_have_advice_in_place_of_exercises() -> None:
    plan = plan_for_zones(MAP, [MAP.zone("arm and hand")], EXERCISES, 3)
    assert (plan.muscles, plan.routine) == ((), None)
    assert "See a clinician" in plan.notes[0]


def test_too_few_exercises_make_a_shorter_routine_not_a_long_rest() -> None:
    plan = plan_for_zones(MAP, [MAP.zone("behind the eye")], {"eye-20": EXERCISES["eye-20"]}, 15)
    assert plan.routine
    assert (plan.routine.title, plan.routine.total_seconds) == ("Behind the eye, 1 minute", 60)


def test_many_places_have_a_title_that_fits() -> None:
    plan = plan_for_zones(MAP, MAP.zones, EXERCISES, 15)
    assert plan.routine
    assert plan.routine.title == "12 places, 15 minutes"
    assert len(plan.routine.id) <= 64


@pytest.mark.parametrize("minutes", [0, 16, -1])
def test_minutes_out_of_range_are_refused(minutes: int) -> None:
    with pytest.raises(CoachError, match="Choose 1 to 15"):
        plan_for_zones(MAP, [MAP.zone("temple")], EXERCISES, minutes)
