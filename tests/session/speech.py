"""A voice that only takes notes, and a session spoken by it on a clock that tests advance."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.cues import SpeechLevel
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.events import Event
from stretch_coach.session.recorder import NoRecorder
from stretch_coach.session.runner import Runner
from stretch_coach.session.speaker import PlayedCue, Speaker
from stretch_coach.voice.tones import Tone
from tests.session.cue_rules import speaking

if TYPE_CHECKING:
    from tests.session.conftest import FakeClock, NotingFace

ZERO = 100.0
"""The reading of the clock when a session starts."""


class Said(NamedTuple):
    """A cue that was handed over: when, for which instant, and its text; in seconds from the session's start."""

    handed: float
    at: float
    what: str


class NotingSpeech:
    """Notes what it is handed, and reports what of it would be heard.

    Args:
        now: The session's clock.
        rendered: Whether a text can be said.
    """

    def __init__(self, now: Callable[[], float], rendered: Callable[[str], bool] = lambda _: True) -> None:
        self._now = now
        self._rendered = rendered
        self.said: list[Said] = []
        self.waiting: list[Said] = []
        self.hushed: list[float] = []
        self.forgotten: list[float] = []

    def say(self, text: str, at: float, within: float) -> bool:  # noqa: ARG002 - a noted text takes no time
        """Note a text."""
        return self._rendered(text) and self._take(text, at)

    def play_tone(self, tone: Tone, at: float) -> bool:
        """Note a tone, in brackets."""
        return self._take(f"[{tone}]", at)

    def cancel_pending(self) -> None:
        """Note that what waits will not be heard."""
        self.forgotten.append(self._now() - ZERO)
        self._keep_what_began()

    def stop(self) -> None:
        """Note that nothing more is heard."""
        self.hushed.append(self._now() - ZERO)
        self._keep_what_began()

    def heard(self) -> list[tuple[float, str]]:
        """Return what started to be heard, in order."""
        return sorted((round(one.at, 2), one.what) for one in self.waiting)

    def _take(self, what: str, at: float) -> bool:
        one = Said(self._now() - ZERO, at - ZERO, what)
        self.said.append(one)
        self.waiting.append(one)
        return True

    def _keep_what_began(self) -> None:
        self.waiting = [one for one in self.waiting if one.at <= self._now() - ZERO]


class Spoken:
    """A spoken session on the clock of the tests.

    Args:
        timeline: What is run.
        clock: Its clock.
        level: How much is said.
        rendered: Whether a text can be said.
        silent: Whether there is no voice at all.
    """

    def __init__(
        self,
        timeline: Timeline,
        clock: "FakeClock",
        *,
        level: SpeechLevel = SpeechLevel.FULL,
        rendered: Callable[[str], bool] = lambda _: True,
        silent: bool = False,
    ) -> None:
        self.timeline = timeline
        self.how = speaking(160, level)
        self.speech = NotingSpeech(clock.now, rendered)
        self.given: list[PlayedCue] = []
        self.engine = Engine(timeline)
        self.speaker = Speaker(self.how, None if silent else self.speech, clock, self.given.append)
        self._clock = clock

    def run(self, face: "NotingFace", *typed: tuple[float, SessionCommand]) -> "Spoken":
        """Run the whole session, with commands typed at these seconds."""
        self._clock.typed = list(typed)
        self._clock.time = ZERO - self.speaker.start_seconds
        runner = Runner(self.engine, self._clock, NoRecorder(), face, speaker=self.speaker, wait=self._clock.wait)
        asyncio.run(runner.run())
        return self

    def at(self, now: float, command: SessionCommand | None = None) -> list[Event]:
        """Advance to an instant, or apply a command at it."""
        engine, instant = self.engine, ZERO + now
        self._clock.time = instant
        events = engine.apply(command, instant) if command else engine.advance(instant)
        for event in events:
            self.speaker.follow(event, engine, instant)
        self.speaker.tick(engine, instant)
        return events

    def start(self) -> "Spoken":
        """Start the session."""
        for event in self.engine.start(ZERO):
            self.speaker.follow(event, self.engine, ZERO)
        self.speaker.tick(self.engine, ZERO)
        return self

    def shown(self) -> list[tuple[float, str]]:
        """Return the place on the timeline and the words of each cue that was shown."""
        return [(round(one.at, 2), one.cue.text) for one in self.given]
