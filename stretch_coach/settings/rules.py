"""The tables ``[[breaks.rules]]``: when the coach asks for a break."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

from stretch_coach.settings.model import BreakRule, Window
from stretch_coach.settings.unfit import Unfit, routine_id, time_of_day, whole_number
from stretch_coach.weekdays import parse_days

_MOST_RULES = 50
_MOST_TIMES = 48
_MOST_WINDOWS = 12
_ID = r"[a-z0-9]+(?:[-:][a-z0-9]+)*"
_WINDOW = r"(?P<start>\d?\d:\d\d)\s*[-\u2013]\s*(?P<end>\d?\d:\d\d)"


def read_rules(value: Any) -> tuple[BreakRule, ...]:
    """All rules, each with an id of its own; one that was written without gets one that says what it is."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or len(value) > _MOST_RULES:
        raise Unfit(f"a list of up to {_MOST_RULES} rules. Write each below a line [[breaks.rules]].")
    rules: list[BreakRule] = []
    for number, table in enumerate(value):
        rule = _read_rule(table, number)
        taken = {one.id for one in rules}
        if rule.id in taken and "id" in table:
            sentence = f'"{rule.id}" is the id of another rule too. Give each its own.'
            raise Unfit(path=(number, "id"), sentence=sentence)
        rules.append(rule._replace(id=_free_id(rule.id, taken)))
    return tuple(rules)


def _read_rule(table: dict[str, Any], number: int) -> BreakRule:
    read: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _FIELDS:
            sentence = f"is not part of a rule. Write one of: {', '.join(_FIELDS)}."
            raise Unfit(path=(number, key), sentence=sentence)
        try:
            read[key] = _FIELDS[key](value)
        except Unfit as unfit:
            raise Unfit(unfit.expected, (number, key), value) from unfit
    if ("every" in read) == ("at" in read):
        sentence = 'a rule has either every = 45 (active minutes) or at = ["10:30"] (times of the day).'
        raise Unfit(path=(number,), sentence=sentence)
    if "windows" in read and "at" in read:
        raise Unfit(path=(number, "windows"), sentence="belongs to a rule of active minutes; this one has times.")
    name = read.pop("id", "") or (f"every-{read['every']}" if "every" in read else f"at-{read['at'][0]:%H:%M}")
    return BreakRule(name, **read)


def _free_id(wished: str, taken: set[str]) -> str:
    """The id, or the id with the first number that makes it a new one."""
    names = (wished, *(f"{wished}-{number}" for number in range(2, _MOST_RULES + 2)))
    return next(name for name in names if name not in taken)


def _id(value: Any) -> str:
    longest = 40
    if isinstance(value, str) and len(value) <= longest and re.fullmatch(_ID, value):
        return value
    raise Unfit('a rule\'s id. Write small letters, digits and hyphens in quotes, such as "desk".')


def _every(value: Any) -> int:
    return whole_number(value, 5, 480, "a number of active minutes", 45)


def _at(value: Any) -> tuple[time, ...]:
    written = value if isinstance(value, list) else [value]
    if not 1 <= len(written) <= _MOST_TIMES:
        raise Unfit(f'a list of up to {_MOST_TIMES} times. Write it as ["10:30", "15:00"].')
    try:
        return tuple(sorted({time_of_day(one, "10:30") for one in written}))
    except Unfit:
        raise Unfit('a list of times of day. Write it as ["10:30", "15:00"].') from None


def _days(value: Any) -> frozenset[int]:
    written = ",".join(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
    if isinstance(written, str):
        try:
            return parse_days(written)
        except ValueError:
            pass
    raise Unfit('weekdays. Write them as "mon-fri" or "mon,wed,fri" or "daily".')


def _windows(value: Any) -> tuple[Window, ...]:
    written = value if isinstance(value, list) else [value]
    if len(written) > _MOST_WINDOWS:
        raise Unfit(f"a list of up to {_MOST_WINDOWS} parts of the day.")
    return tuple(sorted({parse_window(one) for one in written}))


def parse_window(text: Any) -> Window:
    """A part of the day from ``09:00-17:30``; one that ends before it starts goes on past midnight.

    Raises:
        Unfit: It is none.
    """
    if isinstance(text, str) and (found := re.fullmatch(_WINDOW, text.strip(), re.ASCII)):
        start, end = (_edge(found[edge]) for edge in ("start", "end"))
        whole_day = start == time(0) and found["end"] == "24:00"
        if start is not None and end is not None and found["start"] != "24:00" and (start != end or whole_day):
            return Window(start, end)
    raise Unfit('a part of the day. Write it as "09:00-17:30".')


def _edge(text: str) -> time | None:
    hours, minutes = map(int, text.split(":"))
    if text == "24:00":
        return time(0)
    try:
        return time(hours, minutes)
    except ValueError:
        return None


_FIELDS: dict[str, Callable[[Any], Any]] = {
    "id": _id,
    "every": _every,
    "at": _at,
    "days": _days,
    "windows": _windows,
    "routine": routine_id,
}
