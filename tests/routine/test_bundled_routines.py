"""Rules for how the bundled routines are composed, in addition to the format."""

import re
from itertools import pairwise

import pytest

from stretch_coach.routine.library import Library
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
    assert routine.keys() - {"warning_signs", "silent"} == REQUIRED
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
    for routine in matching(routines, lambda one: not {"standing", "wall", "floor"} & set(one["tags"])):
        assert all("seated" in exercise["position"] for exercise in exercises_of(routine, exercises)), routine["id"]


def test_only_a_routine_with_the_tag_needs_the_floor(routine: Entry, exercises: Entries) -> None:
    needs_floor = any("floor" in exercise["tags"] for exercise in exercises_of(routine, exercises))
    assert needs_floor == ("floor" in routine["tags"])


def test_the_neck_bends_back_only_in_what_a_clinician_taught(routine: Entry, exercises: Entries) -> None:
    if routine["id"] == "front-neck":
        return
    for exercise in exercises_of(routine, exercises):
        assert not {"extension", "ext-rot"} & set(exercise["tags"]), exercise["id"]
        assert all(pose["pitch"] >= 0 for pose in poses(exercise)), exercise["id"]


def test_the_head_never_circles_and_half_a_circle_is_not_for_everybody(routine: Entry, exercises: Entries) -> None:
    for exercise in exercises_of(routine, exercises):
        tips = {pose["roll"] for pose in poses(exercise)}
        nods = {pose["pitch"] for pose in poses(exercise)}
        rolls = min(tips) < 0 < max(tips) and len(nods) > 1
        assert not rolls or (min(nods) >= 0 and routine["level"] != "all"), exercise["id"]


TAUGHT = {
    "arm-glide": {"median-slider"},
    "front-neck": {"scalene-stretch", "scm-stretch"},
    "towel-glide": {"snag-headache"},
    "towel-snag": {"snag-c1c2"},
}


def test_a_clinician_taught_exercise_is_only_in_a_locked_routine(routine: Entry, exercises: Entries) -> None:
    taught = {
        exercise["id"] for exercise in exercises_of(routine, exercises) if exercise["level"] == "clinician-taught"
    }
    assert taught == TAUGHT.get(routine["id"], set())
    assert (routine["level"] == "clinician-taught") == ("locked" in routine["tags"]) == bool(taught)


def test_the_level_covers_that_of_every_exercise(routine: Entry, exercises: Entries) -> None:
    hardest = max(LEVELS.index(exercise["level"]) for exercise in exercises_of(routine, exercises))
    assert LEVELS.index(routine["level"]) >= hardest


def test_warning_signs_are_asked_before_the_routines_that_need_them(routines: dict[str, Entry]) -> None:
    asking = {id_ for id_, routine in routines.items() if routine.get("warning_signs")}
    assert asking == {"upper-neck-ease", "deep-neck-endurance", *TAUGHT}


def test_every_exercise_is_in_a_routine(routines: Entries, exercises: Entries) -> None:
    assert {step["exercise"] for routine in routines.values() for step in routine["steps"]} == exercises.keys()


def test_titles_that_promise_a_time_keep_it(routines: Entries) -> None:
    minutes = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
    promised = matching(routines, lambda one: re.search(r"\bminutes?\b", one["title"].lower()))
    for routine in promised:
        words = re.findall(r"[a-z]+", routine["title"].lower())
        assert routine["total_seconds"] == 60 * next(minutes[word] for word in words if word in minutes), routine["id"]


def test_the_first_week_after_a_flare_up_has_no_stretch(library: Library) -> None:
    week = [day for day in library.programs["after-flare-up"].days if day.week == 1]
    routines = {routine for day in week for routine in day.routines}
    assert routines
    assert all(one.kind != "stretch" for routine in routines for one in library.routines[routine].all_exercises)


def test_the_three_routines_for_a_bad_moment_leave_out_what_they_must(routines: Entries, exercises: Entries) -> None:
    def parts(id_: str) -> list[Entry]:
        return exercises_of(routines[id_], exercises)

    assert all("safe-in-attack" in exercise["tags"] for exercise in parts("quiet-rest"))
    assert not {"stretch", "isometric", "strength"} & {exercise["kind"] for exercise in parts("two-easy-minutes")}
    assert routines["in-a-meeting"]["silent"]
    assert all(exercise["kind"] != "stretch" for exercise in parts("in-a-meeting"))
    hands = {place for exercise in parts("arms-at-rest") for place in exercise["figure"]["hands"].values()}
    assert hands <= {"rest", "thigh"}


def test_short_routines_of_the_same_length_differ(routines: Entries) -> None:
    short = matching(routines, lambda one: "quick" in one["tags"])
    main = {one["id"]: {step["exercise"] for step in one["steps"]} - {"posture-reset"} for one in short}
    for one in short:
        for other in short:
            if one["id"] < other["id"]:
                shared = main[one["id"]] & main[other["id"]]
                assert len(shared) * 2 <= max(len(main[one["id"]]), len(main[other["id"]])) + 1, (
                    one["id"],
                    other["id"],
                )


def test_every_source_is_in_the_references(routine: Entry, references: Entry) -> None:
    evidence = routine["evidence"]
    assert evidence["grade"] in {"A", "B", "C"}
    assert evidence["sources"] or "common practice" in evidence["note"].lower()
    assert set(evidence["sources"]) <= references.keys()


def test_no_text_mentions_degrees(routine: Entry) -> None:
    for text in [routine["title"], routine["summary"], routine["need"], routine["frequency"], *routine["cautions"]]:
        assert "degree" not in text.lower()
        assert "°" not in text
