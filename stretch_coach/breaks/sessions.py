"""Sessions that answer a prompt: each is a process of its own."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from stretch_coach.breaks.edges import Edges
from stretch_coach.errors import CoachError
from stretch_coach.journal.running import any_under_way
from stretch_coach.settings import BreakSettings


class BreakSessions:
    """Begins sessions and knows whether one is under way, whoever began it.

    Args:
        running: The folder of locks of sessions under way.
        edges: Opens windows.
    """

    def __init__(self, running: Path, edges: Edges) -> None:
        self._running = running
        self._edges = edges
        self._children: list[subprocess.Popen[bytes]] = []
        self._led: subprocess.Popen[bytes] | None = None

    def begin(self, routine: str, settings: BreakSettings) -> bool:
        """Begin a session; whether it is led by voice alone, so that only a notice shows it.

        Raises:
            CoachError: It cannot be begun.
        """
        command = [sys.executable, "-m", "stretch_coach", "start", "--for-break"]
        if not settings.voice_only:
            self._children.append(self._edges.open_window([*command, "--", routine], settings))
            return False
        try:
            self._led = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [*command, "--voice-only", "--", routine],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise CoachError(command[0], f"cannot be started ({error.strerror}).") from error
        self._children.append(self._led)
        return True

    def end_led(self) -> None:
        """End the session that is led by voice alone, keeping what was done."""
        if self._led is not None and self._led.poll() is None:
            with contextlib.suppress(OSError):
                self._led.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)

    def take_in(self) -> bool:
        """Let go of processes that ended; whether the one led by voice alone was among them."""
        led, self._children = self._led, [child for child in self._children if child.poll() is None]
        if led is not None and led.poll() is not None:
            self._led = None
            return True
        return False

    def under_way(self) -> bool:
        """Whether a session is under way, begun by a prompt or by hand."""
        return any_under_way(self._running)
