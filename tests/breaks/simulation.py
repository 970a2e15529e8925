"""A user at a desk whose days of breaks are simulated sample by sample, on a clock of their own."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from stretch_coach.breaks.activity import Sample
from stretch_coach.breaks.day import BreakDay
from stretch_coach.breaks.prompt import Action, Ask, Choice, Deferral, RecordAnswer
from stretch_coach.breaks.timetable import TimeZone
from stretch_coach.settings import BreakRule, BreakSettings
from tests.breaks.zones import RegionZone

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp()
"""A Monday at nine in the morning."""

DESK = BreakRule("desk", every=45)
SETTINGS = BreakSettings(rules=(DESK,))


def id_maker() -> Callable[[int], str]:
    """Return a function that makes unique ids of 36 characters."""
    numbers = count()
    return lambda _ms: f"{next(numbers):036d}"


class Desk:
    """Somebody who works, leaves and answers, with everything that the day did about it.

    Args:
        settings: The rules.
        zone: The time zone.
        start: The instant at which the simulation begins.
        step: The seconds between samples.
    """

    def __init__(
        self,
        settings: BreakSettings = SETTINGS,
        zone: TimeZone | None = None,
        start: float = MONDAY,
        step: float = 30.0,
    ) -> None:
        self.zone = zone or RegionZone(UTC)
        self.day = BreakDay(settings, self.zone, id_maker())
        self.wall = start
        self.idle: float | None = 0.0
        self.step = step
        self.deferral: Deferral | None = None
        self.history: list[tuple[float, Action]] = []
        self._start = start
        self.sample(0.0)

    def sample(self, step: float, **more: Any) -> list[Action]:
        """Take a sample some seconds later."""
        self.wall += step
        actions = self.day.tick(Sample(step, self.wall, self.idle, find_deferral=lambda: self.deferral, **more))
        self.history += [(self.wall - self._start, action) for action in actions]
        return actions

    def work(self, minutes: float, **more: Any) -> None:
        """Type for some minutes."""
        for _ in range(round(minutes * 60 / self.step)):
            self.idle = 0.0
            self.sample(self.step, **more)

    def leave(self, minutes: float, **more: Any) -> None:
        """Touch nothing for some minutes."""
        self.idle = self.idle or 0.0
        for _ in range(round(minutes * 60 / self.step)):
            self.idle += self.step
            self.sample(self.step, **more)

    def sleep(self, minutes: float) -> None:
        """Let the machine sleep until a key wakes it."""
        self.idle = 0.0
        self.sample(minutes * 60)

    def answer(self, choice: Choice, minutes: int | None = None) -> list[Action]:
        """Answer the prompt."""
        actions = self.day.answer(choice, self.wall, minutes)
        self.history += [(self.wall - self._start, action) for action in actions]
        return actions

    def asked(self) -> list[float]:
        """Return the minutes at which a prompt was shown."""
        return [seconds / 60 for seconds, action in self.history if isinstance(action, Ask)]

    def answers(self) -> list[str]:
        """Return the answers that were recorded."""
        return [action.record.answer.value for _, action in self.history if isinstance(action, RecordAnswer)]
