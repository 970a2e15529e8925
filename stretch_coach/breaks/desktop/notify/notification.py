"""A notification, and the interface of what shows it."""

from typing import NamedTuple, Protocol

from stretch_coach.breaks.prompt import Choice
from stretch_coach.errors import CoachError


class PromptError(CoachError):
    """A prompt could not be shown, or its session could not be started."""


START_YOURSELF = "Start the session yourself with: stretch-coach start"
"""What the user can do when the session of a prompt could not be started."""


class Notification(NamedTuple):
    """Something to show outside the program.

    Attributes:
        title: The heading, on one line.
        body: A sentence or two.
        choices: The buttons with their labels. A click on the notification itself means the first one.
        stays: Whether it should stay until it is answered, as far as the desktop allows.
        sounds: Whether it may make a sound, as far as the desktop allows.
    """

    title: str
    body: str
    choices: tuple[tuple[Choice, str], ...] = ()
    stays: bool = False
    sounds: bool = True


class Prompter(Protocol):
    """One way to show notifications. Nothing it does blocks for longer than two seconds.

    It shows at most one notification at a time; a new one replaces the one before.
    """

    name: str
    """The name that users see, such as `desktop notifications (dunst)`."""

    def show(self, notification: Notification) -> None:
        """Show a notification in place of the one before.

        Raises:
            PromptError: It could not be shown.
        """

    def withdraw(self) -> None:
        """Remove the notification, if one is shown."""

    def answers(self) -> list[Choice]:
        """Return the answers to the notification that is shown, since the last call.

        Call it after each wake-up: it reads everything that has arrived on the descriptors, so that none stays
        readable.

        Raises:
            PromptError: The service that showed the notification has gone, and the notification with it. Close this
                prompter, and show the notification with another.
        """

    def can_answer(self) -> bool:
        """Return whether the notification has buttons; if not, its body has to say what to type."""

    def descriptors(self) -> list[int]:
        """Return file descriptors that become readable when there is news; none if it has to be asked."""

    def close(self) -> None:
        """Close all connections. What is shown stays, if the desktop allows."""


def one_line(text: str) -> str:
    """Return a text on one line, with spaces in place of all control characters."""
    return "".join(character if character.isprintable() else " " for character in text).strip()
