"""A whole session: prepared, counted in, run, commanded, resumed and recorded."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from stretch_coach.clock import FasterClock, Instant, SystemClock
from stretch_coach.context import Context
from stretch_coach.exit_codes import INTERRUPTED, SUCCESS, TERMINATED
from stretch_coach.journal.database import open_for_reading
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.running import is_running
from stretch_coach.journal.sessions import SessionQuery, list_sessions, list_steps, save_session
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.events import Event, Finished, Paused, SegmentEnded, SegmentStarted
from stretch_coach.session.live import FinishedSession, LiveSession, count_in
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.recorder import SessionJournal, start_record
from stretch_coach.session.request import SessionRequest
from stretch_coach.session.resumption import InterruptedSession
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.settings import Settings
from tests.session.conftest import NOON_MS

NOON = Instant(NOON_MS, 7200, "EET")
Obey = Callable[[SessionCommand], None]


class NoonClock:
    """The machine's clock, with a wall clock that stopped at noon."""

    pace = 1.0

    def __init__(self) -> None:
        self.now = SystemClock().now

    def wall(self) -> Instant:
        return NOON


class LiveFace:
    """Notes what it is shown, and types for the user.

    Args:
        types: The commands to type when an event of a kind is shown, each once.
        types_in: The commands to type at a second of the lead-in.
    """

    def __init__(
        self,
        types: dict[type[Event], Sequence[SessionCommand]] | None = None,
        types_in: dict[int, Sequence[SessionCommand]] | None = None,
    ) -> None:
        self._types = dict(types or {})
        self._types_in = dict(types_in or {})
        self._obey: Obey | None = None
        self.prepared: PreparedSession | None = None
        self.record: SessionRecord | None = None
        self.counted: list[int] = []
        self.shown: list[Event] = []
        self.cues: list[PlayedCue] = []
        self.warnings: list[str] = []

    @contextmanager
    def listen(self, obey: Obey) -> Iterator[bool]:
        self._obey = obey
        yield True

    async def ready(self, prepared: PreparedSession) -> None:
        self.prepared = prepared

    def count_in(self, seconds: int) -> None:
        self.counted.append(seconds)
        self._type(self._types_in.pop(seconds, ()))

    def start(self, record: SessionRecord | None) -> None:
        self.record = record

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - every face's signature
        self.shown.append(event)
        self._type(self._types.pop(type(event), ()))

    def tick(self, engine: Engine, now: float) -> None:
        pass

    def show_cue(self, played: PlayedCue) -> None:
        self.cues.append(played)

    def warn(self, sentence: str) -> None:
        self.warnings.append(sentence)

    @property
    def kinds(self) -> list[type[Event]]:
        return [type(event) for event in self.shown]

    def _type(self, commands: Sequence[SessionCommand]) -> None:
        assert self._obey
        for command in commands:
            self._obey(command)


@pytest.fixture
def context(places: Places) -> Context:
    """A context with a wall clock that stopped at noon."""
    return Context(places, Settings(), NoonClock(), lambda _: None)


Run = Callable[..., FinishedSession]


@pytest.fixture
def run(context: Context, routine: Routine) -> Run:
    """Run a session of the half minute's routine, silently and a thousand times as fast by default."""

    def run(
        face: LiveFace,
        request: SessionRequest | None = None,
        *,
        pace: int = 1000,
        lead_in: int = 0,
        pauses_before_end: bool = False,
    ) -> FinishedSession:
        live = LiveSession(
            Context(context.places, context.settings, FasterClock(context.clock, pace), context.warn),
            request or SessionRequest(routine, muted=True),
            face,
            listen=face.listen,
            lead_in=lead_in,
            pauses_before_end=pauses_before_end,
        )
        return asyncio.run(live.run())

    return run


def recorded(places: Places) -> list[SessionRecord]:
    """Return what another process finds in the history."""
    with closing(open_for_reading(places.history)) as reader:
        return list_sessions(reader, SessionQuery())


class TestRecording:
    def test_completed_session_is_recorded(self, run: Run, places: Places) -> None:
        face = LiveFace()
        finished = run(face)
        assert finished.outcome is Outcome.COMPLETED
        assert finished.done_seconds == pytest.approx(31)
        assert (finished.started, finished.exit_code, finished.failure) == (True, SUCCESS, None)
        (record,) = recorded(places)
        assert (record.outcome, record.done_ms, record.segments_done) == (Outcome.COMPLETED, 31_000, 9)
        assert record.ended_ms is not None
        assert finished.record
        assert finished.record == face.record
        assert (finished.record.id, finished.record.source) == (record.id, Source.TIMER)

    def test_running_session_is_locked_and_already_in_the_history(self, run: Run, places: Places) -> None:
        seen: list[tuple[bool, int]] = []

        class Face(LiveFace):
            def show(self, event: Event, engine: Engine, now: float) -> None:
                super().show(event, engine, now)
                assert self.record
                seen.append((is_running(places.running, self.record.id), len(recorded(places))))

        finished = run(Face())
        assert set(seen) == {(True, 1)}
        assert finished.record
        assert not is_running(places.running, finished.record.id)

    def test_failing_face_leaves_an_interrupted_record_with_what_was_done(self, run: Run, places: Places) -> None:
        class Face(LiveFace):
            def show(self, event: Event, engine: Engine, now: float) -> None:
                super().show(event, engine, now)
                if isinstance(event, SegmentEnded):
                    raise BrokenPipeError("nobody reads")

        with pytest.raises(BrokenPipeError):
            run(Face({SegmentStarted: [SessionCommand.NEXT]}), pace=1)
        with closing(open_for_reading(places.history)) as reader:
            (record,) = list_sessions(reader, SessionQuery())
            sides = [step.side for step in list_steps(reader, record.id)]
        assert record.outcome is Outcome.INTERRUPTED
        assert record.ended_ms is not None
        assert record.done_ms < 31_000
        assert sides == [None, "left"]
        assert not is_running(places.running, record.id)

    def test_rehearsal_leaves_no_trace(self, run: Run, routine: Routine, own_home: Path) -> None:
        finished = run(LiveFace(), SessionRequest(routine, rehearsal=10))
        assert (finished.outcome, finished.record, finished.failure) == (Outcome.COMPLETED, None, None)
        assert not own_home.exists()

    def test_session_runs_when_the_history_cannot_be_opened(self, run: Run, places: Places) -> None:
        places.data.parent.mkdir(parents=True, exist_ok=True)
        places.history.mkdir(parents=True)
        face = LiveFace()
        finished = run(face)
        assert (finished.outcome, finished.record) == (Outcome.COMPLETED, None)
        assert str(finished.failure).startswith(f"{places.history} is not a file.")
        assert face.warnings == [f"Not recorded so far: {finished.failure}"]

    def test_session_runs_when_its_lock_cannot_be_made(self, run: Run, places: Places) -> None:
        make_private_folder(places.state)
        places.running.write_text("in the way", encoding="utf-8")
        finished = run(LiveFace())
        assert (finished.outcome, finished.record) == (Outcome.COMPLETED, None)
        assert str(finished.failure).startswith(f"{places.running} cannot be written (")
        assert recorded(places) == []

    def test_write_failure_is_in_the_result(self, run: Run, monkeypatch: pytest.MonkeyPatch, places: Places) -> None:
        def fail(*_: object) -> None:
            error = sqlite3.OperationalError("full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        monkeypatch.setattr("stretch_coach.session.recorder.save_session", fail)
        face = LiveFace()
        finished = run(face)
        assert finished.outcome is Outcome.COMPLETED
        assert finished.record
        assert str(finished.failure).startswith(f"{places.history} cannot be written: the disk is full.")
        assert face.warnings == [f"Not recorded so far: {finished.failure}"]


class TestRecordAtTheStart:
    def test_has_what_is_known_before_the_first_segment(
        self, journal: SessionJournal, routine: Routine, record: SessionRecord
    ) -> None:
        from_break = replace(journal, source=Source.BREAK)
        started = start_record(from_break, routine, build_timeline(routine), NOON)
        assert started == record._replace(id=started.id, device=started.device, source=Source.BREAK)

    def test_notes_a_clock_that_was_set_back(self, journal: SessionJournal, routine: Routine) -> None:
        timeline = build_timeline(routine)
        save_session(journal.database, start_record(journal, routine, timeline, NOON))
        two_hours_earlier = Instant(NOON.ms - 7_200_000, 7200)
        assert start_record(journal, routine, timeline, two_hours_earlier).clock_suspect

    def test_belongs_to_the_day_before_until_the_day_starts(self, journal: SessionJournal, routine: Routine) -> None:
        at_three = Instant(NOON.ms - 11 * 3_600_000, 7200)
        assert start_record(journal, routine, build_timeline(routine), at_three).day == "2026-11-19"


class TestEnding:
    @pytest.mark.parametrize("pauses", [False, True])
    def test_end_pauses_first_where_a_single_key_must_not_end(self, run: Run, *, pauses: bool) -> None:
        face = LiveFace({SegmentStarted: [SessionCommand.END], Paused: [SessionCommand.END]})
        finished = run(face, pace=1, pauses_before_end=pauses)
        assert face.kinds == [SegmentStarted, *([Paused] if pauses else []), SegmentEnded, Finished]
        assert (finished.outcome, finished.exit_code) == (Outcome.PARTIAL, SUCCESS)

    @pytest.mark.parametrize(
        ("burst", "shown"),
        [
            ([SessionCommand.END, SessionCommand.END], [Paused, SegmentEnded, Finished]),
            (
                [SessionCommand.END, SessionCommand.NEXT, SessionCommand.END, SessionCommand.STOP],
                [Paused, SegmentEnded, SegmentStarted, SegmentEnded, Finished],
            ),
        ],
        ids=["twice", "with another key in between"],
    )
    def test_end_twice_at_once_ends(self, run: Run, burst: list[SessionCommand], shown: list[type[Event]]) -> None:
        """Both keys come before the session has even paused."""
        face = LiveFace({SegmentStarted: burst})
        run(face, pace=1, pauses_before_end=True)
        assert face.kinds == [SegmentStarted, *shown]

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
    def test_signal_ends_the_session_and_asks_the_program_to_exit(self, run: Run) -> None:
        class Face(LiveFace):
            def show(self, event: Event, engine: Engine, now: float) -> None:
                super().show(event, engine, now)
                if isinstance(event, SegmentStarted):
                    os.kill(os.getpid(), signal.SIGTERM)

        finished = run(Face(), pace=1)
        assert (finished.outcome, finished.exit_code) == (Outcome.INTERRUPTED, TERMINATED)


class TestLeadIn:
    def test_counts_down_before_the_first_segment(self, run: Run) -> None:
        face = LiveFace()
        assert run(face, lead_in=3).outcome is Outcome.COMPLETED
        assert face.counted == [3, 2, 1]

    def test_stop_is_recorded_as_stopped(self, run: Run, places: Places) -> None:
        face = LiveFace(types_in={2: [SessionCommand.STOP, SessionCommand.END]})
        assert run(face, pace=10, lead_in=3, pauses_before_end=True).outcome is Outcome.STOPPED
        assert face.counted == [3, 2]
        (record,) = recorded(places)
        assert (record.outcome, record.ended_ms is not None) == (Outcome.STOPPED, True)

    def test_end_leaves_without_a_record(self, run: Run, places: Places) -> None:
        face = LiveFace(types_in={2: [SessionCommand.END]})
        finished = run(face, pace=10, lead_in=3, pauses_before_end=True)
        assert (finished.started, finished.record, finished.exit_code) == (False, None, SUCCESS)
        assert face.shown == []
        assert recorded(places) == []

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
    def test_signal_leaves_and_asks_the_program_to_exit(self, run: Run) -> None:
        class Face(LiveFace):
            def count_in(self, seconds: int) -> None:
                super().count_in(seconds)
                os.kill(os.getpid(), signal.SIGINT)

        finished = run(Face(), pace=10, lead_in=3)
        assert (finished.started, finished.exit_code) == (False, INTERRUPTED)

    @pytest.mark.parametrize("key", [SessionCommand.PAUSE, SessionCommand.TOGGLE])
    def test_pause_waits_at_the_first_segment(self, run: Run, key: SessionCommand) -> None:
        face = LiveFace({Paused: [SessionCommand.END]}, types_in={3: [key]})
        run(face, pace=1, lead_in=3)
        assert face.counted == [3]
        assert face.kinds == [SegmentStarted, Paused, SegmentEnded, Finished]

    def test_other_keys_are_ignored(self, run: Run) -> None:
        face = LiveFace(types_in={2: [SessionCommand.NEXT, SessionCommand.MORE]})
        assert run(face, lead_in=2).done_seconds == pytest.approx(31)

    @pytest.mark.parametrize("seconds", [0, 1, 3, 10])
    @pytest.mark.parametrize("late", [0.0, 0.2])
    @pytest.mark.parametrize("pace", [1.0, 4.0])
    async def test_lateness_does_not_add_up(self, seconds: int, late: float, pace: float) -> None:
        clock = _WaitingClock(pace, late)
        ticks: list[tuple[int, float]] = []
        assert await count_in(seconds, clock, clock.wait, lambda left: ticks.append((left, clock.time))) is None
        assert [left for left, _ in ticks] == list(range(seconds, 0, -1))
        assert all(0 <= at - (seconds - left) <= late * pace + 1e-9 for left, at in ticks)
        assert clock.time == pytest.approx(seconds, abs=late * pace + 1e-9)


class TestResuming:
    TUCK = StepRecord(1, None, "tuck", 15_000, 15_000, 2, 2, StepOutcome.DONE)

    def interrupted(self, context: Context, record: SessionRecord, *steps: StepRecord) -> InterruptedSession:
        """Put an interrupted session into the history."""
        with context.writable_history() as history:
            save_session(history, record, steps)
        return InterruptedSession(record, list(steps))

    def test_continues_at_the_next_set_with_one_record(
        self, run: Run, context: Context, routine: Routine, record: SessionRecord, places: Places
    ) -> None:
        interrupted = self.interrupted(context, record._replace(done_ms=15_000, segments_done=4), self.TUCK)
        face = LiveFace()
        finished = run(face, SessionRequest(routine, muted=True, interrupted=interrupted))
        assert face.prepared
        assert face.prepared.notes == ("Resuming at step 2 of 3.",)
        first = face.shown[0]
        assert isinstance(first, SegmentStarted)
        assert (first.segment.step, first.segment.side) == (2, "left")
        assert finished.outcome is Outcome.COMPLETED
        assert finished.done_seconds == pytest.approx(31)
        (session,) = recorded(places)
        assert (session.id, session.started_ms, session.done_ms) == (record.id, record.started_ms, 31_000)
        assert session.outcome is Outcome.COMPLETED

    def test_changed_routine_starts_from_the_beginning(
        self, run: Run, context: Context, routine: Routine, record: SessionRecord, places: Places
    ) -> None:
        other = self.TUCK._replace(exercise="nod")
        interrupted = self.interrupted(context, record._replace(done_ms=15_000, segments_done=4), other)
        face = LiveFace()
        run(face, SessionRequest(routine, muted=True, interrupted=interrupted))
        assert face.prepared
        assert face.prepared.warnings == ("This routine has changed since; starting from the beginning.",)
        assert face.shown[0] == SegmentStarted(face.prepared.timeline.segments[0], 0, 0)
        outcomes = {session.id: session.outcome for session in recorded(places)}
        assert outcomes.pop(record.id) is Outcome.INTERRUPTED
        assert list(outcomes.values()) == [Outcome.COMPLETED]


def test_cues_are_shown_even_when_nothing_is_heard(run: Run) -> None:
    face = LiveFace()
    run(face)
    assert all(earlier.at <= later.at for earlier, later in pairwise(face.cues))
    assert face.cues[-1].cue.text == "Well done."
    assert not any(played.heard for played in face.cues)


class _WaitingClock:
    """A clock that advances by waiting only, and a little late."""

    def __init__(self, pace: float, late: float) -> None:
        self.time = 0.0
        self.pace = pace
        self._late = late

    def now(self) -> float:
        return self.time

    def wall(self) -> Instant:
        return NOON

    async def wait(self, seconds: float) -> SessionCommand | None:
        self.time += (seconds + self._late) * self.pace
        return None
