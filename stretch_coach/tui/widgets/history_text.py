"""The numbers of the history beside its map."""

from textual.content import Content

from stretch_coach.journal.statistics import Statistics
from stretch_coach.journal.summary import Summary
from stretch_coach.phrasing import count, percent

_QUIET = "$text-muted"
_LABEL_CELLS = 10


def number_line(summary: Summary) -> str:
    """Return the numbers of the history on one line."""
    freezes = count(summary.freezes.left, "freeze")
    shares = f"7 days {percent(summary.adherence_7)} · 28 days {percent(summary.adherence_28)}"
    return f"Longest {count(summary.longest, 'day')} · {shares} · strength {percent(summary.strength)} · {freezes} left"


def number_lines(statistics: Statistics) -> Content:
    """Return the numbers of the history, a line each."""
    summary = statistics.summary
    hours, minutes = divmod(round(sum(day.done_ms for day in statistics.days) / 60_000), 60)
    rows = [
        ("Streak", count(summary.streak.length, "day")),
        ("Longest", count(summary.longest, "day")),
        ("7 days", percent(summary.adherence_7)),
        ("28 days", percent(summary.adherence_28)),
        ("Strength", percent(summary.strength)),
        ("Freezes", f"{summary.freezes.left} left"),
        ("Total", f"{hours} h {minutes} m" if hours else f"{minutes} min"),
    ]
    return Content("\n").join(
        Content.assemble((f"{label:<{_LABEL_CELLS}}", _QUIET), (value, "bold")) for label, value in rows
    )
