"""When prompts will come, if somebody works on without a pause and takes each break when it is offered."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from stretch_coach.breaks.rules import done_with, is_open, next_opening, next_time
from stretch_coach.breaks.state import DayState, Phase
from stretch_coach.breaks.zone import Zone, timestamp
from stretch_coach.settings import BreakRule, BreakSettings

_MINUTE = 60.0
_DAY = timedelta(days=1)
_FAR_SECONDS = 30 * 86_400.0


class Expected(NamedTuple):
    """A prompt that is expected.

    Attributes:
        at: The instant.
        rule: The id of the rule that asks.
        routine: What is offered.
    """

    at: float
    rule: str
    routine: str

    def as_json(self, zone: Zone) -> dict[str, Any]:
        """As programs are given it."""
        return {"at": timestamp(zone, self.at), "rule": self.rule, "routine": self.routine}


class Forecast:
    """Expects prompts from what is known now.

    Args:
        settings: The rules, and the distance of prompts.
        zone: The zone of the wall clock.
        day_start: When a day of the record begins.
    """

    def __init__(self, settings: BreakSettings, zone: Zone, day_start: time = time(4)) -> None:
        self._settings = settings
        self._zone = zone
        self._day_start = day_start

    def expect(self, state: DayState, now: float, count: int, paused_until: float | None = None) -> list[Expected]:
        """The prompts that are expected next, in order.

        Args:
            state: What has been counted so far.
            now: The instant from which on.
            count: How many, at most.
            paused_until: When a pause ends, if there is one.
        """
        found: list[Expected] = []
        last = None if state.since_asked is None else now - state.since_asked
        zeros = {rule.id: now - state.active_for(rule.id) for rule in self._settings.rules}
        asked = {state.day: state.asked}
        cursor = max(now, paused_until or now)
        if state.prompt and state.prompt.phase is not Phase.STARTED and not paused_until:
            again = now if state.prompt.phase is Phase.ASKING else now + state.prompt.left
            found.append(Expected(again, state.prompt.rules[0], state.prompt.routine))
            last = cursor = again
            zeros |= dict.fromkeys(done_with(self._settings.rules, state.prompt.rules), again)
        while len(found) < count and cursor - now <= _FAR_SECONDS:
            due = self._next(zeros, cursor, last)
            if due is None:
                break
            at, rules = due
            day = (self._zone.wall(at) - self._since_midnight()).date()
            if 0 < self._settings.daily_cap <= asked.get(day.isoformat(), 0):
                cursor = self._zone.instant(datetime.combine(day + _DAY, self._day_start))
                continue
            asked[day.isoformat()] = asked.get(day.isoformat(), 0) + 1
            found.append(Expected(at, rules[0].id, rules[0].routine))
            last = cursor = at
            zeros |= dict.fromkeys(done_with(self._settings.rules, [rule.id for rule in rules]), at)
        return found[:count]

    def _since_midnight(self) -> timedelta:
        return timedelta(hours=self._day_start.hour, minutes=self._day_start.minute)

    def _next(
        self, zeros: dict[str, float], cursor: float, last: float | None
    ) -> tuple[float, Sequence[BreakRule]] | None:
        """The instant of the next prompt, and the rules that ask then, those of times first."""
        dues = [(self._due(rule, zeros[rule.id], cursor), rule) for rule in self._settings.rules]
        known = [(at, rule) for at, rule in dues if at is not None]
        if not known:
            return None
        first = min(at for at, _ in known)
        asking = sorted((rule for at, rule in known if at <= first), key=lambda rule: (not rule.at, -(rule.every or 0)))
        earliest = first if last is None else max(first, last + self._settings.gap * _MINUTE)
        return earliest, asking

    def _due(self, rule: BreakRule, zero: float, cursor: float) -> float | None:
        if rule.every is None:
            return next_time([rule], cursor, self._zone)
        span = rule.every * _MINUTE
        due = max(zero + span, cursor)
        wall = self._zone.wall(due)
        if is_open(rule, wall):
            return due
        opening = next_opening(rule, wall)
        if opening is None:
            return None
        # Overnight the count begins anew; over a closed hour in between it goes on.
        begun = self._zone.instant(opening)
        if opening.date() == self._zone.wall(cursor).date():
            return begun
        later = begun + span
        return later if is_open(rule, self._zone.wall(later)) else begun
