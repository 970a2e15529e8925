"""Somebody's history of seventeen weeks, made up for the pictures: the same each time."""

import sqlite3
from datetime import date, timedelta

from stretch_coach.journal import acknowledgements
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.revisions import rate_comfort
from stretch_coach.journal.sessions import save_session

DAYS = 119
DAY_MS = 86_400_000
_ROUTINES = (
    ("screen-break", "Three-minute screen break", 180, 20),
    ("micro-break", "One-minute micro-break", 60, 9),
    ("upper-trap-focus", "Shoulder-top focus", 420, 24),
    ("gentle-start", "Gentle start", 300, 26),
)
_HOLIDAY = range(61, 68)
_SLOW_START = 90
_SATURDAY, _SUNDAY = 5, 6
_HOURS_BEFORE_NOON = (2, 0, -3, -5)


def write_demo(history: sqlite3.Connection, noon_ms: int, today: date) -> None:
    """Write a history that ends the day before `today`, whose noon is `noon_ms` (milliseconds since 1970)."""
    acknowledgements.acknowledge(history, [acknowledgements.NOTICE], noon_ms)
    set_plan(history, today - timedelta(days=DAYS), Plan(frozenset(range(5)), 2), noon_ms - DAYS * DAY_MS)
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        for number in range(_sessions_on(day, back)):
            record = _session(day, noon_ms - back * DAY_MS, number)
            save_session(history, record)
            if number == 0 and record.outcome is Outcome.COMPLETED:
                before = max(1, 5 - (DAYS - back) // 40 + (back % 3 == 0))
                rate_comfort(
                    history, record.id, before=before, after=max(0, before - 1 - back % 2), at_ms=record.started_ms
                )


def _sessions_on(day: date, back: int) -> int:
    """Return how many sessions there were: few at first, then most working days, and a week of holiday."""
    if back in _HOLIDAY or day.weekday() == _SUNDAY:
        return 0
    if day.weekday() == _SATURDAY:
        return int(back % 4 == 0)
    eager = 2 + (back % 5 == 0) + (back % 7 == 0)
    return eager - (back % 11 == 0) * 2 - (back > _SLOW_START and back % 3 == 0)


def _session(day: date, noon_ms: int, number: int) -> SessionRecord:
    routine, title, seconds, segments = _ROUTINES[(day.toordinal() + number) % len(_ROUTINES)]
    started = noon_ms - _HOURS_BEFORE_NOON[number % 4] * 3_600_000 + day.day * 47_000
    is_whole = (day.toordinal() * 7 + number) % 13 != 0
    return SessionRecord(
        id=f"019a0000-0000-7000-8000-{day.toordinal() * 10 + number:012d}",
        started_ms=started,
        ended_ms=started + seconds * 1000,
        utc_offset_s=3600,
        zone="CET",
        day=f"{day}",
        routine=routine,
        title=title,
        planned_ms=seconds * 1000,
        done_ms=seconds * 1000 if is_whole else seconds * 400,
        segments=segments,
        segments_done=segments if is_whole else segments // 2,
        outcome=Outcome.COMPLETED if is_whole else Outcome.PARTIAL,
        source=Source.BREAK if number else Source.TIMER,
        device=None,
    )
