"""Speaks the cues of a session: hands each to the voice ahead of its instant, and cancels it when plans change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from stretch_coach.clock import Clock, shared_instant
from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Segment
from stretch_coach.session.cue_plan import closing_cue, plan_reentry, plan_segment
from stretch_coach.session.cues import CUE_GAP_SECONDS, Cue, CueKind, CueTiming
from stretch_coach.session.engine import Engine, State
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
from stretch_coach.voice.tones import Tone

AHEAD_SECONDS = 1.5
"""How long before its instant a cue is handed to the player, which then starts it to the sample."""

HAND_OVER_SECONDS = 0.15
"""How long before a session starts its first cue is handed over: enough for the player to get it in time."""

# The tones that replace words which were not rendered in time, or cannot be.
_TONES = {
    CueKind.START: Tone.START,
    CueKind.STOP: Tone.END,
    CueKind.SIDE: Tone.SIDE,
    CueKind.COUNTDOWN: Tone.COUNT,
}


class Speech(Protocol):
    """Makes words and tones audible."""

    def say(self, text: str, at: float, within: float) -> bool:
        """Say a text at an instant of `time.monotonic()`; return whether it can be heard.

        It was planned to take `within` seconds.
        """

    def play_tone(self, tone: Tone, at: float) -> bool:
        """Play a tone at an instant of `time.monotonic()`; return whether it can be heard."""

    def cancel_pending(self) -> None:
        """Cancel what has not started yet; what is playing is finished."""

    def stop(self) -> None:
        """Be silent at once."""


@dataclass(frozen=True, slots=True)
class PlayedCue:
    """A cue at its instant. `at` is its place on the timeline, `t` the session's own time, both in seconds."""

    cue: Cue
    at: float
    t: float
    heard: bool


OnCue = Callable[[PlayedCue], None]
"""Called with each cue at its instant."""


@dataclass(slots=True)
class _DueCue:
    """A cue with its segment and its instant; `at` is its place on the timeline."""

    cue: Cue
    index: int
    instant: float
    at: float
    sent: bool = False
    heard: bool = False


class Speaker:
    """Follows the events of a session and speaks.

    Args:
        timing: How much is said, and how long it takes.
        speech: Makes the cues audible; None for a silent session.
        clock: The session's clock.
        on_cue: Called with each cue, heard or not.
    """

    def __init__(self, timing: CueTiming, speech: Speech | None, clock: Clock, on_cue: OnCue) -> None:
        self._timing = timing
        self._speech = speech
        self._clock = clock
        self._on_cue = on_cue
        self._current: list[_DueCue] = []
        self._upcoming: list[_DueCue] = []
        self._given: set[CueKind] = set()  # in the current segment
        self._busy_until = 0.0
        self._muted = False
        self.quiet_at = 0.0
        """When the closing words of a completed session end, on the session's clock."""

    @property
    def muted(self) -> bool:
        """Whether the user has muted the session."""
        return self._muted

    @property
    def has_voice(self) -> bool:
        """Whether anything can be heard at all."""
        return self._speech is not None

    def mute(self, *, muted: bool) -> None:
        """Be silent at once, or be heard again from the next cue on; `on_cue` is called either way."""
        self._muted = muted
        if muted and self._speech:
            self._speech.stop()

    @property
    def start_seconds(self) -> float:
        """How long before the session's start to call `announce`, in real seconds; 0 if nothing is heard anyway."""
        return HAND_OVER_SECONDS if self._speech else 0.0

    def announce(self, engine: Engine, start: float) -> None:
        """Hand over the first cues of a session that will start at an instant."""
        self._upcoming = self._plan(engine, engine.segment.index, start)
        for due in self._upcoming:
            if due.instant - start <= AHEAD_SECONDS - HAND_OVER_SECONDS:
                self._send(due)

    def tick_in(self) -> None:
        """Play the tick of a second before the session starts."""
        if self._speech and not self._muted:
            self._speech.play_tone(Tone.COUNT, shared_instant(self._clock, self._clock.now()))

    def follow(self, event: Event, engine: Engine, now: float) -> None:
        """Adapt what will be said to an event."""
        if not (isinstance(event, Paused) and event.reason is PauseReason.GAP):
            self._report(engine, now)
        match event:
            case SegmentStarted(segment):
                self._enter(engine, segment.index, now)
            case SegmentEnded(complete=complete):
                if not complete:
                    self._silence()
            case Paused():
                self._silence()
            case Resumed():
                self._current = self._plan_rest(engine, now)
            case Extended():
                self._replan(engine, now)
            case Finished(outcome=outcome):
                self._finish(engine, outcome, now)
        self._hand_over(engine, now)

    def tick(self, engine: Engine, now: float) -> None:
        """Hand over the cues that are due soon, and report those that are due now."""
        self._hand_over(engine, now)
        self._report(engine, now)

    def next_due(self) -> float | None:
        """Return the instant of the next cue of the current segment, or None if there is none."""
        return self._current[0].instant if self._current else None

    def _report(self, engine: Engine, now: float) -> None:
        """Report the cues that were due until now. A cue that came too late to be handed over is dropped."""
        while self._current and self._current[0].instant <= now:
            due = self._current.pop(0)
            if due.sent:
                self._given.add(due.cue.kind)
                self._busy_until = due.instant + due.cue.seconds
                self._on_cue(PlayedCue(due.cue, due.at, engine.session_elapsed(now), due.heard))

    def _enter(self, engine: Engine, index: int, now: float) -> None:
        ahead = [due for due in self._upcoming if due.index == index]
        self._upcoming = [due for due in self._upcoming if due.index != index]
        self._given.clear()
        if index != engine.segment.index:  # it is already over
            self._current = [due for due in ahead if due.sent]
        elif engine.state is State.RUNNING:
            self._current = ahead or self._plan(engine, index, now - engine.segment_elapsed(now))
        else:
            self._current = []

    def _hand_over(self, engine: Engine, now: float) -> None:
        end = engine.next_due()
        if end is not None and not self._upcoming and end - now <= AHEAD_SECONDS:
            following = engine.segment.index + 1
            if following < len(engine.timeline.segments):
                self._upcoming = self._plan(engine, following, end)
            elif engine.outcome_at_end() is Outcome.COMPLETED:
                self._upcoming = self._closing(engine, end)
        for due in [*self._current, *self._upcoming]:
            if not due.sent and due.instant - now <= AHEAD_SECONDS:
                self._send(due)

    def _plan(self, engine: Engine, index: int, start: float) -> list[_DueCue]:
        segment = engine.timeline.segments[index]
        length = engine.length if index == engine.segment.index else segment.seconds
        return self._schedule(plan_segment(engine.timeline, index, length, self._timing), segment, start)

    def _plan_rest(self, engine: Engine, now: float) -> list[_DueCue]:
        segment, elapsed = engine.segment, engine.segment_elapsed(now)
        cues = plan_reentry(engine.timeline, segment.index, engine.length, elapsed, self._timing)
        return self._schedule(cues, segment, now - elapsed)

    def _replan(self, engine: Engine, now: float) -> None:
        """Plan an extended segment: what is playing is finished, and nothing but the countdown is repeated."""
        if engine.state is not State.RUNNING:
            return
        if self._speech:
            self._speech.cancel_pending()
        planned = self._plan(engine, engine.segment.index, now - engine.segment_elapsed(now))
        repeatable = {CueKind.COUNTDOWN, CueKind.STOP}
        fresh = [due for due in planned if due.cue.kind in repeatable or due.cue.kind not in self._given]
        self._current = [due for due in fresh if due.instant > max(now, self._busy_until + CUE_GAP_SECONDS)]
        self._upcoming = []

    def _closing(self, engine: Engine, at: float) -> list[_DueCue]:
        cue = closing_cue(engine.timeline, self._timing)
        return [_DueCue(cue, len(engine.timeline.segments), at, engine.timeline.total)] if cue else []

    def _schedule(self, cues: list[Cue], segment: Segment, start: float) -> list[_DueCue]:
        return [_DueCue(cue, segment.index, start + cue.offset, round(segment.start + cue.offset, 3)) for cue in cues]

    def _send(self, due: _DueCue) -> None:
        due.sent = True
        if self._speech is None or self._muted:
            return
        at = shared_instant(self._clock, due.instant)
        if due.cue.tone:
            due.heard = self._speech.play_tone(due.cue.tone, at)
        else:
            due.heard = self._speech.say(due.cue.text, at, due.cue.seconds)
            if not due.heard and due.cue.kind in _TONES:
                self._speech.play_tone(_TONES[due.cue.kind], at)

    def _finish(self, engine: Engine, outcome: Outcome, now: float) -> None:
        closing = (self._upcoming or self._closing(engine, now)) if outcome is Outcome.COMPLETED else []
        if not closing:
            self._silence()
            return
        self._current, self._upcoming = [], []
        last = closing[0]
        if not last.sent:
            self._send(last)
        self._on_cue(PlayedCue(last.cue, last.at, engine.session_elapsed(now), last.heard))
        if last.heard:
            self.quiet_at = last.instant + last.cue.seconds

    def _silence(self) -> None:
        self._current, self._upcoming = [], []
        self._busy_until = 0.0
        if self._speech:
            self._speech.stop()
