"""The recorder: a session is on disk from its first segment on, and each segment once it has ended."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing

import pytest

from stretch_coach.clock import Instant
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.sessions import list_sessions, list_steps, save_session
from stretch_coach.paths import Places
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session import recorder as recorder_module
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.events import Event
from stretch_coach.session.recorder import JournalRecorder, NoRecorder, SessionJournal

PATIENCE = 30
ENDED_MS = 1_795_176_031_000


def _events(engine: Engine, now: float, command: SessionCommand | None) -> list[Event]:
    return engine.apply(command, now) if command else engine.advance(now)


class Recording:
    """A session that is recorded in a real history."""

    def __init__(self, journal: SessionJournal, record: SessionRecord, timeline: Timeline, places: Places) -> None:
        self.engine = Engine(timeline)
        self.recorder = JournalRecorder(journal.database, journal.file, record)
        self._places = places
        self._id = record.id

    def start(self, now: float, command: SessionCommand | None = None) -> list[Future[None]]:
        """Record what happens until an instant, without waiting for the disk."""
        engine = self.engine
        events = engine.start(0) if now == 0 else _events(engine, now, command)
        written = (self.recorder.record(event, engine, Instant(ENDED_MS, 7200)) for event in events)
        return [one for one in written if one]

    def write(self, now: float, command: SessionCommand | None = None) -> None:
        """Record what happens until an instant, and wait until it is written."""
        for one in self.start(now, command):
            one.result(PATIENCE)

    def on_disk(self) -> tuple[SessionRecord, list[StepRecord]]:
        """Return what another process finds."""
        with closing(open_for_reading(self._places.history)) as reader:
            (session,) = list_sessions(reader)
            assert session.id == self._id
            return session, list_steps(reader, session.id)


@pytest.fixture
def recording(
    journal: SessionJournal, record: SessionRecord, timeline: Timeline, places: Places
) -> Iterator[Recording]:
    one = Recording(journal, record, timeline, places)
    yield one
    one.recorder.close()


def test_session_is_on_disk_from_its_first_segment_as_interrupted(recording: Recording, record: SessionRecord) -> None:
    recording.write(0)
    assert recording.on_disk() == (record, [])
    assert record.outcome is Outcome.INTERRUPTED


def test_each_segment_is_on_disk_once_it_has_ended(recording: Recording, record: SessionRecord) -> None:
    recording.write(0)
    steps = StepRecord(1, None, "tuck", 15_000, 2_000, 2, 0, StepOutcome.SKIPPED)
    for now, done_ms, segments, reps, outcome in (
        (2, 2_000, 1, 0, StepOutcome.SKIPPED),
        (7, 7_000, 2, 1, StepOutcome.PARTIAL),
        (10, 10_000, 3, 1, StepOutcome.PARTIAL),
        (15, 15_000, 4, 2, StepOutcome.DONE),
    ):
        recording.write(now)
        session, on_disk = recording.on_disk()
        assert session == record._replace(done_ms=done_ms, segments_done=segments)
        assert on_disk == [steps._replace(done_ms=done_ms, reps_done=reps, outcome=outcome)]


def test_finished_session_has_its_outcome_and_end(recording: Recording, record: SessionRecord) -> None:
    for now in (0, 2, 7, 10, 15, 16, 20, 21, 25, 30, 31):
        recording.write(now)
    session, steps = recording.on_disk()
    assert session == record._replace(done_ms=31_000, segments_done=9, outcome=Outcome.COMPLETED, ended_ms=ENDED_MS)
    assert [(step.number, step.side, step.outcome) for step in steps] == [
        (1, None, StepOutcome.DONE),
        (2, "left", StepOutcome.DONE),
        (2, "right", StepOutcome.DONE),
        (3, None, StepOutcome.DONE),
    ]
    assert recording.recorder.failure is None


def test_stop_is_recorded_with_its_step(recording: Recording) -> None:
    for now in (0, 2, 7, 10, 15):
        recording.write(now)
    recording.write(15.5, SessionCommand.STOP)
    session, steps = recording.on_disk()
    assert (session.outcome, session.done_ms) == (Outcome.STOPPED, 15_500)
    assert [step.outcome for step in steps] == [StepOutcome.DONE, StepOutcome.STOPPED]


def test_step_that_was_over_before_the_stop_is_done(recording: Recording) -> None:
    """The key came just after the step's last deadline, before the clock was read."""
    for now in (0, 2, 7, 10, 14.9):
        recording.write(now)
    recording.write(15.1, SessionCommand.STOP)
    _, steps = recording.on_disk()
    assert [(step.side, step.outcome) for step in steps] == [(None, StepOutcome.DONE), ("left", StepOutcome.STOPPED)]


def test_pauses_and_extensions_write_nothing(recording: Recording) -> None:
    recording.write(0)
    assert recording.start(1, SessionCommand.MORE) == []
    assert recording.start(1, SessionCommand.PAUSE) == []
    assert recording.start(5, SessionCommand.RESUME) == []


def test_repeating_the_first_set_starts_no_other_session(recording: Recording) -> None:
    recording.write(0)
    recording.write(0.5, SessionCommand.PREVIOUS)
    recording.write(1, SessionCommand.REPEAT)
    session, _ = recording.on_disk()
    assert session.done_ms == 500


def test_closing_writes_everything_and_closes_the_history(recording: Recording, journal: SessionJournal) -> None:
    for now in (0, 2, 7):
        recording.start(now)
    recording.recorder.close()
    assert recording.on_disk()[0].done_ms == 7_000
    with pytest.raises(sqlite3.ProgrammingError):
        journal.database.execute("SELECT 1")


def test_failed_write_is_reported_and_repeated_with_the_next(recording: Recording, journal: SessionJournal) -> None:
    recording.write(0)
    journal.database.execute("PRAGMA query_only=1")
    for now in (2, 7, 10, 15):
        recording.write(now)
        assert str(recording.recorder.failure) == (
            f"{journal.file} cannot be opened. Check the permissions of the file and its folder."
        )
    assert recording.on_disk()[1] == []
    journal.database.execute("PRAGMA query_only=0")
    recording.write(16)
    session, steps = recording.on_disk()
    assert session.done_ms == 16_000
    assert [(step.number, step.done_ms) for step in steps] == [(1, 15_000), (2, 1_000)]
    assert recording.recorder.failure is None


def test_busy_history_is_reported_and_tried_again(
    recording: Recording, journal: SessionJournal, places: Places
) -> None:
    recording.write(0)
    journal.database.execute("PRAGMA busy_timeout=1")
    with closing(open_for_writing(places.history, 0)) as other:
        other.execute("BEGIN IMMEDIATE")
        recording.write(2)
        assert str(recording.recorder.failure) == (
            f"{journal.file} is in use by another program. Try again in a moment."
        )
        other.execute("ROLLBACK")
    recording.write(7)
    assert recording.on_disk()[0].done_ms == 7_000
    assert recording.recorder.failure is None


def test_closed_history_does_not_end_the_session(recording: Recording, journal: SessionJournal) -> None:
    recording.write(0)
    journal.database.close()
    recording.write(2)
    assert isinstance(recording.recorder.failure, CoachError)
    assert recording.recorder.failure.title == str(journal.file)
    recording.write(7)


def test_bug_in_recording_does_not_end_the_session(
    recording: Recording, journal: SessionJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(recorder_module, "save_session", break_down)
    recording.write(0)
    assert str(recording.recorder.failure) == f"{journal.file} could not be written (inside)."


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that responds only once this is set."""
    responds = threading.Event()

    def save_slowly(database: sqlite3.Connection, record: SessionRecord, steps: Sequence[StepRecord]) -> None:
        assert responds.wait(PATIENCE)
        save_session(database, record, steps)

    monkeypatch.setattr(recorder_module, "save_session", save_slowly)
    yield responds
    responds.set()


def test_slow_disk_delays_nothing(recording: Recording, slow_disk: threading.Event) -> None:
    writing = [one for now in (0, 2, 7, 10) for one in recording.start(now)]
    assert len(writing) == 4
    assert not any(one.done() for one in writing)
    slow_disk.set()
    for one in writing:
        one.result(PATIENCE)
    assert recording.on_disk()[0].done_ms == 10_000


def test_cancelled_wait_does_not_cancel_the_write(recording: Recording, slow_disk: threading.Event) -> None:
    (write,) = recording.start(0)
    assert not write.cancel()
    slow_disk.set()
    write.result(PATIENCE)
    assert recording.on_disk()[0].done_ms == 0


def test_closing_does_not_wait_forever(
    recording: Recording, slow_disk: threading.Event, journal: SessionJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "CLOSE_SECONDS", 0.01)
    (write,) = recording.start(0)
    recording.recorder.close()
    assert str(recording.recorder.failure) == f"{journal.file} could not be written: the disk does not respond."
    assert not write.done()
    slow_disk.set()
    write.result(PATIENCE)  # a history that is closed while another thread writes to it crashes the process


def test_rehearsal_is_not_recorded(timeline: Timeline) -> None:
    engine = Engine(timeline)
    for event in engine.start(0):
        assert NoRecorder().record(event, engine, Instant(0, 0)) is None  # type: ignore[func-returns-value]
    assert NoRecorder().failure is None
