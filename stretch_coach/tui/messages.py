"""Messages that screens, background tasks and the driver post to the app, which decides what follows."""

from dataclasses import dataclass

from textual.message import Message

from stretch_coach.journal.records import Source
from stretch_coach.session.resumption import InterruptedSession


@dataclass
class SessionRequested(Message):
    """A session should start.

    Attributes:
        routine: The id of the routine.
        source: What asked for it.
        interrupted: The session to continue; None starts from the beginning.
    """

    routine: str
    source: Source = Source.TIMER
    interrupted: InterruptedSession | None = None


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
