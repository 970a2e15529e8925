"""The timeline: the segments of any routine fill its time exactly, in the order in which they are done."""

from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.file import RoutineFile
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine, understand
from stretch_coach.routine.text import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, build_timeline

EXERCISES = {
    "plain": Exercise(id="plain", name="Plain", instructions=["Sit tall."]),
    "sided": Exercise(
        id="sided", name="Sided", sided=True, instructions=["Tip your {other} ear, {side} shoulder heavy."]
    ),
}


def seconds(low: int) -> st.SearchStrategy[float]:
    """Whole seconds, halves and odd thousandths, as files have them."""
    return st.integers(low, 90) | st.integers(low * 1000, 90_000).map(lambda thousandths: thousandths / 1000)


@st.composite
def steps(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.integers(0, 4)) == 0:
        return {"rest": draw(seconds(0))}
    name = draw(st.sampled_from(["plain", "sided"]))
    step = {"exercise": name}
    fields: dict[str, st.SearchStrategy[Any]] = {
        "prepare": seconds(0),
        "hold": seconds(1),
        "reps": st.integers(1, 6),
        "rest": seconds(0),
        "say": st.just("Now."),
    }
    if name == "sided":
        fields["side"] = st.sampled_from(["left", "right", "each"])
    chosen = draw(st.sets(st.sampled_from(sorted(fields))))
    return step | {field: draw(fields[field]) for field in sorted(chosen)}


def routine_of(*given_steps: dict[str, Any]) -> Routine:
    file = RoutineFile.model_validate({"id": "mine", "title": "Mine", "steps": list(given_steps)})
    routine, problems = understand(file, EXERCISES, path=Path("my.json"), bundled=False)
    assert not problems
    return routine


# A hold goes first, since a routine of nothing but empty rests is refused.
ROUTINES = st.lists(steps(), max_size=12).map(lambda more: routine_of({"exercise": "plain"}, *more))


@given(routine=ROUTINES)
def test_segments_fill_the_time_without_gap_or_overlap(routine: Routine) -> None:
    timeline = build_timeline(routine)
    assert timeline.segments[0].start_ms == 0
    for one, following in pairwise(timeline.segments):
        assert one.start_ms + one.length_ms == following.start_ms
        assert one.end == following.start
    assert timeline.segments[-1].end == timeline.total


@given(routine=ROUTINES)
def test_no_segment_is_empty_and_each_knows_its_place(routine: Routine) -> None:
    for place, one in enumerate(build_timeline(routine).segments):
        assert one.length_ms > 0
        assert one.index == place


@given(routine=ROUTINES)
def test_the_length_is_what_the_steps_take(routine: Routine) -> None:
    expected = 0
    for step in routine.steps:
        rest = round(step.rest * 1000)
        if step.exercise is None:
            expected += rest
        else:
            once = round(step.prepare * 1000) + step.reps * round(step.hold * 1000) + (step.reps - 1) * rest
            expected += len(step.sides) * once
    timeline = build_timeline(routine)
    assert sum(one.length_ms for one in timeline.segments) == expected
    assert timeline.total == expected / 1000
    assert routine.total_seconds == pytest.approx(timeline.total, abs=1e-6)


@given(routine=ROUTINES)
def test_a_side_is_finished_before_the_other_begins(routine: Routine) -> None:
    segments = build_timeline(routine).segments
    for number, step in enumerate(routine.steps, start=1):
        sides = [side for side, _ in groupby(one.side for one in segments if one.step == number)]
        if sides:
            assert tuple(sides) == step.sides


@given(routine=ROUTINES)
def test_every_side_is_prepared_held_and_rested_in_order(routine: Routine) -> None:
    timeline = build_timeline(routine)
    for members in timeline.sets:
        one_set = [timeline.segments[index] for index in members]
        step = routine.steps[one_set[0].step - 1]
        if step.exercise is None:
            assert [one.kind for one in one_set] == [SegmentKind.REST]
            continue
        expected = [(SegmentKind.PREPARE, 1, step.prepare)]
        for rep in range(1, step.reps + 1):
            expected.append((SegmentKind.HOLD, rep, step.hold))
            if rep < step.reps:
                expected.append((SegmentKind.REST, rep, step.rest))
        assert [(one.kind, one.rep, one.seconds) for one in one_set] == [part for part in expected if part[2] > 0]
        assert {one.reps for one in one_set} == {step.reps}
        assert {one.say for one in one_set} == {step.say}


@given(routine=ROUTINES)
def test_sets_share_out_the_segments(routine: Routine) -> None:
    timeline = build_timeline(routine)
    assert [index for members in timeline.sets for index in members] == list(range(len(timeline.segments)))
    for number, members in enumerate(timeline.sets):
        assert len(members) > 0
        assert all(timeline.set_of(index) == number for index in members)
        assert len({(timeline.segments[index].step, timeline.segments[index].side) for index in members}) == 1


@given(routine=ROUTINES)
def test_every_sided_segment_can_be_said(routine: Routine) -> None:
    for one in build_timeline(routine).segments:
        if one.exercise:
            assert (one.side is not None) == one.exercise.sided
            for _, text in one.exercise.spoken():
                assert "{" not in fill_side(text, one.side)


def table(segments: tuple[Segment, ...]) -> list[tuple[str, float, float, str | None, int]]:
    return [(one.kind.value, one.start, one.seconds, one.side, one.rep) for one in segments]


def test_a_sided_step_as_one_would_write_it_down() -> None:
    step = {"exercise": "sided", "prepare": 5, "hold": 20, "reps": 2, "rest": 3}
    assert table(build_timeline(routine_of(step)).segments) == [
        ("prepare", 0, 5, "left", 1),
        ("hold", 5, 20, "left", 1),
        ("rest", 25, 3, "left", 1),
        ("hold", 28, 20, "left", 2),
        ("prepare", 48, 5, "right", 1),
        ("hold", 53, 20, "right", 1),
        ("rest", 73, 3, "right", 1),
        ("hold", 76, 20, "right", 2),
    ]


def test_the_same_exercise_twice_is_two_sets() -> None:
    timeline = build_timeline(routine_of({"exercise": "plain"}, {"exercise": "plain"}))
    assert timeline.sets == (range(2), range(2, 4))
    assert timeline.steps == 2


def test_an_empty_rest_between_steps_does_not_exist() -> None:
    timeline = build_timeline(routine_of({"exercise": "plain"}, {"rest": 0}, {"exercise": "plain"}))
    assert [one.step for one in timeline.segments] == [1, 1, 3, 3]
    assert timeline.steps == 3


def test_the_bundled_routines_last_as_long_as_they_say(library: Library) -> None:
    for routine in library.routines.values():
        assert build_timeline(routine).total == routine.total_seconds == routine.file.total_seconds
