"""A dialog of the system's own, where there is no notification service with buttons: macOS and Windows.

Neither could be tried where this was written; the argument lists and the reading of answers are tested.
"""

import subprocess
import sys
from typing import NamedTuple

from stretch_coach.breaks.prompt import Choice, Notice, PromptError

_GIVES_UP_SECONDS = 3600
_BUTTONS_AT_MOST = 3

# What is shown comes as arguments, never as part of the script. The first one is ours, so that none is taken for an
# option; the last is pressed by Return.
_MAC_DIALOG = f"""on run argv
set shown to display dialog (item 3 of argv) with title (item 2 of argv) buttons (items 4 thru -1 of argv) ¬
default button (count of items 4 thru -1 of argv) giving up after {_GIVES_UP_SECONDS}
return button returned of shown
end run"""
_MAC_NOTICE = """on run argv
display notification (item 3 of argv) with title (item 2 of argv)
end run"""

# What Windows' MessageBoxW gives for the buttons Yes, No and Cancel.
_WINDOWS_BUTTONS = {"6": 0, "7": 1, "2": 2}
_WINDOWS_NAMES = ("Yes", "No", "Cancel")


class Dialog(NamedTuple):
    """How a notice is shown by a program, and how its answer is read.

    Attributes:
        command: The program with its arguments.
        answers: What it prints, to what was chosen.
    """

    command: list[str]
    answers: dict[str, Choice]


def mac_dialog(notice: Notice) -> Dialog:
    """macOS: ``osascript`` with a dialog, or with a notification where there is nothing to choose."""
    choices = notice.choices[:_BUTTONS_AT_MOST]
    labels = [label for _, label in reversed(choices)]
    script = _MAC_DIALOG if choices else _MAC_NOTICE
    command = ["/usr/bin/osascript", "-e", script, "stretch-coach", notice.title, notice.body, *labels]
    return Dialog(command, {label: choice for choice, label in choices})


def windows_dialog(notice: Notice) -> Dialog:
    """Windows: a message box by a small process of our own; its buttons cannot be named, so the body names them."""
    choices = notice.choices[:_BUTTONS_AT_MOST]
    meant = [f"{name}: {label}" for name, (_, label) in zip(_WINDOWS_NAMES, choices, strict=False)]
    body = "\n".join([notice.body, *(["", *meant] if meant else [])])
    command = [sys.executable, "-m", "stretch_coach.breaks.notify.message_box", str(len(choices)), notice.title, body]
    numbers = {number: choices[place][0] for number, place in _WINDOWS_BUTTONS.items() if place < len(choices)}
    if numbers:
        numbers.setdefault("2", Choice.DISMISSED)  # the window's cross
    return Dialog(command, numbers)


class DialogPrompter:
    """Notices shown by a program that prints what was chosen.

    Args:
        platform: As ``sys.platform`` has it.
    """

    def __init__(self, platform: str = sys.platform) -> None:
        self._make = windows_dialog if platform == "win32" else mac_dialog
        self._can_wait_for_pipes = platform != "win32"
        self.name = "a message box" if platform == "win32" else "a dialog of macOS"
        self._process: subprocess.Popen[str] | None = None
        self._answers: dict[str, Choice] = {}

    def show(self, notice: Notice) -> None:
        """Show a notice in place of the one before.

        Raises:
            PromptError: The program cannot be started.
        """
        self.withdraw()
        dialog = self._make(notice)
        self._answers = dialog.answers
        # CREATE_NO_WINDOW; the option has no meaning elsewhere.
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
        """Take the dialog away, if one is shown."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def answers(self) -> list[Choice]:
        """What was chosen, once the dialog has ended; nothing where it gave up by itself."""
        if self._process is None or self._process.poll() is None:
            return []
        printed, _ = self._process.communicate()
        self._process = None
        chosen = self._answers.get(printed.strip())
        return [chosen] if chosen else []

    def can_answer(self) -> bool:
        """A dialog has buttons."""
        return True

    def descriptors(self) -> list[int]:
        """The dialog's output, which ends with it; none on Windows, where a pipe cannot be waited for."""
        if self._process and self._process.stdout and self._can_wait_for_pipes:
            return [self._process.stdout.fileno()]
        return []

    def close(self) -> None:
        """Take the dialog away: without us nobody reads its answer."""
        self.withdraw()
