"""The tally: what was done of each step, from the seconds that its segments ran."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.records import StepOutcome, StepRecord
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.tally import count_complete, is_complete, set_shares, tally_set

WHOLE = [2, 5, 3, 5, 1, 4, 1, 4, 6]


def test_tally_of_a_done_step(timeline: Timeline) -> None:
    assert tally_set(timeline, 0, WHOLE) == StepRecord(1, None, "tuck", 15_000, 15_000, 2, 2, StepOutcome.DONE)


def test_tally_of_each_side(timeline: Timeline) -> None:
    assert tally_set(timeline, 1, WHOLE) == StepRecord(2, "left", "bend", 5_000, 5_000, 1, 1, StepOutcome.DONE)
    assert tally_set(timeline, 2, [0] * 9) == StepRecord(2, "right", "bend", 5_000, 0, 1, 0, StepOutcome.SKIPPED)


def test_tally_of_a_rest_has_no_exercise(timeline: Timeline) -> None:
    assert tally_set(timeline, 3, WHOLE) == StepRecord(3, None, None, 6_000, 6_000, 1, 1, StepOutcome.DONE)
    assert tally_set(timeline, 3, [*WHOLE[:8], 2.5]).outcome is StepOutcome.PARTIAL


@pytest.mark.parametrize(
    ("done", "reps_done", "outcome"),
    [
        ([0, 5, 0, 5], 2, StepOutcome.DONE),  # getting ready and resting may be cut short
        ([2, 5, 3, 4.999], 1, StepOutcome.PARTIAL),
        ([2, 0.5, 0, 0], 0, StepOutcome.PARTIAL),
        ([2, 0, 0, 0], 0, StepOutcome.SKIPPED),
        ([2, 15, 3, 5], 2, StepOutcome.DONE),  # with ten seconds more
    ],
)
def test_only_holds_decide_the_outcome_of_a_step(
    timeline: Timeline, done: list[float], reps_done: int, outcome: StepOutcome
) -> None:
    step = tally_set(timeline, 0, [*done, 0, 0, 0, 0, 0])
    assert (step.reps_done, step.outcome) == (reps_done, outcome)
    assert step.done_ms == round(sum(done) * 1000)


def test_step_that_hurt_is_stopped_whatever_was_done(timeline: Timeline) -> None:
    assert tally_set(timeline, 0, WHOLE, stopped=True).outcome is StepOutcome.STOPPED
    assert tally_set(timeline, 0, [0] * 9, stopped=True).outcome is StepOutcome.STOPPED


def test_segment_is_complete_to_the_millisecond(timeline: Timeline) -> None:
    assert is_complete(timeline.segments[0], [1.9999999, *WHOLE[1:]])
    assert not is_complete(timeline.segments[0], [1.999, *WHOLE[1:]])
    assert count_complete(timeline, WHOLE) == 9
    assert count_complete(timeline, [1.9, 5, 3, 5, 0.5, 0, 0, 0, 0]) == 3


@given(st.lists(st.floats(0, 16), min_size=9, max_size=9))
def test_every_tally_is_a_valid_record(timeline_of: Callable[..., Timeline], done: list[float]) -> None:
    timeline = timeline_of(
        {"exercise": "tuck", "prepare": 2, "hold": 5, "reps": 2, "rest": 3},
        {"exercise": "bend", "side": "each", "prepare": 1, "hold": 4, "reps": 1},
        {"rest": 6},
    )
    steps = [tally_set(timeline, number, done) for number in range(4)]
    for step in steps:
        assert 0 <= step.reps_done <= step.reps
        assert (step.outcome is StepOutcome.DONE) == (step.reps_done == step.reps)
    assert sum(step.planned_ms for step in steps) == 31_000
    assert sum(step.done_ms for step in steps) == sum(round(seconds * 1000) for seconds in done)


@given(st.lists(st.floats(0, 16), min_size=9, max_size=9))
def test_set_shares_lie_between_0_and_1(timeline_of: Callable[..., Timeline], done: list[float]) -> None:
    timeline = timeline_of(
        {"exercise": "tuck", "prepare": 2, "hold": 5, "reps": 2, "rest": 3},
        {"exercise": "bend", "side": "each", "prepare": 1, "hold": 4, "reps": 1},
        {"rest": 6},
    )
    shares = set_shares(timeline, done)
    assert len(shares) == len(timeline.sets)
    assert all(0 <= share <= 1 for share in shares)
    for number, share in enumerate(shares):
        segments = [timeline.segments[index] for index in timeline.sets[number]]
        assert (share == 1) == all(done[one.index] >= one.seconds for one in segments)


def test_set_shares_are_by_time(timeline: Timeline) -> None:
    assert set_shares(timeline, [2, 5, 0.5, 0, 1, 2, 0, 0, 99]) == [0.5, 0.6, 0, 1]
