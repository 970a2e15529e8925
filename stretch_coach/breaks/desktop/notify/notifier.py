"""Shows notifications on a desktop that may come and go."""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TextIO

from stretch_coach.breaks.desktop.notify.notification import Notification, Prompter, PromptError
from stretch_coach.breaks.desktop.notify.terminal import TerminalPrompter
from stretch_coach.breaks.desktop.sockets import SESSION, bus_address
from stretch_coach.breaks.prompt import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stretch_coach.breaks.desktop.notify.freedesktop import ServiceWatch

_FIRST_RETRY_SECONDS = 2.0
"""The time between the loss of a prompter and the next attempt, which doubles with each further loss."""

_LONGEST_RETRY_SECONDS = 300.0
_MOST_FAILURES = 2
_NO_BUS_RETRY_SECONDS = 60.0
"""The time between looking whether there is a bus; cheap, because nothing is connected without one."""


class PrompterChoice(NamedTuple):
    """The way to show notifications.

    Attributes:
        prompter: The prompter, open.
        missing: Why there is no better way, as an error with its cure, or None if this is the best way.
        watch: Reports when there may be a better way, or None if nothing can report that.
        substitute: Returns the way to show what the prompter refuses, given why it does, or None if there is none.
    """

    prompter: Prompter
    missing: PromptError | None = None
    watch: "ServiceWatch | None" = None
    substitute: Callable[[PromptError], Prompter] | None = None


def choose_prompter(
    stream: TextIO,
    environ: "Mapping[str, str]",
    *,
    osc: bool = False,
    platform: str = sys.platform,
    bus: str = SESSION,
) -> PrompterChoice:
    """Open the desktop's notifications if there are any, a dialog on macOS and Windows, and the terminal elsewhere.

    Args:
        stream: Where to print if there is nothing else.
        environ: The environment.
        osc: Whether the terminal may be asked for a notification of its own.
        platform: The platform, as in `sys.platform`.
        bus: The bus with the notification service.
    """
    if platform in ("darwin", "win32"):
        from stretch_coach.breaks.desktop.notify.dialog import DialogPrompter  # noqa: PLC0415 - it loads subprocess

        return PrompterChoice(DialogPrompter(platform))
    watch = None

    def print_instead(error: PromptError) -> TerminalPrompter:
        return TerminalPrompter(stream, f"{_sentence(error)} Prompts are printed here instead.", osc=osc)

    try:
        address = bus_address(bus, environ)
        from stretch_coach.breaks.desktop.notify import freedesktop  # noqa: PLC0415 - jeepney is for Linux, and large

        try:
            return PrompterChoice(freedesktop.DesktopPrompter(address), substitute=print_instead)
        except PromptError as error:
            missing = error
            watch = freedesktop.open_service_watch(address)
    except OSError as error:
        hint = "Run this inside a desktop session."
        missing = PromptError("notifications", f"There are no desktop notifications ({error}).", hint)
    except ImportError:
        missing = PromptError("notifications", "jeepney is not installed.", "Install it with pip.")
    return PrompterChoice(print_instead(missing), missing, watch)


class Notifier:
    """Shows one notification at a time, and shows it again where the service that showed it was lost.

    Args:
        open_prompter: Opens the best way to show notifications.
    """

    def __init__(self, open_prompter: Callable[[], PrompterChoice]) -> None:
        self._open = open_prompter
        self._choice: PrompterChoice | None = None
        self._make: Callable[[bool], Notification] | None = None
        self._is_shown = False
        self._failures = 0
        self._retry_after = _FIRST_RETRY_SECONDS
        self._next_attempt = float("-inf")
        self.trouble = ""
        """Why notifications cannot be shown as they should be, with the cure; empty if they can."""

    @property
    def name(self) -> str:
        """How notifications are shown, in words for users."""
        return self._choice.prompter.name if self._choice else ""

    def show(self, make: Callable[[bool], Notification], now: float) -> None:
        """Show a notification, or try again until it can be shown.

        Args:
            make: Makes the notification for a prompter that has buttons, or has none.
            now: The time in seconds.
        """
        self._make, self._is_shown, self._failures = make, False, 0
        self._next_attempt, self._retry_after = float("-inf"), _FIRST_RETRY_SECONDS
        self.keep_up(now)

    def withdraw(self) -> None:
        """Remove the notification."""
        if self._choice and self._make:
            self._choice.prompter.withdraw()
        self._make, self._is_shown = None, False

    def answers(self, now: float) -> list[Choice]:
        """Return the answers since the last call."""
        if self._choice is None:
            return []
        try:
            return self._choice.prompter.answers()
        except PromptError as error:
            self._lose(error, now)
            return []

    def keep_up(self, now: float) -> None:
        """Open a prompter and show the notification, if that has not been possible so far and it is time to try again.

        A substitute is replaced as soon as there is something better.
        """
        if self._choice and self._choice.watch and self._choice.watch.has_started():
            self._next_attempt = float("-inf")
        if now < self._next_attempt or not self._lacks_something():
            return
        try:
            if self._choice is None or self._choice.missing:
                self._choose(now)
            if self._choice and self._make is not None and not self._is_shown:
                self._choice.prompter.show(self._make(self._choice.prompter.can_answer()))
                self._is_shown = True
        except PromptError as error:
            self._substitute(error)
            self._lose(error, now)
        else:
            self._retry_after = _FIRST_RETRY_SECONDS

    def wait_seconds(self, now: float) -> float | None:
        """Return the time until the next call of `keep_up` is due, or None if nothing is waiting to be shown."""
        is_waiting = self._make is not None and not self._is_shown
        return max(0.0, self._next_attempt - now) if is_waiting else None

    def descriptors(self) -> list[int]:
        """Return file descriptors that become readable when there is news."""
        if self._choice is None:
            return []
        watched = self._choice.watch.descriptors() if self._choice.watch else []
        return [*self._choice.prompter.descriptors(), *watched]

    def close(self) -> None:
        """Close the prompter."""
        if self._choice:
            self._choice.prompter.close()
            if self._choice.watch:
                self._choice.watch.close()
            self._choice = None

    def _lacks_something(self) -> bool:
        is_waiting = self._make is not None and not self._is_shown
        return self._choice is None or self._choice.missing is not None or is_waiting

    def _substitute(self, error: PromptError) -> None:
        """Show a notification in another way if it was refused twice: the first time, the service may be restarting."""
        self._failures += 1
        if self._failures == _MOST_FAILURES and self._choice and self._choice.substitute and self._make:
            with suppress(PromptError):
                substitute = self._choice.substitute(error)
                substitute.show(self._make(substitute.can_answer()))

    def _choose(self, now: float) -> None:
        """Open the best prompter there is. A substitute stays open until there is something better."""
        before, choice = self._choice, self._open()
        if before and before.watch:
            before.watch.close()
        if before and choice.missing:
            choice.prompter.close()
            choice = choice._replace(prompter=before.prompter)
        else:
            if before:
                before.prompter.close()
            self._is_shown = False
        self._choice = choice
        self.trouble = _sentence(choice.missing) if choice.missing else ""
        if choice.missing:
            self._next_attempt = now + (_LONGEST_RETRY_SECONDS if choice.watch else _NO_BUS_RETRY_SECONDS)

    def _lose(self, error: PromptError, now: float) -> None:
        self.close()
        self._is_shown = False
        self.trouble = _sentence(error)
        self._next_attempt = now + self._retry_after
        self._retry_after = min(2 * self._retry_after, _LONGEST_RETRY_SECONDS)


def _sentence(error: PromptError) -> str:
    return f"{error.message} {error.hint}".strip()
