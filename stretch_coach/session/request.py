"""The request for a session."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.suitability import RoutineChange, load_suitability
from stretch_coach.journal.doses import DoseChoice
from stretch_coach.journal.recency import last_times_done
from stretch_coach.journal.records import Source
from stretch_coach.routine.model import Routine
from stretch_coach.session.doses import plan_doses
from stretch_coach.session.resumption import InterruptedSession


class ChosenDoses(NamedTuple):
    """The doses of a session.

    Attributes:
        written: The routine as it is written, or None if it was not compared with the profile yet.
        note: How the doses differ from the written ones, and the total, as a sentence; empty if they do not.
        offer: Which other doses can be chosen, as a sentence; empty for none.
        is_new: Whether the others are new, and so worth a question.
        choices: What to remember once the session starts.
    """

    written: Routine | None = None
    note: str = ""
    offer: str = ""
    is_new: bool = False
    choices: tuple[DoseChoice, ...] = ()


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
        takes_other: Whether to do it with the other doses, if there are any to choose.
        doses: Its doses, once it was compared with the profile.
        why: Why it is this routine, as a sentence, if it was chosen among several.
    """

    routine: Routine
    source: Source = Source.TIMER
    muted: bool = False
    rehearsal: float | None = None
    interrupted: InterruptedSession | None = None
    voice_only: bool = False
    changes: tuple[RoutineChange, ...] | None = None
    takes_other: bool = False
    doses: ChosenDoses = ChosenDoses()
    why: str = ""

    @property
    def silent(self) -> bool:
        """Whether the session is silent, for whatever reason."""
        quiet_place = self.routine.file.silent and not self.voice_only
        return self.muted or self.rehearsal is not None or quiet_place

    def with_other_doses(self) -> "SessionRequest":
        """Return the request for the same session with the other doses, to be compared with the profile again."""
        written = self.doses.written or self.routine
        return self._replace(routine=written, changes=None, takes_other=not self.takes_other, doses=ChosenDoses())

    def unasked(self) -> "SessionRequest":
        """Return the request for a session before which nobody can choose, so that no offer counts as declined."""
        kept = tuple(choice for choice in self.doses.choices if choice.accepted)
        return self._replace(doses=self.doses._replace(choices=kept))


def suit_request(context: Context, request: SessionRequest) -> SessionRequest:
    """Return a request whose routine leaves out what does not suit the user's profile, with the doses of today.

    Where exercises may stand in for each other, it says which are done.

    Every session is prepared from such a request, so this is the only way into one.

    Raises:
        CoachError: The profile is not valid, or no exercise of the routine suits it.
    """
    if request.changes is not None:
        return request
    suit = partial(load_suitability(context.places).suit, last_done=_last_done(context, request))
    if request.rehearsal:
        suited = suit(request.routine)
        return request._replace(routine=suited.routine, changes=suited.changes)
    now, other = plan_doses(context, request.routine, suit)
    if request.takes_other and other:
        now, other = other, now
    doses = ChosenDoses(request.routine, now.note, choices=now.choices)
    if other and not request.interrupted:
        doses = doses._replace(offer=other.offer, is_new=other.is_new)
    return request._replace(routine=now.suited.routine, changes=now.suited.changes, doses=doses)


def _last_done(context: Context, request: SessionRequest) -> Mapping[str, int]:
    """Return when each exercise was last done, if any of the routine take turns; for a session to resume, by then.

    If the history cannot be read, nothing was done: the session itself reports that.
    """
    if not any(step.swaps for step in request.routine.steps):
        return {}
    before_ms = request.interrupted.record.started_ms if request.interrupted else context.clock.wall().ms + 1
    try:
        with context.history() as history:
            return last_times_done(history, context.today, before_ms)
    except CoachError:
        return {}
