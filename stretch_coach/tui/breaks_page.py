"""Reads what the breaks screen shows, for a thread that leaves the screen free."""

from datetime import date, timedelta
from typing import NamedTuple

from stretch_coach.breaks.forecast import ExpectedPrompt, Forecast
from stretch_coach.breaks.preview import DAY_MINUTES, open_spans
from stretch_coach.breaks.status import Status, count_today, find_status
from stretch_coach.breaks.timetable import TimeZone
from stretch_coach.context import Context
from stretch_coach.journal.prompts import AnswerCount, PromptRecord, count_answers, list_answers
from stretch_coach.tui.widgets.day_line import EXPECTED, LineDay, Mark

_WEEK_DAYS = 7
_WEEK = timedelta(days=_WEEK_DAYS)
_WEEKS_OF_ANSWERS = timedelta(days=27)
_MAX_EXPECTED = 1008
"""As many prompts as fit into a week, with at least ten minutes between two."""


class BreaksOverview(NamedTuple):
    """What the screen shows.

    Attributes:
        status: How the day is going.
        expected: The prompts of the next seven days.
        answers: The answers of the last four weeks.
        week: The days of this week, from Monday.
    """

    status: Status
    expected: list[ExpectedPrompt]
    answers: list[AnswerCount]
    week: list[LineDay]

    @property
    def today(self) -> LineDay:
        """Today."""
        return next(day for day in self.week if day.now is not None)


def load_overview(context: Context) -> BreaksOverview:
    """Return what the screen shows.

    Raises:
        CoachError: The history cannot be read.
    """
    status = find_status(context.places, context.settings, context.clock)._replace(today=count_today(context))
    forecast = Forecast(status.settings, status.zone, context.settings.record.day_start)
    expected = forecast.predict(status.state, status.now, _MAX_EXPECTED, status.paused_until)
    until = status.now + _WEEK.total_seconds()
    expected = [one for one in expected if one.at <= until]
    today = status.zone.wall(status.now).date()
    monday = today - timedelta(days=today.weekday())
    with context.history() as database:
        answers = count_answers(database, (context.today - _WEEKS_OF_ANSWERS).isoformat())
        given = list_answers(database, (monday - timedelta(days=1)).isoformat())
    return BreaksOverview(status, expected, answers, _week(status, monday, given, expected))


def _week(status: Status, monday: date, given: list[PromptRecord], expected: list[ExpectedPrompt]) -> list[LineDay]:
    marks: dict[date, list[Mark]] = {}
    for record in given:
        day, minute = _place_of(record.answered_ms // 1000 + record.utc_offset_s)
        marks.setdefault(day, []).append(Mark(minute, record.answer.value))
    for one in expected:
        wall = status.zone.wall(one.at)
        marks.setdefault(wall.date(), []).append(Mark(wall.hour * 60 + wall.minute, EXPECTED))
    now = status.zone.wall(status.now)
    days = [monday + timedelta(days=number) for number in range(_WEEK_DAYS)]
    return [
        LineDay(
            day,
            open_spans(status.settings.rules, day),
            marks.get(day, ()),
            now.hour * 60 + now.minute if day == now.date() else None,
            _paused_part(status.zone, day, status.now, status.paused_until),
        )
        for day in days
    ]


def _place_of(wall_seconds: int) -> tuple[date, int]:
    """Return the day and the minute of seconds since 1970 by a wall clock."""
    days, seconds = divmod(wall_seconds, DAY_MINUTES * 60)
    return date(1970, 1, 1) + timedelta(days=days), seconds // 60


def _paused_part(zone: TimeZone, day: date, now: float, until: float | None) -> tuple[int, int] | None:
    """Return the part of a day that a pause takes, as minutes since midnight, or None if it takes none."""
    if until is None:
        return None
    start, end = zone.wall(now), zone.wall(until)
    if not start.date() <= day <= end.date():
        return None
    first = start.hour * 60 + start.minute if day == start.date() else 0
    return first, end.hour * 60 + end.minute if day == end.date() else DAY_MINUTES
