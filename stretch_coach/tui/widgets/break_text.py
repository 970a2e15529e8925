"""Breaks in lines of text: what is expected, and what was answered; readable without colour."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from stretch_coach.breaks.forecast import Expected
from stretch_coach.breaks.wording import routine_name
from stretch_coach.breaks.zone import Zone
from stretch_coach.journal.prompts import Answer, AnswerCount

if TYPE_CHECKING:
    from datetime import date

_DAY_CELLS = 11
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


def answer_lines(counts: Sequence[AnswerCount]) -> list[str]:
    """A line each day with answers, newest first, each kind of answer in its own column, and their sums."""
    days: defaultdict[str, Counter[Answer]] = defaultdict(Counter)
    for one in counts:
        days[one.day][one.answer] += one.times
    if not days:
        return ["How you answered prompts will stand here."]
    head = " " * _DAY_CELLS + " ".join(answer.value for answer in Answer)
    rows = [(day, days[day]) for day in sorted(days, reverse=True)]
    return [head, *(_row(day, found) for day, found in rows), _row("In all", sum(days.values(), Counter()))]


def _row(name: str, found: Counter[Answer]) -> str:
    return f"{name:<{_DAY_CELLS}}" + " ".join(f"{found[answer] or '·':>{len(answer.value)}}" for answer in Answer)


def _span(found: Sequence[Expected], zone: Zone) -> str:
    first, last = zone.wall(found[0].at), zone.wall(found[-1].at)
    if len(found) == 1:
        return f"1 prompt, {first:%H:%M}"
    return f"{len(found)} prompts, {first:%H:%M} to {last:%H:%M}"
