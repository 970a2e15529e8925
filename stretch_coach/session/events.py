"""The events of a session. All times are in seconds."""

from dataclasses import dataclass
from enum import StrEnum

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Segment


class PauseReason(StrEnum):
    """Why a session is paused."""

    ASKED = "asked"
    """The user paused it."""

    GAP = "gap"
    """The clock jumped: the computer slept, or the program was suspended."""


@dataclass(frozen=True, slots=True)
class SegmentStarted:
    """A segment started. `at` is its place on the timeline; `t` is the session's own time."""

    segment: Segment
    at: float
    t: float


@dataclass(frozen=True, slots=True)
class SegmentEnded:
    """A segment was left. `seconds` is how long it ran this time; `complete` is whether it ran to its end."""

    segment: Segment
    t: float
    seconds: float
    complete: bool


@dataclass(frozen=True, slots=True)
class Paused:
    """The session paused. `gap` is the length of the jump, 0 if the user asked for the pause."""

    t: float
    reason: PauseReason
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Resumed:
    """The session runs again."""

    t: float


@dataclass(frozen=True, slots=True)
class Extended:
    """The current segment was extended by `seconds`."""

    segment: Segment
    t: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Finished:
    """The session is over."""

    t: float
    outcome: Outcome


Event = SegmentStarted | SegmentEnded | Paused | Resumed | Extended | Finished
