"""``log``: note a session that the timer did not run."""

from datetime import date, datetime, time

import click

from stretch_coach.cli.dates import DATE, TIME_OF_DAY
from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError


@click.command(short_help="Note a session done without the timer.")
@click.argument("routine", shell_complete=complete_routine)
@click.option("--on", "day", type=DATE, help="The day it was done, YYYY-MM-DD; today unless given.")
@click.option("--at", "at", type=TIME_OF_DAY, help="The time it was begun, HH:MM; now, or noon of another day.")
def log(routine: str, day: date | None, at: time | None) -> None:
    """Note that ROUTINE was done without the timer. The entry is marked as made by hand.

    Only what the timer ran counts towards the streak, unless the setting record.manual_counts says otherwise.
    """
    from stretch_coach.clock import local_instant
    from stretch_coach.journal.records import Outcome, Source
    from stretch_coach.journal.sessions import save_session
    from stretch_coach.routine.timeline import build_timeline
    from stretch_coach.session.conduct import Journal, begin_record

    world = find_world()
    chosen = find_routine(find_library(world.places), routine)
    wall = world.clock.wall()
    begun = None
    if day or at:
        today = datetime.fromtimestamp(wall.ms / 1000).astimezone()
        begun = datetime.combine(day or today.date(), at or (time(12) if day else today.time()))
        if local_instant(begun).ms > wall.ms:
            raise CoachError("log", f"{begun:%Y-%m-%d %H:%M} is still to come.", "Write a day and time that have been.")
        wall = local_instant(begun)
    timeline = build_timeline(chosen)
    planned_ms = sum(segment.length_ms for segment in timeline.segments)
    with world.writable_history() as database:
        journal = Journal(
            database, world.places.history, world.places.running, world.settings.record.day_start, Source.MANUAL
        )
        record = begin_record(journal, chosen, timeline, wall)._replace(
            ended_ms=wall.ms + planned_ms,
            done_ms=planned_ms,
            segments_done=len(timeline.segments),
            outcome=Outcome.COMPLETED,
        )
        save_session(database, record)
    counts = (
        "It counts." if world.settings.record.manual_counts else "Entries made by hand do not count for the streak."
    )
    click.echo(f"Noted by hand: {chosen.title} on {record.day}. {counts}")
    if begun and record.day != begun.date().isoformat():
        begins = world.settings.record.day_start
        click.echo(f"A day begins at {begins:%H:%M}, so what was done earlier belongs to the day before.")
