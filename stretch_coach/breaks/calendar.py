"""Rules of times as a calendar with alarms: iCalendar (RFC 5545) in floating local time, which says what is meant."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from stretch_coach.breaks.wording import routine_name
from stretch_coach.settings import BreakRule

_LONGEST_LINE = 75
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_text(rules: Iterable[BreakRule], today: date, made: datetime, *, minutes: int = 5) -> str:
    """All times of the rules, each as an event that comes again every week; rules of active time are left out.

    Args:
        rules: The rules.
        today: The day from which on.
        made: When the calendar is made.
        minutes: How long an event is shown to be, at least 1.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stretch Coach//Breaks//EN", "CALSCALE:GREGORIAN"]
    for rule in rules:
        for number, at in enumerate(rule.at):
            first = next(day for day in _days_from(today) if day.weekday() in rule.days)
            name = _text(f"Stretch: {routine_name(rule.routine)}")
            lines += [
                "BEGIN:VEVENT",
                f"UID:{_text(rule.id)}-{number}-{at:%H%M}@stretch-coach",
                f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}",
                f"DTSTART:{datetime.combine(first, at):%Y%m%dT%H%M%S}",
                f"DURATION:PT{minutes}M",
                f"RRULE:FREQ=WEEKLY;BYDAY={','.join(_DAYS[day] for day in sorted(rule.days))}",
                f"SUMMARY:{name}",
                f"DESCRIPTION:{_text(f'stretch-coach start {rule.routine}')}",
                "TRANSP:TRANSPARENT",
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{name}",
                "TRIGGER:PT0S",
                "END:VALARM",
                "END:VEVENT",
            ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=number) for number in range(7))


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """A line cut so that no part is longer than 75 octets, between characters; what follows begins with a space."""
    part, room = "", _LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            yield part
            part, room = " ", _LONGEST_LINE - 1
        part += character
        room -= size
    yield part
