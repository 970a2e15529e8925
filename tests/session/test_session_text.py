"""The words for segments and for what happens in a session."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.library import Library
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline, build_timeline
from stretch_coach.session.session_text import (
    cue_text,
    error_text,
    exercise_text,
    extra_text,
    kind_text,
    moment_text,
    next_text,
)


def test_exercise_and_kind_of_each_segment(timeline: Timeline) -> None:
    assert [f"{exercise_text(segment)}: {kind_text(segment)}" for segment in timeline.segments] == [
        "Chin tuck: get ready",
        "Chin tuck: hold 1 of 2",
        "Chin tuck: rest",
        "Chin tuck: hold 2 of 2",
        "Side bend, left: get ready",
        "Side bend, left: hold",
        "Side bend, right: get ready",
        "Side bend, right: hold",
        "Rest: rest",
    ]


def test_next_set(timeline: Timeline) -> None:
    following = [next_text(timeline, timeline.segments[indices.start]) for indices in timeline.sets]
    assert following == ["Next: Side bend, left", "Next: right side", "Next: Rest", "Last one"]


def test_next_set_is_the_same_throughout_a_set(timeline: Timeline) -> None:
    for indices in timeline.sets:
        assert len({next_text(timeline, timeline.segments[index]) for index in indices}) == 1


def test_cue_names_the_side(timeline: Timeline) -> None:
    assert [cue_text(segment) for segment in timeline.segments] == [
        "Slide your head back.",
        "Chin in.",
        "Come slowly back.",
        "Chin in.",
        "Let your right ear sink.",
        "Feel the left side.",
        "Let your left ear sink.",
        "Feel the right side.",
        "Shake out your arms.",
    ]


def test_words_of_a_breath_follow_the_air(library: Library) -> None:
    breath = next(iter(holds_of(library, "breathing", hold=20, reps=1)))
    said = [moment_text(breath, at) for at in (0, 3.9, 4, 9.9, 10, 14)]
    assert said == ["Breathe in.", "Breathe in.", "Breathe out.", "Breathe out.", "Breathe in.", "Breathe out."]
    assert kind_text(next(iter(holds_of(library, "breathing", hold=10, reps=6)))) == "breath 1 of 6"


def holds_of(library: Library, exercise: str, **dose: float) -> list[Segment]:
    step = {"exercise": exercise, **dose}
    file = RoutineFile.model_validate({"id": "one", "title": "One", "steps": [step]})
    routine, problems = resolve_routine(file, library.exercises, path=Path("one.json"), bundled=False)
    assert not problems
    return [segment for segment in build_timeline(routine).segments if segment.kind is SegmentKind.HOLD]


def test_errors_take_turns_through_a_hold_and_from_hold_to_hold(library: Library) -> None:
    def errors(exercise: str, *at: float, **dose: float) -> list[list[str]]:
        return [[error_text(one, t, one.seconds) for t in at] for one in holds_of(library, exercise, **dose)]

    shrugging, twisting, pulling = library.exercises["cross-body-shoulder"].errors
    assert errors("cross-body-shoulder", 0, 9, 10, 19, hold=20) == [
        [shrugging, shrugging, twisting, twisting],
        [twisting, twisting, pulling, pulling],
    ]
    forward, chin = library.exercises["shoulder-rolls"].errors
    assert errors("shoulder-rolls", 0, 3, hold=4, reps=4, rest=0) == [
        [forward] * 2,
        [forward] * 2,
        [chin] * 2,
        [chin] * 2,
    ]


@given(st.floats(1, 600), st.floats(0, 1), st.integers(1, 100))
def test_every_moment_of_a_hold_has_an_error_to_avoid(length: float, part: float, reps: int) -> None:
    exercise = Exercise(id="any", name="Any", instructions=["Sit."], errors=["slumping", "hurrying", "staring"])
    segment = Segment(0, SegmentKind.HOLD, 0, round(length * 1000), 1, exercise, None, reps, 100, None)
    assert error_text(segment, part * length, length + 10) in exercise.errors
    assert error_text(replace(segment, kind=SegmentKind.PREPARE), 0, length) == ""


def test_text_of_the_step_replaces_that_of_the_exercise(timeline_of: Callable[..., Timeline]) -> None:
    said = "Now the {side} one, away from the {other}."
    timeline = timeline_of({"exercise": "bend", "prepare": 1, "hold": 4, "reps": 1, "say": said})
    assert [cue_text(segment) for segment in timeline.segments] == [
        "Now the left one, away from the right.",
        "Feel the left side.",
        "Now the right one, away from the left.",
        "Feel the right side.",
    ]


def test_rest_without_words(timeline_of: Callable[..., Timeline]) -> None:
    assert cue_text(timeline_of({"rest": 5}).segments[0]) == "Rest."


def test_bundled_cues_are_complete(library: Library) -> None:
    for routine in library.routines.values():
        for segment in build_timeline(routine).segments:
            text = cue_text(segment)
            assert text.strip()
            assert "{" not in text


@pytest.mark.parametrize(("motion", "kind"), [("hold", "hold 2 of 4"), ("cycle", "round 2 of 4")])
def test_repetitions_of_a_movement_are_rounds(library: Library, motion: str, kind: str) -> None:
    segments = [segment for routine in library.routines.values() for segment in build_timeline(routine).segments]
    found = next(
        replace(segment, rep=2, reps=4)
        for segment in segments
        if segment.kind is SegmentKind.HOLD and segment.exercise and segment.exercise.figure.motion == motion
    )
    assert kind_text(found) == kind


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ({"rest": 5}, ""),
        ({"rest": 5, "say": "Shake."}, "Shake."),
        ({"exercise": "tuck", "say": "Chin tuck."}, ""),
        ({"exercise": "tuck"}, "Slide your head back."),
    ],
)
def test_extra_text_does_not_repeat_the_heading(
    timeline_of: Callable[..., Timeline], step: dict[str, Any], text: str
) -> None:
    assert extra_text(timeline_of(step).segments[0]) == text
