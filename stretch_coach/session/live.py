"""Runs a whole session, from its preparation to its record, for the app and the command line."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import NamedTuple, Protocol

from stretch_coach.clock import Clock, FasterClock
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import SUCCESS
from stretch_coach.journal.database import friendly_errors
from stretch_coach.journal.doses import save_choices
from stretch_coach.journal.records import Outcome, SessionRecord
from stretch_coach.journal.running import mark_running
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import GAP_SECONDS, Engine, SessionCommand, State
from stretch_coach.session.prepare import PreparedSession, prepare_session
from stretch_coach.session.recorder import (
    JournalRecorder,
    NoRecorder,
    Recorder,
    SessionJournal,
    open_journal,
    start_record,
)
from stretch_coach.session.request import SessionRequest, suit_request
from stretch_coach.session.runner import CommandQueue, Face, Runner
from stretch_coach.session.signals import CatchSignals, signals_as_commands
from stretch_coach.session.speaker import Speaker

Listen = Callable[[Callable[[SessionCommand], None]], AbstractContextManager[bool]]
"""Passes the user's commands on for as long as a block runs; yields whether anybody can give some."""

NextCommand = Callable[[float], Awaitable[SessionCommand | None]]
"""Waits for the next command, at most the given real seconds, and returns it or None."""

_LEAVES_BEFORE_START = (SessionCommand.END, SessionCommand.INTERRUPT)
_ENDS_LEAD_IN = (*_LEAVES_BEFORE_START, SessionCommand.STOP, SessionCommand.PAUSE, SessionCommand.TOGGLE)


class FinishedSession(NamedTuple):
    """How a session ended.

    Attributes:
        outcome: Completed, partial, stopped or interrupted.
        done_seconds: How many seconds of it were done.
        timeline: The timeline that was to be done.
        record: Its record at its start, or None if nothing was recorded.
        failure: Why it is missing or incomplete in the history, or None if it is complete or was not to be recorded.
        exit_code: The program's exit code: 0 unless a signal ended the session.
        started: Whether it started at all. The user may leave during the lead-in.
    """

    outcome: Outcome
    done_seconds: float
    timeline: Timeline
    record: SessionRecord | None = None
    failure: CoachError | None = None
    exit_code: int = SUCCESS
    started: bool = True


class SessionFace(Face, Protocol):
    """Shows a session, including what comes before its first second."""

    async def ready(self, prepared: PreparedSession) -> None:
        """Show what will be done, and return when the user wants to start."""

    def count_in(self, seconds: int) -> None:
        """Show in how many seconds the first segment starts."""

    def start(self, record: SessionRecord | None) -> None:
        """Show that the session starts; a session that is not recorded has no record."""


class LiveSession:
    """Prepares, runs and records one session.

    Args:
        context: The user's settings, history and clock.
        request: Which session.
        face: Shows it.
        signals: Catches the system's signals.
        listen: Listens to the user; None where all commands come through `obey`.
        ring: Rings the terminal's bell; None where there is no terminal.
        lead_in: Seconds to count down before the first segment.
        pauses_before_end: Whether `END` only pauses a running session, so that a single key never ends it.
    """

    def __init__(
        self,
        context: Context,
        request: SessionRequest,
        face: SessionFace,
        *,
        signals: CatchSignals = signals_as_commands,
        listen: Listen | None = None,
        ring: Callable[[], None] | None = None,
        lead_in: int = 0,
        pauses_before_end: bool = False,
    ) -> None:
        self._context = context
        self._request = request
        self._face = face
        self._signals = signals
        self._listen = listen
        self._ring = ring
        self._lead_in = lead_in
        self._pauses_before_end = pauses_before_end
        self._clock: Clock = FasterClock(context.clock, request.rehearsal) if request.rehearsal else context.clock
        self._commands: asyncio.Queue[SessionCommand] = asyncio.Queue()
        self._has_asked = False
        self._is_recording = False
        self._engine: Engine | None = None
        self._speaker: Speaker | None = None

    @property
    def muted(self) -> bool:
        """Whether the user has muted the session."""
        return self._speaker is not None and self._speaker.muted

    @property
    def is_audible(self) -> bool:
        """Whether there is a voice that can be muted."""
        return self._speaker is not None and self._speaker.has_voice

    def mute(self, *, muted: bool) -> None:
        """Silence the voice at once, or let it be heard again."""
        if self._speaker:
            self._speaker.mute(muted=muted)

    def obey(self, command: SessionCommand) -> None:
        """Obey a command of the user."""
        is_running = self._engine is not None and self._engine.state is State.RUNNING
        asks = self._pauses_before_end and command is SessionCommand.END and is_running and not self._has_asked
        self._has_asked = asks
        self._commands.put_nowait(SessionCommand.PAUSE if asks else command)

    async def run(self) -> FinishedSession:
        """Run the session to its end, or until the user leaves before it starts.

        A session that cannot be recorded still runs: the face warns, and the result says why.
        """
        self._request = suit_request(self._context, self._request)
        journal, failure = self._open_journal()
        try:
            async with prepare_session(self._context, self._request, self._ring) as prepared:
                await self._face.ready(prepared)
                finished = await self._run(prepared, journal, failure)
        finally:
            if journal and not self._is_recording:
                journal.database.close()
        if finished.record:
            self._context.back_up()
        return finished

    def _open_journal(self) -> tuple[SessionJournal | None, CoachError | None]:
        if self._request.rehearsal:
            return None, None
        try:
            return open_journal(self._context, self._request.source), None
        except CoachError as error:
            return None, error

    async def _run(
        self, prepared: PreparedSession, journal: SessionJournal | None, failure: CoachError | None
    ) -> FinishedSession:
        self._speaker = Speaker(prepared.timing, prepared.voice, self._clock, self._face.show_cue)
        with ExitStack() as stack:
            caught = stack.enter_context(self._signals(self._commands.put_nowait))
            if self._listen:
                stack.enter_context(self._listen(self.obey))
            queue = CommandQueue()
            try:
                command = await count_in(self._lead_in, self._clock, partial(queue, self._commands), self._tick_in)
                if command in _LEAVES_BEFORE_START:
                    outcome = Outcome.INTERRUPTED
                    return FinishedSession(outcome, 0.0, prepared.timeline, exit_code=caught.exit_code, started=False)
                finished = await self._perform(prepared, journal, failure, queue, command)
            finally:
                await queue.close()
            return finished._replace(exit_code=caught.exit_code)

    async def _perform(
        self,
        prepared: PreparedSession,
        journal: SessionJournal | None,
        failure: CoachError | None,
        queue: CommandQueue,
        command: SessionCommand | None,
    ) -> FinishedSession:
        """Run the session from its first segment on, and record it."""
        resumption = prepared.resumption
        self._engine = engine = Engine(
            prepared.timeline, GAP_SECONDS * self._clock.pace, first=resumption.first, done=resumption.done
        )
        with ExitStack() as stack:
            recorder: Recorder = NoRecorder(failure)
            record = None
            if journal:
                lead = 0.0 if command or self._speaker is None else self._speaker.start_seconds
                recorder, record = self._start_recording(stack, journal, prepared, lead)
            self._face.start(record)
            runner = Runner(
                engine, self._clock, recorder, self._face, self._commands, speaker=self._speaker, wait=queue
            )
            outcome = await runner.run(command)
        return FinishedSession(outcome, engine.done_seconds, prepared.timeline, record, recorder.failure)

    def _start_recording(
        self, stack: ExitStack, journal: SessionJournal, prepared: PreparedSession, lead: float
    ) -> tuple[Recorder, SessionRecord | None]:
        """Return a recorder, and the record it keeps; without one if nothing can be recorded.

        The session starts `lead` seconds from now, when the first cue can be heard.
        """
        now = self._context.clock.wall()
        start = now._replace(ms=now.ms + round(lead * 1000))
        try:
            with friendly_errors(journal.file):
                record = start_record(journal, prepared.routine, prepared.timeline, start)
                save_choices(journal.database, self._request.doses.choices)
            if self._request.interrupted and prepared.resumption.done:
                record = self._request.interrupted.record._replace(
                    ended_ms=None, planned_ms=record.planned_ms, segments=record.segments
                )
            stack.enter_context(mark_running(journal.running, record.id))
        except CoachError as error:
            return NoRecorder(error), None
        except OSError as error:
            return NoRecorder(CoachError(str(journal.running), f"cannot be written ({error.strerror}).")), None
        recorder = JournalRecorder(journal.database, journal.file, record)
        self._is_recording = True
        stack.callback(recorder.close)
        return recorder, record

    def _tick_in(self, seconds: int) -> None:
        self._face.count_in(seconds)
        if self._speaker:
            self._speaker.tick_in()


async def count_in(
    seconds: int, clock: Clock, next_command: NextCommand, tick: Callable[[int], None]
) -> SessionCommand | None:
    """Count whole seconds down to the start of a session. Deadlines are absolute, so that they do not drift.

    Args:
        seconds: How many; 0 for none.
        clock: The session's clock.
        next_command: Waits real seconds for the next command.
        tick: Called at each second with the seconds that are left.

    Returns:
        The command that ended the countdown early, or None. Commands without a meaning before the start are ignored.
    """
    start = clock.now()
    for left in range(seconds, 0, -1):
        tick(left)
        due = start + seconds - left + 1
        while (missing := due - clock.now()) > 0:
            command = await next_command(missing / clock.pace)
            if command in _ENDS_LEAD_IN:
                return command
    return None
