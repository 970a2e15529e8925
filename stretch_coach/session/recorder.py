"""Recording a session while it runs, in a thread of its own so that a slow disk delays nothing."""

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Protocol

from stretch_coach.clock import Instant
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import friendly_errors
from stretch_coach.journal.day import logical_day
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepRecord
from stretch_coach.journal.sessions import clock_was_set_back, device_id, save_session
from stretch_coach.journal.summary import close_days
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Engine
from stretch_coach.session.events import Event, Finished, SegmentEnded, SegmentStarted
from stretch_coach.session.tally import count_complete, tally_set

CLOSE_SECONDS = 5.0
"""How long closing waits for a disk that does not respond."""


@dataclass(frozen=True, slots=True)
class SessionJournal:
    """Where a session is recorded.

    Attributes:
        database: The history, open for writing.
        file: Its file.
        running: The folder of the locks of running sessions.
        day_start: When a day starts.
        source: What asked for the session.
    """

    database: sqlite3.Connection
    file: Path
    running: Path
    day_start: time
    source: Source = Source.TIMER


def open_journal(context: Context, source: Source = Source.TIMER) -> SessionJournal:
    """Open the history for recording a session, and close the days before today.

    Raises:
        CoachError: The history cannot be opened for writing.
    """
    database = context.open_history()
    with suppress(CoachError), friendly_errors(context.places.history):  # a full disk is reported by the recorder
        close_days(database, context.today, context.counting_rules)
    return SessionJournal(
        database, context.places.history, context.places.running, context.settings.record.day_start, source
    )


def start_record(journal: SessionJournal, routine: Routine, timeline: Timeline, wall: Instant) -> SessionRecord:
    """Return the record of a session that starts at an instant; it is interrupted until it ends otherwise."""
    return SessionRecord(
        id=new_id(wall.ms),
        started_ms=wall.ms,
        ended_ms=None,
        utc_offset_s=wall.utc_offset_s,
        zone=wall.zone,
        day=logical_day(wall.ms, wall.utc_offset_s, journal.day_start).isoformat(),
        routine=routine.id,
        title=routine.title,
        planned_ms=sum(segment.length_ms for segment in timeline.segments),
        done_ms=0,
        segments=len(timeline.segments),
        segments_done=0,
        outcome=Outcome.INTERRUPTED,
        source=journal.source,
        device=device_id(journal.database),
        clock_suspect=clock_was_set_back(journal.database, wall.ms),
    )


class Recorder(Protocol):
    """Records what happens in a session."""

    @property
    def failure(self) -> CoachError | None:
        """Why the latest state of the session is not on disk, or None if it is."""

    def record(self, event: Event, engine: Engine, wall: Instant) -> Future[None] | None:
        """Start writing an event to the history.

        Returns:
            A future that is done when the write was attempted, or None if there is nothing to write.
        """


class NoRecorder:
    """Records nothing: for rehearsals, and where there is no history to write to.

    Args:
        failure: Why nothing can be recorded, or None if nothing should be.
    """

    def __init__(self, failure: CoachError | None = None) -> None:
        self.failure = failure

    def record(self, event: Event, engine: Engine, wall: Instant) -> None:
        """Write nothing."""


class JournalRecorder:
    """Keeps a session's record in the history file up to date.

    The session is in the file from its first segment on, as interrupted, which is true should the program die. The end
    of each segment is a transaction. What could not be written is written together with what comes next.

    Args:
        database: The history, open for writing; only this recorder uses it until it is closed.
        file: Its file, for error messages.
        record: The session as it starts.
    """

    def __init__(self, database: sqlite3.Connection, file: Path, record: SessionRecord) -> None:
        self.failure: CoachError | None = None
        self._database = database
        self._file = file
        self._record = record
        self._is_saved = False
        self._unsaved: dict[tuple[int, str | None], StepRecord] = {}
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    def record(self, event: Event, engine: Engine, wall: Instant) -> Future[None] | None:
        """Start writing the changes of an event to the history."""
        match event:
            case SegmentStarted() if not self._is_saved:
                self._is_saved = True
                return self._save(())
            case SegmentEnded(segment):
                stopped = engine.outcome is Outcome.STOPPED and segment is engine.segment
                step = tally_set(engine.timeline, engine.timeline.set_of(segment.index), engine.done, stopped=stopped)
                self._count(engine)
                return self._save((step,))
            case Finished(outcome=outcome):
                self._record = self._record._replace(ended_ms=wall.ms, outcome=outcome)
                return self._save(())
        return None

    def close(self) -> None:
        """Wait until everything is written, but not forever, and close the history."""
        self._jobs.put(None)
        self._thread.join(CLOSE_SECONDS)
        if self._thread.is_alive():
            self.failure = CoachError(str(self._file), "could not be written: the disk does not respond.")
        else:
            self._database.close()

    def _count(self, engine: Engine) -> None:
        self._record = self._record._replace(
            done_ms=sum(round(seconds * 1000) for seconds in engine.done),
            segments_done=count_complete(engine.timeline, engine.done),
        )

    def _save(self, steps: Sequence[StepRecord]) -> Future[None]:
        record = self._record
        written: Future[None] = Future()
        written.set_running_or_notify_cancel()  # a caller that stops waiting must not cancel the write

        def write() -> None:
            self._unsaved |= {(step.number, step.side): step for step in steps}
            try:
                with friendly_errors(self._file):
                    save_session(self._database, record, list(self._unsaved.values()))
            except CoachError as error:
                self.failure = error
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the record, the session continues
                self.failure = CoachError(str(self._file), f"could not be written ({error}).")
            else:
                self._unsaved.clear()
                self.failure = None
            written.set_result(None)

        self._jobs.put(write)
        return written

    def _work(self) -> None:
        while job := self._jobs.get():
            job()
