"""One session as a screen leads it: made ready, begun when the user is, commanded, and recorded."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple, Protocol

from stretch_coach.clock import FasterClock
from stretch_coach.journal.database import told
from stretch_coach.journal.records import SessionRecord, Source
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.conduct import Journal, Result, begin_record, conduct
from stretch_coach.session.engine import Command
from stretch_coach.session.lead_in import lead_in
from stretch_coach.session.preparing import open_journal, voicing_for
from stretch_coach.session.resuming import Interrupted, Resumption, resume
from stretch_coach.session.runner import Face
from stretch_coach.session.signals import CatchSignals
from stretch_coach.session.speaker import Speaker
from stretch_coach.session.voicing import Stage, staged
from stretch_coach.world import World


class Order(NamedTuple):
    """What session is wanted.

    Attributes:
        routine: What to do.
        source: What asked for it.
        silent: Whether nothing is to be heard.
        rehearsal: How many times as fast; none for a real session. A rehearsal is silent and never recorded.
        interrupted: The session to go on with, if it is to be one.
    """

    routine: Routine
    source: Source = Source.TIMER
    silent: bool = False
    rehearsal: float | None = None
    interrupted: Interrupted | None = None


class Ended(NamedTuple):
    """A session that is over; a rehearsal has no record."""

    result: Result
    record: SessionRecord | None
    timeline: Timeline


class CoachFace(Face, Protocol):
    """What shows a session, from before its first second."""

    async def ready(self, stage: Stage, resumption: Resumption | None) -> None:
        """Show what will be done, and return when the user wants to begin."""

    def leading_in(self, left: int) -> None:
        """So many seconds are left until the first segment."""


class Coaching:
    """Leads one session.

    Args:
        world: The user's settings, history and clock.
        order: Which session.
        face: Shows it.
        signals: How signals of the system come in.
        ring: Rings the terminal's bell.
    """

    def __init__(
        self, world: World, order: Order, face: CoachFace, signals: CatchSignals, ring: Callable[[], None]
    ) -> None:
        self._world = world
        self._order = order
        self._face = face
        self._signals = signals
        self._ring = ring
        self._obey: Callable[[Command], None] | None = None
        self._speaker: Speaker | None = None

    @property
    def muted(self) -> bool:
        """Whether the voice is silent for now."""
        return self._speaker is not None and self._speaker.muted

    def obey(self, command: Command) -> None:
        """Hand a command on; before the first segment there is nothing to command."""
        if self._obey:
            self._obey(command)

    def mute(self, *, muted: bool) -> None:
        """Silence the voice at once, or let it be heard again."""
        if self._speaker:
            self._speaker.mute(muted=muted)

    async def run(self) -> Ended:
        """Lead the session to its end.

        Raises:
            CoachError: The history cannot be used.
        """
        with told(self._world.places.history):
            if self._order.rehearsal:
                return await self._run(None)
            journal = open_journal(self._world, self._order.source)
            with closing(journal.database):
                return await self._run(journal)

    async def _run(self, journal: Journal | None) -> Ended:
        world, order = self._world, self._order
        clock = FasterClock(world.clock, order.rehearsal) if order.rehearsal else world.clock
        with world.history() as history:
            silent = order.silent or order.rehearsal is not None
            voicing = voicing_for(world, history, order.routine, silent=silent, ring=self._ring)
        async with staged(order.routine, voicing) as stage:
            resumption = resume(order.interrupted, stage.timeline) if order.interrupted else None
            await self._face.ready(stage, resumption)
            await lead_in(world.settings.app.lead_in, world.clock, stage.voice, self._face.leading_in)
            record = self._begin_record(journal, stage.timeline, resumption) if journal else None
            self._speaker = Speaker(stage.speaking, stage.voice, clock, self._face.hear)
            result = await conduct(
                stage.timeline,
                self._face,
                clock,
                journal=journal,
                record=record,
                listen=self._listening,
                speaker=self._speaker,
                resumption=resumption,
                signals=self._signals,
            )
            return Ended(result, record, stage.timeline)

    def _begin_record(self, journal: Journal, timeline: Timeline, resumption: Resumption | None) -> SessionRecord:
        fresh = begin_record(journal, self._order.routine, timeline, self._world.clock.wall())
        if resumption is None or self._order.interrupted is None:
            return fresh
        return self._order.interrupted.record._replace(
            ended_ms=None, planned_ms=fresh.planned_ms, segments=fresh.segments
        )

    @contextmanager
    def _listening(self, obey: Callable[[Command], None]) -> Iterator[bool]:
        self._obey = obey
        try:
            yield True
        finally:
            self._obey = None
