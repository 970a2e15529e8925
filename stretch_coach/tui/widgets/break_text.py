"""Breaks as lines of text: upcoming prompts, and the answers by day. Readable without colour."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from stretch_coach.breaks.forecast import ExpectedPrompt
from stretch_coach.breaks.status import TitleFinder
from stretch_coach.breaks.timetable import TimeZone
from stretch_coach.journal.prompts import Answer, AnswerCount
from stretch_coach.phrasing import count
from stretch_coach.settings import BreakRule
from stretch_coach.weekdays import name_days

if TYPE_CHECKING:
    from datetime import date

_DAY_CELLS = 6
_MIN_CELLS = 4
_MAX_LISTED = 12
"""How many of today's prompts are listed one by one."""


def rule_content(rule: BreakRule, title_of: TitleFinder) -> Content:
    """Return a rule on two lines: what it does, and when and with which routine."""
    if rule.every:
        what = f"Every {rule.every} minutes at the screen"
        when = ", ".join(map(str, rule.windows)) or "at any time"
    else:
        what = f"At {', '.join(f'{one:%H:%M}' for one in rule.at)}"
        when = ""
    rest = " · ".join(filter(None, [when, name_days(rule.days), title_of(rule.routine)]))
    return Content.assemble((what, "bold"), "\n", (f"  {rest}", "$text-muted"))


def upcoming_lines(expected: Sequence[ExpectedPrompt], now: float, zone: TimeZone, title_of: TitleFinder) -> list[str]:
    """Return a line for each prompt of today, and a line for each later day.

    Args:
        expected: The prompts, in order.
        now: The instant.
        zone: The zone of the wall clock.
        title_of: Returns the title of a routine.
    """
    today = zone.wall(now).date()
    days: defaultdict[date, list[ExpectedPrompt]] = defaultdict(list)
    for one in expected:
        days[zone.wall(one.at).date()].append(one)
    todays = days.pop(today, [])
    lines = [f"  {zone.wall(one.at):%H:%M}  {title_of(one.routine)}" for one in todays[:_MAX_LISTED]]
    if len(todays) > _MAX_LISTED:
        lines.append(f"  and {len(todays) - _MAX_LISTED} more")
    week = [f"  {day:%a %d %b}  {_span(found, zone)}" for day, found in sorted(days.items())]
    return ["Today", *(lines or ["  No more prompts."]), "This week", *(week or ["  None."])]


def answer_lines(counts: Sequence[AnswerCount], width: int) -> list[str]:
    """Return a line for each day with answers, newest first, and a line of totals, with a column for each answer.

    Args:
        counts: The answers by day.
        width: The cells of a line. Where the column names do not fit, they are cut to two letters and explained.
    """
    days: defaultdict[str, Counter[Answer]] = defaultdict(Counter)
    for one in counts:
        days[one.day][one.answer] += one.times
    if not days:
        return ["Your responses will appear here."]
    names = {answer: answer.value for answer in Answer}
    key = []
    if _DAY_CELLS + len(" ".join(names.values())) > width:
        names = {answer: answer.value[:2] for answer in Answer}
        key = [", ".join(f"{names[answer]} {answer.value}" for answer in Answer)]
    cells = {answer: max(_MIN_CELLS, len(name)) for answer, name in names.items()}
    heading = " " * _DAY_CELLS + " ".join(f"{name:>{cells[answer]}}" for answer, name in names.items())
    rows = [_row(day[5:], days[day], cells) for day in sorted(days, reverse=True)]
    return [*key, heading, *rows, _row("Total", sum(days.values(), Counter()), cells)]


def _row(name: str, found: Counter[Answer], cells: Mapping[Answer, int]) -> str:
    return f"{name:<{_DAY_CELLS}}" + " ".join(f"{found[answer] or '·':>{wide}}" for answer, wide in cells.items())


def _span(found: Sequence[ExpectedPrompt], zone: TimeZone) -> str:
    first, last = zone.wall(found[0].at), zone.wall(found[-1].at)
    span = f"{first:%H:%M}" if len(found) == 1 else f"{first:%H:%M} to {last:%H:%M}"
    return f"{count(len(found), 'prompt')}, {span}"
