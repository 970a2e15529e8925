"""Rules for how the bundled routines are composed, in addition to the format."""

import re
from itertools import pairwise

import pytest

from tests.routine.bundled import Entries, Entry, matching

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


def exercises_of(routine: Entry, exercises: Entries) -> list[Entry]:
    return [exercises[step["exercise"]] for step in routine["steps"]]


def loosens(exercise: Entry) -> bool:
    return bool(exercise["kind"] == "mobility" or exercise["figure"]["focus"] == "legs")


def stretches_neck(exercise: Entry) -> bool:
    return exercise["kind"] == "stretch" and bool(NECK & set(exercise["figure"]["highlight"]))


def presses(exercise: Entry) -> bool:
    return bool(exercise["kind"] == "isometric")


def poses(exercise: Entry) -> list[Entry]:
    return [exercise["pose"], *exercise["figure"].get("keyframes", [])]


def test_titles_are_unique(routines: dict[str, Entry]) -> None:
    assert len({routine["title"].casefold() for routine in routines.values()}) == len(routines)


def test_files_are_named_after_the_id(routines: dict[str, Entry]) -> None:
    assert [routine["id"] for routine in routines.values()] == list(routines)


def test_all_fields_are_given(routine: Entry) -> None:
    assert routine.keys() - {"warning_signs"} == REQUIRED
    assert routine["format"] == 1
    assert routine["language"] == "en"


def test_title_and_summary_fit_on_their_lines(routine: Entry) -> None:
    assert 0 < len(routine["title"]) <= 32
    assert 0 < len(routine["summary"]) <= 90


@pytest.mark.parametrize("field", ["title", "summary", "need"])
def test_texts_name_no_disease_and_promise_nothing(routine: Entry, field: str) -> None:
    assert not DISEASES.search(routine[field].lower())
    assert not PROMISES.search(routine[field].lower())


def test_steps_give_their_whole_dose(routine: Entry, exercises: Entries) -> None:
    for step in routine["steps"]:
        sided = exercises[step["exercise"]]["sided"]
        assert step.keys() - {"say", "swap"} == STEP_FIELDS | ({"side"} if sided else set())
        assert step.get("side", "each") == "each"


def test_holds_are_whole_numbers_of_cycles(routines: Entries, exercises: Entries) -> None:
    cycles = {one["id"]: one["figure"] for one in matching(exercises, lambda one: one["figure"]["motion"] == "cycle")}
    steps = [step for routine in routines.values() for step in routine["steps"] if step["exercise"] in cycles]
    assert steps
    for step in steps:
        assert step["hold"] % cycles[step["exercise"]]["seconds_per_cycle"] == 0, step["exercise"]


def test_loosening_comes_before_stretches_and_presses(routine: Entry, exercises: Entries) -> None:
    loosened = False
    for exercise in exercises_of(routine, exercises):
        loosened = loosened or loosens(exercise)
        assert loosened or exercise["kind"] not in {"stretch", "isometric"}, exercise["id"]


def test_neck_stretches_and_presses_never_follow_each_other(routine: Entry, exercises: Entries) -> None:
    for first, second in pairwise(exercises_of(routine, exercises)):
        assert not (stretches_neck(first) and stretches_neck(second)), (first["id"], second["id"])
        assert not (presses(first) and presses(second)), (first["id"], second["id"])


def test_what_may_stand_in_a_step_keeps_the_rules(routine: Entry, exercises: Entries) -> None:
    slots = [[exercises[id_] for id_ in (step["exercise"], *step.get("swap", []))] for step in routine["steps"]]
    loosened = False
    for slot in slots:
        loosened = loosened or all(map(loosens, slot))
        assert loosened or not any(one["kind"] in {"stretch", "isometric"} for one in slot)
        main, *others = slot
        for one in others:
            assert LEVELS.index(one["level"]) <= LEVELS.index(routine["level"]), one["id"]
            assert {tag for tag in one["tags"] if tag.startswith("needs-") or tag == "floor"} <= set(main["tags"])
            assert one["position"].startswith(("seated", main["position"])), one["id"]
    for before, after in pairwise(slots):
        assert not (any(map(stretches_neck, before)) and any(map(stretches_neck, after)))
        assert not (any(map(presses, before)) and any(map(presses, after)))


def test_the_user_stands_up_at_most_once(routine: Entry, exercises: Entries) -> None:
    standing = [exercise["position"] == "standing" for exercise in exercises_of(routine, exercises)]
    assert sum(now and not before for before, now in pairwise([False, *standing])) <= 1


def test_exercises_are_seated_unless_the_tags_say_otherwise(routines: Entries, exercises: Entries) -> None:
    for routine in matching(routines, lambda one: not {"standing", "wall"} & set(one["tags"])):
        assert all("seated" in exercise["position"] for exercise in exercises_of(routine, exercises)), routine["id"]


def test_no_routine_needs_the_floor(routine: Entry, exercises: Entries) -> None:
    assert not any("floor" in exercise["tags"] for exercise in exercises_of(routine, exercises))


def test_the_neck_never_bends_back(routine: Entry, exercises: Entries) -> None:
    for exercise in exercises_of(routine, exercises):
        assert not {"extension", "ext-rot"} & set(exercise["tags"]), exercise["id"]
        assert all(pose["pitch"] >= 0 for pose in poses(exercise)), exercise["id"]


def test_the_head_never_circles(routine: Entry, exercises: Entries) -> None:
    for exercise in exercises_of(routine, exercises):
        tips = {pose["roll"] for pose in poses(exercise)}
        nods = {pose["pitch"] for pose in poses(exercise)}
        assert min(tips) >= 0 or max(tips) <= 0 or len(nods) == 1, exercise["id"]


def test_only_the_towel_turn_is_clinician_taught(routine: Entry, exercises: Entries) -> None:
    # It is the one movement in which the hands guide the head; test_bundled_figures checks all the others.
    taught = {
        exercise["id"] for exercise in exercises_of(routine, exercises) if exercise["level"] == "clinician-taught"
    }
    assert taught == ({"snag-c1c2"} if routine["id"] == "towel-snag" else set())


def test_the_level_covers_that_of_every_exercise(routine: Entry, exercises: Entries) -> None:
    hardest = max(LEVELS.index(exercise["level"]) for exercise in exercises_of(routine, exercises))
    assert LEVELS.index(routine["level"]) >= hardest


def test_locked_routines_have_the_tag(routine: Entry) -> None:
    assert (routine["level"] == "clinician-taught") == ("locked" in routine["tags"]) == (routine["id"] == "towel-snag")


def test_warning_signs_are_asked_before_the_three_routines_that_need_them(routines: dict[str, Entry]) -> None:
    asking = {id_ for id_, routine in routines.items() if routine.get("warning_signs")}
    assert asking == {"upper-neck-ease", "deep-neck-endurance", "towel-snag"}


def test_every_source_is_in_the_references(routine: Entry, references: Entry) -> None:
    evidence = routine["evidence"]
    assert evidence["grade"] in {"A", "B", "C"}
    assert evidence["sources"] or "common practice" in evidence["note"].lower()
    assert set(evidence["sources"]) <= references.keys()


def test_no_text_mentions_degrees(routine: Entry) -> None:
    for text in [routine["title"], routine["summary"], routine["need"], routine["frequency"], *routine["cautions"]]:
        assert "degree" not in text.lower()
        assert "°" not in text
