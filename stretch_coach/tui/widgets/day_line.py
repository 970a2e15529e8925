"""A day of breaks as a line: when prompts may come, how they were answered, those to expect, and now."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from textual.content import Content

from stretch_coach.journal.prompts import Answer
from stretch_coach.phrasing import count

NAME_CELLS = 8
"""The cells of the name before a line."""

_HOUR = 60
_DAY = 24 * _HOUR
_LEAST_SPAN = 8 * _HOUR
_USUAL = (9 * _HOUR, 17 * _HOUR)
_LABEL_CELLS = 6
_QUIET, _OPEN, _NOW, _PAUSE = "$text-muted", "$accent", "$text-warning", "$text-warning"
_CLOSED = "$foreground 25%"
_OPEN_SYMBOL, _CLOSED_SYMBOL, _PAUSE_SYMBOL, _NOW_SYMBOL = "━", "─", "╍", "▼"
EXPECTED = "expected"
_SYMBOLS = {
    Answer.STARTED.value: ("✓", "bold $text-accent"),
    Answer.SNOOZED.value: ("z", "bold $text-warning"),
    Answer.SKIPPED.value: ("×", "bold $text-error"),
    Answer.MISSED.value: ("?", "bold $text-error"),
    Answer.NATURAL.value: ("~", "bold $text-primary"),
    EXPECTED: ("○", "$foreground"),
}
_WORDS = {Answer.NATURAL.value: ("natural break", "natural breaks")}


class Mark(NamedTuple):
    """Something on the line: its minute since midnight, and its kind, the value of an `Answer` or `EXPECTED`."""

    minute: int
    kind: str


class LineDay(NamedTuple):
    """One day.

    Attributes:
        day: The day.
        spans: When active-time rules may ask, as minutes since midnight.
        marks: What happened or is expected, in order.
        now: The minute of now, or None on another day.
        pause: From when to when prompts are paused, as minutes since midnight, or None.
    """

    day: date
    spans: Sequence[tuple[int, int]]
    marks: Sequence[Mark]
    now: int | None = None
    pause: tuple[int, int] | None = None


class TimeScale(NamedTuple):
    """Which part of a day is shown, in how many cells: the first minute, the minute after the last, the cells."""

    start: int
    end: int
    cells: int

    def cell(self, minute: int) -> int:
        """Return the cell of a minute, which may be outside."""
        return (minute - self.start) * self.cells // (self.end - self.start)


def fit_scale(days: Sequence[LineDay], cells: int) -> TimeScale:
    """Return the scale that shows everything of the days in whole hours, at least eight of them."""
    minutes = [edge for day in days for span in day.spans for edge in span]
    minutes += [mark.minute for day in days for mark in day.marks]
    minutes += [day.now for day in days if day.now is not None]
    if not any(day.spans or day.marks for day in days):
        minutes += _USUAL
    start = min(minutes) // _HOUR * _HOUR
    end = min(_DAY, -(-(max(minutes) + 1) // _HOUR) * _HOUR)
    if end - start < _LEAST_SPAN:
        start = max(0, min(start, _DAY - _LEAST_SPAN))
        end = start + _LEAST_SPAN
    return TimeScale(start, end, max(1, cells))


def hour_line(scale: TimeScale) -> Content:
    """Return the hours above a line."""
    hours = range(scale.start // _HOUR, scale.end // _HOUR)
    step = next((step for step in (1, 2, 3, 4, 6) if scale.cells * step // len(hours) >= _LABEL_CELLS), 12)
    text = ""
    for hour in hours:
        at = scale.cell(hour * _HOUR)
        if (hour - hours[0]) % step == 0 and at + _LABEL_CELLS - 1 <= scale.cells:
            text = text.ljust(at) + f"{hour:02d}:00"
    return Content.styled(" " * NAME_CELLS + text, _QUIET)


def day_rows(day: LineDay, scale: TimeScale, name: str = "") -> list[Content]:
    """Return a day in three lines: now, when prompts may come, and what happened."""
    above, below = [(" ", "")] * scale.cells, [(" ", "")] * scale.cells
    if day.now is not None and 0 <= scale.cell(day.now) < scale.cells:
        above[scale.cell(day.now)] = (_NOW_SYMBOL, _NOW)
    for mark in day.marks:
        if 0 <= scale.cell(mark.minute) < scale.cells:
            below[scale.cell(mark.minute)] = _SYMBOLS[mark.kind]
    return [
        Content.assemble(" " * NAME_CELLS, *above),
        Content.assemble((f"{name:<{NAME_CELLS}}", _QUIET), *_bar(day, scale)),
        Content.assemble(" " * NAME_CELLS, *below),
    ]


def week_row(day: LineDay, scale: TimeScale) -> Content:
    """Return a day of the week on one line."""
    cells = _bar(day, scale)
    for mark in day.marks:
        if 0 <= scale.cell(mark.minute) < scale.cells:
            cells[scale.cell(mark.minute)] = _SYMBOLS[mark.kind]
    if day.now is not None and 0 <= scale.cell(day.now) < scale.cells:
        cells[scale.cell(day.now)] = ("┃", _NOW)
    style = "bold" if day.now is not None else _QUIET
    return Content.assemble((f"{day.day:%a %d}  "[:NAME_CELLS].ljust(NAME_CELLS), style), *cells)


def key_line(day: LineDay, clock: str) -> Content:
    """Return the key to the line of a day: the time, and each kind of mark with its number."""
    found = Counter(mark.kind for mark in day.marks)
    parts = [
        Content.assemble((_NOW_SYMBOL, _NOW), f" now, {clock}"),
        Content.assemble((_OPEN_SYMBOL * 2, _OPEN), " may ask"),
    ]
    if day.pause:
        parts.append(Content.assemble((_PAUSE_SYMBOL * 2, _PAUSE), " paused"))
    for kind, (symbol, style) in _SYMBOLS.items():
        if found[kind]:
            words = count(found[kind], *_WORDS[kind]) if kind in _WORDS else f"{found[kind]} {kind}"
            parts.append(Content.assemble((symbol, style), f" {words}"))
    return Content("   ").join(parts)


def _bar(day: LineDay, scale: TimeScale) -> list[tuple[str, str]]:
    cells = [(_CLOSED_SYMBOL, _CLOSED)] * scale.cells
    for start, end in day.spans:
        for at in range(max(0, scale.cell(start)), min(scale.cells, max(scale.cell(end), scale.cell(start) + 1))):
            cells[at] = (_OPEN_SYMBOL, _OPEN)
    if day.pause:
        for at in range(max(0, scale.cell(day.pause[0])), min(scale.cells, scale.cell(day.pause[1]) + 1)):
            cells[at] = (_PAUSE_SYMBOL, _PAUSE)
    return cells
