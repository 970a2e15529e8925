"""A whole session, from its first second to its record: clock, recorder, commands, signals and a face together."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from stretch_coach.clock import Clock, Instant
from stretch_coach.errors import CoachError
from stretch_coach.journal.day import logical_day
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.running import under_way
from stretch_coach.journal.sessions import clock_was_set_back, device_id
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import GAP_SECONDS, Command, Engine, State
from stretch_coach.session.recorder import JournalRecorder, NoRecorder, Recorder
from stretch_coach.session.resuming import Resumption
from stretch_coach.session.runner import Face, Runner
from stretch_coach.session.signals import CatchSignals, signals_as_commands
from stretch_coach.session.speaker import Speaker

Listen = Callable[[Callable[[Command], None]], AbstractContextManager[bool]]
"""Hands on the user's commands for as long as a block runs; whether there is somebody who can command."""


@dataclass(frozen=True, slots=True)
class Journal:
    """Where a session is recorded.

    Attributes:
        database: The history, open for writing; the session closes it.
        file: Its file.
        running: The folder of locks of sessions under way.
        day_start: When a day begins.
        source: What asked for the session.
    """

    database: sqlite3.Connection
    file: Path
    running: Path
    day_start: time
    source: Source = Source.TIMER


@dataclass(frozen=True, slots=True)
class Result:
    """How a session ended.

    Attributes:
        outcome: Completed, partial, stopped or interrupted.
        done_seconds: What was done.
        broke_off: Whether a signal ended it.
        failure: Why it could not be recorded, or not wholly; none if it was, or was not meant to be.
    """

    outcome: Outcome
    done_seconds: float
    broke_off: bool
    failure: CoachError | None


def begin_record(journal: Journal, routine: Routine, timeline: Timeline, wall: Instant) -> SessionRecord:
    """The record of a session that begins at an instant: interrupted, until it ends otherwise."""
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


async def conduct(
    timeline: Timeline,
    face: Face,
    clock: Clock,
    *,
    journal: Journal | None,
    record: SessionRecord | None,
    listen: Listen | None,
    ask_before_end: bool = False,
    speaker: Speaker | None = None,
    resumption: Resumption | None = None,
    signals: CatchSignals = signals_as_commands,
) -> Result:
    """Run a session to its end and record it as it goes.

    Args:
        timeline: What to run.
        face: Shows it.
        clock: Times it.
        journal: Where to record it; none for a rehearsal.
        record: How its record begins; none for a rehearsal.
        listen: How commands come in, where somebody may give some.
        ask_before_end: Whether asking to end a running session pauses it first, so that one key never ends it.
        speaker: Gives the cues; none for no cues at all.
        resumption: What of it was done before, where an interrupted session is gone on with.
        signals: How signals of the system come in.
    """
    before = resumption or Resumption()
    engine = Engine(timeline, GAP_SECONDS * clock.pace, first=before.first, done=before.done)
    commands: asyncio.Queue[Command] = asyncio.Queue()
    asked = False

    def obey_user(command: Command) -> None:
        nonlocal asked
        asked = ask_before_end and command is Command.END and engine.state is State.RUNNING and not asked
        commands.put_nowait(Command.PAUSE if asked else command)

    async def run(recorder: Recorder) -> tuple[Outcome, bool]:
        with ExitStack() as stack:
            caught = stack.enter_context(signals(commands.put_nowait))
            if listen:
                stack.enter_context(listen(obey_user))
            outcome = await Runner(engine, clock, recorder, face, commands, speaker=speaker).run()
            return outcome, caught.broke_off

    if journal is None or record is None:
        outcome, broke_off = await run(NoRecorder())
        return Result(outcome, engine.done_seconds, broke_off, failure=None)
    with under_way(journal.running, record.id):
        recorder = JournalRecorder(journal.database, journal.file, record)
        try:
            outcome, broke_off = await run(recorder)
        finally:
            recorder.close()
    return Result(outcome, engine.done_seconds, broke_off, recorder.failure)
