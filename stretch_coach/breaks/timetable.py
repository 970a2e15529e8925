"""The times of the day that come: each is seen once, whatever the clock and the zone do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from stretch_coach.breaks.rules import next_time, times_between
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.zone import Zone, offset_seconds
from stretch_coach.settings import BreakRule, BreakSettings

_STALE_SECONDS = 300.0
"""A time that has been for longer, because the clock was set forward, is not asked for any more."""

_CLOCK_SET_BACK_SECONDS = 86_400.0
"""A clock that is set back by more had been wrong before; what was seen until then is forgotten."""


class Timetable:
    """Finds the rules of times whose time has come.

    Args:
        zone: The zone of the wall clock.
    """

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._ahead: tuple[Sequence[BreakRule], int, float | None] | None = None

    @property
    def ahead(self) -> float | None:
        """The instant of the next time, as far as it is known."""
        return self._ahead[2] if self._ahead else None

    def come(self, state: DayState, settings: BreakSettings, wall: float) -> tuple[DayState, list[BreakRule]]:
        """The rules whose time has come since it was last looked, and the state in which they are seen.

        Args:
            state: Until when it was looked, and who is at the screen: a time that comes in an absence that is a break
                by itself is done with by that.
            settings: The rules, and how long before a time it is announced.
            wall: The instant.
        """
        until = wall + settings.heads_up
        after = state.looked_until
        if after is None or after - until > _CLOCK_SET_BACK_SECONDS:
            after = until
        state = state._replace(looked_until=max(after, until))
        ahead = self._next_time(settings.rules, after, wall)
        if ahead is None or ahead > until:
            return state, []
        self._ahead = None
        due = []
        for rule in settings.rules:
            times = times_between(rule, after, until, self._zone)
            new = [(instant, at) for instant, at in times if _is_new(state.asked_times.get(rule.id), at)]
            if not new:
                continue
            instant, at = new[-1]
            asked = {**state.asked_times, rule.id: at.isoformat(timespec="minutes")}
            state = state._replace(asked_times=asked)
            if wall - instant <= _STALE_SECONDS and not state.seat.rested:
                due.append(rule)
        return state, due

    def _next_time(self, rules: Sequence[BreakRule], after: float, wall: float) -> float | None:
        """When the next time comes; worked out anew only when that may have changed."""
        offset = offset_seconds(self._zone, wall)
        if self._ahead and self._ahead[0] is rules and self._ahead[1] == offset:
            known = self._ahead[2]
            if known is None or known > after:
                return known
        found = next_time(rules, after, self._zone)
        self._ahead = (rules, offset, found)
        return found


def _is_new(asked: str | None, at: datetime) -> bool:
    """Whether a time was not asked for before: who travels west meets it twice."""
    if asked is None:
        return True
    before = datetime.fromisoformat(asked)
    return at > before or before - at > timedelta(days=1)
