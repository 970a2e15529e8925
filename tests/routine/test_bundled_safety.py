"""The rules for the warning signs, the filters, the body map and the list of sources."""

from typing import Any

import pytest

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.exercise import Tag
from stretch_coach.routine.references import load_references
from stretch_coach.routine.safety import Safety, load_safety

Entry = dict[str, Any]

TAGS: tuple[str, ...] = Tag.__args__  # type: ignore[attr-defined]  # of a Literal
LEVELS = {"all", "intermediate", "advanced", "clinician-taught"}
EMERGENCY, URGENT = "emergency", "urgent"


@pytest.fixture(scope="module")
def safety() -> Safety:
    return load_safety(bundled_routines())


def kept(filter_: Entry, exercises: dict[str, Entry]) -> set[str]:
    """The exercises that a filter leaves, by the words of its description."""
    return {
        id_
        for id_, one in exercises.items()
        if not set(filter_.get("drop_tags", [])) & set(one["tags"])
        and set(filter_.get("keep_only_tags", [])) <= set(one["tags"])
        and one["level"] in filter_.get("levels", LEVELS)
    }


def filter_named(name: str, safety_texts: Entry) -> Entry:
    found: Entry = next(one for one in safety_texts["filters"] if one["id"] == name)
    return found


def test_the_program_says_what_it_is_and_that_nobody_reviewed_it(safety: Safety) -> None:
    assert any("does not diagnose or treat" in line for line in safety.intended_use)
    assert "No clinician has reviewed" in safety.review


def test_every_warning_sign_leads_somewhere(safety: Safety) -> None:
    for flag in safety.red_flags:
        assert flag.action in safety.actions
        assert flag.ask.endswith("?")


def test_the_code_says_how_urgent_a_sign_is(safety: Safety) -> None:
    assert [flag.code for flag in safety.red_flags if flag.action == EMERGENCY] == [f"E{n}" for n in range(1, 9)]
    assert [flag.code for flag in safety.red_flags if flag.action == URGENT] == [f"U{n}" for n in range(1, 8)]


def test_emergency_and_urgent_forbid_exercise(safety: Safety) -> None:
    for action in (EMERGENCY, URGENT):
        assert safety.actions[action].text.startswith("Do not exercise.")  # type: ignore[index]  # a Literal of these


def test_warning_signs_have_ids_of_their_own(safety: Safety) -> None:
    assert len({flag.id for flag in safety.red_flags}) == len(safety.red_flags)
    assert len({flag.code for flag in safety.red_flags}) == len(safety.red_flags)


def test_nobody_is_asked_to_test_an_injured_neck(safety: Safety) -> None:
    injury = next(flag for flag in safety.red_flags if flag.code == "E5")
    assert injury.signs
    assert injury.advice == "Do not move your neck to test it."


def test_there_are_signs_to_stop_at(safety: Safety) -> None:
    assert "dizziness or faintness" in safety.stop_now
    assert safety.stop_text.startswith("Stop now")


def test_filters_use_words_that_exist(safety_texts: Entry) -> None:
    for one in safety_texts["filters"]:
        assert set(one.get("drop_tags", [])) | set(one.get("keep_only_tags", [])) <= set(TAGS)
        assert set(one.get("levels", [])) <= LEVELS
        assert one.keys() <= {"id", "drop_tags", "keep_only_tags", "levels", "hold_at_most"}


def test_every_filter_does_something_and_leaves_something(safety_texts: Entry, exercises: dict[str, Entry]) -> None:
    for one in safety_texts["filters"]:
        assert 0 < len(kept(one, exercises)) < len(exercises), one["id"]


def test_beginners_get_nothing_beyond_their_level(safety_texts: Entry, exercises: dict[str, Entry]) -> None:
    left = kept(filter_named("beginner", safety_texts), exercises)
    assert {exercises[id_]["level"] for id_ in left} == {"all"}
    assert not any(pose["pitch"] < 0 for id_ in left for pose in [exercises[id_]["pose"]])


def test_an_attack_leaves_breathing_and_jaw_rest(safety_texts: Entry, exercises: dict[str, Entry]) -> None:
    assert kept(filter_named("attack-now", safety_texts), exercises) == {"breathing", "jaw-release"}


def test_very_mobile_joints_hold_shorter(safety_texts: Entry) -> None:
    assert filter_named("hypermobility", safety_texts)["hold_at_most"] == 15


@pytest.mark.parametrize("name", ["headache", "osteoporosis", "ra-instability", "hypermobility", "dizziness"])
def test_the_locked_exercises_are_dropped(name: str, safety_texts: Entry, exercises: dict[str, Entry]) -> None:
    left = kept(filter_named(name, safety_texts), exercises)
    assert not any(exercises[id_]["level"] == "clinician-taught" for id_ in left)


def cited(safety_texts: Entry, body_map: Entry) -> set[str]:
    parts = [flag["basis"] for flag in safety_texts["red_flags"]] + body_map["muscles"] + [body_map["caveat"]]
    return {code for part in parts for code in part["sources"]}


def test_every_source_is_known(safety_texts: Entry, body_map: Entry, references: Entry) -> None:
    assert cited(safety_texts, body_map) <= references.keys()


def test_every_reference_can_be_looked_up() -> None:
    for code, reference in load_references(bundled_routines()).items():
        assert reference.citation, code
        assert reference.address.startswith("http"), code


def test_every_reference_is_cited(
    safety_texts: Entry,
    body_map: Entry,
    exercises: dict[str, Entry],
    routines: dict[str, Entry],
    references: Entry,
) -> None:
    used = cited(safety_texts, body_map)
    for one in [*exercises.values(), *routines.values()]:
        used |= set(one["evidence"]["sources"])
    assert sorted(references.keys() - used) == []


def test_the_body_map_names_what_exists(body_map: Entry, exercises: dict[str, Entry]) -> None:
    zones = {zone["id"] for zone in body_map["zones"]}
    assert len(zones) == len(body_map["zones"])
    for muscle in body_map["muscles"]:
        assert muscle["zones"].keys() <= zones, muscle["id"]
        assert set(muscle["zones"].values()) <= {1, 2}, muscle["id"]
        assert muscle["exercises"], muscle["id"]
        assert set(muscle["exercises"]) <= exercises.keys(), muscle["id"]


def test_the_body_map_lights_up_muscles_that_exercises_light_up_too(
    body_map: Entry, exercises: dict[str, Entry]
) -> None:
    drawn = {name for one in exercises.values() for name in one["figure"]["highlight"]} | {None}
    assert {muscle["highlight"] for muscle in body_map["muscles"]} <= drawn


def test_nothing_is_suggested_for_arm_and_hand(body_map: Entry) -> None:
    assert [zone["id"] for zone in body_map["zones"] if not zone["suggest"]] == ["arm-hand"]


def test_the_body_map_suggests_nothing_locked_and_no_nerve_work(body_map: Entry, exercises: dict[str, Entry]) -> None:
    suggested = {id_ for muscle in body_map["muscles"] for id_ in muscle["exercises"]}
    for id_ in suggested:
        assert not {"clinician-taught", "nerve"} & set(exercises[id_]["tags"]), id_


def test_the_body_map_comes_with_its_reading_and_its_caveat(body_map: Entry) -> None:
    assert "Never a diagnosis" in body_map["reading"]
    assert "disputed" in body_map["caveat"]["note"]
