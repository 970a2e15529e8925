"""A prompt for a break: its phases, what the user can do with it, and the actions by which a day handles it."""

from enum import StrEnum
from typing import NamedTuple

from stretch_coach.journal.prompts import PromptRecord


class Phase(StrEnum):
    """What a prompt is waiting for."""

    WAITING = "waiting"
    """A moment to be shown."""
    ANNOUNCED = "announced"
    """The end of the heads-up."""
    ASKING = "asking"
    """An answer."""
    SNOOZED = "snoozed"
    """The end of the snooze."""
    STARTED = "started"
    """The session that answers it."""


class Deferral(StrEnum):
    """Why a prompt that is due is not shown yet."""

    APP = "app"
    FULLSCREEN = "fullscreen"
    DO_NOT_DISTURB = "do_not_disturb"
    MICROPHONE = "microphone"
    AWAY = "away"
    GAP = "gap"


class Choice(StrEnum):
    """What the user can do with a prompt or notification. `DISMISSED` closes it without choosing a button."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    STOP = "stop"
    DISMISSED = "dismissed"


class Prompt(NamedTuple):
    """A break that is due. All durations are in seconds.

    Attributes:
        id: A UUIDv7.
        rules: The ids of the rules that ask. The first one decides which routine is offered.
        routine: The id of the routine that is offered.
        due: The instant at which it became due.
        phase: What it is waiting for.
        left: The time until the phase ends, or until the next attempt to show the prompt.
        times_shown: How often it has been shown.
        snoozes: How often it has been snoozed or left unanswered.
        unanswered: Whether nobody answered when it was last shown.
        announced: Whether it has been announced.
        deferral: Why it is not shown, or None if nothing prevents that.
        deferred: For how long it has been deferred.
        why: Why this routine is offered, as a sentence; empty if the rule names only one.
    """

    id: str
    rules: tuple[str, ...]
    routine: str
    due: float
    phase: Phase = Phase.WAITING
    left: float = 0.0
    times_shown: int = 0
    snoozes: int = 0
    unanswered: bool = False
    announced: bool = False
    deferral: Deferral | None = None
    deferred: float = 0.0
    why: str = ""


class Announce(NamedTuple):
    """Announce that a prompt will come in `seconds`."""

    prompt: Prompt
    seconds: float


class Ask(NamedTuple):
    """Show a prompt. Its snooze button postpones it by `snooze` minutes; None leaves the button out."""

    prompt: Prompt
    snooze: int | None


class Withdraw(NamedTuple):
    """Remove what is shown."""


class StartSession(NamedTuple):
    """Start the session that a prompt offers."""

    prompt: Prompt


class RecordAnswer(NamedTuple):
    """Write an answer to the history."""

    record: PromptRecord


Action = Announce | Ask | Withdraw | StartSession | RecordAnswer
"""What a day of breaks wants done by the process that drives it."""
