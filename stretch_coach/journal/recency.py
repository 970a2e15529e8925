"""What was done lately, and when: the facts by which routines and exercises take turns."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.journal.day import DAY, is_day, is_instant

if TYPE_CHECKING:
    import sqlite3

RECENT_DAYS = 28
"""What was last done longer ago counts as not done for a long time, however long."""


class Recency(NamedTuple):
    """What was done lately, by the ids of routines.

    Attributes:
        today: The day, as the history counts days.
        now_ms: The instant, in milliseconds since 1970.
        last_day: The last day on which a routine was started, within the last four weeks.
        last_turn_ms: When it was last started, or last offered by a prompt that was answered, skipped or missed.
        turns_today: How often either happened today.
        long_ago: The routines of which all sessions are older than four weeks.
    """

    today: date
    now_ms: int = 0
    last_day: Mapping[str, date] = {}
    last_turn_ms: Mapping[str, int] = {}
    turns_today: Mapping[str, int] = {}
    long_ago: frozenset[str] = frozenset()


def load_recency(database: "sqlite3.Connection", today: date, now_ms: int) -> Recency:
    """Return what was done lately. A session counts however it ended; one that was deleted does not.

    A prompt that was taken counts once, as the session that answered it.
    """
    values = {"today": today.isoformat(), "since": (today - RECENT_DAYS * DAY).isoformat()}
    sessions = database.execute(
        "SELECT routine, max(started_ms), max(day), sum(day = :today) FROM session "
        "WHERE deleted = 0 AND day >= :since GROUP BY routine",
        values,
    ).fetchall()
    prompts = database.execute(
        "SELECT routine, max(answered_ms), sum(day = :today AND answer <> 'started') FROM prompt "
        "WHERE day >= :since AND routine <> '' AND answer IN ('started', 'skipped', 'missed') GROUP BY routine",
        values,
    ).fetchall()
    last_turn_ms: dict[str, int] = {}
    turns_today: dict[str, int] = {}
    for routine, at_ms, times in [*((one, ms, times) for one, ms, _, times in sessions), *prompts]:
        if is_instant(at_ms):
            last_turn_ms[routine] = max(at_ms, last_turn_ms.get(routine, 0))
        turns_today[routine] = turns_today.get(routine, 0) + times
    last_day = {routine: date.fromisoformat(day) for routine, _, day, _ in sessions if is_day(day)}
    known = {routine for (routine,) in database.execute("SELECT DISTINCT routine FROM habit_sum")}
    return Recency(today, now_ms, last_day, last_turn_ms, turns_today, frozenset(known - set(last_day)))


def last_times_done(database: "sqlite3.Connection", today: date, before_ms: int) -> dict[str, int]:
    """Return when each exercise was last started, by its id, in milliseconds since 1970.

    Args:
        database: The history.
        today: The day. What was done more than four weeks before it is left out.
        before_ms: Only sessions that started before this instant count.
    """
    rows = database.execute(
        "SELECT step.exercise, max(session.started_ms) FROM session JOIN step ON step.session_id = session.id "
        "WHERE session.day >= ? AND session.started_ms < ? AND session.deleted = 0 "
        "AND step.exercise IS NOT NULL AND step.outcome <> 'skipped' GROUP BY step.exercise",
        ((today - RECENT_DAYS * DAY).isoformat(), before_ms),
    )
    return {exercise: at_ms for exercise, at_ms in rows if is_instant(at_ms)}
