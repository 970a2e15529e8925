"""The request for a session."""

from typing import NamedTuple

from stretch_coach.context import Context
from stretch_coach.guide.suitability import Change, load_suitability
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
        changes: What was changed in the routine for the user's profile, or None if it was not compared with that yet.
    """

    routine: Routine
    source: Source = Source.TIMER
    muted: bool = False
    rehearsal: float | None = None
    interrupted: InterruptedSession | None = None
    voice_only: bool = False
    changes: tuple[Change, ...] | None = None

    @property
    def silent(self) -> bool:
        """Whether the session is silent, for whatever reason."""
        return self.muted or self.rehearsal is not None


def suit_request(context: Context, request: SessionRequest) -> SessionRequest:
    """Return a request whose routine leaves out what does not suit the user's profile.

    Every session is prepared from such a request, so this is the only way into one.

    Raises:
        CoachError: The profile is not valid, or no exercise of the routine suits it.
    """
    if request.changes is not None:
        return request
    suited = load_suitability(context.places).suit(request.routine)
    return request._replace(routine=suited.routine, changes=suited.changes)
