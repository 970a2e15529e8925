"""Shows notices through a desktop that may come, go and come again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from stretch_coach.breaks.prompt import Choice, Notice, Prompter, PromptError

if TYPE_CHECKING:
    from stretch_coach.breaks.notify.choose import PrompterChoice

_FIRST_WAIT_SECONDS = 2.0
_LONGEST_WAIT_SECONDS = 300.0


class Showing:
    """One notice at a time, shown again where what showed it was lost.

    Args:
        open_prompter: Finds the best way to show notices, and says what is missing for a better one.
    """

    def __init__(self, open_prompter: "Callable[[], PrompterChoice]") -> None:
        self._open = open_prompter
        self._prompter: Prompter | None = None
        self._is_makeshift = False
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
        self._again, self._wait = float("-inf"), _FIRST_WAIT_SECONDS
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
        """Open what is not open, show what is not shown; after a failure with growing distance.

        Where a makeshift shows notices, because there is nothing better, it is looked for something better likewise.
        """
        if now < self._again or not self._lacks():
            return
        try:
            if self._prompter is None or self._is_makeshift:
                self._choose(now)
            if self._prompter and self._make is not None and not self._is_shown:
                self._prompter.show(self._make(self._prompter.can_answer()))
                self._is_shown = True
        except PromptError as error:
            self._lose(error, now)

    def wait_seconds(self, now: float) -> float | None:
        """When to keep up next; none if there is nothing to keep up with."""
        return max(0.0, self._again - now) if self._lacks() else None

    def descriptors(self) -> list[int]:
        """What becomes readable when there is news."""
        return self._prompter.descriptors() if self._prompter else []

    def close(self) -> None:
        """Let go of the desktop."""
        if self._prompter:
            self._prompter.close()
            self._prompter = None

    def _lacks(self) -> bool:
        return self._prompter is None or self._is_makeshift or (self._make is not None and not self._is_shown)

    def _choose(self, now: float) -> None:
        """Take the best way there is; what is shown already is shown again only by a better one."""
        choice = self._open()
        if choice.missing is None or self._prompter is None:
            self.close()
            self._prompter, self._is_shown = choice.prompter, False
        else:
            choice.prompter.close()
        self._is_makeshift = choice.missing is not None
        if choice.missing is None:
            self.trouble, self._wait = "", _FIRST_WAIT_SECONDS
        else:
            self._put_off(now)

    def _lose(self, error: PromptError, now: float) -> None:
        self.close()
        self._is_shown = False
        self.trouble = str(error)
        self._put_off(now)

    def _put_off(self, now: float) -> None:
        self._again = now + self._wait
        self._wait = min(2 * self._wait, _LONGEST_WAIT_SECONDS)
