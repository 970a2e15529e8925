"""When prompts will come, if the user keeps working and takes each break when it is offered."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from stretch_coach.breaks.prompt import Phase
from stretch_coach.breaks.rules import is_open, next_opening, satisfied_rules
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.timetable import TimeZone, next_time, wall_timestamp
from stretch_coach.settings import BreakRule, BreakSettings

_MINUTE = 60.0
_DAY = timedelta(days=1)
_HORIZON_SECONDS = 30 * 86_400.0


class ExpectedPrompt(NamedTuple):
    """A prompt that is expected.

    Attributes:
        at: The instant.
        rule: The id of the rule that asks.
        routine: The id of the routine that is offered.
    """

    at: float
    rule: str
    routine: str

    def to_json(self, zone: TimeZone) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"at": wall_timestamp(zone, self.at), "rule": self.rule, "routine": self.routine}


class Forecast:
    """Predicts prompts from what has been counted so far.

    Args:
        settings: The rules, and the least time between prompts.
        zone: The zone of the wall clock.
        day_start: When a day of the history begins.
    """

    def __init__(self, settings: BreakSettings, zone: TimeZone, day_start: time = time(4)) -> None:
        self._settings = settings
        self._zone = zone
        self._day_start = day_start

    def predict(
        self, state: DayState, now: float, count: int, paused_until: float | None = None
    ) -> list[ExpectedPrompt]:
        """Return the next prompts, in order.

        Args:
            state: What has been counted so far.
            now: The instant to start from.
            count: How many to return, at most.
            paused_until: When a pause ends, if there is one.
        """
        found: list[ExpectedPrompt] = []
        last = None if state.since_asked is None else now - state.since_asked
        counted_from = {rule.id: now - state.active_for(rule.id) for rule in self._settings.rules}
        asked = {state.day: state.asked}
        cursor = max(now, paused_until or now)
        if state.prompt and state.prompt.phase is not Phase.STARTED and not paused_until:
            again = now if state.prompt.phase is Phase.ASKING else now + state.prompt.left
            found.append(ExpectedPrompt(again, state.prompt.rules[0], state.prompt.routine))
            last = cursor = again
            counted_from |= dict.fromkeys(satisfied_rules(self._settings.rules, state.prompt.rules), again)
        while len(found) < count and cursor - now <= _HORIZON_SECONDS:
            due = self._next(counted_from, cursor, last)
            if due is None:
                break
            at, rules = due
            day = (self._zone.wall(at) - self._since_midnight()).date()
            if 0 < self._settings.daily_cap <= asked.get(day.isoformat(), 0):
                cursor = self._zone.instant(datetime.combine(day + _DAY, self._day_start))
                continue
            asked[day.isoformat()] = asked.get(day.isoformat(), 0) + 1
            found.append(ExpectedPrompt(at, rules[0].id, rules[0].routine))
            last = cursor = at
            counted_from |= dict.fromkeys(satisfied_rules(self._settings.rules, [rule.id for rule in rules]), at)
        return found[:count]

    def _since_midnight(self) -> timedelta:
        return timedelta(hours=self._day_start.hour, minutes=self._day_start.minute)

    def _next(
        self, counted_from: dict[str, float], cursor: float, last: float | None
    ) -> tuple[float, Sequence[BreakRule]] | None:
        """Return the instant of the next prompt and the rules that ask then, fixed-time rules first."""
        dues = [(self._due(rule, counted_from[rule.id], cursor), rule) for rule in self._settings.rules]
        known = [(at, rule) for at, rule in dues if at is not None]
        if not known:
            return None
        first = min(at for at, _ in known)
        asking = sorted((rule for at, rule in known if at <= first), key=lambda rule: (not rule.at, -(rule.every or 0)))
        earliest = first if last is None else max(first, last + self._settings.gap * _MINUTE)
        return earliest, asking

    def _due(self, rule: BreakRule, counted_from: float, cursor: float) -> float | None:
        if rule.every is None:
            return next_time([rule], cursor, self._zone)
        span = rule.every * _MINUTE
        due = max(counted_from + span, cursor)
        wall = self._zone.wall(due)
        if is_open(rule, wall):
            return due
        opening = next_opening(rule, wall)
        if opening is None:
            return None
        # The count continues over a closed hour within the day, and restarts overnight.
        opens = self._zone.instant(opening)
        if opening.date() == self._zone.wall(cursor).date():
            return opens
        later = opens + span
        return later if is_open(rule, self._zone.wall(later)) else opens
