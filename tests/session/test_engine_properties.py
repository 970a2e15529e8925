"""Properties of every session, for any commands in any order and however late it is advanced."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
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

EARLY_ENDS = {
    SessionCommand.STOP: Outcome.STOPPED,
    SessionCommand.END: Outcome.PARTIAL,
    SessionCommand.INTERRUPT: Outcome.INTERRUPTED,
}
CLOSE = 1e-6

# Mostly advances, mostly in time; endings are rare, or no session would get far.
COMMANDS = st.sampled_from([None, None, None, *(one for one in SessionCommand if one not in EARLY_ENDS)])
DELAYS = st.floats(0, GAP_SECONDS) | st.floats(0, 1) | st.floats(0, GAP_SECONDS) | st.floats(0, 1000)
SCRIPTS = st.lists(st.tuples(COMMANDS, DELAYS), max_size=60)
ENDINGS = st.sampled_from([None, None, *EARLY_ENDS])


class ScriptedSession:
    """A session driven by a script, with all its events."""

    def __init__(self, timeline: Timeline) -> None:
        self.engine = Engine(timeline)
        self.started = self.now = 1000.0
        self.events: list[Event] = self.engine.start(self.now)
        self.seen_running = 0.0
        self.gaps = self.paused = 0.0

    def do(self, command: SessionCommand | None, seconds: float) -> list[Event]:
        """Let time pass, then advance or apply a command."""
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
            finished_by_itself = isinstance(self.events[-1], Finished) and command not in EARLY_ENDS
            self.seen_running += min(seconds, self._end() - (self.now - seconds)) if finished_by_itself else seconds
        return events

    def _end(self) -> float:
        """Return when a finished session ended."""
        return self.started + self.gaps + self.paused + sum(one.seconds for one in self.ended)

    def finish(self) -> None:
        """Run to the end, advancing each second and at each deadline."""
        if self.engine.state is State.PAUSED:
            self.do(SessionCommand.RESUME, 0)
        while (due := self.engine.next_due()) is not None:
            self.do(None, min(1, due - self.now))

    @property
    def ended(self) -> list[SegmentEnded]:
        return [event for event in self.events if isinstance(event, SegmentEnded)]


@pytest.fixture(scope="session")
def start(timeline_of: Callable[..., Timeline]) -> Callable[[], ScriptedSession]:
    timeline = timeline_of(
        {"exercise": "tuck", "prepare": 2, "hold": 5, "reps": 2, "rest": 3},
        {"exercise": "bend", "side": "each", "prepare": 0, "hold": 0.7 + 3, "reps": 2, "rest": 0.1},
        {"rest": 6},
    )
    return lambda: ScriptedSession(timeline)


Start = Callable[[], ScriptedSession]


@given(SCRIPTS, ENDINGS)
def test_session_time_is_conserved(start: Start, script: Script, ending: SessionCommand | None) -> None:
    session = start()
    for command, seconds in script:
        session.do(command, seconds)
        ran = session.engine.session_elapsed(session.now)
        in_segments = sum(one.seconds for one in session.ended)
        if session.engine.state is not State.FINISHED:
            in_segments += session.engine.segment_elapsed(session.now)
            assert ran == pytest.approx(session.now - session.started - session.gaps - session.paused, abs=CLOSE)
        assert ran == pytest.approx(session.seen_running, abs=CLOSE)
        assert ran == pytest.approx(in_segments, abs=CLOSE)
    if ending:
        session.do(ending, 1)
        assert session.engine.done_seconds <= session.seen_running + CLOSE


@given(SCRIPTS, ENDINGS)
def test_segments_start_and_end_in_turn(start: Start, script: Script, ending: SessionCommand | None) -> None:
    session = start()
    for command, seconds in script:
        session.do(command, seconds)
    if ending:
        session.do(ending, 1)
    else:
        session.finish()
    turns = [event for event in session.events if isinstance(event, SegmentStarted | SegmentEnded)]
    assert len(turns) % 2 == 0
    for started, ended in zip(turns[::2], turns[1::2], strict=True):
        assert isinstance(started, SegmentStarted)
        assert isinstance(ended, SegmentEnded)
        assert started.segment is ended.segment
        assert started.at == started.segment.start
    timeline = session.engine.timeline
    set_starts = {members.start for members in timeline.sets}
    for ended, started in zip(turns[1::2], turns[2::2], strict=False):
        follows = started.segment.index == ended.segment.index + 1
        assert follows or started.segment.index in set_starts
    assert session.engine.state is State.FINISHED
    assert [isinstance(event, Finished) for event in session.events] == [False] * (len(session.events) - 1) + [True]


@given(SCRIPTS)
def test_events_are_in_order(start: Start, script: Script) -> None:
    session = start()
    for command, seconds in script:
        session.do(command, seconds)
    session.finish()
    assert all(earlier.t <= later.t + CLOSE for earlier, later in pairwise(session.events))
    pauses = [type(event) for event in session.events if isinstance(event, Paused | Resumed)]
    assert pauses[::2] == [Paused] * len(pauses[::2])
    assert pauses[1::2] == [Resumed] * len(pauses[1::2])


@given(SCRIPTS)
def test_nothing_is_made_up_for_after_a_gap(start: Start, script: Script) -> None:
    session = start()
    for command, seconds in script:
        running = session.engine.state is State.RUNNING
        into, segment = session.engine.segment_elapsed(session.now), session.engine.segment
        events = session.do(command, seconds)
        if running and seconds > GAP_SECONDS and command is None:
            assert [type(event) for event in events] == [Paused]
            assert events[0].t == session.engine.session_elapsed(session.now)
            assert session.engine.segment_elapsed(session.now) == pytest.approx(into)
            assert session.engine.segment is segment


@given(SCRIPTS)
def test_countdown_and_next_deadline_agree(start: Start, script: Script) -> None:
    session = start()
    engine = session.engine
    for command, seconds in script:
        session.do(command, seconds)
        due = engine.next_due()
        assert (due is not None) == (engine.state is State.RUNNING)
        if due is not None:
            assert due > session.now
            assert engine.remaining(session.now) == pytest.approx(due - session.now, abs=CLOSE)
        if engine.state is not State.FINISHED:
            assert 0 <= engine.segment_elapsed(session.now) <= engine.length
            assert engine.remaining(session.now) == engine.length - engine.segment_elapsed(session.now)


@given(SCRIPTS, ENDINGS)
def test_done_time_is_the_longest_visit_and_never_more_than_planned_and_added(
    start: Start, script: Script, ending: SessionCommand | None
) -> None:
    session = start()
    for command, seconds in script:
        session.do(command, seconds)
    if ending:
        session.do(ending, 1)
    else:
        session.finish()
    longest = [0.0] * len(session.engine.timeline.segments)
    added = 0.0
    for event in session.events:
        match event:
            case SegmentStarted():
                added = 0.0
            case Extended():
                added += MORE_SECONDS
            case SegmentEnded(segment, _, ran, whole):
                assert 0 <= ran <= segment.seconds + added + CLOSE
                assert whole == (ran >= segment.seconds - CLOSE)
                longest[segment.index] = max(longest[segment.index], ran)
    assert list(session.engine.done) == longest


@given(SCRIPTS, ENDINGS)
def test_session_is_completed_only_if_every_hold_was(
    start: Start, script: Script, ending: SessionCommand | None
) -> None:
    session = start()
    for command, seconds in script:
        session.do(command, seconds)
    over_before = session.engine.state is State.FINISHED
    if ending:
        session.do(ending, 0)
    else:
        session.finish()
    last = session.events[-1]
    assert isinstance(last, Finished)
    assert last.outcome is session.engine.outcome
    if ending and not over_before and not _ran_out(session, ending):
        assert last.outcome is EARLY_ENDS[ending]
    else:
        segments = session.engine.timeline.segments
        holds = [one for one in segments if one.kind is SegmentKind.HOLD]
        held = all(session.engine.done[one.index] >= one.seconds - CLOSE for one in holds)
        assert last.outcome is (Outcome.COMPLETED if held else Outcome.PARTIAL)


def _ran_out(session: ScriptedSession, ending: SessionCommand) -> bool:
    """Return whether the last segment ended by itself before the command could end it."""
    last = session.ended[-1]
    is_last = last.segment is session.engine.timeline.segments[-1]
    return is_last and last.complete and session.engine.outcome is not EARLY_ENDS[ending]


@given(st.lists(st.tuples(st.floats(0.01, 4.9), st.floats(0.01, 10_000)), max_size=20))
def test_pauses_neither_cost_nor_add_time(start: Start, pauses: list[tuple[float, float]]) -> None:
    session = start()
    for running, paused in pauses:
        session.do(SessionCommand.PAUSE, running)
        session.do(SessionCommand.RESUME, paused)
    session.finish()
    assert session.engine.outcome is Outcome.COMPLETED
    assert session.engine.session_elapsed(session.now) == pytest.approx(session.engine.timeline.total, abs=CLOSE)
