"""The runner: a session in real time that obeys commands and updates a face, here on a clock that jumps."""

import asyncio
import random
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

import pytest

from stretch_coach.clock import Clock, FasterClock, Instant, SystemClock
from stretch_coach.errors import CoachError
from stretch_coach.journal.records import Outcome
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.engine import GAP_SECONDS, Engine, SessionCommand, State
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
from stretch_coach.session.recorder import NoRecorder
from stretch_coach.session.runner import CommandQueue, Runner
from stretch_coach.session.speaker import PlayedCue

if TYPE_CHECKING:
    from tests.session.conftest import FakeClock, NotingFace


def run(timeline: Timeline, clock: "FakeClock", face: "NotingFace", *, timed_by: Clock | None = None) -> Engine:
    """Run a whole session, and return its engine."""
    timer = timed_by or clock
    engine = Engine(timeline, gap_seconds=GAP_SECONDS * timer.pace)
    assert asyncio.run(Runner(engine, timer, NoRecorder(), face, wait=clock.wait).run()) is engine.outcome
    return engine


def started(face: "NotingFace") -> list[tuple[float, SegmentStarted]]:
    """Return when each segment was shown as started, in seconds from the start."""
    zero = face.events[0][0]
    return [(now - zero, event) for now, event in face.events if isinstance(event, SegmentStarted)]


def test_runner_follows_the_timeline_for_ten_minutes(library: Library, clock: "FakeClock", face: "NotingFace") -> None:
    timeline = build_timeline(library.routines["neck-and-shoulders"])
    engine = run(timeline, clock, face)
    assert [event.segment for _, event in started(face)] == list(timeline.segments)
    assert [now for now, _ in started(face)] == pytest.approx([segment.start for segment in timeline.segments])
    assert [event.t for _, event in started(face)] == pytest.approx([segment.start for segment in timeline.segments])
    assert clock.time - 100 == pytest.approx(600)
    assert (engine.outcome, engine.done_seconds) == (Outcome.COMPLETED, 600)
    assert clock.waits < 1300  # it looks when something changes, not all the time


@pytest.mark.parametrize("seed", range(10))
def test_waking_late_does_not_accumulate(library: Library, clock: "FakeClock", face: "NotingFace", seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - dice
    clock.oversleep = lambda: dice.uniform(0, 0.9)
    timeline = build_timeline(library.routines["neck-and-shoulders"])
    engine = run(timeline, clock, face)
    assert [event.segment for _, event in started(face)] == list(timeline.segments)
    assert all(-1e-6 <= now - event.at < 0.9 for now, event in started(face))
    assert 600 <= clock.time - 100 < 600.9
    assert engine.done_seconds == pytest.approx(600)


def test_gap_pauses_until_the_user_resumes(timeline: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    naps = iter([0.0, 0.0, 0.0, 0.0, 3600.0])
    clock.oversleep = lambda: next(naps, 0.0)
    clock.typed = [(3700, SessionCommand.TOGGLE)]
    engine = run(timeline, clock, face)
    paused = [event for _, event in face.events if isinstance(event, Paused)]
    assert [(event.t, event.reason) for event in paused] == [(4, PauseReason.GAP)]
    assert engine.outcome is Outcome.COMPLETED
    assert clock.time - 100 == 3700 + 31 - 4


def test_runner_obeys_commands_when_they_are_typed(timeline: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    clock.typed = [
        (3.25, SessionCommand.TOGGLE),
        (60, SessionCommand.TOGGLE),
        (61, SessionCommand.NEXT),
        (61.5, SessionCommand.MORE),
        (62.5, SessionCommand.MORE),
        (70, SessionCommand.STOP),
    ]
    engine = run(timeline, clock, face)
    kinds = [(round(now - 100, 3), type(event)) for now, event in face.events]
    assert kinds == [
        (0, SegmentStarted),
        (2, SegmentEnded),
        (2, SegmentStarted),
        (3.25, Paused),
        (60, Resumed),
        (61, SegmentEnded),
        (61, SegmentStarted),
        (62, SegmentEnded),
        (62, SegmentStarted),
        (62.5, Extended),
        (70, SegmentEnded),
        (70, Finished),
    ]
    assert engine.outcome is Outcome.STOPPED
    assert engine.done_seconds == pytest.approx(2 + 2.25 + 9)


def test_countdown_is_shown_at_each_whole_second(
    timeline_of: Callable[..., Timeline], clock: "FakeClock", face: "NotingFace"
) -> None:
    run(timeline_of({"rest": 4.5}), clock, face)
    assert face.countdown == [4, 3, 2, 1]


def test_faster_clock_runs_the_same_session_in_less_time(
    library: Library, clock: "FakeClock", face: "NotingFace"
) -> None:
    timeline = build_timeline(library.routines["neck-and-shoulders"])
    engine = run(timeline, clock, face, timed_by=FasterClock(clock, 100))
    assert [event.segment for _, event in started(face)] == list(timeline.segments)
    assert [now for now, _ in started(face)] == pytest.approx([segment.start for segment in timeline.segments])
    assert (engine.outcome, engine.done_seconds) == (Outcome.COMPLETED, 600)
    assert clock.time - 100 == pytest.approx(6)
    assert not [event for _, event in face.events if isinstance(event, Paused)]


class BreakingFace:
    """A face that fails at a given instant."""

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Show nothing."""

    def tick(self, engine: Engine, now: float) -> None:  # noqa: ARG002 - as every face's
        """Fail once the clock says so."""
        if now > 104:
            raise BrokenPipeError("nobody reads")

    def show_cue(self, played: PlayedCue) -> None:
        """Hear nothing."""

    def warn(self, sentence: str) -> None:
        """Say nothing."""


class NotingRecorder:
    """Notes what it is to record."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.never: Future[None] | None = None
        self.failure: CoachError | None = None

    def record(self, event: Event, engine: Engine, wall: Instant) -> Future[None] | None:  # noqa: ARG002 - as all
        """Note an event."""
        self.events.append(event)
        return self.never


def test_failing_face_interrupts_and_what_was_done_is_recorded(timeline: Timeline, clock: "FakeClock") -> None:
    engine, recorder = Engine(timeline), NotingRecorder()
    with pytest.raises(BrokenPipeError):
        asyncio.run(Runner(engine, clock, recorder, BreakingFace(), wait=clock.wait).run())
    assert (engine.state, engine.outcome) == (State.FINISHED, Outcome.INTERRUPTED)
    assert recorder.events[-2:] == [
        SegmentEnded(timeline.segments[1], 5, 3, complete=False),
        Finished(5, Outcome.INTERRUPTED),
    ]


def test_events_are_recorded_before_they_are_shown(timeline: Timeline, clock: "FakeClock") -> None:
    order: list[str] = []

    class Recorder(NotingRecorder):
        def record(self, event: Event, engine: Engine, wall: Instant) -> Future[None] | None:
            order.append(f"recorded {type(event).__name__}")
            return super().record(event, engine, wall)

    class Face:
        def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - as every face's
            order.append(f"shown {type(event).__name__}")

        def tick(self, engine: Engine, now: float) -> None:
            pass

        def show_cue(self, played: PlayedCue) -> None:
            order.append(f"heard {played.cue.text}")

        def warn(self, sentence: str) -> None:
            pass

    asyncio.run(Runner(Engine(timeline), clock, Recorder(), Face(), wait=clock.wait).run())
    assert order[:2] == ["recorded SegmentStarted", "shown SegmentStarted"]
    assert order[-4:] == [
        "recorded SegmentEnded",
        "recorded Finished",
        "shown SegmentEnded",
        "shown Finished",
    ]


class FailingRecorder(NotingRecorder):
    """Cannot write from the second event on, then can, then cannot again."""

    def record(self, event: Event, engine: Engine, wall: Instant) -> Future[None] | None:
        super().record(event, engine, wall)
        works = len(self.events) in (1, 5, 6)
        self.failure = None if works else CoachError("history.db", "is full.")
        return None


def test_failing_recorder_is_reported_once(timeline: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    outcome = asyncio.run(Runner(Engine(timeline), clock, FailingRecorder(), face, wait=clock.wait).run())
    assert outcome is Outcome.COMPLETED
    assert face.warnings == ["Not recorded so far: history.db is full."]


def test_recorded_session_shows_no_warning(timeline: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    run(timeline, clock, face)
    assert face.warnings == []


def test_unresponsive_disk_delays_nothing(
    timeline: Timeline, clock: "FakeClock", face: "NotingFace", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretch_coach.session.runner.RECORD_PATIENCE_SECONDS", 0.001)
    recorder = NotingRecorder()
    recorder.never = Future()
    outcome = asyncio.run(Runner(Engine(timeline), clock, recorder, face, wait=clock.wait).run())
    assert outcome is Outcome.COMPLETED
    assert [event for _, event in face.events] == recorder.events


def test_command_that_arrives_between_two_waits_is_not_lost() -> None:
    async def three_waits() -> list[SessionCommand | None]:
        commands: asyncio.Queue[SessionCommand] = asyncio.Queue()
        wait = CommandQueue()
        nothing = await wait(commands, 0)
        commands.put_nowait(SessionCommand.STOP)
        commands.put_nowait(SessionCommand.NEXT)
        got = [nothing, await wait(commands, 60), await wait(commands, 60), await wait(commands, 0)]
        await wait.close()
        return got

    assert asyncio.run(three_waits()) == [None, SessionCommand.STOP, SessionCommand.NEXT, None]


def test_runner_waits_in_real_time(timeline_of: Callable[..., Timeline], face: "NotingFace") -> None:
    """The only session here on a real clock; it lasts a twentieth of a second."""
    engine = Engine(timeline_of({"rest": 0.05}))
    clock = SystemClock()
    before = clock.now()
    assert asyncio.run(Runner(engine, clock, NoRecorder(), face).run()) is Outcome.COMPLETED
    assert clock.now() - before >= 0.05
