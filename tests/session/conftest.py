"""Shared fixtures for sessions: a short timeline, a clock that tests advance, and a face that takes notes."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.clock import Instant
from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.engine import Engine, SessionCommand, State
from stretch_coach.session.events import Event
from stretch_coach.session.recorder import SessionJournal
from stretch_coach.session.speaker import PlayedCue

NOON_MS = 1_795_176_000_000
"""2026-11-20T12:00Z."""

TUCK = {"id": "tuck", "name": "Chin tuck", "instructions": ["Slide your head back."], "cue": "Chin in."}
BEND = {
    "id": "bend",
    "name": "Side bend",
    "sided": True,
    "instructions": ["Let your {other} ear sink."],
    "cue": "Feel the {side} side.",
    "release": "Back from the {side}.",
    "cautions": ["Stop with tingling.", "Keep it small."],
}
STEPS: list[dict[str, Any]] = [
    {"exercise": "tuck", "prepare": 2, "hold": 5, "reps": 2, "rest": 3},
    {"exercise": "bend", "side": "each", "prepare": 1, "hold": 4, "reps": 1},
    {"rest": 6, "say": "Shake out your arms."},
]


def _routine(steps: list[dict[str, Any]]) -> Routine:
    content = {"id": "mine", "title": "My break", "exercises": {"tuck": TUCK, "bend": BEND}, "steps": steps}
    routine, problems = resolve_routine(RoutineFile.model_validate(content), {}, path=Path("mine.json"), bundled=False)
    assert not problems
    return routine


class FakeClock:
    """A clock that stops until somebody waits on it, and then is late by whatever `oversleep` returns."""

    pace = 1.0

    def __init__(self) -> None:
        self.time = 100.0
        self.oversleep: Callable[[], float] = lambda: 0.0
        self.typed: list[tuple[float, SessionCommand]] = []
        """What the user will type, and when, in seconds from the start; in order."""
        self.waits = 0

    def now(self) -> float:
        """Return the time."""
        return self.time

    def wall(self) -> Instant:
        """Return an instant after noon of 20 November 2026 in Helsinki, when the clock started."""
        return Instant(NOON_MS + round((self.time - 100) * 1000), 7200, "EET")

    async def wait(self, commands: asyncio.Queue[SessionCommand], seconds: float) -> SessionCommand | None:
        """Let some seconds pass, or fewer if something is typed before, and return what is typed."""
        self.waits += 1
        assert seconds >= 0
        if not commands.empty():
            return commands.get_nowait()
        if self.typed and 100 + self.typed[0][0] <= self.time + seconds:
            at, command = self.typed.pop(0)
            self.time = max(self.time, 100 + at)
            return command
        self.time += seconds + self.oversleep()
        return None


class NotingFace:
    """Notes what it is shown and when, and the warnings."""

    def __init__(self) -> None:
        self.events: list[tuple[float, Event]] = []
        self.countdown: list[float] = []
        self.warnings: list[str] = []
        self.cues: list[PlayedCue] = []

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - every face's signature
        """Note an event."""
        self.events.append((now, event))

    def tick(self, engine: Engine, now: float) -> None:
        """Note the countdown while there is one."""
        if engine.state is not State.FINISHED:
            self.countdown.append(engine.remaining(now))

    def show_cue(self, played: PlayedCue) -> None:
        """Note a cue."""
        self.cues.append(played)

    def warn(self, sentence: str) -> None:
        """Note a warning."""
        self.warnings.append(sentence)


@pytest.fixture
def routine() -> Routine:
    """Half a minute: two chin tucks, a bend to each side, a rest.

    Its segments: prepare 0-2 s, hold 2-7, rest 7-10, hold 10-15; left: prepare 15-16, hold 16-20; right: prepare
    20-21, hold 21-25; rest 25-31.
    """
    return _routine(STEPS)


@pytest.fixture
def timeline(routine: Routine) -> Timeline:
    """The timeline of that half minute."""
    return build_timeline(routine)


@pytest.fixture(scope="session")
def timeline_of() -> Callable[..., Timeline]:
    """Return the timeline of steps as a routine file has them; the exercises are `tuck` and the sided `bend`."""
    return lambda *steps: build_timeline(_routine(list(steps)))


@pytest.fixture
def clock() -> FakeClock:
    """A clock that only advances when somebody waits on it."""
    return FakeClock()


@pytest.fixture
def face() -> NotingFace:
    """A face that takes notes."""
    return NotingFace()


@pytest.fixture
def journal(places: Places) -> Iterator[SessionJournal]:
    """A new history to record sessions in."""
    make_private_folder(places.data)
    with closing(open_for_writing(places.history, NOON_MS)) as database:
        yield SessionJournal(database, places.history, places.running, day_start=time(4))


@pytest.fixture
def record(timeline: Timeline) -> SessionRecord:
    """The record of that half minute as it starts."""
    return SessionRecord(
        id=new_id(NOON_MS),
        started_ms=NOON_MS,
        ended_ms=None,
        utc_offset_s=7200,
        zone="EET",
        day="2026-11-20",
        routine="mine",
        title="My break",
        planned_ms=31_000,
        done_ms=0,
        segments=len(timeline.segments),
        segments_done=0,
        outcome=Outcome.INTERRUPTED,
        source=Source.TIMER,
        device=None,
    )
