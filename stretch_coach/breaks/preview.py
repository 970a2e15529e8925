"""When rules may ask on a day, and what one rule by itself would do. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from stretch_coach.breaks.forecast import Forecast
from stretch_coach.breaks.rules import next_opening
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.timetable import TimeZone
from stretch_coach.settings import BreakRule, BreakSettings

DAY_MINUTES = 1440
_DAY = timedelta(days=1)
_MAX_PROMPTS = 288
"""More than fit into a day."""


class RulePreview(NamedTuple):
    """What one rule would do.

    Attributes:
        today: The wall times of its prompts today, in order.
        following: The wall time of the first prompt after today, or None if there is none within a month.
        from_now: Whether the rule may always ask, so that its prompts are counted from now on.
    """

    today: list[datetime]
    following: datetime | None
    from_now: bool = False


def open_spans(rules: Iterable[BreakRule], day: date) -> list[tuple[int, int]]:
    """Return the parts of a day in which any active-time rule may ask, in order, as minutes since midnight."""
    spans: list[tuple[int, int]] = []
    for rule in rules:
        if rule.every is None:
            continue
        is_on, was_on = day.weekday() in rule.days, (day - _DAY).weekday() in rule.days
        if not rule.windows and is_on:
            spans.append((0, DAY_MINUTES))
        for window in rule.windows:
            start, end = _minutes(window.start), _minutes(window.end)
            if start < end:
                spans += [(start, end)] if is_on else []
            else:  # it continues past midnight
                spans += [(start, DAY_MINUTES)] if is_on else []
                spans += [(0, end)] if was_on and end else []
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def preview_rule(rule: BreakRule, settings: BreakSettings, now: float, zone: TimeZone, day_start: time) -> RulePreview:
    """Return what one rule would do if the user worked whenever it may ask, and took each break.

    Args:
        rule: The rule.
        settings: The least time between two prompts, and how many there are a day.
        now: The instant.
        zone: The zone of the wall clock.
        day_start: When a day of the history begins.
    """
    wall = zone.wall(now)
    midnight = datetime.combine(wall.date(), time())
    start = midnight
    always = rule.every is not None and not rule.windows
    if always:
        start = wall
    elif rule.every is not None:
        start = next_opening(rule, midnight) or midnight
    forecast = Forecast(settings._replace(rules=(rule,)), zone, day_start)
    # A fixed time that is exactly at midnight comes too.
    found = forecast.predict(DayState(), zone.instant(start) - (0 if rule.every else 1), _MAX_PROMPTS)
    times = [zone.wall(one.at) for one in found]
    following = next((one for one in times if one.date() > wall.date()), None)
    return RulePreview([one for one in times if one.date() == wall.date()], following, always)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
