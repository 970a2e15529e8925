"""How segments and times are put into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.wording import clock_text, exercise_text, following_text, kind_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (0.001, "0:01"), (1, "0:01"), (59.0, "0:59"), (59.2, "1:00"), (185, "3:05"), (3600, "60:00")],
)
def test_a_part_of_a_second_counts_as_a_whole_one(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


@given(st.floats(0, 20_000))
def test_a_countdown_never_shows_less_than_is_left(seconds: float) -> None:
    minutes, rest = clock_text(seconds).split(":")
    shown = int(minutes) * 60 + int(rest)
    assert len(rest) == 2
    assert int(rest) < 60
    assert shown - 1 <= seconds <= shown


def test_what_a_segment_is_called(timeline: Timeline) -> None:
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


def test_what_follows_is_the_next_set(timeline: Timeline) -> None:
    following = [following_text(timeline, timeline.segments[indices.start]) for indices in timeline.sets]
    assert following == ["Next: Side bend, left", "Next: right side", "Next: Rest", "The last one."]


def test_what_follows_is_the_same_during_all_of_a_set(timeline: Timeline) -> None:
    for indices in timeline.sets:
        assert len({following_text(timeline, timeline.segments[index]) for index in indices}) == 1
