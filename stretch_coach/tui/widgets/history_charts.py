"""The sections of the history screen that show trends, habits and comfort: charts with a sentence each."""

from collections.abc import Sequence
from datetime import date
from statistics import fmean

from textual.content import Content

from stretch_coach.journal.comfort import ComfortChange, ComfortPair, Trend, around_sessions, over_time
from stretch_coach.journal.statistics import DayFacts, Statistics
from stretch_coach.journal.year_map import Week, kept_by_month, sum_weekdays, sum_weeks
from stretch_coach.phrasing import count, percent
from stretch_coach.tui.widgets.charts import (
    AXIS_CELLS,
    ChartScale,
    average_down,
    bar_rows,
    beside,
    columns_chart,
    dumbbell,
    heading,
    scale_for,
    spaced,
    time_axis,
)
from stretch_coach.tui.widgets.map_symbols import month_line

TWO_COLUMNS_FROM = 110
"""From this width on, two charts are next to each other."""

_GAP = 4
_MIN_HEIGHT, _MAX_HEIGHT = 4, 24
_AROUND = 4
"""The lines of a chart besides its columns: title, key, axis and names."""

_MONTHS, _MONTH_CELLS = 15, 4
_MAX_WEEKS = 53
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS = 24
_MAX_ROUTINES = 16
_MAX_PAIRS = 40
_DAYS_OF_WEEK = 7
_QUIET = "$text-muted"


def trend_lines(statistics: Statistics, width: int, height: int) -> list[Content]:
    """Return what was done each week, the strength of the habit, and how much of the plan was kept each month.

    Args:
        statistics: The history.
        width: The cells of a line.
        height: How many lines there are; more may be returned.
    """
    across = width >= TWO_COLUMNS_FROM
    each = (width - _GAP) // 2 if across else width
    tall = max(_MIN_HEIGHT, min(_MAX_HEIGHT, (height - 2 * _AROUND - 1) // 2)) // 2 * 2
    weeks = _shown_weeks(statistics.days, each)
    charts = [
        _sessions(weeks, each, tall),
        _minutes(weeks, each, tall),
        _strength(statistics, each, tall),
        _kept(statistics.days, each, tall),
    ]
    if across:
        return [
            *beside(charts[0], charts[1], each, _GAP),
            Content(""),
            *beside(charts[2], charts[3], each, _GAP),
        ]
    return [line for chart in charts for line in (*chart, Content(""))][:-1]


def habit_lines(statistics: Statistics, width: int, height: int) -> list[Content]:
    """Return the sessions by routine, by weekday and by hour."""
    if not statistics.habits:
        return [Content("Your habits will appear here.")]
    across = width >= TWO_COLUMNS_FROM
    each = (width - _GAP) // 2 if across else width
    weekdays = _weekdays(statistics, each)
    tall = max(_MIN_HEIGHT, min(_MAX_HEIGHT, height - len(weekdays) - _AROUND)) // 2 * 2 if across else _MIN_HEIGHT + 2
    hours = _hours(statistics, each, tall)
    routines = _routines(statistics, each, height if across else 0)
    rest = [*hours, Content(""), *weekdays]
    return beside(routines, rest, each, _GAP) if across else [*routines, Content(""), *rest]


def comfort_lines(statistics: Statistics, width: int, height: int) -> list[Content]:
    """Return how the neck felt. A change is named only where it is larger than the usual variation."""
    pairs = statistics.comfort
    if not pairs:
        return [Content("Your ratings before and after sessions will appear here.")]
    across = width >= TWO_COLUMNS_FROM
    each = (width - _GAP) // 2 if across else width
    summary = [
        heading("How your neck felt", "0 = no discomfort, 10 = worst imaginable"),
        _change_line("Over time, before sessions", over_time(pairs)),
        _change_line("Before vs after", around_sessions(pairs)),
        Content(""),
        *_months(pairs, each, height - 4 if across else 0),
    ]
    rows = _pairs(pairs, each)
    return beside(summary, rows, each, _GAP) if across else [*summary, Content(""), *rows]


def _shown_weeks(days: Sequence[DayFacts], width: int) -> list[Week]:
    """Return the weeks for which there is space."""
    return sum_weeks(days)[-min(_MAX_WEEKS, (width - AXIS_CELLS) // 2) :]


def _sessions(weeks: Sequence[Week], width: int, height: int) -> list[Content]:
    now = weeks[-1]
    planned = f" of {now.planned} planned" if now.planned else ""
    values, goals = [float(week.sessions) for week in weeks], [float(week.planned) for week in weeks]
    key = "planned" if any(goals) else ""
    title = heading("Sessions a week", f"{now.sessions}{planned} so far this week")
    return [title, _goal_key(key), *_week_chart(weeks, values, goals, width, height)]


def _minutes(weeks: Sequence[Week], width: int, height: int) -> list[Content]:
    values = [week.done_ms / 60_000 for week in weeks]
    usual = fmean(values[:-1]) if values[1:] else 0.0
    title = heading("Minutes a week", f"{values[-1]:.0f} min so far this week")
    key = f"{usual:.0f} min on average" if usual else ""
    return [title, _goal_key(key), *_week_chart(weeks, values, [usual] * len(values), width, height)]


def _week_chart(
    weeks: Sequence[Week], values: Sequence[float], goals: Sequence[float], width: int, height: int
) -> list[Content]:
    cell = max(2, min(3, (width - AXIS_CELLS) // len(weeks)))
    names = month_line(weeks[0].monday.toordinal(), len(weeks), cell)
    return [
        *columns_chart(values, height, scale_for(max(*values, *goals)), cell=cell, goals=goals),
        *time_axis(names, len(weeks) * cell),
    ]


def _goal_key(words: str) -> Content:
    return Content.assemble(" " * AXIS_CELLS, ("━", "$text-warning"), (f" {words}", _QUIET)) if words else Content("")


def _kept(days: Sequence[DayFacts], width: int, height: int) -> list[Content]:
    months = kept_by_month(days)[-min(_MONTHS, (width - AXIS_CELLS) // _MONTH_CELLS) :]
    title = heading("Plan kept, by month", "share of planned sessions done")
    if not months:
        return [title, Content("Your plan's months will appear here.")]
    names = "".join(f"{month:%b} " for month, _ in months).rstrip()
    chart = columns_chart([share * 100 for _, share in months], height, ChartScale(100, "%"), cell=_MONTH_CELLS)
    return [title, Content(""), *chart, *time_axis(names, len(months) * _MONTH_CELLS)]


def _strength(statistics: Statistics, width: int, height: int) -> list[Content]:
    columns = width - AXIS_CELLS
    days = statistics.days
    values = average_down([day.strength * 100 for day in days], columns)
    cell = max(1, columns // len(values))
    now = percent(statistics.summary.strength)
    first, last = days[0].day, days[-1].day
    cells = len(values) * cell
    names = f"{first:%d %b %Y}{f'{last:%d %b %Y}':>{max(12, cells - 11)}}"
    return [
        heading("Habit strength", f"{now} now"),
        Content(""),
        *columns_chart(values, height, ChartScale(100, "%"), cell=cell, gap=False),
        *time_axis(names, cells),
    ]


def _routines(statistics: Statistics, width: int, height: int) -> list[Content]:
    rows = [
        (habit.title, float(habit.sessions), f"{habit.sessions:>4}  {_hours_and_minutes(habit.done_ms):>11}")
        for habit in statistics.habits[:_MAX_ROUTINES]
    ]
    label = Content.styled("sessions         time".rjust(width), _QUIET)
    title = heading("By routine")
    return [title + label[title.cell_length :], *spaced(bar_rows(rows, width), height - 1)]


def _hours(statistics: Statistics, width: int, height: int) -> list[Content]:
    most = max(statistics.hours)
    cell = max(1, min(3, (width - AXIS_CELLS) // _HOURS))
    usual = f"most often at {statistics.hours.index(most)}:00"
    names = "".join(f"{f'{hour}:00':<{cell * 6}}" for hour in range(0, _HOURS, 6)).rstrip()
    return [
        heading("Sessions by hour of the day", usual),
        *columns_chart([float(number) for number in statistics.hours], height, scale_for(most), cell=cell),
        *time_axis(names, cell * _HOURS),
    ]


def _weekdays(statistics: Statistics, width: int) -> list[Content]:
    sums = sum_weekdays(statistics.days)
    rows = [(name, float(number), f"{number:>4}") for name, number in zip(_WEEKDAYS, sums, strict=True)]
    return [heading("By weekday", "sessions"), *bar_rows(rows, width)]


def _months(pairs: Sequence[ComfortPair], width: int, height: int) -> list[Content]:
    """Return the mean rating before sessions of each month, as bars."""
    months: dict[str, list[int]] = {}
    for pair in pairs:
        if pair.before is not None:
            months.setdefault(pair.day[:7], []).append(pair.before)
    rows = [
        (_month(month), fmean(found), f"{fmean(found):4.1f}  {count(len(found), 'rating'):>10}")
        for month, found in list(months.items())[-12:]
    ]
    return [heading("Before sessions, by month", "mean"), *spaced(bar_rows(rows, width), height - 1)] if rows else []


def _pairs(pairs: Sequence[ComfortPair], width: int) -> list[Content]:
    cells = min(41, width - 22)
    scale = Content.styled(f"{'':12}0{'10':>{cells - 1}}", _QUIET)
    rows = []
    for pair in pairs[: -_MAX_PAIRS - 1 : -1]:
        day = f"{date.fromisoformat(pair.day):%d %b %Y}"
        numbers = f"  {_rating(pair.before)} → {_rating(pair.after)}"
        rows.append(Content.assemble((f"{day} ", _QUIET), dumbbell(pair.before, pair.after, cells), numbers))
    key = Content.assemble("○ before  ", ("●", "$text-accent"), " after")
    return [heading("Before and after", "newest first"), key, scale, *rows]


def _month(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%b %Y}"


def _change_line(what: str, change: ComfortChange) -> Content:
    if change.trend is Trend.TOO_FEW or change.earlier is None or change.later is None:
        return Content(f"{what}: {Trend.TOO_FEW}")
    return Content.assemble(f"{what}: ", (f"{change.earlier:.1f} → {change.later:.1f}", "bold"), f", {change.trend}")


def _rating(rating: int | None) -> str:
    return " –" if rating is None else f"{rating:>2}"


def _hours_and_minutes(ms: int) -> str:
    hours, minutes = divmod(round(ms / 60_000), 60)
    return f"{hours} h {minutes:>2} min" if hours else f"{minutes} min"
