"""Fixed-time rules as a calendar with alarms: iCalendar (RFC 5545) in floating time, by the wall clock."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from stretch_coach.breaks.state import name
from stretch_coach.breaks.status import TitleFinder
from stretch_coach.files import atomic_write, read_json
from stretch_coach.journal.ids import new_id
from stretch_coach.paths import make_private_folder
from stretch_coach.settings import BreakRule

_MAX_LINE_OCTETS = 75
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class _WeeklyEvent(NamedTuple):
    """A time of day at which a rule asks, and the weekdays on which no earlier rule asks at that time."""

    rule: BreakRule
    at: time
    days: list[int]


def calendar_text(
    rules: Iterable[BreakRule], today: date, now: datetime, *, user: str, title_of: TitleFinder, minutes: int = 5
) -> str:
    """Return the calendar: a weekly event for each time of a rule. Active-time rules are left out.

    Rules that ask at the same moment share one event, that of the first rule, because the coach asks only once.

    Args:
        rules: The rules.
        today: The day from which the events begin.
        now: When the calendar is made.
        user: An id that keeps this user's events apart from other users' events.
        title_of: Returns the title of a routine.
        minutes: The length of an event, at least 1.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stretch Coach//Breaks//EN", "CALSCALE:GREGORIAN"]
    for event in _weekly_events(rules):
        first = next(day for day in _days_from(today) if day.weekday() in event.days)
        summary = _escaped(f"Stretch: {title_of(event.rule.routine)}")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_uid(user, event.rule.id, f'{event.at:%H%M}')}",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART:{datetime.combine(first, event.at):%Y%m%dT%H%M%S}",
            f"DURATION:PT{minutes}M",
            f"RRULE:FREQ=WEEKLY;BYDAY={','.join(_WEEKDAYS[day] for day in event.days)}",
            f"SUMMARY:{summary}",
            f"DESCRIPTION:{_escaped(f'stretch-coach start {quote(event.rule.routine)}')}",
            "TRANSP:TRANSPARENT",
            *("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}", "TRIGGER:PT0S", "END:VALARM"),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def calendar_user(folder: Path, now_ms: int) -> str:
    """Return the id that keeps this user's events apart from other users' events. It is made once and stored.

    Args:
        folder: The folder of breaks, where it is kept.
        now_ms: Milliseconds since 1970.

    Raises:
        CoachError: It cannot be stored.
    """
    file = folder / "calendar.json"
    try:
        return name(read_json(file)["user"])
    except (TypeError, KeyError, ValueError):
        user = new_id(now_ms)
    make_private_folder(folder)
    with atomic_write(file) as text:
        json.dump({"user": user}, text)
    return user


def _weekly_events(rules: Iterable[BreakRule]) -> Iterator[_WeeklyEvent]:
    taken: set[tuple[int, time]] = set()
    for rule in rules:
        for at in rule.at:
            if days := sorted(day for day in rule.days if (day, at) not in taken):
                taken |= {(day, at) for day in days}
                yield _WeeklyEvent(rule, at, days)


def _uid(user: str, rule: str, at: str) -> str:
    """Return an event's id. It is unique to the user and stays the same whatever else changes in the rule."""
    digest = hashlib.sha256(f"{user} {rule} {at}".encode()).hexdigest()
    return f"{digest[:32]}@stretch-coach"


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=number) for number in range(7))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Cut a line between characters into parts of at most 75 octets. Every part but the first begins with a space."""
    part, left = "", _MAX_LINE_OCTETS
    for character in line:
        size = len(character.encode())
        if size > left:
            yield part
            part, left = " ", _MAX_LINE_OCTETS - 1
        part += character
        left -= size
    yield part
