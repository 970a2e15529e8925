"""The timing of a session: a pure state machine on whatever clock it is given."""

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
"""A longer time between two looks at the clock pauses the session: the machine slept, or the process was stopped."""

MORE_SECONDS = 10.0
"""What one press of "ten seconds more" adds."""

_ROUNDING = 1e-9  # far below what any clock tells, far above what adding seconds loses


class State(StrEnum):
    """Where a session is in its life."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


class Command(StrEnum):
    """What the user may ask of a session."""

    PAUSE = "pause"
    RESUME = "resume"
    TOGGLE = "toggle"
    NEXT = "next"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    MORE = "more"
    STOP = "stop"
    END = "end"
    INTERRUPT = "interrupt"


_ENDINGS = {
    Command.STOP: Outcome.STOPPED,
    Command.END: Outcome.PARTIAL,
    Command.INTERRUPT: Outcome.INTERRUPTED,
}
_SETS_ON = {Command.NEXT: 1, Command.PREVIOUS: -1, Command.REPEAT: 0}


class Engine:
    """Runs a timeline on instants that it is handed, in seconds of any clock that never goes back.

    Each deadline follows from the one before it, never from when it was noticed, so lateness does not add up. The
    countdown is derived from the instant, never decremented. Next, previous and repeat move by sets: one step on one
    side. A segment that is run twice counts once, as the longer of both, so that what was done never exceeds what was
    planned and what was added.

    Args:
        timeline: What to run.
        gap_seconds: See ``GAP_SECONDS``; on a sped-up clock it has to be as much longer.
        first: The segment to begin with.
        done: Seconds done of each segment before; none of any unless given.
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
        self._since = 0.0  # the instant at which the segment would have begun had it never been paused
        self._into = 0.0  # seconds into the segment while the session stands still
        self._ran_before = 0.0  # seconds that earlier visits to segments ran
        self._looked = 0.0
        self._done = list(done) if done else [0.0] * len(timeline.segments)

    @property
    def segment(self) -> Segment:
        """The segment under way; the last one when the session is over."""
        return self._segment

    @property
    def length(self) -> float:
        """Seconds of the segment under way, with what was added."""
        return self._segment.seconds + self._extra

    @property
    def done(self) -> Sequence[float]:
        """Seconds done of each segment that was left; the one under way counts when it is left."""
        return tuple(self._done)

    @property
    def done_seconds(self) -> float:
        """All seconds done."""
        return sum(self._done)

    def into(self, now: float) -> float:
        """Seconds into the segment under way."""
        if self.state is not State.RUNNING:
            return self._into
        return min(self.length, max(0.0, now - self._since))

    def remaining(self, now: float) -> float:
        """Seconds left of the segment under way."""
        return self.length - self.into(now)

    def ran(self, now: float) -> float:
        """Seconds the session has run in all, pauses left out."""
        # Not cut off at the segment's end as ``into`` is: events that are noticed late are told with their real time.
        return self._ran_before + (now - self._since if self.state is State.RUNNING else self._into)

    def next_due(self) -> float | None:
        """The instant at which the next thing happens by itself; none unless running."""
        return self._since + self.length if self.state is State.RUNNING else None

    def advance(self, now: float) -> list[Event]:
        """What has happened up to this instant.

        After a gap nothing that was missed is made up for: the session stands where it was last seen.
        """
        if self.state is not State.RUNNING:
            return []
        gap = now - self._looked
        if gap > self._gap_seconds:
            return [self._stand_still(self._looked, PauseReason.GAP, gap)]
        events: list[Event] = []
        while self.state is State.RUNNING and now - (due := self._since + self.length) >= -_ROUNDING:
            events.append(self._leave(self.length, now))
            following = self._segment.index + 1
            events += self._enter(following, due, now) if following < len(self._done) else [self._finish(now)]
        self._looked = max(self._looked, now)
        return events

    def start(self, now: float) -> list[Event]:
        """Begin with the first segment, or the one that was asked for.

        Raises:
            ValueError: The session was started before.
        """
        if self.state is not State.READY:
            raise ValueError(f"a session that is {self.state} cannot be started")
        self.state = State.RUNNING
        self._looked = now
        return self._enter(self._segment.index, now, now)

    def apply(self, command: Command, now: float) -> list[Event]:
        """What has happened up to this instant, and then what the command does; one that does not fit does nothing."""
        if command is Command.TOGGLE:  # means what the user saw, which a gap may be about to change
            command = Command.RESUME if self.state is State.PAUSED else Command.PAUSE
        events = self.advance(now)
        if self.state in (State.RUNNING, State.PAUSED):
            events += self._obey(command, now)
        return events

    def _obey(self, command: Command, now: float) -> list[Event]:
        if command in _ENDINGS:
            return [self._leave(self.into(now), now), self._finish(now, _ENDINGS[command])]
        if command in _SETS_ON:
            here = self.timeline.set_of(self._segment.index)
            return self._go_to_set(max(0, here + _SETS_ON[command]), now)
        if command is Command.MORE:
            self._extra += MORE_SECONDS
            return [Extended(self._segment, self.ran(now), MORE_SECONDS)]
        return self._pause(now) if command is Command.PAUSE else self._resume(now)

    def _pause(self, now: float) -> list[Event]:
        return [self._stand_still(now, PauseReason.ASKED)] if self.state is State.RUNNING else []

    def _stand_still(self, at: float, reason: PauseReason, gap: float = 0.0) -> Paused:
        self._into = self.into(at)
        self.state = State.PAUSED
        return Paused(self.ran(at), reason, gap)

    def _resume(self, now: float) -> list[Event]:
        if self.state is not State.PAUSED:
            return []
        self.state = State.RUNNING
        self._since = now - self._into
        self._looked = now
        return [Resumed(self.ran(now))]

    def _go_to_set(self, number: int, now: float) -> list[Event]:
        left = self._leave(self.into(now), now)
        if number == len(self.timeline.sets):
            return [left, self._finish(now)]
        return [left, *self._enter(self.timeline.sets[number].start, now, now)]

    def _enter(self, index: int, at: float, now: float) -> list[Event]:
        self._segment = self.timeline.segments[index]
        self._extra = 0.0
        self._since = at
        self._into = 0.0
        return [SegmentStarted(self._segment, self._segment.start, self.ran(now))]

    def _leave(self, ran: float, now: float) -> SegmentEnded:
        segment = self._segment
        self._done[segment.index] = max(self._done[segment.index], ran)
        self._ran_before += ran
        self._since += ran
        self._into = 0.0
        return SegmentEnded(segment, self.ran(now), ran, whole=ran >= segment.seconds - _ROUNDING)

    def _finish(self, now: float, outcome: Outcome | None = None) -> Finished:
        self.outcome = outcome or self._reached_end()
        finished = Finished(self.ran(now), self.outcome)
        self.state = State.FINISHED
        return finished

    def _reached_end(self) -> Outcome:
        """Completed if every hold was held to its end; getting ready and resting may be cut short.

        Where there is nothing to hold, what there is counts.
        """
        segments = self.timeline.segments
        what_counts = [one for one in segments if one.kind is SegmentKind.HOLD] or segments
        held = all(self._done[one.index] >= one.seconds - _ROUNDING for one in what_counts)
        return Outcome.COMPLETED if held else Outcome.PARTIAL
