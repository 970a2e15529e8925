"""Starts sessions as processes, and finds out when they have ended."""

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.breaks.desktop import Desktop
from stretch_coach.settings import BreakSettings

if TYPE_CHECKING:
    from stretch_coach.breaks.desktop.launch import Launched


def coach_command(*arguments: str, executable: str = sys.executable, window: bool = True) -> list[str]:
    """Return the argument list that runs a command of Stretch Coach with this Python, from any folder.

    Args:
        arguments: Such as `start`, `micro-break`.
        executable: The Python. A link into a virtual environment is kept, because Python finds the environment by it.
        window: On Windows, whether the command may have a console window.
    """
    python = os.path.abspath(executable)  # noqa: PTH100 - `Path.absolute`, for a text
    folder, name = os.path.split(python)
    if name.lower() in ("python.exe", "pythonw.exe"):
        python = os.path.join(folder, "python.exe" if window else "pythonw.exe")  # noqa: PTH118 - a text
    return [python, "-m", "stretch_coach", *arguments]


class EndedProcess(NamedTuple):
    """The process of a session, which has ended.

    Attributes:
        program: The terminal or other program that was started.
        exit_code: Its exit code, negative for a signal.
        by_voice: Whether the session was led by voice alone.
    """

    program: str
    exit_code: int
    by_voice: bool


class SessionStarter:
    """Starts the sessions that answer prompts, each in a process of its own.

    Args:
        desktop: Starts processes, with a window or without.
    """

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.failed: set[str] = set()
        """The terminals that did not work; others are tried first."""
        self._children: list[Launched] = []
        self._voice_session: Launched | None = None

    def start(self, routine: str, settings: BreakSettings) -> None:
        """Start a session, in a window or led by voice alone, as set.

        Raises:
            PromptError: It cannot be started.
        """
        if settings.voice_only:
            command = coach_command("start", "--for-break", "--voice-only", "--", routine, window=False)
            self._voice_session = self._desktop.run_without_window(command)
            self._children.append(self._voice_session)
        else:
            command = coach_command("start", "--for-break", "--", routine)
            self._children.append(self._desktop.open_window(command, settings, self.failed))

    def start_elsewhere(self, routine: str, settings: BreakSettings, failed: str) -> bool:
        """Start a session in another terminal than one that failed, and return whether there is one.

        Raises:
            PromptError: It cannot be started.
        """
        self.failed.add(failed)
        if settings.voice_only or self._desktop.find_terminal(settings, self.failed).name in self.failed:
            return False
        self.start(routine, settings)
        return True

    def stop_voice_session(self) -> None:
        """End the session that is led by voice alone; what was done is kept."""
        if self._voice_session:
            self._voice_session.interrupt()

    def any_running(self) -> bool:
        """Return whether a process that was started has not ended."""
        return bool(self._children)

    def reap(self) -> list[EndedProcess]:
        """Forget the processes that have ended, and return them."""
        ended = [
            EndedProcess(child.program, code, by_voice=child is self._voice_session)
            for child in self._children
            if (code := child.poll()) is not None
        ]
        self._children = [child for child in self._children if child.poll() is None]
        if self._voice_session not in self._children:
            self._voice_session = None
        return ended
