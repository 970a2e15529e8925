"""Rules for the warning signs, the filters, the body map and the references."""

from typing import Any

import pytest

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.safety import Safety, load_references, load_safety

Entry = dict[str, Any]
Entries = dict[str, Entry]

LEVELS = {"all", "intermediate", "advanced", "clinician-taught"}
EMERGENCY, URGENT = "emergency", "urgent"


@pytest.fixture(scope="module")
def safety() -> Safety:
    return load_safety(bundled_routines())


def kept(filter_: Entry, exercises: Entries) -> set[str]:
    """Return the ids of the exercises that a filter keeps."""
    return {
        id_
        for id_, exercise in exercises.items()
        if not set(filter_.get("drop_tags", [])) & set(exercise["tags"])
        and set(filter_.get("keep_only_tags", [])) <= set(exercise["tags"])
        and exercise["level"] in filter_.get("levels", LEVELS)
    }


def filter_named(name: str, safety_texts: Entry) -> Entry:
    found: Entry = next(filter_ for filter_ in safety_texts["filters"] if filter_["id"] == name)
    return found


def test_the_intended_use_and_the_missing_review_are_stated(safety: Safety) -> None:
    assert any("does not diagnose or treat" in line for line in safety.intended_use)
    assert "No clinician has reviewed" in safety.review


def test_every_warning_sign_has_an_action(safety: Safety) -> None:
    for flag in safety.red_flags:
        assert flag.action in safety.actions
        assert not flag.ask.endswith(("?", ".", ":"))


def test_codes_start_with_the_urgency(safety: Safety) -> None:
    assert [flag.code for flag in safety.red_flags if flag.action == EMERGENCY] == [f"E{n}" for n in range(1, 9)]
    assert [flag.code for flag in safety.red_flags if flag.action == URGENT] == [f"U{n}" for n in range(1, 8)]


def test_emergency_and_urgent_signs_rule_out_exercise(safety: Safety) -> None:
    for action in (EMERGENCY, URGENT):
        assert safety.actions[action].text.startswith("Do not exercise.")  # type: ignore[index]  # a Literal of these


def test_the_text_of_a_warning_sign_lists_what_counts_and_ends_with_the_advice(safety: Safety) -> None:
    texts = {flag.code: flag.text for flag in safety.red_flags}
    assert texts["E7"] == "A painful red eye, with one of these: halos around lights, or a change in vision"
    assert texts["U7"] == "A head injury in the past three months"
    assert texts["E5"].endswith(". Do not move your neck to test it.")
    assert "; comes with coughing, straining or exercise; or " in texts["U2"]


def test_ids_and_codes_are_unique(safety: Safety) -> None:
    assert len({flag.id for flag in safety.red_flags}) == len(safety.red_flags)
    assert len({flag.code for flag in safety.red_flags}) == len(safety.red_flags)


def test_an_injured_neck_is_not_to_be_tested(safety: Safety) -> None:
    injury = next(flag for flag in safety.red_flags if flag.code == "E5")
    assert injury.signs
    assert injury.advice == "Do not move your neck to test it."


def test_stop_signs_include_dizziness(safety: Safety) -> None:
    assert "dizziness or faintness" in safety.stop_now
    assert safety.stop_text.startswith("Stop now")


def test_every_filter_drops_some_exercises_and_keeps_some(safety_texts: Entry, exercises: Entries) -> None:
    for filter_ in safety_texts["filters"]:
        assert 0 < len(kept(filter_, exercises)) < len(exercises), filter_["id"]


def test_the_beginner_filter_keeps_the_level_all_without_neck_extension(
    safety_texts: Entry, exercises: Entries
) -> None:
    left = kept(filter_named("beginner", safety_texts), exercises)
    assert {exercises[id_]["level"] for id_ in left} == {"all"}
    assert not any(pose["pitch"] < 0 for id_ in left for pose in [exercises[id_]["pose"]])


def test_the_attack_filter_keeps_breathing_and_jaw_rest(safety_texts: Entry, exercises: Entries) -> None:
    assert kept(filter_named("attack-now", safety_texts), exercises) == {"breathing", "jaw-release"}


def test_the_hypermobility_filter_limits_holds_to_15_seconds(safety_texts: Entry) -> None:
    assert filter_named("hypermobility", safety_texts)["hold_at_most"] == 15


@pytest.mark.parametrize("name", ["headache", "osteoporosis", "ra-instability", "hypermobility", "dizziness"])
def test_filters_for_conditions_drop_locked_exercises(name: str, safety_texts: Entry, exercises: Entries) -> None:
    left = kept(filter_named(name, safety_texts), exercises)
    assert not any(exercises[id_]["level"] == "clinician-taught" for id_ in left)


def cited(safety_texts: Entry, body_map: Entry) -> set[str]:
    parts = [flag["basis"] for flag in safety_texts["red_flags"]] + body_map["muscles"] + [body_map["caveat"]]
    return {code for part in parts for code in part["sources"]}


def test_every_source_is_in_the_references(safety_texts: Entry, body_map: Entry, references: Entry) -> None:
    assert cited(safety_texts, body_map) <= references.keys()


def test_every_reference_has_a_citation_and_an_address() -> None:
    for code, reference in load_references(bundled_routines()).items():
        assert reference.citation, code
        assert reference.address.startswith("http"), code


def test_every_reference_is_cited(
    safety_texts: Entry,
    body_map: Entry,
    exercises: Entries,
    routines: Entries,
    references: Entry,
) -> None:
    used = cited(safety_texts, body_map)
    for entry in [*exercises.values(), *routines.values()]:
        used |= set(entry["evidence"]["sources"])
    assert sorted(references.keys() - used) == []


def test_the_body_map_refers_to_known_zones_and_exercises(body_map: Entry, exercises: Entries) -> None:
    zones = {zone["id"] for zone in body_map["zones"]}
    assert len(zones) == len(body_map["zones"])
    for muscle in body_map["muscles"]:
        assert muscle["zones"].keys() <= zones, muscle["id"]
        assert set(muscle["zones"].values()) <= {1, 2}, muscle["id"]
        assert muscle["exercises"], muscle["id"]
        assert set(muscle["exercises"]) <= exercises.keys(), muscle["id"]


def test_the_body_map_highlights_muscles_that_exercises_highlight(body_map: Entry, exercises: Entries) -> None:
    drawn = {name for exercise in exercises.values() for name in exercise["figure"]["highlight"]} | {None}
    assert {muscle["highlight"] for muscle in body_map["muscles"]} <= drawn


def test_the_body_map_suggests_nothing_for_arm_and_hand(body_map: Entry) -> None:
    assert [zone["id"] for zone in body_map["zones"] if not zone["suggest"]] == ["arm-hand"]


def test_the_skull_base_stretch_is_left_out_in_an_attack_and_kept_between_attacks(
    safety_texts: Entry, exercises: Entries
) -> None:
    assert "suboccipital-stretch" in kept(filter_named("headache", safety_texts), exercises)
    assert kept(filter_named("attack-now", safety_texts), exercises) == {"breathing", "jaw-release"}


def test_the_body_map_suggests_no_locked_and_no_nerve_exercises(body_map: Entry, exercises: Entries) -> None:
    suggested = {id_ for muscle in body_map["muscles"] for id_ in muscle["exercises"]}
    for id_ in suggested:
        assert not {"clinician-taught", "nerve"} & set(exercises[id_]["tags"]), id_


def test_the_body_map_has_its_explanation_and_caveat(body_map: Entry) -> None:
    assert "Never a diagnosis" in body_map["reading"]
    assert "disputed" in body_map["caveat"]["note"]
