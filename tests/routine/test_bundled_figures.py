"""The rules for how every bundled exercise is drawn: a pose is shown to people, who will copy it."""

import re
from itertools import pairwise
from typing import Any

import pytest

Entry = dict[str, Any]

CAMERAS = {"front", "profile", "three-quarter", "back"}
MOTIONS = {"hold", "cycle", "pulse", "still"}
FOCUS = {"body", "eyes", "jaw", "breath", "legs"}
HANDS = {
    "rest", "thigh", "knee", "seat-edge", "desk", "forehead", "temple", "cheek", "chin", "back-of-head", "skull-base",
    "collarbone", "chest", "belly", "opposite-shoulder", "across-chest", "opposite-elbow", "opposite-hand", "forward",
    "forward-clasped", "behind-back", "overhead", "out-to-side", "wall", "doorframe", "band", "towel", "floor",
    "under-chest",
}  # fmt: skip
HIGHLIGHTS = {
    "upper-trapezius", "middle-lower-trapezius", "levator-scapulae", "scalenes", "sternocleidomastoid",
    "suboccipitals", "splenius", "neck-extensors", "deep-neck-flexors", "pectorals", "front-shoulder",
    "rear-shoulder", "rhomboids", "serratus", "latissimus", "side-trunk", "back-extensors", "forearm", "temporalis",
    "masseter", "diaphragm",
}  # fmt: skip
ON_THE_HEAD = {"forehead", "temple", "cheek", "chin", "back-of-head", "skull-base"}
NEEDS_ARM = {"overhead", "out-to-side", "wall", "doorframe"}
NEEDS_ARM_HEIGHT = {*NEEDS_ARM, "band"}
POSE_FIELDS = {
    "pitch", "yaw", "roll", "retraction_cm", "shoulder_lift", "shoulder_forward", "trunk", "arm_height", "arm_bend",
    "jaw_open",
}  # fmt: skip

HEAD_CAPS = {"pitch": (-25, 45), "yaw": (-60, 60), "roll": (-35, 35), "retraction_cm": (0, 3)}
TRUNK_CAPS = {"pitch": (-15, 45), "yaw": (-35, 35), "roll": (-20, 20)}
PAIR_CAPS = {"shoulder_lift": (-1, 1), "shoulder_forward": (-1, 1), "arm_height": (0, 1), "arm_bend": (0, 1)}


def poses(exercise: Entry) -> list[Entry]:
    return [exercise["pose"], *exercise["figure"].get("keyframes", [])]


def angles(exercise: Entry, name: str) -> list[float]:
    """A head angle in all poses, or with ``trunk`` before its name the trunk's; a turn of the ribs counts as a turn."""
    values = []
    for pose in poses(exercise):
        trunk = pose.get("trunk", {})
        values.append(trunk["roll"] if name == "trunk roll" else pose[name] + trunk.get(name, 0))
    return values


def without_at(frame: Entry) -> Entry:
    return {key: value for key, value in frame.items() if key != "at"}


def test_words_come_from_their_lists(exercise: Entry) -> None:
    figure = exercise["figure"]
    assert figure["camera"] in CAMERAS
    assert figure["motion"] in MOTIONS
    assert figure["focus"] in FOCUS
    assert figure["hands"].keys() == {"target", "other"}
    assert set(figure["hands"].values()) <= HANDS
    assert set(figure["highlight"]) <= HIGHLIGHTS


def test_every_pose_is_inside_the_caps(exercise: Entry) -> None:
    for pose in poses(exercise):
        assert without_at(pose).keys() <= POSE_FIELDS
        for field, (low, high) in HEAD_CAPS.items():
            assert low <= pose[field] <= high, field
        for axis, (low, high) in TRUNK_CAPS.items():
            assert low <= pose.get("trunk", {}).get(axis, 0) <= high, f"trunk {axis}"
        for field, (low, high) in PAIR_CAPS.items():
            assert all(low <= value <= high for value in pose.get(field, {}).values()), field
        assert 0 <= pose.get("jaw_open", 0) <= 1


def test_nobody_new_bends_back_and_turns_at_once(exercise: Entry) -> None:
    if exercise["level"] == "all":
        assert not any(pose["pitch"] < -5 and abs(pose["yaw"]) > 10 for pose in poses(exercise))


def test_a_cycle_loops_and_nothing_else_has_keyframes(exercise: Entry) -> None:
    figure = exercise["figure"]
    if figure["motion"] != "cycle":
        assert "keyframes" not in figure
        return
    frames = figure["keyframes"]
    times = [frame["at"] for frame in frames]
    assert times[0] == 0
    assert times[-1] == 1
    assert all(earlier < later for earlier, later in pairwise(times))
    assert without_at(frames[0]) == without_at(frames[-1])
    assert figure["seconds_per_cycle"] > 0


def test_the_pose_of_a_cycle_is_one_of_its_keyframes(exercise: Entry) -> None:
    if exercise["figure"]["motion"] == "cycle":
        assert exercise["pose"] in [without_at(frame) for frame in exercise["figure"]["keyframes"]]


def test_a_pulse_is_a_press_against_the_hand(exercise: Entry) -> None:
    pulses = exercise["figure"]["motion"] == "pulse"
    assert pulses == (exercise["kind"] == "isometric")
    if pulses:
        assert ON_THE_HEAD & set(exercise["figure"]["hands"].values())


def test_the_breath_fits_its_cycle(exercise: Entry) -> None:
    figure = exercise["figure"]
    assert (figure["focus"] == "breath") == ("breath_in_seconds" in figure)
    if figure["focus"] == "breath":
        assert 0 < figure["breath_in_seconds"] < figure["seconds_per_cycle"]


def test_a_hand_that_can_be_anywhere_says_where_it_is(exercise: Entry) -> None:
    for side, place in exercise["figure"]["hands"].items():
        for pose in poses(exercise):
            if place in NEEDS_ARM_HEIGHT:
                assert side in pose["arm_height"]
            if place in NEEDS_ARM:
                assert side in pose["arm_bend"]


def test_crossed_arms_are_both_crossed(exercise: Entry) -> None:
    places = list(exercise["figure"]["hands"].values())
    assert places.count("opposite-shoulder") in {0, 2}


def test_a_desk_is_needed_only_where_no_other_place_is_offered(exercise: Entry) -> None:
    if "desk" in exercise["figure"]["hands"].values() and "needs-desk" not in exercise["tags"]:
        assert any("desk or" in line for line in exercise["instructions"])


def test_no_hand_pulls_or_pushes_the_head(exercise: Entry) -> None:
    if exercise["kind"] != "isometric":
        for text in [*exercise["instructions"], exercise["say"], exercise["cue"]]:
            assert not re.search(r"\b(pull|push|press|draw|guide)\w*\b[^,.]*\b(head|chin|face)\b", text.lower())


def test_a_hand_on_the_head_stays_still(exercise: Entry) -> None:
    """The head may press into a hand, rest in it or be touched by it; the hand moves it nowhere."""
    figure, pose = exercise["figure"], exercise["pose"]
    if not ON_THE_HEAD & set(figure["hands"].values()):
        return
    words = " ".join(exercise["instructions"]).lower()
    head_moves = figure["motion"] in {"hold", "cycle"} and any(pose[axis] for axis in ("pitch", "yaw", "roll"))
    assert "let nothing move" in words if figure["motion"] == "pulse" else not head_moves or "without pushing" in words


# Poses are written for side = left, so that {side} is left and {other} is right.

DIRECTIONS = [
    (r"\btip your \{other\} ear\b|\btip your head to the \{other\}", "roll", 1),
    (r"\btip your head toward (?:it|your \{side\} hand)", "roll", -1),
    (r"\bturn (?:your head |your face |your ribs )?(?:\w+ ){0,2}(?:to|toward) the \{other\}", "yaw", 1),
    (r"\bturn (?:your head |your face )?(?:\w+ ){0,2}(?:back )?(?:to|toward) the \{side\}", "yaw", -1),
    (r"\blean gently to the \{other\}", "trunk roll", 1),
]


@pytest.mark.parametrize(("words", "angle", "sign"), DIRECTIONS, ids=[angle for _, angle, _ in DIRECTIONS])
def test_what_is_said_is_what_is_drawn(exercise: Entry, words: str, angle: str, sign: int) -> None:
    if exercise["kind"] == "isometric" or not exercise["sided"]:
        return
    if any(re.search(words, text.lower()) for text in [*exercise["instructions"], exercise["say"], exercise["cue"]]):
        assert any(value * sign > 0 for value in angles(exercise, angle))


def test_the_words_for_directions_are_ones_that_are_used(exercises: dict[str, Entry]) -> None:
    # A guard against patterns that match nothing, with which the test before would always pass.
    for words, _, _ in DIRECTIONS:
        assert any(re.search(words, line.lower()) for one in exercises.values() for line in one["instructions"])


def test_the_camera_looks_where_the_movement_is_seen(exercise: Entry) -> None:
    """Roll, turns and shrugs from the front, nods and tucks in profile; for what only the head and the lift do."""
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
