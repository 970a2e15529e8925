"""The rules for how the bundled routines are put together, held against the files as they are written."""

import re
from itertools import pairwise
from typing import Any

import pytest

Entry = dict[str, Any]
Exercises = dict[str, Entry]

LEVELS = ["all", "intermediate", "advanced", "clinician-taught"]
REQUIRED = {
    "$schema", "format", "id", "title", "summary", "language", "level", "tags", "need", "frequency", "cautions",
    "evidence", "total_seconds", "steps",
}  # fmt: skip
STEP_FIELDS = {"exercise", "prepare", "hold", "reps", "rest"}
NECK = {
    "upper-trapezius", "levator-scapulae", "scalenes", "sternocleidomastoid", "suboccipitals", "splenius",
    "neck-extensors", "deep-neck-flexors",
}  # fmt: skip
DISEASES = re.compile(
    r"headache|migraine|arthriti|rheumat|whiplash|sciatic|herni|\bdisc\b|stenosis|syndrome|disorder|disease|neuralgi"
    r"|spondyl|myelopath|radiculopath|porosis|neuropath|inflamm|tendin|injur|strain|vertigo|hypertension|diagnos"
)
PROMISES = re.compile(
    r"\bcur(?:e|es|ing)\b|\bheal|relie[fv]|\btreat|\bfix|prevent|guarantee|eliminat|get rid|\bwill\b|reduc|improv"
    r"|restor|pain.free|\bno (?:more )?pain|proven|\bcorrect|therap|banish|better\b"
)


def exercises_of(routine: Entry, exercises: Exercises) -> list[Entry]:
    return [exercises[step["exercise"]] for step in routine["steps"]]


def loosens(exercise: Entry) -> bool:
    return bool(exercise["kind"] == "mobility" or exercise["figure"]["focus"] == "legs")


def stretches_neck(exercise: Entry) -> bool:
    return exercise["kind"] == "stretch" and bool(NECK & set(exercise["figure"]["highlight"]))


def presses(exercise: Entry) -> bool:
    return bool(exercise["kind"] == "isometric")


def poses(exercise: Entry) -> list[Entry]:
    return [exercise["pose"], *exercise["figure"].get("keyframes", [])]


def test_there_are_15_routines(routines: dict[str, Entry]) -> None:
    assert len(routines) == 15


def test_every_routine_has_a_title_of_its_own(routines: dict[str, Entry]) -> None:
    assert len({one["title"].casefold() for one in routines.values()}) == len(routines)


def test_the_file_is_named_after_the_id(routine: Entry, request: pytest.FixtureRequest) -> None:
    assert request.node.name.endswith(f"[{routine['id']}]")


def test_all_fields_are_written_out(routine: Entry) -> None:
    assert routine.keys() - {"warning_signs"} == REQUIRED
    assert routine["format"] == 1
    assert routine["language"] == "en"


def test_title_and_summary_fit_their_lines(routine: Entry) -> None:
    assert 0 < len(routine["title"]) <= 32
    assert 0 < len(routine["summary"]) <= 90


@pytest.mark.parametrize("field", ["title", "summary", "need"])
def test_no_disease_is_named_and_nothing_promised(routine: Entry, field: str) -> None:
    assert not DISEASES.search(routine[field].lower())
    assert not PROMISES.search(routine[field].lower())


def test_every_step_says_its_whole_dose(routine: Entry, exercises: Exercises) -> None:
    for step in routine["steps"]:
        sided = exercises[step["exercise"]]["sided"]
        assert step.keys() - {"say"} == STEP_FIELDS | ({"side"} if sided else set())
        assert step.get("side", "each") == "each"


def test_the_total_is_what_the_steps_take(routine: Entry) -> None:
    total = 0
    for step in routine["steps"]:
        sides = 2 if "side" in step else 1
        total += sides * (step["prepare"] + step["reps"] * step["hold"] + (step["reps"] - 1) * step["rest"])
    assert total == routine["total_seconds"]


def test_no_hold_ends_in_the_middle_of_a_cycle(routine: Entry, exercises: Exercises) -> None:
    for step in routine["steps"]:
        figure = exercises[step["exercise"]]["figure"]
        if figure["motion"] == "cycle":
            assert step["hold"] % figure["seconds_per_cycle"] == 0, step["exercise"]


def test_something_loosens_before_any_stretch_or_press(routine: Entry, exercises: Exercises) -> None:
    loosened = False
    for exercise in exercises_of(routine, exercises):
        loosened = loosened or loosens(exercise)
        assert loosened or exercise["kind"] not in {"stretch", "isometric"}, exercise["id"]


def test_neck_stretches_and_presses_have_something_between_them(routine: Entry, exercises: Exercises) -> None:
    for one, following in pairwise(exercises_of(routine, exercises)):
        assert not (stretches_neck(one) and stretches_neck(following)), (one["id"], following["id"])
        assert not (presses(one) and presses(following)), (one["id"], following["id"])


def test_one_gets_up_at_most_once(routine: Entry, exercises: Exercises) -> None:
    standing = [one["position"] == "standing" for one in exercises_of(routine, exercises)]
    assert sum(now and not before for before, now in pairwise([False, *standing])) <= 1


def test_the_chair_is_left_only_where_the_routine_says_so(routine: Entry, exercises: Exercises) -> None:
    if not {"standing", "wall"} & set(routine["tags"]):
        assert all("seated" in one["position"] for one in exercises_of(routine, exercises))


def test_nobody_has_to_lie_down_or_kneel(routine: Entry, exercises: Exercises) -> None:
    assert not any("floor" in one["tags"] for one in exercises_of(routine, exercises))


def test_the_neck_is_never_bent_back(routine: Entry, exercises: Exercises) -> None:
    for exercise in exercises_of(routine, exercises):
        assert not {"extension", "ext-rot"} & set(exercise["tags"]), exercise["id"]
        assert all(pose["pitch"] >= 0 for pose in poses(exercise)), exercise["id"]


def test_the_head_never_circles(routine: Entry, exercises: Exercises) -> None:
    for exercise in exercises_of(routine, exercises):
        tips = {pose["roll"] for pose in poses(exercise)}
        nods = {pose["pitch"] for pose in poses(exercise)}
        assert min(tips) >= 0 or max(tips) <= 0 or len(nods) == 1, exercise["id"]


def test_only_the_towel_turn_has_to_be_taught(routine: Entry, exercises: Exercises) -> None:
    # It is the one movement in which hands guide the head; that no other does is tested for all exercises.
    taught = {one["id"] for one in exercises_of(routine, exercises) if one["level"] == "clinician-taught"}
    assert taught == ({"snag-c1c2"} if routine["id"] == "towel-snag" else set())


def test_a_routine_is_for_those_all_its_exercises_are_for(routine: Entry, exercises: Exercises) -> None:
    hardest = max(LEVELS.index(one["level"]) for one in exercises_of(routine, exercises))
    assert LEVELS.index(routine["level"]) >= hardest


def test_a_routine_locked_until_confirmed_says_so(routine: Entry) -> None:
    assert (routine["level"] == "clinician-taught") == ("locked" in routine["tags"]) == (routine["id"] == "towel-snag")


def test_warning_signs_come_before_the_three_that_need_them(routines: dict[str, Entry]) -> None:
    asking = {id_ for id_, one in routines.items() if one.get("warning_signs")}
    assert asking == {"upper-neck-ease", "deep-neck-endurance", "towel-snag"}


def test_every_source_is_known(routine: Entry, references: Entry) -> None:
    evidence = routine["evidence"]
    assert evidence["grade"] in {"A", "B", "C"}
    assert evidence["sources"] or "common practice" in evidence["note"].lower()
    assert set(evidence["sources"]) <= references.keys()


def test_degrees_are_never_told_to_the_user(routine: Entry) -> None:
    for text in [routine["title"], routine["summary"], routine["need"], routine["frequency"], *routine["cautions"]]:
        assert "degree" not in text.lower()
        assert "°" not in text
