"""What holds of every session, whatever is commanded in whatever order and however late the clock is looked at."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import SegmentKind, Timeline
from stretch_coach.session.engine import GAP_SECONDS, MORE_SECONDS, Engine, SessionCommand, State
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

Script = Sequence[tuple[SessionCommand | None, float]]

BREAKING_OFF = {
    SessionCommand.STOP: Outcome.STOPPED,
    SessionCommand.END: Outcome.PARTIAL,
    SessionCommand.INTERRUPT: Outcome.INTERRUPTED,
}
CLOSE = 1e-6

# Mostly looks at the clock, mostly in time; endings rarely, or no session would get far.
COMMANDS = st.sampled_from([None, None, None, *(one for one in SessionCommand if one not in BREAKING_OFF)])
PATIENCE = st.floats(0, GAP_SECONDS) | st.floats(0, 1) | st.floats(0, GAP_SECONDS) | st.floats(0, 1000)
SCRIPTS = st.lists(st.tuples(COMMANDS, PATIENCE), max_size=60)
ENDINGS = st.sampled_from([None, None, *BREAKING_OFF])


class Told:
    """A session driven by a script, with all that it told."""

    def __init__(self, timeline: Timeline) -> None:
        self.engine = Engine(timeline)
        self.begun = self.now = 1000.0
        self.events: list[Event] = self.engine.start(self.now)
        self.seen_running = 0.0
        self.gaps = self.paused = 0.0

    def do(self, command: SessionCommand | None, seconds: float) -> list[Event]:
        """Let time go by, then look at the clock or command something."""
        before, due = self.engine.state, self.engine.next_due()
        self.now += seconds
        events = self.engine.apply(command, self.now) if command else self.engine.advance(self.now)
        self.events += events
        if before is State.PAUSED:
            self.paused += seconds
        elif before is State.RUNNING and seconds > GAP_SECONDS:
            assert isinstance(events[0], Paused)
            assert events[0].reason is PauseReason.GAP
            assert events[0].gap == pytest.approx(seconds)
            self.gaps += seconds
        elif before is State.RUNNING:
            assert due is not None
            finished_by_itself = isinstance(self.events[-1], Finished) and command not in BREAKING_OFF
            self.seen_running += min(seconds, self._end() - (self.now - seconds)) if finished_by_itself else seconds
        return events

    def _end(self) -> float:
        """When a session that is over was over: all that ran, ran until then."""
        return self.begun + self.gaps + self.paused + sum(one.seconds for one in self.ended)

    def to_the_end(self) -> None:
        """Let it run out, looking at the clock each second and at each deadline."""
        if self.engine.state is State.PAUSED:
            self.do(SessionCommand.RESUME, 0)
        while (due := self.engine.next_due()) is not None:
            self.do(None, min(1, due - self.now))

    @property
    def ended(self) -> list[SegmentEnded]:
        return [event for event in self.events if isinstance(event, SegmentEnded)]


@pytest.fixture(scope="session")
def begin(timeline_of: Callable[..., Timeline]) -> Callable[[], Told]:
    timeline = timeline_of(
        {"exercise": "tuck", "prepare": 2, "hold": 5, "reps": 2, "rest": 3},
        {"exercise": "bend", "side": "each", "prepare": 0, "hold": 0.7 + 3, "reps": 2, "rest": 0.1},
        {"rest": 6},
    )
    return lambda: Told(timeline)


Begin = Callable[[], Told]


@given(SCRIPTS, ENDINGS)
def test_time_is_conserved(begin: Begin, script: Script, ending: SessionCommand | None) -> None:
    told = begin()
    for command, seconds in script:
        told.do(command, seconds)
        ran = told.engine.session_elapsed(told.now)
        in_segments = sum(one.seconds for one in told.ended)
        if told.engine.state is not State.FINISHED:
            in_segments += told.engine.segment_elapsed(told.now)
            assert ran == pytest.approx(told.now - told.begun - told.gaps - told.paused, abs=CLOSE)
        assert ran == pytest.approx(told.seen_running, abs=CLOSE)
        assert ran == pytest.approx(in_segments, abs=CLOSE)
    if ending:
        told.do(ending, 1)
        assert told.engine.done_seconds <= told.seen_running + CLOSE


@settings(max_examples=300)
@given(SCRIPTS, ENDINGS)
def test_segments_are_begun_and_left_in_turn(begin: Begin, script: Script, ending: SessionCommand | None) -> None:
    told = begin()
    for command, seconds in script:
        told.do(command, seconds)
    if ending:
        told.do(ending, 1)
    else:
        told.to_the_end()
    turns = [event for event in told.events if isinstance(event, SegmentStarted | SegmentEnded)]
    assert len(turns) % 2 == 0
    for begun, left in zip(turns[::2], turns[1::2], strict=True):
        assert isinstance(begun, SegmentStarted)
        assert isinstance(left, SegmentEnded)
        assert begun.segment is left.segment
        assert begun.at == begun.segment.start
    timeline = told.engine.timeline
    set_starts = {members.start for members in timeline.sets}
    for left, begun in zip(turns[1::2], turns[2::2], strict=False):
        follows = begun.segment.index == left.segment.index + 1
        assert follows or begun.segment.index in set_starts
    assert told.engine.state is State.FINISHED
    assert [isinstance(event, Finished) for event in told.events] == [False] * (len(told.events) - 1) + [True]


@given(SCRIPTS)
def test_nobody_is_told_of_things_in_the_wrong_order(begin: Begin, script: Script) -> None:
    told = begin()
    for command, seconds in script:
        told.do(command, seconds)
    told.to_the_end()
    assert all(earlier.t <= later.t + CLOSE for earlier, later in pairwise(told.events))
    standing = [type(event) for event in told.events if isinstance(event, Paused | Resumed)]
    assert standing[::2] == [Paused] * len(standing[::2])
    assert standing[1::2] == [Resumed] * len(standing[1::2])


@given(SCRIPTS)
def test_after_a_gap_nothing_is_made_up_for(begin: Begin, script: Script) -> None:
    told = begin()
    for command, seconds in script:
        running = told.engine.state is State.RUNNING
        into, segment = told.engine.segment_elapsed(told.now), told.engine.segment
        events = told.do(command, seconds)
        if running and seconds > GAP_SECONDS and command is None:
            assert [type(event) for event in events] == [Paused]
            assert events[0].t == told.engine.session_elapsed(told.now)
            assert told.engine.segment_elapsed(told.now) == pytest.approx(into)
            assert told.engine.segment is segment


@given(SCRIPTS)
def test_the_countdown_and_the_next_deadline_agree(begin: Begin, script: Script) -> None:
    told = begin()
    engine = told.engine
    for command, seconds in script:
        told.do(command, seconds)
        due = engine.next_due()
        assert (due is not None) == (engine.state is State.RUNNING)
        if due is not None:
            assert due > told.now
            assert engine.remaining(told.now) == pytest.approx(due - told.now, abs=CLOSE)
        if engine.state is not State.FINISHED:
            assert 0 <= engine.segment_elapsed(told.now) <= engine.length
            assert engine.remaining(told.now) == engine.length - engine.segment_elapsed(told.now)


@settings(max_examples=300)
@given(SCRIPTS, ENDINGS)
def test_done_is_the_longest_visit_and_never_more_than_planned_and_added(
    begin: Begin, script: Script, ending: SessionCommand | None
) -> None:
    told = begin()
    for command, seconds in script:
        told.do(command, seconds)
    if ending:
        told.do(ending, 1)
    else:
        told.to_the_end()
    longest = [0.0] * len(told.engine.timeline.segments)
    added = 0.0
    for event in told.events:
        match event:
            case SegmentStarted():
                added = 0.0
            case Extended():
                added += MORE_SECONDS
            case SegmentEnded(segment, _, ran, whole):
                assert 0 <= ran <= segment.seconds + added + CLOSE
                assert whole == (ran >= segment.seconds - CLOSE)
                longest[segment.index] = max(longest[segment.index], ran)
    assert list(told.engine.done) == longest


@settings(max_examples=300)
@given(SCRIPTS, ENDINGS)
def test_it_is_completed_only_if_every_hold_was_held_to_its_end(
    begin: Begin, script: Script, ending: SessionCommand | None
) -> None:
    told = begin()
    for command, seconds in script:
        told.do(command, seconds)
    over_before = told.engine.state is State.FINISHED
    if ending:
        told.do(ending, 0)
    else:
        told.to_the_end()
    last = told.events[-1]
    assert isinstance(last, Finished)
    assert last.outcome is told.engine.outcome
    if ending and not over_before and not _ran_out(told, ending):
        assert last.outcome is BREAKING_OFF[ending]
    else:
        segments = told.engine.timeline.segments
        holds = [one for one in segments if one.kind is SegmentKind.HOLD]
        held = all(told.engine.done[one.index] >= one.seconds - CLOSE for one in holds)
        assert last.outcome is (Outcome.COMPLETED if held else Outcome.PARTIAL)


def _ran_out(told: Told, ending: SessionCommand) -> bool:
    """Whether the last segment came to its own end before the command could break it off."""
    last = told.ended[-1]
    is_last = last.segment is told.engine.timeline.segments[-1]
    return is_last and last.complete and told.engine.outcome is not BREAKING_OFF[ending]


@given(st.lists(st.tuples(st.floats(0.01, 4.9), st.floats(0.01, 10_000)), max_size=20))
def test_pauses_cost_nothing_and_give_nothing(begin: Begin, pauses: list[tuple[float, float]]) -> None:
    told = begin()
    for running, standing in pauses:
        told.do(SessionCommand.PAUSE, running)
        told.do(SessionCommand.RESUME, standing)
    told.to_the_end()
    assert told.engine.outcome is Outcome.COMPLETED
    assert told.engine.session_elapsed(told.now) == pytest.approx(told.engine.timeline.total, abs=CLOSE)
