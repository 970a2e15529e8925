"""The drawings of the report as SVG inside the page: a calendar of days, minutes by week, how the neck felt."""

from collections.abc import Sequence
from datetime import date
from html import escape

from stretch_coach.journal.comfort import ComfortPair
from stretch_coach.journal.statistics import DAY_KIND_WORDS, DayFacts, DayKind

_WIDTH = 680
_LEFT = 34
_SYMBOLS = {DayKind.DONE: "✓", DayKind.PART: "◐", DayKind.FROZEN: "✻", DayKind.REST: "·", DayKind.OPEN: "…"}
_WORDS = DAY_KIND_WORDS | {DayKind.MISSED: "nothing recorded"}
"""A report does not judge, and a day may have been missed by the default plan alone."""


def draw_calendar(days: Sequence[DayFacts]) -> str:
    """Draw a square for each day, a column for each week. Each kind of day has a symbol, so colour is not needed."""
    monday = days[0].day.toordinal() - days[0].day.weekday()
    weeks = (days[-1].day.toordinal() - monday) // 7 + 1
    cell = min(24.0, (_WIDTH - _LEFT) / weeks)
    gap = cell / 10
    parts = []
    for row, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "Sun")):
        parts.append(_text(0, 14 + (row + 0.5) * cell, name, "axis", middle=True))
    month = 0
    for facts in days:
        column, row = divmod(facts.day.toordinal() - monday, 7)
        x, y = _LEFT + column * cell, 14 + row * cell
        if facts.day.month != month and (row == 0 or not month) and (weeks - column) * cell > cell + gap:
            parts.append(_text(x, 10, f"{facts.day:%b}", "axis"))
            month = facts.day.month
        side = cell - gap
        label = f"{facts.day:%a %d %b %Y}: {_WORDS[facts.kind]}, {facts.done_ms / 60_000:.0f} min"
        parts.append(
            f'<g><title>{escape(label)}</title><rect class="day {facts.kind.value}" x="{x:.1f}" y="{y:.1f}" '
            f'width="{side:.1f}" height="{side:.1f}" rx="{side / 6:.1f}"/>'
            + _symbol(facts.kind, x + side / 2, y + side / 2, side)
            + "</g>"
        )
    return _svg("Calendar of days", min(_WIDTH, _LEFT + weeks * cell), 14 + 7 * cell, parts)


def draw_legend() -> str:
    """Draw what the symbols of the calendar mean."""
    parts, x = [], 0.0
    for kind in (DayKind.DONE, DayKind.PART, DayKind.MISSED, DayKind.FROZEN, DayKind.REST, DayKind.OPEN):
        parts.append(f'<rect class="day {kind.value}" x="{x:.0f}" y="1" width="13" height="13" rx="2"/>')
        parts.append(_symbol(kind, x + 6.5, 7.5, 13))
        parts.append(_text(x + 18, 8, _WORDS[kind], "axis", middle=True))
        x += 32 + 5.3 * len(_WORDS[kind])
    return _svg("Meaning of the symbols", _WIDTH, 16, parts)


def draw_weeks(weeks: Sequence[tuple[date, int]]) -> str:
    """Draw a bar for each week, given as its Monday and its milliseconds, as high as its minutes."""
    height, base = 94.0, 78.0
    most = max((ms for _, ms in weeks), default=0) / 60_000 or 1
    step = (_WIDTH - _LEFT) / max(len(weeks), 1)
    parts = [_line(_LEFT, base, _WIDTH, base)]
    parts.append(_text(0, base - 60, f"{most:.0f} min", "axis"))
    every = max(1, round(48 / step))
    for number, (monday, ms) in enumerate(weeks):
        x, bar = _LEFT + number * step, 62 * ms / 60_000 / most
        label = f"Week of {monday:%d %b %Y}: {ms / 60_000:.0f} min"
        parts.append(
            f'<g><title>{label}</title><rect class="bar" x="{x + step * 0.15:.1f}" y="{base - bar:.1f}" '
            f'width="{min(step * 0.7, 40):.1f}" height="{bar:.1f}"/></g>'
        )
        if number % every == 0:
            parts.append(_text(x + step * 0.15, height - 4, f"{monday:%d %b}", "axis"))
    return _svg("Minutes by week", _WIDTH, height, parts)


def draw_comfort(pairs: Sequence[ComfortPair], first: date, last: date) -> str:
    """Draw a ring for each rating before a session, a dot for each after it, and 0 (no discomfort) at the bottom."""
    height, top, base = 130.0, 8.0, 108.0
    days = max(1, (last - first).days)
    parts = []
    for level in (0, 5, 10):
        y = base - (base - top) * level / 10
        parts += [_line(_LEFT, y, _WIDTH, y), _text(10, y, str(level), "axis", middle=True)]
    for pair in pairs:
        x = _LEFT + 8 + (_WIDTH - _LEFT - 16) * (date.fromisoformat(pair.day) - first).days / days
        for rating, kind in ((pair.before, "before"), (pair.after, "after")):
            if rating is not None:
                y = base - (base - top) * rating / 10
                label = f"{pair.day}, {kind}: {rating}"
                parts.append(
                    f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="3.2"><title>{label}</title></circle>'
                )
    parts.append(_text(_LEFT, height - 4, f"{first:%d %b}", "axis"))
    parts.append(_text(_WIDTH - 40, height - 4, f"{last:%d %b}", "axis"))
    return _svg("How the neck felt", _WIDTH, height, parts)


def _symbol(kind: DayKind, x: float, y: float, side: float) -> str:
    if kind not in _SYMBOLS:
        return ""
    return (
        f'<text class="symbol {kind.value}" x="{x:.1f}" y="{y:.1f}" font-size="{side * 0.7:.1f}" '
        f'text-anchor="middle" dominant-baseline="central">{_SYMBOLS[kind]}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, kind: str, *, middle: bool = False) -> str:
    place = ' dominant-baseline="central"' if middle else ""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}"{place}>{escape(text)}</text>'


def _svg(title: str, width: float, height: float, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return f'<svg role="img" aria-label="{escape(title)}" {size}>{"".join(parts)}</svg>'
