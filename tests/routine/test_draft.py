"""Drafts of routines: whatever is changed, the file stays valid or the draft says why it is not."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.diagnostics import RoutineFileError
from stretch_coach.routine.document import read_document
from stretch_coach.routine.draft import DOSE_BOUNDS, NO_STEPS, SIDES, Draft, copy_of, new_draft
from stretch_coach.routine.library import Library
from stretch_coach.routine.resolve import parse_routine
from stretch_coach.routine.timeline import build_timeline

FILE = Path("my-break.json")
OWN = """{
    "title": "Mine",
    "total_seconds": 30,
    "exercises": {"look-far": {"name": "Look far", "instructions": ["Look."]}},
    "steps": [ {"hold": 10,   "exercise": "look-far", "prepare": 5, "reps": 1},
               {"rest": 15.0} ]
}"""


@pytest.fixture
def empty(library: Library) -> Draft:
    return new_draft(FILE, "My break", library.exercises)


@pytest.fixture
def own(library: Library) -> Draft:
    return Draft(OWN, FILE, library.exercises)


def test_a_new_draft_needs_steps(empty: Draft) -> None:
    assert (empty.routine, empty.problems, empty.total_seconds) == (None, (NO_STEPS,), 0)
    one = empty.add_exercise(0, "posture-reset")
    assert one.routine
    assert '"steps": [\n    {"exercise": "posture-reset"}\n  ]\n' in one.text


def test_a_change_leaves_everything_else_as_it_was_written(own: Draft) -> None:
    longer = own.set_dose(0, "hold", 20)
    assert longer.text == OWN.replace('"hold": 10', '"hold": 20').replace("30", "40")
    assert longer.set_dose(0, "hold", 10).text == OWN
    assert own.move_step(0, 1).move_step(1, 0).text == OWN


def test_exercises_of_the_file_itself_can_be_used(own: Draft) -> None:
    assert own.add_exercise(2, "look-far").routine
    assert "look-far" in own.exercises


def test_a_dose_stays_within_its_bounds(own: Draft) -> None:
    assert own.set_dose(0, "hold", 0).steps[0].step.hold == 1
    assert own.set_dose(0, "reps", 1000).steps[0].step.reps == 100
    assert own.set_dose(1, "rest", -1).steps[1].step.seconds == 0


def test_a_side_goes_with_the_exercise_that_has_it(empty: Draft) -> None:
    sided = empty.add_exercise(0, "upper-trap-stretch").set_side(0, "left").set_say(0, "Your {side} side.")
    assert sided.steps[0].step.sides == ("left",)
    other = sided.set_exercise(0, "chin-tuck")
    assert json.loads(other.text)["steps"] == [{"exercise": "chin-tuck"}]
    assert other.set_side(0, "left") is other


def test_what_is_not_valid_is_named(own: Draft) -> None:
    assert [str(one) for one in own.with_title(" ").problems] == [
        "title is empty. Write some words, or leave it out.",
    ]
    assert "unknown placeholder" in str(own.set_say(1, "{sides}").problems[0])
    assert "take 5.0 hours" in str(own.set_dose(0, "hold", 600).set_dose(0, "reps", 30).problems[0])


def test_what_cannot_stand_in_any_more_is_left_out_only_in_the_end(empty: Draft) -> None:
    step = (
        '{"exercise": "chin-tuck", "prepare": 3, "hold": 5, "reps": 2, "rest": 2, "swap": ["chin-nod", "scm-stretch"]}'
    )
    draft = replace(empty, text=empty.text.replace("[]", f"[{step}]"))
    assert [name for _, name in draft.unfit] == ["Front neck stretch"]
    longer = draft.set_dose(0, "hold", 600)
    assert [name for _, name in longer.unfit] == ["Small chin nod", "Front neck stretch"]
    assert json.loads(longer.fitted.text)["steps"][0]["swap"] == []
    assert longer.routine
    back = longer.set_dose(0, "hold", 5)
    assert back.text == draft.text
    assert json.loads(back.fitted.text)["steps"][0]["swap"] == ["chin-nod"]
    assert (back.fitted.unfit, back.fitted.fitted) == ((), back.fitted)


def test_a_copy_is_the_users_own(library: Library) -> None:
    original = read_document(library.routines["screen-break"].path)
    copy = copy_of(original, Path("mine.json"), library.exercises)
    assert copy.routine
    assert (copy.routine.id, copy.title) == ("mine", "Three-minute screen break (my own)")
    assert json.loads(copy.text)["steps"] == original.data["steps"]
    assert original.data.keys() - json.loads(copy.text).keys() == {"evidence", "total_seconds"}


Change = Callable[[Draft], Draft]
Indexes = st.integers(0, 7)


def _at(change: Callable[[Draft, int], Draft]) -> Callable[[int], Change]:
    """Return a change of a step by its index, which any draft with a step has."""
    return lambda index: lambda draft: change(draft, index % len(draft.steps)) if draft.steps else draft


Exercises = st.sampled_from(["chin-tuck", "upper-trap-stretch", "shoulder-rolls", "look-far"])
Changes = st.one_of(
    st.tuples(Indexes, Exercises).map(lambda one: _at(lambda draft, at: draft.add_exercise(at, one[1]))(one[0])),
    Exercises.map(lambda exercise: lambda draft: draft.add_exercise(len(draft.steps), exercise)),
    st.tuples(Indexes, Exercises).map(lambda one: _at(lambda draft, at: draft.set_exercise(at, one[1]))(one[0])),
    Indexes.map(_at(lambda draft, at: draft.add_rest(at, 7))),
    Indexes.map(_at(Draft.copy_step)),
    Indexes.map(_at(Draft.remove_step)),
    st.tuples(Indexes, Indexes).map(
        lambda one: _at(lambda draft, at: draft.move_step(at, one[1] % len(draft.steps)))(one[0])
    ),
    st.tuples(Indexes, st.sampled_from([*DOSE_BOUNDS]), st.floats(-10, 900, allow_nan=False)).map(
        lambda one: _at(lambda draft, at: _dosed(draft, at, one[1], one[2]))(one[0])
    ),
    st.tuples(Indexes, st.sampled_from(SIDES)).map(
        lambda one: _at(lambda draft, at: draft.set_side(at, one[1]))(one[0])
    ),
    st.tuples(Indexes, st.sampled_from(["", "Let {side} go.", "Breathe.", "{", "x" * 500])).map(
        lambda one: _at(lambda draft, at: draft.set_say(at, one[1]))(one[0])
    ),
    st.text(max_size=90).map(lambda title: lambda draft: draft.with_title(title)),
)


def _dosed(draft: Draft, index: int, part: str, value: float) -> Draft:
    if part == "reps":
        value = int(value)
    allowed = ("rest",) if draft.steps[index].exercise is None else (*DOSE_BOUNDS,)
    return draft.set_dose(index, part, value) if part in allowed else draft


@given(st.lists(Changes, max_size=12), st.sampled_from([0, 2]))
def test_any_changes_give_a_valid_file_or_a_reason(library: Library, changes: list[Change], removed: int) -> None:
    draft = Draft(OWN, FILE, library.exercises)
    for _ in range(removed):
        draft = draft.remove_step(0)
    for change in changes:
        draft = change(draft)
    assert len(draft.steps) == len(draft.document.data["steps"])
    try:
        routine = parse_routine(draft.document, library.exercises)
    except RoutineFileError:
        assert draft.problems
        assert draft.routine is None
    else:
        assert draft.routine == routine
        assert draft.total_seconds == routine.total_seconds == build_timeline(routine).total
