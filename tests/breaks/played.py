"""A seat, a clock and a user for days of breaks that are played, not waited for."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from stretch_coach.breaks.actions import Action, Ask, Record
from stretch_coach.breaks.day import BreakDay, Look
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.zone import RegionZone, Zone
from stretch_coach.settings import BreakRule, BreakSettings

if TYPE_CHECKING:
    from stretch_coach.breaks.state import Hold

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp()
"""A Monday, nine in the morning."""

DESK = BreakRule("desk", every=45)
SETTINGS = BreakSettings(rules=(DESK,))


def ids() -> Callable[[int], str]:
    """Makes ids that are 36 letters long and each new."""
    numbers = count()
    return lambda _ms: f"{next(numbers):036d}"


class Desk:
    """A desk at which somebody works: plays minutes of a day, and remembers what was done when.

    Args:
        settings: The rules.
        zone: Where it stands.
        start: The instant at which it begins.
    """

    def __init__(
        self, settings: BreakSettings = SETTINGS, zone: Zone | None = None, start: float = MONDAY, step: float = 30.0
    ) -> None:
        self.zone = zone or RegionZone(UTC)
        self.day = BreakDay(settings, self.zone, ids())
        self.wall = start
        self.idle: float | None = 0.0
        self.step = step
        self.hold: Hold | None = None
        self.seen: list[tuple[float, Action]] = []
        self._start = start
        self.look(0.0)

    def look(self, step: float, **more: Any) -> list[Action]:
        """Look once, some seconds later."""
        self.wall += step
        actions = self.day.tick(Look(step, self.wall, self.idle, hold=lambda: self.hold, **more))
        self.seen += [(self.wall - self._start, action) for action in actions]
        return actions

    def work(self, minutes: float, **more: Any) -> None:
        """Somebody types."""
        for _ in range(round(minutes * 60 / self.step)):
            self.idle = 0.0
            self.look(self.step, **more)

    def leave(self, minutes: float, **more: Any) -> None:
        """Nobody touches anything."""
        self.idle = self.idle or 0.0
        for _ in range(round(minutes * 60 / self.step)):
            self.idle += self.step
            self.look(self.step, **more)

    def sleep(self, minutes: float) -> None:
        """The machine sleeps; what wakes it is a key."""
        self.idle = 0.0
        self.look(minutes * 60)

    def answer(self, choice: Choice, minutes: int | None = None) -> list[Action]:
        """The user answers."""
        actions = self.day.answer(choice, self.wall, minutes)
        self.seen += [(self.wall - self._start, action) for action in actions]
        return actions

    def asked(self) -> list[float]:
        """The minutes at which a prompt was shown."""
        return [seconds / 60 for seconds, action in self.seen if isinstance(action, Ask)]

    def answers(self) -> list[str]:
        """What was recorded."""
        return [action.record.answer.value for _, action in self.seen if isinstance(action, Record)]
