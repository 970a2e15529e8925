"""A session that is not advanced for more than five seconds pauses where it was."""

import pytest

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Engine, SessionCommand, State
from stretch_coach.session.events import Paused, PauseReason, Resumed, SegmentEnded, SegmentStarted

HOUR = 3600.0


@pytest.fixture
def engine(timeline: Timeline) -> Engine:
    """A session that was last advanced 4 s after its start, 2 s into the first hold."""
    started = Engine(timeline)
    started.start(0)
    started.advance(2)
    started.advance(4)
    return started


def test_gap_of_an_hour_pauses_once_and_fires_nothing(engine: Engine) -> None:
    assert engine.advance(4 + HOUR) == [Paused(4, PauseReason.GAP, HOUR)]
    assert engine.state is State.PAUSED
    assert engine.advance(4 + HOUR + 1) == []
    assert engine.next_due() is None
    assert engine.remaining(4 + HOUR + 1) == 3
    assert engine.done_seconds == 2


def test_session_resumes_after_a_gap_where_it_was(engine: Engine, timeline: Timeline) -> None:
    engine.advance(4 + HOUR)
    assert engine.apply(SessionCommand.RESUME, 5000) == [Resumed(4)]
    assert engine.next_due() == 5003
    assert engine.advance(5003) == [
        SegmentEnded(timeline.segments[1], 7, 5, complete=True),
        SegmentStarted(timeline.segments[2], 7, 7),
    ]
    now = 5003.0
    while (due := engine.next_due()) is not None:
        now = min(due, now + 1)
        engine.advance(now)
    assert now == 5000 + 31 - 4
    assert engine.outcome is Outcome.COMPLETED


def test_five_seconds_are_not_a_gap(engine: Engine) -> None:
    assert [type(event) for event in engine.advance(9)] == [SegmentEnded, SegmentStarted]
    assert engine.state is State.RUNNING


def test_more_than_five_seconds_are_a_gap(engine: Engine) -> None:
    assert engine.advance(9.25) == [Paused(4, PauseReason.GAP, 5.25)]


def test_long_hold_that_is_advanced_often_is_not_a_gap(engine: Engine) -> None:
    for _ in range(20):
        engine.apply(SessionCommand.MORE, 4)
    for seconds in range(5, 200):
        assert engine.advance(seconds) == []
    assert engine.state is State.RUNNING


def test_gap_inside_a_longer_hold_is_noticed(engine: Engine) -> None:
    engine.apply(SessionCommand.MORE, 4)
    assert engine.advance(10) == [Paused(4, PauseReason.GAP, 6)]


def test_pause_of_any_length_is_not_a_gap(engine: Engine) -> None:
    engine.apply(SessionCommand.PAUSE, 5)
    assert engine.apply(SessionCommand.RESUME, 5 + HOUR) == [Resumed(5)]
    assert engine.advance(5 + HOUR + 2)
    assert engine.state is State.RUNNING


def test_command_after_a_gap_meets_a_paused_session(engine: Engine, timeline: Timeline) -> None:
    events = engine.apply(SessionCommand.NEXT, 4 + HOUR)
    assert events == [
        Paused(4, PauseReason.GAP, HOUR),
        SegmentEnded(timeline.segments[1], 4, 2, complete=False),
        SegmentStarted(timeline.segments[4], 15, 4),
    ]
    assert engine.state is State.PAUSED


def test_toggle_after_a_gap_does_not_resume(engine: Engine) -> None:
    """The user saw a running session, and wants to pause it."""
    assert engine.apply(SessionCommand.TOGGLE, 4 + HOUR) == [Paused(4, PauseReason.GAP, HOUR)]
    assert engine.state is State.PAUSED


@pytest.mark.parametrize("command", [SessionCommand.STOP, SessionCommand.END, SessionCommand.INTERRUPT])
def test_end_after_a_gap_counts_only_the_time_before_it(engine: Engine, command: SessionCommand) -> None:
    events = engine.apply(command, 4 + HOUR)
    assert events[0] == Paused(4, PauseReason.GAP, HOUR)
    assert engine.done_seconds == 4
    assert engine.state is State.FINISHED


def test_gap_is_longer_on_a_faster_clock(timeline: Timeline) -> None:
    engine = Engine(timeline, gap_seconds=5 * 60)
    engine.start(0)
    assert engine.advance(300)[-1].t >= 31
    assert engine.outcome is Outcome.COMPLETED
