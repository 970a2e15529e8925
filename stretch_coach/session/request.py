"""The request for a session."""

from typing import NamedTuple

from stretch_coach.journal.records import Source
from stretch_coach.routine.model import Routine
from stretch_coach.session.resumption import InterruptedSession


class SessionRequest(NamedTuple):
    """Which session to prepare and run.

    Attributes:
        routine: The routine.
        source: What asked for the session.
        muted: Whether to run without voice and tones.
        rehearsal: How many times as fast to run; None for a real session. A rehearsal is silent and never recorded.
        interrupted: The session to resume; None to start from the beginning.
        voice_only: Whether the user listens without watching, so that cautions are spoken too.
    """

    routine: Routine
    source: Source = Source.TIMER
    muted: bool = False
    rehearsal: float | None = None
    interrupted: InterruptedSession | None = None
    voice_only: bool = False

    @property
    def silent(self) -> bool:
        """Whether the session is silent, for whatever reason."""
        return self.muted or self.rehearsal is not None
