"""The system's own dialog, for macOS and Windows, which have no notification service with buttons.

Not tested on real systems. The argument lists and the reading of answers are tested.
"""

import subprocess
import sys
from typing import NamedTuple

from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.prompt import Choice

_GIVES_UP_SECONDS = 3600
_MAX_BUTTONS = 3

# Texts are passed as arguments, never as part of the script. The first argument is fixed, so that no text is taken for
# an option. No button is the default one: a key that is typed as the dialog appears must not start a session.
_MAC_DIALOG = f"""on run argv
set shown to display dialog (item 3 of argv) with title (item 2 of argv) buttons (items 4 thru -1 of argv) ¬
giving up after {_GIVES_UP_SECONDS}
return button returned of shown
end run"""
_MAC_NOTIFICATION = """on run argv
display notification (item 3 of argv) with title (item 2 of argv)
end run"""

# What MessageBoxW of Windows returns for the buttons Yes, No and Cancel.
_WINDOWS_BUTTONS = {"6": 0, "7": 1, "2": 2}
_WINDOWS_NAMES = ("Yes", "No", "Cancel")


class Dialog(NamedTuple):
    """A program that shows a notification.

    Attributes:
        command: The program with its arguments.
        answers: The choice for each text that it may print.
    """

    command: list[str]
    answers: dict[str, Choice]


def mac_dialog(notification: Notification) -> Dialog:
    """Return the dialog for macOS: `osascript`, which shows a notification if there is nothing to choose."""
    choices = notification.choices[:_MAX_BUTTONS]
    labels = [label for _, label in reversed(choices)]
    script = _MAC_DIALOG if choices else _MAC_NOTIFICATION
    command = ["/usr/bin/osascript", "-e", script, "stretch-coach", notification.title, notification.body, *labels]
    return Dialog(command, {label: choice for choice, label in choices})


def windows_dialog(notification: Notification) -> Dialog:
    """Return the dialog for Windows: a message box. Its buttons cannot be renamed, so the body explains them."""
    choices = notification.choices[:_MAX_BUTTONS]
    explained = [f"{name}: {label}" for name, (_, label) in zip(_WINDOWS_NAMES, choices, strict=False)]
    body = "\n".join([notification.body, *(["", *explained] if explained else [])])
    module = "stretch_coach.breaks.desktop.notify.message_box"
    command = [sys.executable, "-m", module, str(len(choices)), notification.title, body]
    numbers = {number: choices[place][0] for number, place in _WINDOWS_BUTTONS.items() if place < len(choices)}
    if numbers:
        numbers.setdefault("2", Choice.DISMISSED)  # the window's close button
    return Dialog(command, numbers)


class DialogPrompter:
    """Shows notifications through a program that prints what was chosen.

    Args:
        platform: The platform, as in `sys.platform`.
    """

    def __init__(self, platform: str = sys.platform) -> None:
        self._make = windows_dialog if platform == "win32" else mac_dialog
        self._can_wait_for_pipes = platform != "win32"
        self.name = "a message box" if platform == "win32" else "a dialog of macOS"
        self._process: subprocess.Popen[str] | None = None
        self._answers: dict[str, Choice] = {}

    def show(self, notification: Notification) -> None:
        """Show a notification in place of the one before.

        Raises:
            PromptError: The program cannot be started.
        """
        self.withdraw()
        dialog = self._make(notification)
        self._answers = dialog.answers
        # CREATE_NO_WINDOW, which exists on Windows only.
        flags = 0x08000000 if not self._can_wait_for_pipes and sys.platform == "win32" else 0
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the system's program, or our own Python
                dialog.command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
                creationflags=flags,
            )
        except (OSError, ValueError) as error:
            raise PromptError("notifications", f"{dialog.command[0]} cannot be started ({error}).") from error

    def withdraw(self) -> None:
        """Close the dialog, if one is shown."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def answers(self) -> list[Choice]:
        """Return what was chosen once the dialog has ended, or nothing if it timed out."""
        if self._process is None or self._process.poll() is None:
            return []
        printed, _ = self._process.communicate()
        self._process = None
        chosen = self._answers.get(printed.strip())
        return [chosen] if chosen else []

    def can_answer(self) -> bool:
        """Return True: a dialog has buttons."""
        return True

    def descriptors(self) -> list[int]:
        """Return the dialog's output, which ends with it; none on Windows, where a pipe cannot be waited for."""
        if self._process and self._process.stdout and self._can_wait_for_pipes:
            return [self._process.stdout.fileno()]
        return []

    def close(self) -> None:
        """Close the dialog, because nobody would read its answer."""
        self.withdraw()
