"""Gives the cues of a session: hands each to the voice ahead of its instant, and takes it back when plans change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from stretch_coach.clock import Clock, shared_instant
from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Segment
from stretch_coach.session.cue import GAP_SECONDS, Cue, CueKind, Speaking
from stretch_coach.session.cues import closing_cue, plan_reentry, plan_segment
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


# What stands for words that were not rendered in time, or cannot be.
_TONES = {
    CueKind.START: Tone.START,
    CueKind.STOP: Tone.END,
    CueKind.SIDE: Tone.SIDE,
    CueKind.COUNTDOWN: Tone.COUNT,
}


class Speech(Protocol):
    """What can be made to be heard."""

    def say(self, text: str, at: float) -> bool:
        """Say a text at an instant of ``time.monotonic()``; whether it can be heard."""

    def sound(self, tone: Tone, at: float) -> bool:
        """Sound a tone at such an instant; whether it can be heard."""

    def forget(self) -> None:
        """Forget what waits; what sounds is finished."""

    def hush(self) -> None:
        """Be silent at once."""


@dataclass(frozen=True, slots=True)
class Given:
    """A cue that was given: ``at`` is its place on the timeline, ``t`` the session's time, both seconds."""

    cue: Cue
    at: float
    t: float
    heard: bool


OnCue = Callable[[Given], None]
"""Told of each cue at its instant."""


@dataclass(slots=True)
class _Due:
    """A cue with its segment and the instant it is due at; ``at`` is its place on the timeline."""

    cue: Cue
    index: int
    instant: float
    at: float
    sent: bool = False
    heard: bool = False


class Speaker:
    """Follows a session's events and speaks.

    Args:
        speaking: How cues are given.
        speech: What is heard; none where everything is silent.
        clock: The session's clock.
        on_cue: Told of each cue.
    """

    def __init__(self, speaking: Speaking, speech: Speech | None, clock: Clock, on_cue: OnCue) -> None:
        self._speaking = speaking
        self._speech = speech
        self._clock = clock
        self._on_cue = on_cue
        self._now: list[_Due] = []
        self._next: list[_Due] = []
        self._given: set[CueKind] = set()  # in the segment under way
        self._busy_until = 0.0
        self._muted = False
        self.quiet_at = 0.0

    @property
    def muted(self) -> bool:
        """Whether nothing is heard for now."""
        return self._muted

    def mute(self, *, muted: bool) -> None:
        """Be silent at once, or be heard again from the next cue on; cues are told of all the same."""
        self._muted = muted
        if muted and self._speech:
            self._speech.hush()

    def follow(self, event: Event, engine: Engine, now: float) -> None:
        """Change what will be said as the session changes."""
        if not (isinstance(event, Paused) and event.reason is PauseReason.GAP):
            self._tell(engine, now)
        match event:
            case SegmentStarted(segment):
                self._begin(engine, segment.index, now)
            case SegmentEnded(whole=whole):
                if not whole:
                    self._silence()
            case Paused():
                self._silence()
            case Resumed():
                self._now = self._plan_rest(engine, now)
            case Extended():
                self._plan_anew(engine, now)
            case Finished(outcome=outcome):
                self._finish(engine, outcome, now)
        self._hand_over(engine, now)

    def look(self, engine: Engine, now: float) -> None:
        """Hand over what is due soon, and tell of what is due now."""
        self._hand_over(engine, now)
        self._tell(engine, now)

    def next_due(self) -> float | None:
        """The instant of the next cue of the segment under way; none if there is none."""
        return self._now[0].instant if self._now else None

    def _tell(self, engine: Engine, now: float) -> None:
        """Tell of what was due until now; what came too late to be handed over was not given."""
        while self._now and self._now[0].instant <= now:
            one = self._now.pop(0)
            if one.sent:
                self._given.add(one.cue.kind)
                self._busy_until = one.instant + one.cue.seconds
                self._on_cue(Given(one.cue, one.at, engine.ran(now), one.heard))

    def _begin(self, engine: Engine, index: int, now: float) -> None:
        ahead = [one for one in self._next if one.index == index]
        self._next = [one for one in self._next if one.index != index]
        self._given.clear()
        if index != engine.segment.index:  # it is over already
            self._now = [one for one in ahead if one.sent]
        elif engine.state is State.RUNNING:
            self._now = ahead or self._plan(engine, index, now - engine.into(now))
        else:
            self._now = []

    def _hand_over(self, engine: Engine, now: float) -> None:
        due = engine.next_due()
        if due is not None and not self._next and due - now <= AHEAD_SECONDS:
            following = engine.segment.index + 1
            if following < len(engine.timeline.segments):
                self._next = self._plan(engine, following, due)
        for one in [*self._now, *self._next]:
            if not one.sent and one.instant - now <= AHEAD_SECONDS:
                self._send(one)

    def _plan(self, engine: Engine, index: int, begun: float) -> list[_Due]:
        segment = engine.timeline.segments[index]
        length = engine.length if index == engine.segment.index else segment.seconds
        return self._due(plan_segment(engine.timeline, index, length, self._speaking), segment, begun)

    def _plan_rest(self, engine: Engine, now: float) -> list[_Due]:
        segment, into = engine.segment, engine.into(now)
        cues = plan_reentry(engine.timeline, segment.index, engine.length, into, self._speaking)
        return self._due(cues, segment, now - into)

    def _plan_anew(self, engine: Engine, now: float) -> None:
        """A longer segment has its countdown later; what sounds is finished, and what has been is not said again."""
        if engine.state is not State.RUNNING:
            return
        if self._speech:
            self._speech.forget()
        anew = self._plan(engine, engine.segment.index, now - engine.into(now))
        again = {CueKind.COUNTDOWN, CueKind.STOP}  # what a segment may have more than once
        fresh = [one for one in anew if one.cue.kind in again or one.cue.kind not in self._given]
        self._now = [one for one in fresh if one.instant > max(now, self._busy_until + GAP_SECONDS)]
        self._next = []

    def _due(self, cues: list[Cue], segment: Segment, begun: float) -> list[_Due]:
        return [_Due(cue, segment.index, begun + cue.offset, round(segment.start + cue.offset, 3)) for cue in cues]

    def _send(self, one: _Due) -> None:
        one.sent = True
        if self._speech is None or self._muted:
            return
        at = shared_instant(self._clock, one.instant)
        if one.cue.tone:
            one.heard = self._speech.sound(one.cue.tone, at)
        else:
            one.heard = self._speech.say(one.cue.text, at)
            if not one.heard and one.cue.kind in _TONES:
                self._speech.sound(_TONES[one.cue.kind], at)

    def _finish(self, engine: Engine, outcome: Outcome, now: float) -> None:
        closing = closing_cue(engine.timeline, self._speaking) if outcome is Outcome.COMPLETED else None
        if closing is None:
            self._silence()
            return
        self._now, self._next = [], []
        last = _Due(closing, engine.segment.index, now, engine.timeline.total)
        self._send(last)
        self._on_cue(Given(closing, last.at, engine.ran(now), last.heard))
        if last.heard:
            self.quiet_at = now + closing.seconds

    def _silence(self) -> None:
        self._now, self._next = [], []
        self._busy_until = 0.0
        if self._speech:
            self._speech.hush()
