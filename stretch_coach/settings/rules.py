"""Break rules: the tables `[[breaks.rules]]` of the settings file."""

import re
from datetime import time
from typing import Any, NamedTuple

from stretch_coach.phrasing import did_you_mean
from stretch_coach.settings.choices import RoutineChoice
from stretch_coach.settings.kinds import InvalidValue, Kind, TimeOfDay, WholeNumber
from stretch_coach.weekdays import EVERY_DAY, parse_days

_MOST_RULES = 50
_MOST_TIMES = 48
_MOST_WINDOWS = 12


class Window(NamedTuple):
    """A part of the day by the wall clock. One that does not end after its start continues past midnight.

    Attributes:
        start: The first minute.
        end: The first minute after it; `00:00` is the end of the day.
    """

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}" if self.end != time(0) else f"{self.start:%H:%M}-24:00"


class BreakRule(NamedTuple):
    """When to prompt for a break: after some minutes of active time, or at times of the day.

    Attributes:
        id: The name by which it is removed.
        every: Minutes of active time, 5 to 480; None for a rule with times.
        at: Times of the day, in order; empty for a rule of active time.
        days: Weekdays, from 0 for Monday.
        windows: When a rule of active time may prompt; empty for always.
        routine: The id of the routine it offers.
    """

    id: str
    every: int | None = None
    at: tuple[time, ...] = ()
    days: frozenset[int] = EVERY_DAY
    windows: tuple[Window, ...] = ()
    routine: str = "micro-break"


class Rules(NamedTuple):
    """A list of break rules."""

    @property
    def accepts(self) -> str:
        """How many there may be."""
        return f"up to {_MOST_RULES} rules"

    def read(self, value: Any) -> tuple[BreakRule, ...]:
        """Return all rules, each with an id of its own; one written without an id is named after what it does."""
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or len(value) > _MOST_RULES:
            raise InvalidValue(f"Write up to {_MOST_RULES} rules, each below a line [[breaks.rules]].", value)
        rules: list[BreakRule] = []
        for number, table in enumerate(value):
            rule = _read_rule(table, number)
            taken = {one.id for one in rules}
            if rule.id in taken and "id" in table:
                problem = f'"{rule.id}" is the id of another rule too.'
                raise InvalidValue("Give each rule its own.", path=(number, "id"), problem=problem)
            rules.append(rule._replace(id=free_id(rule.id, taken)))
        return tuple(rules)


def parse_window(text: Any) -> Window:
    """Return the part of the day that `09:00-17:30` means.

    Raises:
        InvalidValue: The text does not have this form, or is not text.
    """
    form = r"(?P<start>\d?\d:\d\d)\s*[-\u2013]\s*(?P<end>\d?\d:\d\d)"
    if isinstance(text, str) and (found := re.fullmatch(form, text.strip(), re.ASCII)):
        start, end = _time_or_none(found["start"]), _time_or_none(found["end"])
        if found["end"] == "24:00":
            end = time(0)
        is_whole_day = start == time(0) and found["end"] == "24:00"
        if start is not None and end is not None and (start != end or is_whole_day):
            return Window(start, end)
    raise InvalidValue('Write a part of the day, such as "09:00-17:30".', text)


class _RuleId(NamedTuple):
    accepts: str = "lowercase letters, digits and hyphens"

    def read(self, value: Any) -> str:
        longest = 40
        if isinstance(value, str) and len(value) <= longest and re.fullmatch(r"[a-z0-9]+(?:[-:][a-z0-9]+)*", value):
            return value
        raise InvalidValue('Write an id in lowercase letters, digits and hyphens, such as "desk".', value)


class _Times(NamedTuple):
    accepts: str = f"up to {_MOST_TIMES} times of day"

    def read(self, value: Any) -> tuple[time, ...]:
        written = value if isinstance(value, list) else [value]
        try:
            if 1 <= len(written) <= _MOST_TIMES:
                return tuple(sorted({TimeOfDay().read(one) for one in written}))
        except InvalidValue:
            pass
        raise InvalidValue(f'Write up to {_MOST_TIMES} times of day, such as ["10:30", "15:00"].', value)


class _Days(NamedTuple):
    accepts: str = "weekdays"

    def read(self, value: Any) -> frozenset[int]:
        written = ",".join(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
        if isinstance(written, str):
            try:
                return parse_days(written)
            except ValueError:
                pass
        raise InvalidValue('Write weekdays, such as "mon-fri", "mon,wed,fri" or "daily".', value)


class _Windows(NamedTuple):
    accepts: str = f"up to {_MOST_WINDOWS} parts of the day"

    def read(self, value: Any) -> tuple[Window, ...]:
        written = value if isinstance(value, list) else [value]
        if len(written) > _MOST_WINDOWS:
            raise InvalidValue(f"Write up to {_MOST_WINDOWS} parts of the day.", value)
        return tuple(sorted({parse_window(one) for one in written}))


_FIELDS: dict[str, Kind] = {
    "id": _RuleId(),
    "every": WholeNumber(5, 480),
    "at": _Times(),
    "days": _Days(),
    "windows": _Windows(),
    "routine": RoutineChoice(),
}


def _read_rule(table: dict[str, Any], number: int) -> BreakRule:
    read: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _FIELDS:
            raise InvalidValue(did_you_mean(key, _FIELDS), path=(number, key), problem="is not part of a rule.")
        try:
            read[key] = _FIELDS[key].read(value)
        except InvalidValue as invalid:
            raise invalid.inside(number, key) from invalid
    if ("every" in read) == ("at" in read):
        cure = 'Write either every = 45 (active minutes) or at = ["10:30"] (times of the day).'
        problem = "has both every and at." if "every" in read else "has neither every nor at."
        raise InvalidValue(cure, path=(number,), problem=problem)
    if "windows" in read and "at" in read:
        problem = "is for a rule of active minutes, but this one has times."
        raise InvalidValue("Remove it.", path=(number, "windows"), problem=problem)
    rule_id = read.pop("id", "") or (f"every-{read['every']}" if "every" in read else f"at-{read['at'][0]:%H:%M}")
    return BreakRule(rule_id, **read)


def free_id(wanted: str, taken: set[str]) -> str:
    """Return the wanted id, with the first number that makes it unique if it is taken."""
    ids = (wanted, *(f"{wanted}-{number}" for number in range(2, _MOST_RULES + 2)))
    return next(one for one in ids if one not in taken)


def _time_or_none(text: str) -> time | None:
    hours, minutes = map(int, text.split(":"))
    try:
        return time(hours, minutes)
    except ValueError:
        return None
