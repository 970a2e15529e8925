"""What happens in a session."""

from dataclasses import dataclass
from enum import StrEnum

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Segment


class PauseReason(StrEnum):
    """Why a session stands still."""

    ASKED = "asked"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class SegmentStarted:
    """A segment began. ``at`` is its place on the timeline, ``t`` the session's own time, both seconds."""

    segment: Segment
    at: float
    t: float


@dataclass(frozen=True, slots=True)
class SegmentEnded:
    """A segment was left. ``ran`` is how many seconds of it ran this time; ``whole`` whether it ran to its end."""

    segment: Segment
    t: float
    ran: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Paused:
    """The session stands still. ``gap`` is how many seconds nobody looked at the clock, where that is the reason."""

    t: float
    reason: PauseReason
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Resumed:
    """The session goes on."""

    t: float


@dataclass(frozen=True, slots=True)
class Extended:
    """The segment under way got longer by this many seconds."""

    segment: Segment
    t: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Finished:
    """The session is over."""

    t: float
    outcome: Outcome


Event = SegmentStarted | SegmentEnded | Paused | Resumed | Extended | Finished
