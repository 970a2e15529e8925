"""The timing of a session: a pure state machine that is handed the time."""

from collections.abc import Sequence
from enum import StrEnum

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
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

GAP_SECONDS = 5.0
"""A longer time between two readings of the clock pauses the session: the computer slept, or the process stopped."""

MORE_SECONDS = 10.0
"""What one `MORE` adds to the current hold or rest; while one gets ready, it adds nothing."""

_ROUNDING = 1e-9  # far below any clock's resolution, far above the error of adding up seconds


class State(StrEnum):
    """Where a session is in its life."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


class SessionCommand(StrEnum):
    """What the user or the system may ask a session to do."""

    PAUSE = "pause"
    RESUME = "resume"
    TOGGLE = "toggle"
    """Pause or resume."""

    NEXT = "next"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    MORE = "more"
    STOP = "stop"
    """It hurts."""

    END = "end"
    INTERRUPT = "interrupt"
    """The system ends the session, not the user."""


ENDINGS = {
    SessionCommand.STOP: Outcome.STOPPED,
    SessionCommand.END: Outcome.PARTIAL,
    SessionCommand.INTERRUPT: Outcome.INTERRUPTED,
}
"""The commands that end a session, and its outcome then."""

_SETS_FORWARD = {SessionCommand.NEXT: 1, SessionCommand.PREVIOUS: -1, SessionCommand.REPEAT: 0}


class Engine:
    """Runs a timeline against instants in seconds of any clock that never goes back.

    Each deadline is computed from the one before it and not from when it was noticed, so lateness does not add up. The
    countdown is derived from the instant, never decremented. Next, previous and repeat move by sets: one step on one
    side. A segment that is run twice counts once, with the longer of its two times, so that what was done never exceeds
    what was planned and added.

    Args:
        timeline: What to run; it must have segments.
        gap_seconds: See `GAP_SECONDS`; a faster clock needs a proportionally longer gap.
        first: The index of the segment to start with.
        done: Seconds done of each segment in an earlier run; None for nothing.
    """

    def __init__(
        self,
        timeline: Timeline,
        gap_seconds: float = GAP_SECONDS,
        *,
        first: int = 0,
        done: Sequence[float] | None = None,
    ) -> None:
        if not timeline.segments:
            raise ValueError("a timeline without segments cannot be run")
        self.timeline = timeline
        self.state = State.READY
        self.outcome: Outcome | None = None
        self._gap_seconds = gap_seconds
        self._segment = timeline.segments[first]
        self._extra = 0.0
        self._since = 0.0  # the instant at which the segment would have started had it never been paused
        self._paused_at = 0.0  # seconds into the segment while the session is not running
        self._ran_before = 0.0  # seconds that earlier visits to segments ran
        self._last_reading = 0.0
        self._done = list(done) if done else [0.0] * len(timeline.segments)

    @property
    def segment(self) -> Segment:
        """The current segment; the last one when the session is over."""
        return self._segment

    @property
    def length(self) -> float:
        """The length of the current segment in seconds, extensions included."""
        return self._segment.seconds + self._extra

    @property
    def done(self) -> Sequence[float]:
        """Seconds done of each segment; the current one counts once it is left."""
        return tuple(self._done)

    @property
    def done_seconds(self) -> float:
        """All seconds done."""
        return sum(self._done)

    def segment_elapsed(self, now: float) -> float:
        """Return how many seconds of the current segment are over."""
        if self.state is not State.RUNNING:
            return self._paused_at
        return min(self.length, max(0.0, now - self._since))

    def remaining(self, now: float) -> float:
        """Return how many seconds of the current segment are left."""
        return self.length - self.segment_elapsed(now)

    def session_elapsed(self, now: float) -> float:
        """Return how many seconds the session has run in all, pauses excluded."""
        # Not capped at the segment's end as `segment_elapsed` is: an event that is noticed late gets its real time.
        return self._ran_before + (now - self._since if self.state is State.RUNNING else self._paused_at)

    def next_due(self) -> float | None:
        """Return the instant at which the current segment ends, or None unless the session is running."""
        return self._since + self.length if self.state is State.RUNNING else None

    def outcome_at_end(self) -> Outcome | None:
        """Return the outcome if the current segment runs to its end, or None if that is not the session's end."""
        index = self._segment.index
        if index + 1 < len(self._done):
            return None
        return self._outcome([*self._done[:index], self.length])

    def start(self, now: float) -> list[Event]:
        """Start with the first segment, or the one that was asked for.

        Raises:
            ValueError: The session was started before.
        """
        if self.state is not State.READY:
            raise ValueError(f"a session that is {self.state} cannot be started")
        self.state = State.RUNNING
        self._last_reading = now
        return self._enter(self._segment.index, now, now)

    def advance(self, now: float) -> list[Event]:
        """Return the events up to this instant.

        A gap pauses the session where it was last seen; nothing that was missed is made up for.
        """
        if self.state is not State.RUNNING:
            return []
        gap = now - self._last_reading
        if gap > self._gap_seconds:
            return [self._halt(self._last_reading, PauseReason.GAP, gap)]
        events: list[Event] = []
        while self.state is State.RUNNING and now - (due := self._since + self.length) >= -_ROUNDING:
            events.append(self._leave(self.length, now))
            following = self._segment.index + 1
            events += self._enter(following, due, now) if following < len(self._done) else [self._finish(now)]
        self._last_reading = max(self._last_reading, now)
        return events

    def apply(self, command: SessionCommand, now: float) -> list[Event]:
        """Advance to this instant, then obey a command; return the events of both.

        A command that does not fit the state has no effect.
        """
        if command is SessionCommand.TOGGLE:  # by the state that the user saw, which a gap may be about to change
            command = SessionCommand.RESUME if self.state is State.PAUSED else SessionCommand.PAUSE
        events = self.advance(now)
        if self.state in (State.RUNNING, State.PAUSED):
            events += self._obey(command, now)
        return events

    def _obey(self, command: SessionCommand, now: float) -> list[Event]:
        if command in ENDINGS:
            return [self._leave(self.segment_elapsed(now), now), self._finish(now, ENDINGS[command])]
        if command in _SETS_FORWARD:
            here = self.timeline.set_of(self._segment.index)
            return self._move_to_set(max(0, here + _SETS_FORWARD[command]), now)
        if command is SessionCommand.MORE:
            if self._segment.kind is SegmentKind.PREPARE:  # to take longer to get ready, there is the pause
                return []
            self._extra += MORE_SECONDS
            return [Extended(self._segment, self.session_elapsed(now), MORE_SECONDS)]
        return self._pause(now) if command is SessionCommand.PAUSE else self._resume(now)

    def _pause(self, now: float) -> list[Event]:
        return [self._halt(now, PauseReason.ASKED)] if self.state is State.RUNNING else []

    def _halt(self, at: float, reason: PauseReason, gap: float = 0.0) -> Paused:
        self._paused_at = self.segment_elapsed(at)
        self.state = State.PAUSED
        return Paused(self.session_elapsed(at), reason, gap)

    def _resume(self, now: float) -> list[Event]:
        if self.state is not State.PAUSED:
            return []
        self.state = State.RUNNING
        self._since = now - self._paused_at
        self._last_reading = now
        return [Resumed(self.session_elapsed(now))]

    def _move_to_set(self, number: int, now: float) -> list[Event]:
        left = self._leave(self.segment_elapsed(now), now)
        if number == len(self.timeline.sets):
            return [left, self._finish(now)]
        return [left, *self._enter(self.timeline.sets[number].start, now, now)]

    def _enter(self, index: int, at: float, now: float) -> list[Event]:
        self._segment = self.timeline.segments[index]
        self._extra = 0.0
        self._since = at
        self._paused_at = 0.0
        return [SegmentStarted(self._segment, self._segment.start, self.session_elapsed(now))]

    def _leave(self, seconds: float, now: float) -> SegmentEnded:
        segment = self._segment
        self._done[segment.index] = max(self._done[segment.index], seconds)
        self._ran_before += seconds
        self._since += seconds
        self._paused_at = 0.0
        complete = seconds >= segment.seconds - _ROUNDING
        return SegmentEnded(segment, self.session_elapsed(now), seconds, complete=complete)

    def _finish(self, now: float, outcome: Outcome | None = None) -> Finished:
        self.outcome = outcome or self._outcome(self._done)
        finished = Finished(self.session_elapsed(now), self.outcome)
        self.state = State.FINISHED
        return finished

    def _outcome(self, done: Sequence[float]) -> Outcome:
        """Return `COMPLETED` if every hold was held to its end; preparing and resting may be cut short.

        In a timeline without holds every segment counts.
        """
        segments = self.timeline.segments
        counted = [segment for segment in segments if segment.kind is SegmentKind.HOLD] or segments
        complete = all(done[segment.index] >= segment.seconds - _ROUNDING for segment in counted)
        return Outcome.COMPLETED if complete else Outcome.PARTIAL
