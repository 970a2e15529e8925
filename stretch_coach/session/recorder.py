"""Writes a session down as it goes, in a thread of its own, so that a slow disk delays nothing."""

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from stretch_coach.clock import Instant
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import told
from stretch_coach.journal.records import Outcome, SessionRecord, StepRecord
from stretch_coach.journal.sessions import save_session
from stretch_coach.session.engine import Engine
from stretch_coach.session.events import Event, Finished, SegmentEnded, SegmentStarted
from stretch_coach.session.tally import count_whole, tally_set

CLOSE_SECONDS = 5.0
"""How long leaving waits for a disk that does not answer."""


class Recorder(Protocol):
    """Remembers what happens in a session."""

    @property
    def failure(self) -> CoachError | None:
        """Why what was recorded last is not on disk; none if it is."""

    def record(self, event: Event, engine: Engine, wall: Instant) -> Future[None] | None:
        """Begin to write down an event; the future is done when it is on disk. None if there is nothing to write."""


class NoRecorder:
    """Remembers nothing: for rehearsals."""

    failure = None

    def record(self, event: Event, engine: Engine, wall: Instant) -> None:
        """Write nothing."""


class JournalRecorder:
    """Keeps a session's record in the history file up to date.

    The session is in the file from its first segment, as interrupted, which is what it is if the program dies. Each
    segment's end is a transaction. What could not be written is written again together with what comes next.

    Args:
        database: The history, open for writing; used by this recorder alone until it is closed.
        file: Its file, for what is told of it.
        record: The session as it begins.
    """

    def __init__(self, database: sqlite3.Connection, file: Path, record: SessionRecord) -> None:
        self._database = database
        self._file = file
        self._record = record
        self._begun = False
        self._unsaved: dict[tuple[int, str | None], StepRecord] = {}
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()
        self.failure: CoachError | None = None

    def record(self, event: Event, engine: Engine, wall: Instant) -> Future[None] | None:
        """Begin to write down what an event changed."""
        match event:
            case SegmentStarted() if not self._begun:
                self._begun = True
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
        """Wait until all is written, but not for ever, and close the history."""
        self._jobs.put(None)
        self._thread.join(CLOSE_SECONDS)
        if self._thread.is_alive():
            self.failure = CoachError(str(self._file), "could not be written: the disk does not answer.")
        else:
            self._database.close()

    def _count(self, engine: Engine) -> None:
        self._record = self._record._replace(
            done_ms=sum(round(seconds * 1000) for seconds in engine.done),
            segments_done=count_whole(engine.timeline, engine.done),
        )

    def _save(self, steps: Sequence[StepRecord]) -> Future[None]:
        record = self._record
        written: Future[None] = Future()
        written.set_running_or_notify_cancel()  # so that who stops waiting for it cannot cancel the writing

        def write() -> None:
            self._unsaved |= {(step.number, step.side): step for step in steps}
            try:
                with told(self._file):
                    save_session(self._database, record, list(self._unsaved.values()))
            except CoachError as error:
                self.failure = error
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the record, the session goes on
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
