"""Shows notices through a desktop that may come, go and come again."""

from collections.abc import Callable

from stretch_coach.breaks.prompt import Choice, Notice, Prompter, PromptError

_FIRST_WAIT_SECONDS = 2.0
_LONGEST_WAIT_SECONDS = 300.0


class Showing:
    """One notice at a time, shown again where what showed it was lost.

    Args:
        open_prompter: Finds a way to show notices.
    """

    def __init__(self, open_prompter: Callable[[], Prompter]) -> None:
        self._open = open_prompter
        self._prompter: Prompter | None = None
        self._make: Callable[[bool], Notice] | None = None
        self._is_shown = False
        self._wait = _FIRST_WAIT_SECONDS
        self._again = float("-inf")
        self.trouble = ""
        """Why nothing can be shown now; empty if it can."""

    @property
    def name(self) -> str:
        """How the way it is shown is told to the user."""
        return self._prompter.name if self._prompter else ""

    def show(self, make: Callable[[bool], Notice], now: float) -> None:
        """Show a notice, made for a prompter that can take answers or cannot; if not now, as soon as it can be."""
        self._make, self._is_shown = make, False
        self._again = float("-inf")
        self.keep_up(now)

    def withdraw(self) -> None:
        """Take the notice away."""
        if self._prompter and self._make:
            self._prompter.withdraw()
        self._make, self._is_shown = None, False

    def answers(self, now: float) -> list[Choice]:
        """What was answered since this was last asked."""
        if self._prompter is None:
            return []
        try:
            return self._prompter.answers()
        except PromptError as error:
            self._lose(error, now)
            return []

    def keep_up(self, now: float) -> None:
        """Open what is not open, show what is not shown; after a failure with growing distance."""
        if now < self._again or (self._prompter and (self._is_shown or self._make is None)):
            return
        try:
            if self._prompter is None:
                self._prompter = self._open()
            if self._make is not None:
                self._prompter.show(self._make(self._prompter.can_answer()))
                self._is_shown = True
        except PromptError as error:
            self._lose(error, now)
        else:
            self.trouble, self._wait = "", _FIRST_WAIT_SECONDS

    def wait_seconds(self, now: float) -> float | None:
        """When to keep up next; none if there is nothing to keep up with."""
        lacks = self._prompter is None or (self._make is not None and not self._is_shown)
        return max(0.0, self._again - now) if lacks else None

    def descriptors(self) -> list[int]:
        """What becomes readable when there is news."""
        return self._prompter.descriptors() if self._prompter else []

    def close(self) -> None:
        """Let go of the desktop."""
        if self._prompter:
            self._prompter.close()
            self._prompter = None

    def _lose(self, error: PromptError, now: float) -> None:
        self.close()
        self._is_shown = False
        self.trouble = str(error)
        self._again = now + self._wait
        self._wait = min(2 * self._wait, _LONGEST_WAIT_SECONDS)
