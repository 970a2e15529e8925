"""Breaks in lines of text: what is expected, and what was answered; readable without colour."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stretch_coach.breaks.forecast import Expected
from stretch_coach.breaks.wording import routine_name
from stretch_coach.breaks.zone import Zone
from stretch_coach.journal.prompts import Answer, AnswerCount

if TYPE_CHECKING:
    from datetime import date

_DAY_CELLS = 6
_LEAST_CELLS = 4
_LONGEST_LIST = 12
"""Prompts of today that are listed one by one."""


def coming_lines(expected: Sequence[Expected], now: float, zone: Zone) -> list[str]:
    """The prompts of today one by one, those of the days after it together."""
    today = zone.wall(now).date()
    days: defaultdict[date, list[Expected]] = defaultdict(list)
    for one in expected:
        days[zone.wall(one.at).date()].append(one)
    todays = days.pop(today, [])
    lines = [f"  {zone.wall(one.at):%H:%M}  {routine_name(one.routine)} ({one.rule})" for one in todays[:_LONGEST_LIST]]
    if len(todays) > _LONGEST_LIST:
        lines.append(f"  and {len(todays) - _LONGEST_LIST} more")
    week = [f"  {day:%a %d %b}  {_span(found, zone)}" for day, found in sorted(days.items())]
    return ["Today", *(lines or ["  No more prompts."]), "This week", *(week or ["  None."])]


def answer_lines(counts: Sequence[AnswerCount], width: int) -> list[str]:
    """A line each day with answers, newest first, each kind of answer in its own column, and their sums.

    Args:
        counts: What was answered, by day.
        width: Cells in a line; where the columns' names do not fit, two letters of each do, and a line says which.
    """
    days: defaultdict[str, Counter[Answer]] = defaultdict(Counter)
    for one in counts:
        days[one.day][one.answer] += one.times
    if not days:
        return ["How you answered prompts will stand here."]
    names = {answer: answer.value for answer in Answer}
    key = []
    if _DAY_CELLS + len(" ".join(names.values())) > width:
        names = {answer: answer.value[:2] for answer in Answer}
        key = [", ".join(f"{names[answer]} {answer.value}" for answer in Answer)]
    cells = {answer: max(_LEAST_CELLS, len(name)) for answer, name in names.items()}
    head = " " * _DAY_CELLS + " ".join(f"{name:>{cells[answer]}}" for answer, name in names.items())
    rows = [_row(day[5:], days[day], cells) for day in sorted(days, reverse=True)]
    return [*key, head, *rows, _row("In all", sum(days.values(), Counter()), cells)]


def _row(name: str, found: Counter[Answer], cells: Mapping[Answer, int]) -> str:
    """A day's month and day, or another name, with the numbers."""
    return f"{name:<{_DAY_CELLS}}" + " ".join(f"{found[answer] or '·':>{wide}}" for answer, wide in cells.items())


def _span(found: Sequence[Expected], zone: Zone) -> str:
    first, last = zone.wall(found[0].at), zone.wall(found[-1].at)
    if len(found) == 1:
        return f"1 prompt, {first:%H:%M}"
    return f"{len(found)} prompts, {first:%H:%M} to {last:%H:%M}"
