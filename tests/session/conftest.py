"""What the tests of sessions start from: a short timeline, a clock that only moves when told, and a face that notes."""

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
from stretch_coach.routine.file import RoutineFile
from stretch_coach.routine.model import Routine, understand
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.conduct import Journal
from stretch_coach.session.engine import Command, Engine, State
from stretch_coach.session.events import Event
from stretch_coach.session.speaker import Given

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
}
STEPS: list[dict[str, Any]] = [
    {"exercise": "tuck", "prepare": 2, "hold": 5, "reps": 2, "rest": 3},
    {"exercise": "bend", "side": "each", "prepare": 1, "hold": 4, "reps": 1},
    {"rest": 6, "say": "Shake out your arms."},
]


def _routine(steps: list[dict[str, Any]]) -> Routine:
    content = {"id": "mine", "title": "My break", "exercises": {"tuck": TUCK, "bend": BEND}, "steps": steps}
    routine, problems = understand(RoutineFile.model_validate(content), {}, path=Path("mine.json"), bundled=False)
    assert not problems
    return routine


class FakeClock:
    """A clock that stands still until somebody waits on it; then it is at once as late as ``oversleep`` says."""

    pace = 1.0

    def __init__(self) -> None:
        self.time = 100.0
        self.oversleep: Callable[[], float] = lambda: 0.0
        self.typed: list[tuple[float, Command]] = []
        """What the user will type, and when, in seconds from the start; in order."""
        self.waits = 0

    def now(self) -> float:
        """The time it was told."""
        return self.time

    def wall(self) -> Instant:
        """Noon of 20 November 2026, two hours ahead of UTC, when it began."""
        return Instant(NOON_MS + round((self.time - 100) * 1000), 7200, "EET")

    async def wait(self, commands: asyncio.Queue[Command], seconds: float) -> Command | None:
        """Let so many seconds go by, or fewer if something is typed before."""
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
    """Notes what it is shown, and when, and what it is warned of."""

    def __init__(self) -> None:
        self.events: list[tuple[float, Event]] = []
        self.countdown: list[float] = []
        self.warnings: list[str] = []
        self.given: list[Given] = []

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - as every face's
        """Note an event."""
        self.events.append((now, event))

    def look(self, engine: Engine, now: float) -> None:
        """Note the countdown, while there is one."""
        if engine.state is not State.FINISHED:
            self.countdown.append(engine.remaining(now))

    def hear(self, given: Given) -> None:
        """Note a cue."""
        self.given.append(given)

    def warn(self, trouble: str) -> None:
        """Note a warning."""
        self.warnings.append(trouble)


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
    """The timeline of such steps, as a routine file has them; exercises are tuck and, sided, bend."""
    return lambda *steps: build_timeline(_routine(list(steps)))


@pytest.fixture
def clock() -> FakeClock:
    """A clock that only moves when somebody waits on it."""
    return FakeClock()


@pytest.fixture
def face() -> NotingFace:
    """A face that notes what it is shown."""
    return NotingFace()


@pytest.fixture
def journal(places: Places) -> Iterator[Journal]:
    """A new history to record sessions in."""
    make_private_folder(places.data)
    with closing(open_for_writing(places.history, NOON_MS)) as database:
        yield Journal(database, places.history, places.running, day_start=time(4))


@pytest.fixture
def record(timeline: Timeline) -> SessionRecord:
    """The record of that half minute as it begins."""
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
