"""The symbols of the map of days, and how many cells its weeks take."""

from datetime import date

from stretch_coach.journal.statistics import DAY_KIND_WORDS, DayFacts, DayKind
from stretch_coach.phrasing import count, minutes_and_seconds

WEEKS = 52
MARGIN = 4
WEEKDAY_NAMES = ("Mon", "", "Wed", "", "Fri", "", "Sun")
DAYS_OF_WEEK = 7
_MONTH_CELLS = 3
WIDEST_CELL = 3

BLOCK, PART = "▇", "▂"
_SYMBOLS = {
    DayKind.PART: PART,
    DayKind.FROZEN: "*",
    DayKind.REST: "·",
    DayKind.OPEN: "○",
    DayKind.MISSED: BLOCK,
    DayKind.BEFORE: " ",
}
SHADES_WITHOUT_COLOUR = {1: "█", 2: "░█", 3: "░▒█", 4: "░▒▓█"}
_MISSED_WITHOUT_COLOUR = "□"


def map_symbol(day: DayFacts, shade: int, shades: int, *, has_colours: bool) -> str:
    """Return the symbol of a day. Without colours, the symbols of the shades differ."""
    if day.kind is DayKind.DONE:
        return BLOCK if has_colours else SHADES_WITHOUT_COLOUR[shades][shade - 1]
    if day.kind is DayKind.MISSED and not has_colours:
        return _MISSED_WITHOUT_COLOUR
    return _SYMBOLS[day.kind]


def month_line(monday: int, weeks: int, cell: int) -> str:
    """Return the names of the months above the weeks in which they begin.

    Args:
        monday: The first Monday, as an ordinal of the proleptic calendar.
        weeks: How many weeks there are.
        cell: The width of a week in cells.
    """
    line = ""
    for week in range(weeks):
        first = date.fromordinal(monday + DAYS_OF_WEEK * week)
        begins = first.day <= DAYS_OF_WEEK or week == 0
        at = week * cell
        if begins and len(line) <= at and (weeks - week) * cell >= _MONTH_CELLS:
            name = f"{first:%b}"
            line = line.ljust(at) + (f"{name} " if line or not week else name)
    return line.rstrip()


def cell_width(width: int) -> int:
    """Return the cells of a week: as many as a year of weeks allows in `width` cells."""
    return max(1, min(WIDEST_CELL, (width - MARGIN) // WEEKS))


def map_width(available: int) -> int:
    """Return how many of the available cells a year takes, in columns as wide as they allow."""
    return max(MARGIN + 1, min(available, MARGIN + WEEKS * cell_width(available)))


def day_words(facts: DayFacts) -> str:
    """Return a day's date and what was done, such as `Fri 20 Nov: 2 sessions, 6:00`."""
    done = f"{count(facts.sessions, 'session')}, {minutes_and_seconds(facts.done_ms / 1000)}"
    return f"{facts.day:%a} {facts.day.day} {facts.day:%b}: {done if facts.sessions else DAY_KIND_WORDS[facts.kind]}"
