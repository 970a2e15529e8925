"""What a day of breaks asks for: to be done by the watcher, or by the app."""

from typing import NamedTuple

from stretch_coach.breaks.state import Prompt
from stretch_coach.journal.prompts import PromptRecord


class Announce(NamedTuple):
    """Say that a prompt will come in some seconds."""

    prompt: Prompt
    seconds: float


class Ask(NamedTuple):
    """Show a prompt. ``snooze`` is how many minutes its button gives; none where it cannot be snoozed any more."""

    prompt: Prompt
    snooze: int | None


class Withdraw(NamedTuple):
    """Take what is shown away."""


class Begin(NamedTuple):
    """Begin a session."""

    prompt: Prompt


class Record(NamedTuple):
    """Remember an answer."""

    record: PromptRecord


Action = Announce | Ask | Withdraw | Begin | Record
