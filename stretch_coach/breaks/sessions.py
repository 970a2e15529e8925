"""Sessions that answer a prompt: each is a process of its own."""

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_coach.breaks.edges import Edges
from stretch_coach.breaks.program import coach_command
from stretch_coach.journal.running import any_under_way
from stretch_coach.settings import BreakSettings

if TYPE_CHECKING:
    from stretch_coach.breaks.launch import Launched


class BreakSessions:
    """Begins sessions and knows whether one is under way, whoever began it.

    Args:
        running: The folder of locks of sessions under way.
        edges: Starts processes, in windows or without.
    """

    def __init__(self, running: Path, edges: Edges) -> None:
        self._running = running
        self._edges = edges
        self._children: list[Launched] = []
        self._led: Launched | None = None

    def begin(self, routine: str, settings: BreakSettings) -> bool:
        """Begin a session; whether it is led by voice alone, so that only a notice shows it.

        Raises:
            PromptError: It cannot be begun.
        """
        if settings.voice_only:
            command = coach_command("start", "--for-break", "--voice-only", "--", routine, window=False)
            self._led = self._edges.lead(command)
            self._children.append(self._led)
        else:
            command = coach_command("start", "--for-break", "--", routine)
            self._children.append(self._edges.open_window(command, settings))
        return settings.voice_only

    def end_led(self) -> None:
        """End the session that is led by voice alone, keeping what was done."""
        if self._led is None or self._led.poll() is not None:
            return
        if sys.platform == "win32":  # it has no window that a signal could be sent through
            self._led.stop()
        else:
            with contextlib.suppress(OSError):
                os.kill(self._led.pid, signal.SIGINT)

    def take_in(self) -> bool:
        """Let go of processes that ended; whether the one led by voice alone was among them."""
        self._children = [child for child in self._children if child.poll() is None]
        if self._led is None or self._led in self._children:
            return False
        self._led = None
        return True

    def under_way(self) -> bool:
        """Whether a session is under way, begun by a prompt or by hand."""
        return any_under_way(self._running)
