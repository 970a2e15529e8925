"""Runs a session in real time: reads the clock, obeys commands, speaks, records, and shows it on a face."""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Protocol

from stretch_coach.clock import Clock
from stretch_coach.journal.records import Outcome
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.events import Event
from stretch_coach.session.recorder import Recorder
from stretch_coach.session.speaker import PlayedCue, Speaker

TICK_SECONDS = 1.0
"""The longest time between two readings of the clock, so that a gap is noticed."""

RECORD_PATIENCE_SECONDS = 0.25
"""How long an event waits to be on disk before it is shown anyway."""

_SHORTEST_TICK_SECONDS = 0.1


class Face(Protocol):
    """Shows a running session: the coach screen, lines of text, or events for another program."""

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Show an event. Events come in order, each once."""

    def tick(self, engine: Engine, now: float) -> None:
        """Update the countdown."""

    def show_cue(self, played: PlayedCue) -> None:
        """Show a cue at its instant, whether or not it can be heard."""

    def warn(self, sentence: str) -> None:
        """Show that something is wrong that does not end the session."""


Wait = Callable[[asyncio.Queue[SessionCommand], float], Awaitable[SessionCommand | None]]
"""Waits for the next command, at most the given seconds, and returns it or None."""


class CommandQueue:
    """Waits for the next command with a timeout, and never loses one."""

    def __init__(self) -> None:
        self._getting: asyncio.Task[SessionCommand] | None = None

    async def __call__(self, commands: asyncio.Queue[SessionCommand], seconds: float) -> SessionCommand | None:
        """Return the next command, or None if none came in time."""
        if self._getting is None:
            self._getting = asyncio.create_task(commands.get())
        await asyncio.wait({self._getting}, timeout=max(0.0, seconds))
        if not self._getting.done():
            return None
        command = self._getting.result()
        self._getting = None
        return command

    async def close(self) -> None:
        """Stop waiting."""
        if self._getting is not None:
            self._getting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._getting


class Runner:
    """Runs one session.

    Args:
        engine: The session's timing.
        clock: The clock that the engine's instants come from.
        recorder: Records what happens.
        face: Shows what happens.
        commands: Where commands come from; None for a new queue.
        speaker: Gives the cues; None for none.
        wait: Waits for a command; None to wait in real time. A test passes a function that advances its clock instead.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        recorder: Recorder,
        face: Face,
        commands: asyncio.Queue[SessionCommand] | None = None,
        *,
        speaker: Speaker | None = None,
        wait: Wait | None = None,
    ) -> None:
        self.commands: asyncio.Queue[SessionCommand] = asyncio.Queue() if commands is None else commands
        self._engine = engine
        self._clock = clock
        self._recorder = recorder
        self._face = face
        self._speaker = speaker
        self._wait = wait
        self._has_warned = False

    async def run(self, command: SessionCommand | None = None) -> Outcome:
        """Run the session to its end and return its outcome.

        Args:
            command: A command to obey as soon as the session has started.
        """
        queue = CommandQueue()
        wait = self._wait or queue
        try:
            command = await self._start(wait, command)
            while self._engine.outcome is None:
                command = command or await wait(self.commands, self._seconds_to_next_tick())
                now = self._clock.now()
                await self._publish(self._engine.apply(command, now) if command else self._engine.advance(now))
                self._tick()
                command = None
            await self._finish_speaking(wait)
        except BaseException:
            self._record_interruption()
            raise
        finally:
            await queue.close()
        return self._engine.outcome

    async def _start(self, wait: Wait, command: SessionCommand | None) -> SessionCommand | None:
        """Start the session, once its first cue has been handed over; with a command to obey, at once.

        Returns:
            The command to obey next, or None.
        """
        start = self._clock.now()
        if self._speaker and self._speaker.start_seconds and not command:
            start += self._speaker.start_seconds * self._clock.pace
            self._speaker.announce(self._engine, start)
            command = await wait(self.commands, self._speaker.start_seconds)
        await self._publish(self._engine.start(min(start, self._clock.now())))
        return command

    async def _finish_speaking(self, wait: Wait) -> None:
        """Wait for the end of the closing words, or for any key of an impatient user."""
        while self._speaker and (left := self._speaker.quiet_at - self._clock.now()) > 0:
            if await wait(self.commands, left / self._clock.pace):
                return

    async def _publish(self, events: list[Event]) -> None:
        """Speak, record, and then show events: speech waits for no disk, and what is shown has been recorded."""
        if self._speaker:
            for event in events:
                self._speaker.follow(event, self._engine, self._clock.now())
        wall = self._clock.wall()
        writing = [self._recorder.record(event, self._engine, wall) for event in events]
        await _wait_for_disk([future for future in writing if future])
        for event in events:
            self._face.show(event, self._engine, self._clock.now())
        if self._recorder.failure and not self._has_warned:
            self._has_warned = True
            self._face.warn(f"Not recorded so far: {self._recorder.failure}")

    def _tick(self) -> None:
        now = self._clock.now()
        if self._speaker:
            self._speaker.tick(self._engine, now)
        if self._engine.outcome is None:
            self._face.tick(self._engine, now)

    def _record_interruption(self) -> None:
        """Record what was done, whatever interrupted the session."""
        wall = self._clock.wall()
        for event in self._engine.apply(SessionCommand.INTERRUPT, self._clock.now()):
            self._recorder.record(event, self._engine, wall)

    def _seconds_to_next_tick(self) -> float:
        """Return the real seconds until the next deadline, or until the countdown changes."""
        now, pace = self._clock.now(), self._clock.pace
        due = self._engine.next_due()
        if due is None:
            return TICK_SECONDS
        left = self._engine.remaining(now)
        to_change = max((left - math.ceil(left - 1)) / pace, _SHORTEST_TICK_SECONDS)
        cue = self._speaker.next_due() if self._speaker else None
        next_deadline = due if cue is None else min(due, cue)
        return min((next_deadline - now) / pace, to_change, TICK_SECONDS)


async def _wait_for_disk(writing: list[Future[None]]) -> None:
    if writing:
        _, late = await asyncio.wait([asyncio.wrap_future(one) for one in writing], timeout=RECORD_PATIENCE_SECONDS)
        for future in late:
            future.cancel()  # cancels the wait, not the write
