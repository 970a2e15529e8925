"""What each command does to a session, in each of its states."""

import pytest

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Engine, SessionCommand, State
from stretch_coach.session.events import (
    Event,
    Extended,
    Finished,
    Paused,
    PauseReason,
    Resumed,
    SegmentEnded,
    SegmentStarted,
)

ALL = list(SessionCommand)


def at(timeline: Timeline, seconds: float) -> Engine:
    """Return a session that started at 0 and was advanced for some seconds."""
    engine = Engine(timeline)
    engine.start(0)
    now = 0.0
    while now < seconds:
        now = min(now + 1, seconds)
        engine.advance(now)
    return engine


def jumped(events: list[Event]) -> tuple[int, int]:
    """Return the indexes of the segment that ended and of the one that started."""
    left, entered = events
    assert isinstance(left, SegmentEnded)
    assert isinstance(entered, SegmentStarted)
    assert entered.at == entered.segment.start
    return left.segment.index, entered.segment.index


def test_pause_keeps_the_place_and_resume_continues_there(timeline: Timeline) -> None:
    engine = at(timeline, 4)
    assert engine.apply(SessionCommand.PAUSE, 4.5) == [Paused(4.5, PauseReason.ASKED)]
    assert engine.apply(SessionCommand.PAUSE, 5) == []
    assert (engine.state, engine.remaining(99), engine.session_elapsed(99)) == (State.PAUSED, 2.5, 4.5)
    assert engine.apply(SessionCommand.RESUME, 100) == [Resumed(4.5)]
    assert engine.apply(SessionCommand.RESUME, 100) == []
    assert engine.next_due() == 102.5


def test_toggle_pauses_and_resumes(timeline: Timeline) -> None:
    engine = at(timeline, 4)
    kinds = [type(event) for now in (4, 50, 51) for event in engine.apply(SessionCommand.TOGGLE, now)]
    assert kinds == [Paused, Resumed, Paused]


@pytest.mark.parametrize(
    ("seconds", "command", "to"),
    [
        (4, SessionCommand.NEXT, 4),
        (12, SessionCommand.NEXT, 4),
        (15, SessionCommand.NEXT, 6),
        (22, SessionCommand.NEXT, 8),
        (12, SessionCommand.PREVIOUS, 0),
        (1, SessionCommand.PREVIOUS, 0),
        (17, SessionCommand.PREVIOUS, 0),
        (22, SessionCommand.PREVIOUS, 4),
        (28, SessionCommand.PREVIOUS, 6),
        (12, SessionCommand.REPEAT, 0),
        (17, SessionCommand.REPEAT, 4),
        (28, SessionCommand.REPEAT, 8),
    ],
)
def test_next_previous_and_repeat_move_by_sets(
    timeline: Timeline, seconds: float, command: SessionCommand, to: int
) -> None:
    engine = at(timeline, seconds)
    here = engine.segment.index
    assert jumped(engine.apply(command, seconds)) == (here, to)
    assert engine.next_due() == seconds + timeline.segments[to].seconds
    assert engine.state is State.RUNNING


def test_sets_can_be_changed_while_paused(timeline: Timeline) -> None:
    engine = at(timeline, 4)
    engine.apply(SessionCommand.PAUSE, 4)
    assert jumped(engine.apply(SessionCommand.NEXT, 50)) == (1, 4)
    assert (engine.state, engine.remaining(51), engine.session_elapsed(51)) == (State.PAUSED, 1, 4)
    engine.apply(SessionCommand.RESUME, 60)
    assert engine.next_due() == 61


def test_next_in_the_last_set_ends_the_session(timeline: Timeline) -> None:
    engine = at(timeline, 28)
    assert engine.apply(SessionCommand.NEXT, 28) == [
        SegmentEnded(timeline.segments[8], 28, 3, complete=False),
        Finished(28, Outcome.COMPLETED),  # every hold was held; a rest may be cut short
    ]


def test_skipped_hold_makes_the_session_partial(timeline: Timeline) -> None:
    engine = at(timeline, 17)
    for now in (17, 18, 19):
        engine.apply(SessionCommand.NEXT, now)
    assert engine.outcome is Outcome.PARTIAL
    assert list(engine.done) == [2, 5, 3, 5, 1, 1, 1, 0, 1]


def test_returning_to_a_skipped_hold_completes_the_session(timeline: Timeline) -> None:
    engine = at(timeline, 17)
    engine.apply(SessionCommand.REPEAT, 17)
    now = 17.0
    while (due := engine.next_due()) is not None:
        now = min(now + 1, due)
        engine.advance(now)
    assert engine.outcome is Outcome.COMPLETED
    assert now == 17 + 31 - 15


def test_repeated_hold_counts_once_by_its_longer_visit(timeline: Timeline) -> None:
    engine = at(timeline, 19)
    assert engine.done[4] == 1
    engine.apply(SessionCommand.REPEAT, 19)  # 3 s of the hold were done
    engine.advance(20)
    engine.apply(SessionCommand.NEXT, 21)  # and now 1 s
    assert engine.done[5] == 3
    assert engine.session_elapsed(21) == 21


def test_more_adds_ten_seconds(timeline: Timeline) -> None:
    engine = at(timeline, 4)
    assert engine.apply(SessionCommand.MORE, 4) == [Extended(timeline.segments[1], 4, 10)]
    assert engine.apply(SessionCommand.MORE, 4.5) == [Extended(timeline.segments[1], 4.5, 10)]
    assert (engine.length, engine.next_due(), engine.remaining(5)) == (25, 27, 22)
    for now in range(5, 27):
        assert engine.advance(now) == []
    assert engine.advance(27)[0] == SegmentEnded(timeline.segments[1], 27, 25, complete=True)
    assert engine.done[1] == 25
    assert engine.length == 3  # the next one is as long as planned


def test_added_time_can_be_skipped(timeline: Timeline) -> None:
    engine = at(timeline, 4)
    engine.apply(SessionCommand.MORE, 4)
    engine.advance(8)
    left = engine.apply(SessionCommand.NEXT, 8)[0]
    assert left == SegmentEnded(timeline.segments[1], 8, 6, complete=True)


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        (SessionCommand.STOP, Outcome.STOPPED),
        (SessionCommand.END, Outcome.PARTIAL),
        (SessionCommand.INTERRUPT, Outcome.INTERRUPTED),
    ],
)
@pytest.mark.parametrize("paused", [False, True])
def test_stop_end_and_interrupt_keep_what_was_done(
    timeline: Timeline, command: SessionCommand, outcome: Outcome, *, paused: bool
) -> None:
    engine = at(timeline, 4)
    if paused:
        engine.apply(SessionCommand.PAUSE, 4)
    assert engine.apply(command, 4) == [
        SegmentEnded(timeline.segments[1], 4, 2, complete=False),
        Finished(4, outcome),
    ]
    assert (engine.state, engine.outcome, engine.done_seconds) == (State.FINISHED, outcome, 4)
    assert engine.segment is timeline.segments[1]


def test_end_just_before_the_last_hold_is_over_is_partial(timeline: Timeline) -> None:
    assert at(timeline, 24.9).apply(SessionCommand.END, 24.9)[-1] == Finished(24.9, Outcome.PARTIAL)


@pytest.mark.parametrize("command", ALL)
def test_commands_before_the_start_are_ignored(timeline: Timeline, command: SessionCommand) -> None:
    engine = Engine(timeline)
    assert engine.apply(command, 5) == []
    assert engine.state is State.READY


@pytest.mark.parametrize("command", ALL)
def test_commands_after_the_end_are_ignored(timeline: Timeline, command: SessionCommand) -> None:
    engine = at(timeline, 4)
    engine.apply(SessionCommand.STOP, 4)
    assert engine.apply(command, 5) == []
    assert (engine.outcome, engine.done_seconds) == (Outcome.STOPPED, 4)


def test_due_events_come_before_the_command(timeline: Timeline) -> None:
    events = at(timeline, 6).apply(SessionCommand.STOP, 7.5)
    assert events == [
        SegmentEnded(timeline.segments[1], 7.5, 5, complete=True),
        SegmentStarted(timeline.segments[2], 7, 7.5),
        SegmentEnded(timeline.segments[2], 7.5, 0.5, complete=False),
        Finished(7.5, Outcome.STOPPED),
    ]


def test_command_after_the_end_was_due_changes_nothing(timeline: Timeline) -> None:
    engine = at(timeline, 30)
    assert engine.apply(SessionCommand.STOP, 31.25)[-1] == Finished(31.25, Outcome.COMPLETED)


def test_resumed_session_starts_at_its_set_and_keeps_what_was_done(timeline: Timeline) -> None:
    engine = Engine(timeline, first=4, done=[2, 5, 3, 5, 0.5, 0, 0, 0, 0])
    assert engine.done_seconds == 15.5
    assert engine.segment == timeline.segments[4]
    assert engine.start(0) == [SegmentStarted(timeline.segments[4], 15, 0)]
    now = 0.0
    while engine.outcome is None:
        now += 1
        engine.advance(now)
    assert now == 16
    assert (engine.outcome, engine.done_seconds) == (Outcome.COMPLETED, 31)


def test_holds_left_out_before_resuming_make_the_session_partial(timeline: Timeline) -> None:
    engine = Engine(timeline, first=8, done=[2, 5, 3, 4, 1, 4, 1, 4, 0])
    engine.start(0)
    for second in range(1, 7):
        engine.advance(second)
    assert (engine.outcome, engine.done_seconds) == (Outcome.PARTIAL, 30)


def test_previous_goes_back_beyond_the_set_that_was_resumed(timeline: Timeline) -> None:
    engine = Engine(timeline, first=4, done=[2, 5, 3, 5, 0, 0, 0, 0, 0])
    engine.start(0)
    engine.apply(SessionCommand.PREVIOUS, 1)
    assert engine.segment == timeline.segments[0]
    engine.apply(SessionCommand.END, 2)
    assert engine.done_seconds == 16
