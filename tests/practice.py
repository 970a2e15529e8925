"""Histories in which a routine was practised."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sessions import save_session
from stretch_coach.routine.model import Routine


def practise(
    history: sqlite3.Connection, routine: Routine, days: Iterable[date], outcome: Outcome = Outcome.COMPLETED
) -> None:
    """Record a session of the routine at nine o'clock of each day, with everything done of each exercise."""
    done = StepOutcome.STOPPED if outcome is Outcome.STOPPED else StepOutcome.DONE
    for day in days:
        started_ms = int(datetime.combine(day, time(9), UTC).timestamp() * 1000)
        total_ms = round(routine.total_seconds * 1000)
        record = SessionRecord(
            id=new_id(started_ms),
            started_ms=started_ms,
            ended_ms=started_ms + total_ms,
            utc_offset_s=0,
            zone="UTC",
            day=day.isoformat(),
            routine=routine.id,
            title=routine.title,
            planned_ms=total_ms,
            done_ms=total_ms,
            segments=1,
            segments_done=1,
            outcome=outcome,
            source=Source.TIMER,
            device=None,
        )
        steps = [
            StepRecord(number, side, step.exercise.id, 1, 1, 1, 1, done)
            for number, step in enumerate(routine.steps, start=1)
            if step.exercise
            for side in step.sides
        ]
        save_session(history, record, steps)
