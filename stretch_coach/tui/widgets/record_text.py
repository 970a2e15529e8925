"""The record in lines of text: numbers, curves and bars, all of them readable without colour."""

from stretch_coach.journal.comfort import Change, Trend, around_sessions, over_time
from stretch_coach.journal.statistics import Statistics
from stretch_coach.journal.summary import Summary
from stretch_coach.journal.wording import days_text
from stretch_coach.tui.widgets.bars import fold, lying_bars, standing_bars

_AXIS = 6
_CURVE_HEIGHT = 4
_ROUTINES = 8


def number_line(summary: Summary) -> str:
    """The record's numbers on one line."""
    freezes = "1 freeze" if summary.freezes.left == 1 else f"{summary.freezes.left} freezes"
    shares = f"7 days {_percent(summary.adherence_7)} · 28 days {_percent(summary.adherence_28)}"
    return f"Longest {days_text(summary.longest)} · {shares} · strength {_percent(summary.strength)} · {freezes} left"


def trend_lines(found: Statistics, width: int) -> list[str]:
    """The strength curve and the minutes of each week, over the days that are shown."""
    columns = max(1, width - _AXIS)
    weeks = found.weeks()[-columns:]
    cell = max(1, columns // len(weeks))
    curve = fold([day.strength for day in found.days], len(weeks) * cell)
    minutes = [ms / 60_000 for _, ms in weeks]
    span = f"{found.days[0].day:%d %b %Y} to {found.days[-1].day:%d %b %Y}"
    most = max(minutes, default=0)
    return [
        f"Strength, {span}: now {_percent(found.summary.strength)}",
        *_with_axis(standing_bars(curve, _CURVE_HEIGHT, most=1.0), "100%", "0%"),
        "",
        f"Minutes a week: at most {most:.0f}, this week {minutes[-1] if minutes else 0:.0f}",
        *_with_axis(standing_bars(minutes, _CURVE_HEIGHT, cell), f"{most:.0f}", "0"),
    ]


def habit_lines(found: Statistics, width: int) -> list[str]:
    """Sessions by routine and by the hour of the day, over the whole record."""
    if not found.habits:
        return ["What you do, and when, will stand here."]
    rows = [
        (one.title, float(one.sessions), f"{one.sessions}, {one.done_ms / 60_000:.0f} min")
        for one in found.habits[:_ROUTINES]
    ]
    cell = 3 if width >= 24 * 3 + _AXIS else 2 if width >= 24 * 2 + _AXIS else 1
    hours = "".join(f"{hour:<{cell * 6}}" for hour in range(0, 24, 6))
    return [
        "By routine",
        *lying_bars(rows, width),
        "",
        "By the hour at which they began",
        *_with_axis(standing_bars([float(one) for one in found.hours], 3, cell), str(max(found.hours)), "0"),
        " " * _AXIS + hours.rstrip(),
    ]


def comfort_lines(found: Statistics) -> list[str]:
    """How the neck felt, where it was told; changes only above their thresholds."""
    if not found.comfort:
        return [
            "How your neck feels, before and after, will stand here if you tell it. 0 is no discomfort, 10 the worst."
        ]
    return [
        "0 is no discomfort, 10 the worst imaginable.",
        "",
        _said("From the beginning of the record to now", over_time(found.comfort)),
        _said("From before sessions to after them", around_sessions(found.comfort)),
        "",
        "Newest first:",
        *(f"{one.day}   before {_rating(one.before)}   after {_rating(one.after)}" for one in found.comfort[:-31:-1]),
    ]


def _with_axis(lines: list[str], top: str, bottom: str) -> list[str]:
    marks = [top, *[""] * (len(lines) - 2), bottom]
    return [f"{mark:>{_AXIS - 1}} {line}" for mark, line in zip(marks, lines, strict=True)]


def _said(what: str, change: Change) -> str:
    if change.trend is Trend.TOO_FEW or change.earlier is None or change.later is None:
        return f"{what}: {Trend.TOO_FEW}."
    return f"{what}: {change.trend} (mean {change.earlier:.1f}, then {change.later:.1f})."


def _rating(rating: int | None) -> str:
    return " –" if rating is None else f"{rating:>2}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
