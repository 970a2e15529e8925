"""Runs a session in real time: looks at the clock, obeys commands, records, and tells a face."""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Protocol

from stretch_coach.clock import Clock
from stretch_coach.journal.records import Outcome
from stretch_coach.session.engine import Command, Engine
from stretch_coach.session.events import Event
from stretch_coach.session.recorder import Recorder
from stretch_coach.session.speaker import Given, Speaker

LOOK_SECONDS = 1.0
"""The longest time between two looks at the clock, so that a gap is noticed and judged."""

RECORD_PATIENCE_SECONDS = 0.25
"""How long an event waits to be on disk before the face is told all the same."""

_SHORTEST_LOOK_SECONDS = 0.1


class Face(Protocol):
    """What shows a session: the coach screen, lines of text, or events for another program."""

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """An event, in order, each once."""

    def look(self, engine: Engine, now: float) -> None:
        """Time went by: the countdown may have changed."""

    def hear(self, given: Given) -> None:
        """A cue is said or sounded now, or would be if there were a voice."""

    def warn(self, trouble: str) -> None:
        """Something is wrong that does not end the session."""


Wait = Callable[[asyncio.Queue[Command], float], Awaitable[Command | None]]


class CommandQueue:
    """Waits for the next command or until some seconds are over, and never loses one."""

    def __init__(self) -> None:
        self._getting: asyncio.Task[Command] | None = None

    async def __call__(self, commands: asyncio.Queue[Command], seconds: float) -> Command | None:
        """The next command; none if none came in time."""
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
        clock: The clock the engine is given instants of.
        recorder: Remembers what happens.
        face: Shows what happens.
        commands: Where commands come from; a queue of its own unless given.
        speaker: Says what happens.
        wait: Waits for a command; a test passes one that moves its clock instead.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        recorder: Recorder,
        face: Face,
        commands: asyncio.Queue[Command] | None = None,
        *,
        speaker: Speaker | None = None,
        wait: Wait | None = None,
    ) -> None:
        self.commands: asyncio.Queue[Command] = asyncio.Queue() if commands is None else commands
        self._engine = engine
        self._clock = clock
        self._recorder = recorder
        self._face = face
        self._speaker = speaker
        self._wait = wait
        self._warned = False

    async def run(self) -> Outcome:
        """Run the session to its end.

        Returns:
            How it ended.
        """
        queue = CommandQueue()
        wait = self._wait or queue
        try:
            await self._tell(self._engine.start(self._clock.now()))
            while self._engine.outcome is None:
                command = await wait(self.commands, self._seconds_to_next_look())
                now = self._clock.now()
                await self._tell(self._engine.apply(command, now) if command else self._engine.advance(now))
                self._look()
            await self._hear_out(wait)
        except BaseException:
            self._record_interruption()
            raise
        finally:
            await queue.close()
        return self._engine.outcome

    async def _hear_out(self, wait: Wait) -> None:
        """Let the closing words be finished, unless somebody cannot wait."""
        while self._speaker and (left := self._speaker.quiet_at - self._clock.now()) > 0:
            if await wait(self.commands, left / self._clock.pace):
                return

    async def _tell(self, events: list[Event]) -> None:
        """Say, record, and then show events: speech waits for no disk, and what is shown is in the record."""
        if self._speaker:
            for event in events:
                self._speaker.follow(event, self._engine, self._clock.now())
        wall = self._clock.wall()
        writing = [self._recorder.record(event, self._engine, wall) for event in events]
        await _on_disk([future for future in writing if future])
        for event in events:
            self._face.show(event, self._engine, self._clock.now())
        if self._recorder.failure and not self._warned:
            self._warned = True
            self._face.warn(f"Not recorded so far: {self._recorder.failure}")

    def _look(self) -> None:
        now = self._clock.now()
        if self._speaker:
            self._speaker.look(self._engine, now)
        if self._engine.outcome is None:
            self._face.look(self._engine, now)

    def _record_interruption(self) -> None:
        """Whatever broke the session off, what was done of it is kept."""
        wall = self._clock.wall()
        for event in self._engine.apply(Command.INTERRUPT, self._clock.now()):
            self._recorder.record(event, self._engine, wall)

    def _seconds_to_next_look(self) -> float:
        """Real seconds until the next deadline, or until the countdown changes."""
        now, pace = self._clock.now(), self._clock.pace
        due = self._engine.next_due()
        if due is None:
            return LOOK_SECONDS
        left = self._engine.remaining(now)
        to_change = max((left - math.ceil(left - 1)) / pace, _SHORTEST_LOOK_SECONDS)
        cue = self._speaker.next_due() if self._speaker else None
        next_one = due if cue is None else min(due, cue)
        return min((next_one - now) / pace, to_change, LOOK_SECONDS)


async def _on_disk(writing: list[Future[None]]) -> None:
    if writing:
        _, late = await asyncio.wait([asyncio.wrap_future(one) for one in writing], timeout=RECORD_PATIENCE_SECONDS)
        for one in late:
            one.cancel()  # the waiting, not the writing
