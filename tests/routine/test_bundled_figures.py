"""Rules for how every bundled exercise is drawn, since people copy what they see."""

import re

import pytest

from tests.routine.bundled import Entries, Entry, matching

HIGHLIGHTS = {
    "upper-trapezius", "middle-lower-trapezius", "levator-scapulae", "scalenes", "sternocleidomastoid",
    "suboccipitals", "splenius", "neck-extensors", "deep-neck-flexors", "pectorals", "front-shoulder",
    "rear-shoulder", "rhomboids", "serratus", "latissimus", "side-trunk", "back-extensors", "forearm", "temporalis",
    "masseter", "diaphragm",
}  # fmt: skip
ON_THE_HEAD = {"forehead", "temple", "cheek", "chin", "back-of-head", "skull-base"}
NEEDS_ARM = {"overhead", "out-to-side", "wall", "doorframe"}
NEEDS_ARM_HEIGHT = {*NEEDS_ARM, "band"}


def poses(exercise: Entry) -> list[Entry]:
    own = [one["pose"] for one in exercise.get("repetitions", []) if "pose" in one]
    return [exercise["pose"], *own, *exercise["figure"].get("keyframes", [])]


def angles(exercise: Entry, name: str) -> list[float]:
    """Return an angle in all poses: the head's with the trunk's added, or the trunk's alone for `trunk roll`."""
    values = []
    for pose in poses(exercise):
        trunk = pose.get("trunk", {})
        values.append(trunk["roll"] if name == "trunk roll" else pose[name] + trunk.get(name, 0))
    return values


def without_at(frame: Entry) -> Entry:
    return {key: value for key, value in frame.items() if key != "at"}


def test_highlights_are_muscles_that_can_be_drawn(exercise: Entry) -> None:
    assert set(exercise["figure"]["highlight"]) <= HIGHLIGHTS


def test_the_pose_of_a_cycle_is_a_keyframe(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: one["figure"]["motion"] == "cycle"):
        assert exercise["pose"] in [without_at(frame) for frame in exercise["figure"]["keyframes"]], exercise["id"]


def test_pulses_are_presses_against_a_hand_on_the_head(exercise: Entry) -> None:
    pulses = exercise["figure"]["motion"] == "pulse"
    assert pulses == (exercise["kind"] == "isometric")
    if pulses:
        assert ON_THE_HEAD & set(exercise["figure"]["hands"].values())


def test_the_breath_fits_into_its_cycle(exercise: Entry) -> None:
    figure = exercise["figure"]
    assert (figure["focus"] == "breath") == ("breath_in_seconds" in figure)
    if figure["focus"] == "breath":
        assert 0 < figure["breath_in_seconds"] < figure["seconds_per_cycle"]


def test_hands_away_from_the_body_have_an_arm_position(exercise: Entry) -> None:
    for side, place in exercise["figure"]["hands"].items():
        for pose in poses(exercise):
            if place in NEEDS_ARM_HEIGHT:
                assert side in pose["arm_height"]
            if place in NEEDS_ARM:
                assert side in pose["arm_bend"]


def test_crossed_arms_are_both_crossed(exercise: Entry) -> None:
    places = list(exercise["figure"]["hands"].values())
    assert places.count("opposite-shoulder") in {0, 2}


def test_a_desk_is_optional_only_where_the_text_offers_another_place(exercises: Entries) -> None:
    for exercise in matching(
        exercises, lambda one: "desk" in one["figure"]["hands"].values() and "needs-desk" not in one["tags"]
    ):
        assert any("desk or" in line for line in exercise["instructions"]), exercise["id"]


def test_no_hand_pulls_or_pushes_the_head(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: one["kind"] != "isometric"):
        for text in [*exercise["instructions"], exercise["say"], exercise["cue"]]:
            assert not re.search(r"\b(pull|push|press|draw|guide)\w*\b[^,.]*\b(head|chin|face)\b", text.lower()), (
                exercise["id"]
            )


def test_a_hand_on_the_head_stays_still(exercise: Entry) -> None:
    """The head may press into a hand, rest in it or be touched by it, but the hand never moves it."""
    figure, pose = exercise["figure"], exercise["pose"]
    if not ON_THE_HEAD & set(figure["hands"].values()):
        return
    words = " ".join(exercise["instructions"]).lower()
    head_moves = figure["motion"] in {"hold", "cycle"} and any(pose[axis] for axis in ("pitch", "yaw", "roll"))
    assert "let nothing move" in words if figure["motion"] == "pulse" else not head_moves or "without pushing" in words


# Poses are written for the left side: {side} is left and {other} is right.

DIRECTIONS = [
    (r"\btip your \{other\} ear\b|\btip your head to the \{other\}", "roll", 1),
    (r"\btip your head towards (?:it|your \{side\} hand)", "roll", -1),
    (r"\bturn (?:your head |your face |your ribs )?(?:\w+ ){0,2}(?:to|towards) the \{other\}", "yaw", 1),
    (r"\bturn (?:your head |your face )?(?:\w+ ){0,2}(?:back )?(?:to|towards) the \{side\}", "yaw", -1),
    (r"\blean gently to the \{other\}", "trunk roll", 1),
]


@pytest.mark.parametrize(("words", "angle", "sign"), DIRECTIONS, ids=[angle for _, angle, _ in DIRECTIONS])
def test_spoken_directions_match_the_pose(exercise: Entry, words: str, angle: str, sign: int) -> None:
    if exercise["kind"] == "isometric" or not exercise["sided"]:
        return
    if any(re.search(words, text.lower()) for text in [*exercise["instructions"], exercise["say"], exercise["cue"]]):
        assert any(value * sign > 0 for value in angles(exercise, angle))


def test_every_direction_pattern_occurs_in_the_texts(exercises: Entries) -> None:
    # Guards the test before, which would pass if a pattern matched nothing.
    for words, _, _ in DIRECTIONS:
        assert any(
            re.search(words, line.lower()) for exercise in exercises.values() for line in exercise["instructions"]
        )


def test_the_camera_shows_the_movement(exercise: Entry) -> None:
    """Rolls, turns and shrugs are seen from the front, nods and tucks in profile."""
    pose = exercise["pose"]
    others = [*pose.get("trunk", {}).values(), *pose.get("shoulder_forward", {}).values()]
    if any(others) or exercise["figure"]["motion"] not in {"hold", "cycle"} or len(pose) > 5:
        return
    sideways = max(abs(frame[axis]) for frame in poses(exercise) for axis in ("roll", "yaw"))
    nods = max(abs(frame["pitch"]) for frame in poses(exercise))
    shrug = max(pose["shoulder_lift"].values())
    if sideways >= 10 or shrug >= 0.8:
        assert exercise["figure"]["camera"] == "front"
    elif nods >= 10 or pose["retraction_cm"] >= 2:
        assert exercise["figure"]["camera"] == "profile"
