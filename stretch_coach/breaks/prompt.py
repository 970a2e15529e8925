"""What a prompt is, and what the watcher asks of whatever shows it."""

from enum import StrEnum
from typing import NamedTuple, Protocol

from stretch_coach.errors import CoachError


class PromptError(CoachError):
    """A prompt could not be shown."""


class Choice(StrEnum):
    """What the user can do with a prompt; dismissed closes it without an answer."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    STOP = "stop"
    DISMISSED = "dismissed"


class Notice(NamedTuple):
    """Something to be shown outside the program.

    Attributes:
        title: One line.
        body: A sentence or two.
        choices: Buttons, the one meant by a click on the notice itself first, each with its label.
        stays: Whether it is to stay until it is answered, as far as the desktop allows.
        sounds: Whether it may be heard, as far as the desktop allows.
    """

    title: str
    body: str
    choices: tuple[tuple[Choice, str], ...] = ()
    stays: bool = False
    sounds: bool = True


class Prompter(Protocol):
    """One way to show notices: a desktop's notification service, a dialog, the terminal's bell. Nothing it does waits.

    At most one notice is shown at a time; a new one takes the place of the one before.
    """

    name: str
    """How it is told to the user, such as ``desktop notifications (dunst)``."""

    def show(self, notice: Notice) -> None:
        """Show a notice in place of the one before.

        Raises:
            PromptError: It could not be shown.
        """

    def withdraw(self) -> None:
        """Take the notice away, if one is shown."""

    def answers(self) -> list[Choice]:
        """What was answered to the notice that is shown, since this was last asked.

        To be called after each wake: it reads all that has come in on the descriptors, so that none stays readable.

        Raises:
            PromptError: What showed the notice is gone, and the notice with it. Close this prompter, choose one again
                and show the notice there.
        """

    def can_answer(self) -> bool:
        """Whether the choices can be chosen in it; else the body has to say what to type."""

    def descriptors(self) -> list[int]:
        """File descriptors that become readable when there is news; empty where it has to be asked."""

    def close(self) -> None:
        """Let go of connections. What is shown stays, where the desktop lets it."""
