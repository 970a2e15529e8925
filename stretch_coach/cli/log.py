"""`log`: add a session that the timer did not run."""

from datetime import date, datetime, time

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.cli.options import DATE, TIME_OF_DAY
from stretch_coach.cli.output import echo
from stretch_coach.clock import Instant
from stretch_coach.errors import CoachError

_NOON = time(12)


@click.command()
@click.argument("routine", shell_complete=complete_routine)
@click.option("--on", "day", type=DATE, help="The day you did it, YYYY-MM-DD. The default is today.")
@click.option(
    "--at", "at", type=TIME_OF_DAY, help="When you started, HH:MM. The default assumes that you have just finished."
)
def log(routine: str, day: date | None, at: time | None) -> None:
    """Log that you did ROUTINE without the timer. The session is marked as logged by hand.

    Only sessions that the timer ran count towards the streak, unless you set record.manual_counts.
    """
    from stretch_coach.journal.records import Outcome, Source
    from stretch_coach.journal.sessions import save_session
    from stretch_coach.routine.timeline import build_timeline
    from stretch_coach.session.recorder import SessionJournal, start_record

    context = find_context()
    chosen = find_routine(find_library(context.places), routine)
    settings = context.settings.record
    timeline = build_timeline(chosen)
    planned_ms = sum(segment.length_ms for segment in timeline.segments)
    now = context.clock.wall()
    started = _started(now, day, at, planned_ms)
    with context.writable_history() as database:
        journal = SessionJournal(
            database, context.places.history, context.places.running, settings.day_start, Source.MANUAL
        )
        record = start_record(journal, chosen, timeline, started)._replace(
            ended_ms=min(started.ms + planned_ms, now.ms),
            done_ms=planned_ms,
            segments_done=len(timeline.segments),
            outcome=Outcome.COMPLETED,
        )
        save_session(database, record)
    counts = "It counts" if settings.manual_counts else "Sessions logged by hand do not count"
    echo(f"Logged: {chosen.title} on {record.day}. {counts} towards the streak.")
    if record.day != f"{datetime.fromtimestamp(started.ms / 1000).astimezone():%Y-%m-%d}":
        echo(f"Your day starts at {settings.day_start:%H:%M}; what you do before that counts for the day before.")


def _started(now: Instant, day: date | None, at: time | None, planned_ms: int) -> Instant:
    """Return when the session started.

    Raises:
        CoachError: That is in the future.
    """
    from stretch_coach.clock import local_instant

    just_finished = datetime.fromtimestamp((now.ms - planned_ms) / 1000).astimezone()
    today = datetime.fromtimestamp(now.ms / 1000).astimezone().date()
    if at is None and (day is None or day == today):
        return local_instant(just_finished.replace(tzinfo=None))
    started = datetime.combine(day or today, at or _NOON)
    instant = local_instant(started)
    if instant.ms > now.ms:
        raise CoachError("log", f"{started:%Y-%m-%d %H:%M} is in the future.", "Give a day and a time in the past.")
    return instant
