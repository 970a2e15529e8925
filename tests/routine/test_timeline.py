"""The timeline: the segments of any routine fill its time exactly and in order."""

from collections.abc import Callable
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.timeline import Segment, SegmentKind, build_timeline

EXERCISES = {
    "plain": Exercise(id="plain", name="Plain", instructions=["Sit tall."]),
    "sided": Exercise(
        id="sided", name="Sided", sided=True, instructions=["Tip your {other} ear, {side} shoulder heavy."]
    ),
}


def seconds(low: int) -> st.SearchStrategy[float]:
    """Return whole seconds and thousandths from `low` to 90 s."""
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
    routine, problems = resolve_routine(file, EXERCISES, path=Path("my.json"), bundled=False)
    assert not problems
    return routine


# A hold comes first because a routine of nothing but empty rests is invalid.
ROUTINES = st.lists(steps(), max_size=6).map(lambda more: routine_of({"exercise": "plain"}, *more))


def for_any_routine(test: Callable[..., None]) -> Callable[..., None]:
    return given(routine=ROUTINES)(test)


@for_any_routine
def test_segments_fill_the_time_without_gap_or_overlap(routine: Routine) -> None:
    timeline = build_timeline(routine)
    assert [segment.index for segment in timeline.segments] == list(range(len(timeline.segments)))
    assert all(segment.length_ms > 0 for segment in timeline.segments)
    assert timeline.segments[0].start_ms == 0
    for segment, following in pairwise(timeline.segments):
        assert segment.start_ms + segment.length_ms == following.start_ms
        assert segment.end == following.start
    assert timeline.segments[-1].end == timeline.total


@for_any_routine
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
    assert sum(segment.length_ms for segment in timeline.segments) == expected
    assert timeline.total == expected / 1000
    assert routine.total_seconds == pytest.approx(timeline.total, abs=1e-6)


@for_any_routine
def test_a_side_is_finished_before_the_other_begins(routine: Routine) -> None:
    segments = build_timeline(routine).segments
    for number, step in enumerate(routine.steps, start=1):
        sides = [side for side, _ in groupby(segment.side for segment in segments if segment.step == number)]
        if sides:
            assert tuple(sides) == step.sides


@for_any_routine
def test_every_side_is_prepared_held_and_rested_in_order(routine: Routine) -> None:
    timeline = build_timeline(routine)
    for members in timeline.sets:
        one_set = [timeline.segments[index] for index in members]
        step = routine.steps[one_set[0].step - 1]
        if step.exercise is None:
            assert [segment.kind for segment in one_set] == [SegmentKind.REST]
            continue
        expected = [(SegmentKind.PREPARE, 1, step.prepare)]
        for rep in range(1, step.reps + 1):
            expected.append((SegmentKind.HOLD, rep, step.hold))
            if rep < step.reps:
                expected.append((SegmentKind.REST, rep, step.rest))
        assert [(segment.kind, segment.rep, segment.seconds) for segment in one_set] == [
            part for part in expected if part[2] > 0
        ]
        assert {segment.reps for segment in one_set} == {step.reps}
        assert {segment.say for segment in one_set} == {step.say}


@for_any_routine
def test_every_segment_is_in_one_set(routine: Routine) -> None:
    timeline = build_timeline(routine)
    assert [index for members in timeline.sets for index in members] == list(range(len(timeline.segments)))
    for number, members in enumerate(timeline.sets):
        assert len(members) > 0
        assert all(timeline.set_of(index) == number for index in members)
        assert len({(timeline.segments[index].step, timeline.segments[index].side) for index in members}) == 1


@for_any_routine
def test_only_sided_exercises_have_a_side(routine: Routine) -> None:
    for segment in build_timeline(routine).segments:
        if segment.exercise:
            assert (segment.side is not None) == segment.exercise.sided


def table(segments: tuple[Segment, ...]) -> list[tuple[str, float, float, str | None, int]]:
    return [(segment.kind.value, segment.start, segment.seconds, segment.side, segment.rep) for segment in segments]


def test_a_sided_step_in_full() -> None:
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


def test_a_segment_knows_what_its_repetitions_are_called() -> None:
    timeline = build_timeline(routine_of({"exercise": "plain"}, {"rest": 5}))
    assert [segment.rep_name for segment in timeline.segments] == ["hold", "hold", None]


def test_each_repetition_has_its_own_form_and_the_rest_before_it_too() -> None:
    own = [{"say": "First.", "cue": "One."}, {"say": "Then.", "cue": "Two."}]
    exercises = {"two": {"id": "two", "name": "Two", "instructions": ["Sit tall."], "repetitions": own}}
    file = RoutineFile.model_validate(
        {"id": "r", "title": "R", "exercises": exercises, "steps": [{"exercise": "two", "hold": 9, "reps": 3}]}
    )
    routine, _ = resolve_routine(file, {}, path=Path("r.json"), bundled=False)
    segments = build_timeline(routine).segments
    assert [one.exercise.cue for one in segments if one.exercise] == ["One.", "One.", "Two.", "Two.", "One.", "One."]
    assert [one.kind.value for one in segments] == ["prepare", "hold", "rest", "hold", "rest", "hold"]


def test_the_same_exercise_twice_is_two_sets() -> None:
    timeline = build_timeline(routine_of({"exercise": "plain"}, {"exercise": "plain"}))
    assert timeline.sets == (range(2), range(2, 4))
    assert timeline.steps == 2


def test_an_empty_rest_has_no_segment() -> None:
    timeline = build_timeline(routine_of({"exercise": "plain"}, {"rest": 0}, {"exercise": "plain"}))
    assert [segment.step for segment in timeline.segments] == [1, 1, 3, 3]
    assert timeline.steps == 3


def test_bundled_routines_take_their_stated_time(library: Library) -> None:
    for routine in library.routines.values():
        assert build_timeline(routine).total == routine.total_seconds == routine.file.total_seconds
