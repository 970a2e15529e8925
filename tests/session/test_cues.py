"""The words that go with each segment."""

from collections.abc import Callable

from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cues import cue_text


def test_every_segment_has_its_words_with_the_side_it_is_for(timeline: Timeline) -> None:
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


def test_the_steps_own_words_replace_the_exercises(timeline_of: Callable[..., Timeline]) -> None:
    said = "Now the {side} one, away from the {other}."
    timeline = timeline_of({"exercise": "bend", "prepare": 1, "hold": 4, "reps": 1, "say": said})
    assert [cue_text(segment) for segment in timeline.segments] == [
        "Now the left one, away from the right.",
        "Feel the left side.",
        "Now the right one, away from the left.",
        "Feel the right side.",
    ]


def test_a_rest_without_words_is_a_rest(timeline_of: Callable[..., Timeline]) -> None:
    assert cue_text(timeline_of({"rest": 5}).segments[0]) == "Rest."


def test_no_cue_of_a_bundled_routine_is_empty_or_has_a_gap_left(library: Library) -> None:
    for routine in library.routines.values():
        for segment in build_timeline(routine).segments:
            text = cue_text(segment)
            assert text.strip()
            assert "{" not in text
