"""The history as lines of text: numbers, curves and bars, all of them readable without colour."""

import re
from collections.abc import Sequence

from textual.content import Content

from stretch_coach.journal.comfort import Change, Trend, around_sessions, over_time
from stretch_coach.journal.statistics import Statistics
from stretch_coach.journal.summary import Summary
from stretch_coach.phrasing import count, percent
from stretch_coach.tui.widgets.bars import average_down, horizontal_bars, vertical_bars

_BARS = re.compile("[\u2581-\u258f]+")
_AXIS_CELLS = 6
_CURVE_LINES = 4
_HOUR_LINES = 3
_MAX_ROUTINES = 8
_MAX_RATINGS = 30


def with_coloured_bars(lines: Sequence[str]) -> Content:
    """Return lines of text with their bars in the accent colour."""
    return Content("\n".join(lines)).highlight_regex(_BARS, style="$text-accent")


def number_line(summary: Summary) -> str:
    """Return the numbers of the history on one line."""
    freezes = count(summary.freezes.left, "freeze")
    shares = f"7 days {percent(summary.adherence_7)} · 28 days {percent(summary.adherence_28)}"
    return f"Longest {count(summary.longest, 'day')} · {shares} · strength {percent(summary.strength)} · {freezes} left"


def trend_lines(statistics: Statistics, width: int) -> list[str]:
    """Return the strength of the habit and the minutes of each week, as curves over the days that are given."""
    columns = max(1, width - _AXIS_CELLS)
    weeks = statistics.weeks()[-columns:]
    cell = max(1, columns // len(weeks))
    strength = average_down([day.strength for day in statistics.days], len(weeks) * cell)
    minutes = [ms / 60_000 for _, ms in weeks]
    first, last = statistics.days[0].day, statistics.days[-1].day
    most = max(minutes, default=0)
    dates = f"{first:%d %b %Y}{f'{last:%d %b %Y}':>{max(12, len(weeks) * cell - 11)}}"
    return [
        f"Habit strength: {percent(statistics.summary.strength)} now",
        *_with_axis(vertical_bars(strength, _CURVE_LINES, most=1.0), "100%", "0%"),
        " " * _AXIS_CELLS + dates,
        "",
        f"Minutes a week: {minutes[-1] if minutes else 0:.0f} this week, {most:.0f} at most",
        *_with_axis(vertical_bars(minutes, _CURVE_LINES, cell), f"{most:.0f}", "0"),
        " " * _AXIS_CELLS + dates,
    ]


def habit_lines(statistics: Statistics, width: int) -> list[str]:
    """Return the sessions by routine and by the hour of the day."""
    if not statistics.habits:
        return ["Your habits will appear here."]
    rows = [
        (habit.title, float(habit.sessions), f"{count(habit.sessions, 'session')}, {habit.done_ms / 60_000:.0f} min")
        for habit in statistics.habits[:_MAX_ROUTINES]
    ]
    cell = max(1, min(3, (width - _AXIS_CELLS) // 24))
    hours = "".join(f"{hour:<{cell * 6}}" for hour in range(0, 24, 6))
    return [
        "By routine",
        *horizontal_bars(rows, width),
        "",
        "Sessions by hour of the day",
        *_with_axis(
            vertical_bars([float(sessions) for sessions in statistics.hours], _HOUR_LINES, cell),
            str(max(statistics.hours)),
            "0",
        ),
        " " * _AXIS_CELLS + hours.rstrip(),
    ]


def comfort_lines(statistics: Statistics) -> list[str]:
    """Return how the neck felt; a change is named only where it is larger than the usual variation."""
    if not statistics.comfort:
        return ["Your ratings before and after sessions will appear here."]
    return [
        "0 = no discomfort, 10 = worst imaginable",
        "",
        _change_line("Over time", over_time(statistics.comfort)),
        _change_line("Before vs after", around_sessions(statistics.comfort)),
        "",
        "Newest first:",
        *(
            f"{pair.day}   before {_rating(pair.before)}   after {_rating(pair.after)}"
            for pair in statistics.comfort[: -_MAX_RATINGS - 1 : -1]
        ),
    ]


def _with_axis(lines: Sequence[str], top: str, bottom: str) -> list[str]:
    marks = [top, *[""] * (len(lines) - 2), bottom]
    return [f"{mark:>{_AXIS_CELLS - 1}} {line}" for mark, line in zip(marks, lines, strict=True)]


def _change_line(what: str, change: Change) -> str:
    if change.trend is Trend.TOO_FEW or change.earlier is None or change.later is None:
        return f"{what}: {Trend.TOO_FEW}"
    return f"{what}: {change.earlier:.1f} → {change.later:.1f}, {change.trend}"


def _rating(rating: int | None) -> str:
    return " –" if rating is None else f"{rating:>2}"
