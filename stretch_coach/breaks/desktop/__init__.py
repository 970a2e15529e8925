"""What breaks need from the desktop: how long the seat has been idle, prompts and bad moments for them, and windows."""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from stretch_coach.breaks.prompt import Deferral
from stretch_coach.clock import Clock
from stretch_coach.settings import BreakSettings

if TYPE_CHECKING:
    from stretch_coach.breaks.desktop.idle.monitor import IdleChoice
    from stretch_coach.breaks.desktop.launch import Launched
    from stretch_coach.breaks.desktop.notify.notifier import PrompterChoice
    from stretch_coach.breaks.desktop.terminals import Terminal


class Desktop:
    """The desktop on which this process runs.

    Each part is imported when it is first needed: the watcher should stay small.

    Args:
        clock: The machine's clock.
        stream: Where prompts are printed if nothing else can show them.
        folder: A private folder for the scripts that open windows.
        environ: The environment.
    """

    def __init__(self, clock: Clock, stream: TextIO, folder: Path, environ: Mapping[str, str] = os.environ) -> None:
        self._clock = clock
        self._stream = stream
        self._folder = folder
        self._environ = environ

    def choose_idle(self) -> "IdleChoice":
        """Open the best source of idle time."""
        from stretch_coach.breaks.desktop.idle.monitor import choose_idle  # noqa: PLC0415 - see above

        return choose_idle(self._clock, self._environ)

    def choose_prompter(self) -> "PrompterChoice":
        """Open the best way to show notifications."""
        from stretch_coach.breaks.desktop.notify.notifier import choose_prompter  # noqa: PLC0415 - see above

        return choose_prompter(self._stream, self._environ)

    def find_deferral(self, settings: BreakSettings) -> Deferral | None:
        """Return why a prompt should not be shown now, or None. Only the reasons chosen in the settings count."""
        if not (settings.fullscreen or settings.do_not_disturb or settings.microphone):
            return None
        from stretch_coach.breaks.desktop.busy import find_deferral  # noqa: PLC0415 - see above

        return find_deferral(settings, self._environ)

    def open_window(self, command: Sequence[str], settings: BreakSettings, failed: Collection[str] = ()) -> "Launched":
        """Run a command in a window of its own.

        Args:
            command: The command.
            settings: The settings, which may name the terminal.
            failed: The names of terminals that did not work before.

        Raises:
            PromptError: No window can be opened.
        """
        from stretch_coach.breaks.desktop.launch import launch_in_window  # noqa: PLC0415 - see above

        terminal = self.find_terminal(settings, failed)
        return launch_in_window(command, terminal, environ=self._environ, folder=self._folder)

    def find_terminal(self, settings: BreakSettings, failed: Collection[str] = ()) -> "Terminal":
        """Return the terminal that opens a window, one that did not fail if there is one.

        Raises:
            PromptError: There is no terminal.
        """
        from stretch_coach.breaks.desktop.terminals import find_terminal  # noqa: PLC0415 - see above

        return find_terminal(self._environ, settings.terminal, failed=failed)

    def run_without_window(self, command: Sequence[str]) -> "Launched":
        """Run a command that only speaks.

        Raises:
            PromptError: It cannot be started.
        """
        from stretch_coach.breaks.desktop.launch import launch_without_window  # noqa: PLC0415 - see above

        return launch_without_window(command, environ=self._environ)
