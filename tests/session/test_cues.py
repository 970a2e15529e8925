"""The words that go with each segment."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cue import estimate_seconds
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


@pytest.mark.parametrize("rate", [80, 160, 300])
def test_more_words_and_more_pauses_take_longer(rate: int) -> None:
    texts = ["", "A", "Hold.", "Hold it.", "Hold. It.", "Hold it, and let go. Breathe.", "Hold it, and let go. " * 20]
    seconds = [estimate_seconds(text, rate) for text in texts]
    assert seconds == sorted(seconds)
    assert seconds[0] > 0
    assert seconds[2] < 1.5
    assert seconds[-1] > 5


@given(st.text(max_size=200), st.integers(80, 299))
def test_a_higher_rate_takes_less_time(text: str, rate: int) -> None:
    assert estimate_seconds(text, rate + 1) <= estimate_seconds(text, rate)
