"""Days as a strip: a symbol for each, which colour only repeats, and a line that joins the days of the streak."""

from collections.abc import Sequence

from textual.content import Content

from stretch_coach.journal.statistics import DayFacts, DayKind
from stretch_coach.journal.streak import Streak
from stretch_coach.weekdays import WEEKDAYS

_SYMBOLS = {
    DayKind.DONE: "●",
    DayKind.PART: "◐",
    DayKind.FROZEN: "*",
    DayKind.REST: "·",
    DayKind.OPEN: "○",
    DayKind.MISSED: "□",
    DayKind.BEFORE: " ",
}
_COLOURS = {
    DayKind.DONE: "bold $text-accent",
    DayKind.PART: "$text-accent",
    DayKind.FROZEN: "$text-primary",
    DayKind.OPEN: "$text-warning",
}
_QUIET = "$text-muted"
_LEAST_CELLS, _MOST_CELLS = 3, 8
_NAME_CELLS = 2


def day_symbol(facts: DayFacts) -> Content:
    """Return the symbol of a day in its colour."""
    return Content.styled(_SYMBOLS[facts.kind], _COLOURS.get(facts.kind, _QUIET))


def short_strip(days: Sequence[DayFacts]) -> Content:
    """Return the symbols of days, one cell each."""
    return Content("").join(map(day_symbol, days))


def day_strip(days: Sequence[DayFacts], streak: Streak, width: int, *, minutes: bool = False) -> list[Content]:
    """Return days as lines: their names, their symbols, and how many minutes were done on each.

    Args:
        days: The days, the last of which is today.
        streak: The streak on the last day.
        width: How many cells a line may take.
        minutes: Whether to add the line with the minutes.
    """
    cell = max(_LEAST_CELLS, min(_MOST_CELLS, width // max(1, len(days))))
    names, symbols, numbers = Content(""), Content(""), Content("")
    for index, facts in enumerate(days):
        is_last = index == len(days) - 1
        name = WEEKDAYS[facts.day.weekday()][:_NAME_CELLS].capitalize()
        names += Content.styled(name, "bold" if is_last else _QUIET) + " " * (cell - _NAME_CELLS)
        joined = not is_last and _is_joined(facts, days[index + 1], streak)
        link = Content.styled("━" * (cell - 1), "$text-accent") if joined else Content(" " * (cell - 1))
        symbols += day_symbol(facts) + link
        done = round(facts.done_ms / 60_000)
        numbers += Content.styled(f"{done} m" if done else "", _QUIET).pad_right(cell).truncate(cell)
    lines = [names, symbols, numbers] if minutes else [names, symbols]
    return [line.truncate(width) for line in lines]


def _is_joined(earlier: DayFacts, later: DayFacts, streak: Streak) -> bool:
    """Return whether the streak leads from one day to the next."""
    return bool(streak.start and streak.end and streak.start <= earlier.day and later.day <= streak.end)
