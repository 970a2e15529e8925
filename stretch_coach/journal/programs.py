"""Which program runs: one at most, from the day it was started on until another one starts or it is stopped.

The days of the program are kept with its start, so that its days of rest are known without its file.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import DAY, CountingRules, is_day
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.transaction import transaction
from stretch_coach.weekdays import EVERY_DAY, WEEKDAYS, parse_days

_DAYS_BETWEEN, _ROUTINES_BETWEEN, _REST = ";", ",", "-"


class Schedule(NamedTuple):
    """The days of a program.

    Attributes:
        days: The ids of the routines of each day, in order; a day of rest has none.
        weekdays: The weekdays that it is for, from 0 for Monday.
    """

    days: tuple[tuple[str, ...], ...]
    weekdays: frozenset[int] = EVERY_DAY

    @property
    def days_text(self) -> str:
        """The days as the history keeps them, such as `micro-break;-;micro-break,screen-break`."""
        return _DAYS_BETWEEN.join(_ROUTINES_BETWEEN.join(routines) or _REST for routines in self.days)

    @property
    def weekdays_text(self) -> str:
        """The weekdays as the history keeps them, such as `mon,tue`."""
        return ",".join(WEEKDAYS[day] for day in sorted(self.weekdays))


def parse_schedule(days: str, weekdays: str) -> Schedule:
    """Return the schedule of two texts of the history.

    Raises:
        ValueError: The weekdays are none.
    """
    each = days.split(_DAYS_BETWEEN)
    routines = tuple(() if one == _REST else tuple(one.split(_ROUTINES_BETWEEN)) for one in each)
    return Schedule(routines, parse_days(weekdays))


class RunningProgram(NamedTuple):
    """The program that runs, by its id, and its first day."""

    program: str
    from_day: date


def start_program(database: sqlite3.Connection, program: str, from_day: date, at_ms: int, schedule: Schedule) -> None:
    """Let a program run from a day on, in place of any other.

    Args:
        database: The history, open for writing.
        program: The program's id.
        from_day: Its first day.
        at_ms: Now, in milliseconds since 1970. Of the changes of two machines, the later one wins.
        schedule: Its days.
    """
    _record_change(database, from_day, at_ms, (program, schedule.days_text, schedule.weekdays_text))


def stop_program(database: sqlite3.Connection, day: date, at_ms: int) -> bool:
    """Stop the program that runs.

    Returns:
        Whether one was running.
    """
    if load_program(database) is None:
        return False
    _record_change(database, day, at_ms, (None, None, None))
    return True


def load_program(database: sqlite3.Connection) -> RunningProgram | None:
    """Return the program that runs, or None."""
    row = database.execute(
        "SELECT program, from_day FROM program_change ORDER BY at_ms DESC, id DESC LIMIT 1"
    ).fetchone()
    if row is None or row[0] is None or not is_day(row[1]):
        return None
    return RunningProgram(row[0], date.fromisoformat(row[1]))


def load_done(database: sqlite3.Connection, since: date, rules: CountingRules) -> dict[date, Counter[str]]:
    """Return for each day since one how often each routine was done, by its id."""
    rows = database.execute(
        """
        SELECT day, routine, count(*) FROM session
        WHERE deleted = 0 AND day >= :since AND (source <> 'manual' OR :manual)
          AND (outcome = 'completed' OR (:partial AND done_ms * 5 >= planned_ms * 4))
        GROUP BY day, routine
        """,
        {"since": since.isoformat(), "manual": rules.manual_counts, "partial": rules.partial_counts},
    )
    done: dict[date, Counter[str]] = {}
    for day, routine, times in rows:
        if is_day(day):
            done.setdefault(date.fromisoformat(day), Counter())[routine] = times
    return done


def walk(
    schedule: Schedule, from_day: date, done: Mapping[date, Mapping[str, int]], last: date
) -> Iterator[tuple[date, int]]:
    """Yield each day of the calendar with the index of the program's day that it is, until the program is over.

    A day of the program waits until all its routines are done on one day. A day of rest passes by itself. The index of
    the first day after the program is the number of its days.

    Args:
        schedule: The days of the program.
        from_day: Its first day.
        done: How often each routine was done on each day, by its id.
        last: The last day to yield.
    """
    day, position = from_day, 0
    while day <= last:
        yield day, position
        if position == len(schedule.days):
            return
        if day.weekday() in schedule.weekdays and not left_of(schedule.days[position], done.get(day, {})):
            position += 1
        day += DAY


def left_of(routines: tuple[str, ...], done: Mapping[str, int]) -> list[str]:
    """Return which of the routines of a day are left to do."""
    times, left = Counter(done), []
    for routine in routines:
        if times[routine] > 0:
            times[routine] -= 1
        else:
            left.append(routine)
    return left


def load_rest_days(database: sqlite3.Connection, last: date, rules: CountingRules) -> frozenset[date]:
    """Return the days of rest of all programs, until a day. Nothing is planned on them."""
    rows = database.execute("SELECT from_day, days, weekdays FROM program_change ORDER BY at_ms, id").fetchall()
    changes = [row for row in rows if is_day(row[0])]
    rest: set[date] = set()
    for number, (start, days, weekdays) in enumerate(changes):
        if days is None:
            continue
        until = min([last, *(date.fromisoformat(later[0]) - DAY for later in changes[number + 1 : number + 2])])
        from_day = date.fromisoformat(start)
        try:
            schedule = parse_schedule(days, weekdays)
        except ValueError:  # weekdays that no version of this program can have written
            continue
        for day, position in walk(schedule, from_day, load_done(database, from_day, rules), until):
            if position < len(schedule.days) and not (day.weekday() in schedule.weekdays and schedule.days[position]):
                rest.add(day)
    return frozenset(rest)


def _record_change(
    database: sqlite3.Connection, day: date, at_ms: int, program: tuple[str | None, str | None, str | None]
) -> None:
    """Record a change: the id, the days and the weekdays of the program that runs from a day on, or nothing."""
    with transaction(database):
        # The latest change wins, so this one must be later than the others even if the clock was set back.
        [latest] = database.execute("SELECT max(at_ms) FROM program_change").fetchone()
        at_ms = at_ms if latest is None else max(at_ms, latest + 1)
        database.execute(
            "INSERT INTO program_change(id, at_ms, device, from_day, program, days, weekdays) "
            "VALUES(?, ?, (SELECT device FROM identity), ?, ?, ?, ?)",
            (new_id(at_ms), at_ms, day.isoformat(), *program),
        )
