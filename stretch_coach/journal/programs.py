"""Which program runs: one at most, from the day it was started on until another one starts or it is stopped."""

import sqlite3
from collections import Counter
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.day import CountingRules, is_day
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.transaction import transaction


class RunningProgram(NamedTuple):
    """The program that runs, by its id, and its first day."""

    program: str
    from_day: date


def start_program(database: sqlite3.Connection, program: str, from_day: date, at_ms: int) -> None:
    """Let a program run from a day on, in place of any other.

    Args:
        database: The history, open for writing.
        program: The program's id.
        from_day: Its first day.
        at_ms: Now, in milliseconds since 1970. Of the changes of two machines, the later one wins.
    """
    _record_change(database, program, from_day, at_ms)


def stop_program(database: sqlite3.Connection, day: date, at_ms: int) -> bool:
    """Stop the program that runs.

    Returns:
        Whether one was running.
    """
    if load_program(database) is None:
        return False
    _record_change(database, None, day, at_ms)
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


def _record_change(database: sqlite3.Connection, program: str | None, day: date, at_ms: int) -> None:
    with transaction(database):
        # The latest change wins, so this one must be later than the others even if the clock was set back.
        [latest] = database.execute("SELECT max(at_ms) FROM program_change").fetchone()
        at_ms = at_ms if latest is None else max(at_ms, latest + 1)
        database.execute(
            "INSERT INTO program_change(id, at_ms, device, from_day, program) "
            "VALUES(?, ?, (SELECT device FROM identity), ?, ?)",
            (new_id(at_ms), at_ms, day.isoformat(), program),
        )
