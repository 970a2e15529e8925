"""Messages that screens, background tasks and the driver post to the app, which decides what follows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from stretch_coach.journal.records import Source
from stretch_coach.session.resumption import InterruptedSession

if TYPE_CHECKING:
    from stretch_coach.routine.model import Routine


@dataclass
class SessionRequested(Message):
    """A session should start.

    Attributes:
        routine: The routine, or its id.
        source: What asked for it.
        interrupted: The session to continue; None starts from the beginning.
        rehearsal: How many times as fast to run, without recording anything; None for a real session.
    """

    routine: "str | Routine"
    source: Source = Source.TIMER
    interrupted: InterruptedSession | None = None
    rehearsal: float | None = None


@dataclass
class NextPromptChanged(Message):
    """The sentence about the next break prompt changed."""

    sentence: str


@dataclass
class TitleChanged(Message):
    """The terminal window should be called `title`; an empty title restores the program's name."""

    title: str


@dataclass
class TerminalLost(Message):
    """The terminal is gone, so nothing can be shown or typed any more."""


@dataclass
class GraphicsChanged(Message):
    """The terminal shows pictures, or does not any more."""


@dataclass
class InputFailed(Message):
    """An unexpected error ended the thread that reads from the terminal."""

    error: Exception
