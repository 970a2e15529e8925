"""Times of the day: when the wall clock shows them, and which of them have come.

A wall time that a clock change skips is moved by the length of the change, and one that occurs twice counts the first
time: RFC 5545, section 3.3.5. Instants are seconds since 1970-01-01T00:00Z.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

from stretch_coach.breaks.rules import HORIZON_DAYS
from stretch_coach.breaks.state import DayState
from stretch_coach.settings import BreakRule, BreakSettings

_DAY = timedelta(days=1)
_STALE_SECONDS = 300.0
"""A time that came longer ago, because the clock was set forward, is not asked for any more."""

_CLOCK_SET_BACK_SECONDS = 86_400.0
"""A clock that is set back by more was wrong before; the times seen until then are forgotten."""


class TimeZone(Protocol):
    """The part of a time zone that breaks need."""

    def wall(self, instant: float) -> datetime:
        """Return what the wall clock shows at an instant, without a zone."""

    def instant(self, wall: datetime) -> float:
        """Return when the wall clock shows a time."""


class SystemZone:
    """The zone of the machine, wherever the user is. A process notices a change only after `time.tzset()`."""

    def wall(self, instant: float) -> datetime:
        """Return what the wall clock shows at an instant, without a zone."""
        return datetime.fromtimestamp(instant).replace(fold=0)  # noqa: DTZ006 - the system's zone is meant

    def instant(self, wall: datetime) -> float:
        """Return when the wall clock shows a time."""
        return wall.replace(fold=0).timestamp()


def offset_seconds(zone: TimeZone, instant: float) -> int:
    """Return how many seconds the wall clock is ahead of UTC at an instant."""
    return round((zone.wall(instant).replace(tzinfo=UTC).timestamp() - instant) / 60) * 60


def wall_timestamp(zone: TimeZone, instant: float) -> str:
    """Return an instant as RFC 3339 with the offset of the wall clock, to the second."""
    offset = timezone(timedelta(seconds=offset_seconds(zone, instant)))
    return datetime.fromtimestamp(round(instant), offset).isoformat()


def times_between(rule: BreakRule, after: float, until: float, zone: TimeZone) -> list[tuple[float, datetime]]:
    """Return the times of a rule later than one instant and no later than another, in order.

    Returns:
        Each instant with the wall time of the rule, which a clock change may make differ from what the clock shows.
    """
    # A day more on both sides, because a wall time may be moved past midnight.
    day, last = zone.wall(after).date() - 2 * _DAY, zone.wall(until).date() + _DAY
    found: dict[float, datetime] = {}
    while day <= last:
        if day.weekday() in rule.days:
            for at in rule.at:
                wall = datetime.combine(day, at)
                instant = zone.instant(wall)
                if after < instant <= until:
                    found.setdefault(instant, wall)
        day += _DAY
    return sorted(found.items())


def next_time(rules: Sequence[BreakRule], after: float, zone: TimeZone) -> float | None:
    """Return the first instant after another at which a fixed-time rule asks, or None without such a rule."""
    until = after + HORIZON_DAYS * _DAY.total_seconds()
    instants = (times_between(rule, after, until, zone) for rule in rules if rule.at)
    return min((found[0][0] for found in instants if found), default=None)


class Timetable:
    """Finds the fixed-time rules whose time has come. Each time comes once, whatever the clock and the zone do.

    Args:
        zone: The zone of the wall clock.
    """

    def __init__(self, zone: TimeZone) -> None:
        self._zone = zone
        self._upcoming: tuple[Sequence[BreakRule], int, float | None] | None = None

    @property
    def upcoming(self) -> float | None:
        """The instant of the next time, or None if it is not known."""
        return self._upcoming[2] if self._upcoming else None

    def advance(self, state: DayState, settings: BreakSettings, wall: float) -> tuple[DayState, list[BreakRule]]:
        """Find the rules whose time has come since this was last called.

        Args:
            state: The state, in which `times_seen_until` and `asked_times` say what has come before. A time that comes
                during an absence long enough to be a break needs no prompt.
            settings: The rules, and how long before its time a prompt is announced.
            wall: The instant.

        Returns:
            The state in which these times have been seen, and the rules.
        """
        until = wall + settings.heads_up
        after = state.times_seen_until
        if after is None or after - until > _CLOCK_SET_BACK_SECONDS:
            after = until
        state = state._replace(times_seen_until=max(after, until))
        upcoming = self._find_upcoming(settings.rules, after, wall)
        if upcoming is None or upcoming > until:
            return state, []
        self._upcoming = None
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

    def _find_upcoming(self, rules: Sequence[BreakRule], after: float, wall: float) -> float | None:
        """Return the instant of the next time. It is computed again only when it may have changed."""
        offset = offset_seconds(self._zone, wall)
        if self._upcoming and self._upcoming[0] is rules and self._upcoming[1] == offset:
            known = self._upcoming[2]
            if known is None or known > after:
                return known
        found = next_time(rules, after, self._zone)
        self._upcoming = (rules, offset, found)
        return found


def _is_new(asked: str | None, at: datetime) -> bool:
    """Return whether a time has not been asked for before. It comes twice when the user travels west."""
    if asked is None:
        return True
    before = datetime.fromisoformat(asked)
    return at > before or before - at > timedelta(days=1)
