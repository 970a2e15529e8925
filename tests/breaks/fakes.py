"""A desktop for tests: its seat, prompts and windows do what a test says."""

import io
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import cast

from stretch_coach.breaks.desktop import Desktop
from stretch_coach.breaks.desktop.idle.monitor import IdleChoice
from stretch_coach.breaks.desktop.idle.source import IdleSource
from stretch_coach.breaks.desktop.launch import Launched
from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.desktop.notify.notifier import PrompterChoice
from stretch_coach.breaks.desktop.terminals import Terminal
from stretch_coach.breaks.prompt import Choice, Deferral
from stretch_coach.clock import Clock, Instant
from stretch_coach.settings import BreakSettings

GONE = PromptError("notifications", "The service is gone.", "Start one.")


class FakeIdle(IdleSource):
    """A seat that is in use unless a test leaves it."""

    name = "fake"

    def __init__(self) -> None:
        self.idle: float | None = 0.0
        self.is_locked: bool | None = None
        self.lost = False
        self.is_open = True

    def idle_seconds(self) -> float | None:
        return self.idle

    def locked(self) -> bool | None:
        return self.is_locked

    def is_lost(self) -> bool:
        return self.lost

    def close(self) -> None:
        self.is_open = False


class FakePrompter:
    """Remembers what it was given to show, and fails if a test says so."""

    def __init__(self, name: str = "fake prompter") -> None:
        self.name = name
        self.shown: list[Notification] = []
        self.replies: list[Choice] = []
        self.fails = False
        self.is_open = True

    @property
    def visible(self) -> Notification | None:
        """The notification that is shown now."""
        return self.shown[-1] if self.shown and not self._is_withdrawn else None

    _is_withdrawn = False

    def show(self, notification: Notification) -> None:
        if self.fails:
            raise GONE
        self.shown.append(notification)
        self._is_withdrawn = False

    def withdraw(self) -> None:
        self._is_withdrawn = True

    def answers(self) -> list[Choice]:
        if self.fails:
            raise GONE
        replies, self.replies = self.replies, []
        return replies

    def can_answer(self) -> bool:
        return True

    def descriptors(self) -> list[int]:
        return []

    def close(self) -> None:
        self.is_open = False


class FakeLaunched:
    """A process that runs until a test ends it."""

    def __init__(self, command: Sequence[str], program: str) -> None:
        self.command = list(command)
        self.program = program
        self.exit_code: int | None = None
        self.is_interrupted = False

    def poll(self) -> int | None:
        return self.exit_code

    def interrupt(self) -> None:
        self.is_interrupted = True


class FakeDesktop(Desktop):
    """A desktop that a test controls."""

    def __init__(self) -> None:
        super().__init__(SettableClock(), io.StringIO(), Path("/nonexistent"), {})
        self.idle: IdleSource = FakeIdle()
        self.prompter = FakePrompter()
        self.deferral: Deferral | None = None
        self.windows: list[FakeLaunched] = []
        self.voices: list[FakeLaunched] = []
        self.can_open_windows = True
        self.asked_deferral_of: BreakSettings | None = None

    def choose_idle(self) -> IdleChoice:
        return IdleChoice(self.idle)

    def choose_prompter(self) -> PrompterChoice:
        return PrompterChoice(self.prompter)

    def find_deferral(self, settings: BreakSettings) -> Deferral | None:
        self.asked_deferral_of = settings
        return self.deferral

    def open_window(
        self,
        command: Sequence[str],
        settings: BreakSettings,
        failed: Collection[str] = (),
    ) -> Launched:
        self.windows.append(FakeLaunched(command, self.find_terminal(settings, failed).name))
        return cast("Launched", self.windows[-1])

    def find_terminal(self, settings: BreakSettings, failed: Collection[str] = ()) -> Terminal:
        if not self.can_open_windows:
            raise PromptError("terminal", "No terminal was found.")
        names = [settings.terminal] if settings.terminal else sorted(("foot", "xterm"), key=lambda name: name in failed)
        return Terminal(names[0], (names[0],))

    def run_without_window(self, command: Sequence[str]) -> Launched:
        self.voices.append(FakeLaunched(command, "the session"))
        return cast("Launched", self.voices[-1])


class SettableClock:
    """A clock whose two hands a test moves together."""

    pace = 1.0

    def __init__(self, wall: float = 0.0) -> None:
        self.seconds = 0.0
        self.start = wall

    def now(self) -> float:
        return self.seconds

    def wall(self) -> Instant:
        return Instant(round((self.start + self.seconds) * 1000), 0)


def advance(clock: SettableClock, minutes: float, tick: Callable[[], object], step: float = 30.0) -> None:
    """Let minutes pass, with a tick every `step` seconds."""
    for _ in range(round(minutes * 60 / step)):
        clock.seconds += step
        tick()


__all__ = ["Clock", "FakeDesktop", "FakeIdle", "FakeLaunched", "FakePrompter", "SettableClock", "advance"]
