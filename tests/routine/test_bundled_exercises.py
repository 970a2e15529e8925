"""Rules that every bundled exercise file follows in addition to the format."""

import math

from tests.routine.bundled import Entries, Entry, matching

FIELDS = {
    "$schema", "id", "name", "aliases", "kind", "level", "targets", "position", "sided", "instructions", "say", "cue",
    "release", "setup_seconds", "dose", "intensity", "pose", "figure", "errors", "cautions", "tags", "evidence",
}  # fmt: skip
KIT = {"wall": "needs-wall", "doorframe": "needs-doorway", "band": "needs-band", "towel": "needs-towel"}
OPTIONAL = {"start", "repetitions", "say_variants", "cue_variants", "release_variants"}


def head_poses(exercise: Entry) -> list[Entry]:
    """Return all poses, also of single repetitions."""
    own = [one["pose"] for one in exercise.get("repetitions", []) if "pose" in one]
    return [exercise["pose"], *own, *exercise["figure"].get("keyframes", [])]


def test_names_are_unique(exercises: Entries) -> None:
    assert len({exercise["name"].casefold() for exercise in exercises.values()}) == len(exercises)


def test_files_are_named_after_the_id(exercises: Entries) -> None:
    assert [exercise["id"] for exercise in exercises.values()] == list(exercises)


def test_all_fields_are_given(exercise: Entry) -> None:
    assert exercise.keys() - OPTIONAL == FIELDS


def test_the_name_fits_on_its_line(exercise: Entry) -> None:
    assert len(exercise["name"]) <= 32


def test_setup_seconds_follow_from_the_number_of_words(exercise: Entry) -> None:
    words = sum(len(line.split()) for line in exercise["instructions"])
    assert exercise["setup_seconds"] == math.ceil(words / 160 * 60 + 1)


def test_a_hold_is_a_whole_number_of_cycles(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: one["figure"]["motion"] == "cycle"):
        assert exercise["dose"]["hold"] % exercise["figure"]["seconds_per_cycle"] == 0, exercise["id"]


def test_intensity_is_given(exercise: Entry) -> None:
    assert exercise["intensity"].strip()


def test_no_text_mentions_degrees(exercise: Entry) -> None:
    texts = [*exercise["instructions"], exercise["say"], exercise["cue"], exercise["release"], exercise["intensity"]]
    for text in [*texts, *exercise["errors"], *exercise["cautions"], *exercise["aliases"], exercise["name"]]:
        assert "degree" not in text.lower()
        assert "°" not in text


def test_clinician_taught_exercises_have_the_tag_and_cautions(exercise: Entry) -> None:
    locked = exercise["level"] == "clinician-taught"
    assert ("clinician-taught" in exercise["tags"]) == locked
    if locked:
        assert exercise["cautions"]


def test_evidence_cites_sources_unless_it_is_common_practice(exercise: Entry) -> None:
    evidence = exercise["evidence"]
    assert evidence["grade"] in {"A", "B", "C"}
    assert evidence["note"].strip()
    if not evidence["sources"]:
        assert "common practice" in evidence["note"].lower()


def test_every_source_is_in_the_references(exercise: Entry, references: Entry) -> None:
    assert set(exercise["evidence"]["sources"]) <= references.keys()


# Filters drop exercises by tag, so every tag that a pose calls for must be present.


def test_tags_include_extension_where_the_neck_bends_back(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: any(pose["pitch"] < 0 for pose in head_poses(one))):
        assert "extension" in exercise["tags"], exercise["id"]


def test_tags_include_ext_rot_where_the_neck_bends_back_and_turns(exercises: Entries) -> None:
    for exercise in matching(
        exercises, lambda one: any(pose["pitch"] < -5 and abs(pose["yaw"]) > 10 for pose in head_poses(one))
    ):
        assert "ext-rot" in exercise["tags"], exercise["id"]


def test_tags_include_trunk_extension_where_the_upper_back_bends_back(exercises: Entries) -> None:
    # Under five degrees the breastbone lifts, but the trunk still looks upright.
    for exercise in matching(
        exercises, lambda one: any(pose.get("trunk", {}).get("pitch", 0) < -5 for pose in head_poses(one))
    ):
        assert "trunk-extension" in exercise["tags"], exercise["id"]


def test_tags_include_end_range_rotation_where_a_far_turn_is_held(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: one["figure"]["motion"] == "hold" and abs(one["pose"]["yaw"]) > 45):
        assert "end-range-rotation" in exercise["tags"], exercise["id"]


def test_tags_include_flexion_load_where_the_head_hangs(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: any(pose["pitch"] >= 20 for pose in head_poses(one))):
        assert "flexion-load" in exercise["tags"], exercise["id"]


def test_tags_include_isometric_bp_for_presses(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: one["kind"] == "isometric"):
        assert "isometric-bp" in exercise["tags"], exercise["id"]


def test_tags_include_resisted_extension_for_a_press_back(exercises: Entries) -> None:
    for exercise in matching(
        exercises, lambda one: one["kind"] == "isometric" and "back-of-head" in one["figure"]["hands"].values()
    ):
        assert "resisted-extension" in exercise["tags"], exercise["id"]


def test_tags_include_the_position(exercise: Entry) -> None:
    assert ("standing" in exercise["tags"]) == (exercise["position"] == "standing")
    assert ("floor" in exercise["tags"]) == (exercise["position"] in {"lying", "hands-and-knees"})


def test_tags_include_the_equipment(exercise: Entry) -> None:
    needed = {KIT[place] for place in exercise["figure"]["hands"].values() if place in KIT}
    assert needed == set(exercise["tags"]) & set(KIT.values())


def test_only_breathing_and_jaw_rest_are_safe_in_an_attack(exercises: Entries) -> None:
    # Bright light can be too much in an attack, which rules out looking into the distance.
    assert {id_ for id_, exercise in exercises.items() if "safe-in-attack" in exercise["tags"]} == {
        "breathing",
        "jaw-release",
    }
