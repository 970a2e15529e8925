"""What a session needs of the user's world before it can begin: a record, a voice, and what has to be confirmed."""

import sqlite3
from collections.abc import Callable

from stretch_coach.journal import acknowledged
from stretch_coach.journal.records import Source
from stretch_coach.journal.sessions import times_done
from stretch_coach.journal.summary import close_days
from stretch_coach.routine.model import Lock, Routine
from stretch_coach.session.conduct import Journal
from stretch_coach.session.cue import Level
from stretch_coach.session.explain import Explain, explained_exercises
from stretch_coach.session.voicing import Voicing
from stretch_coach.session.wishes import wished_voice
from stretch_coach.world import World


def open_journal(world: World, source: Source = Source.TIMER) -> Journal:
    """Where a session is to be recorded, the days before today closed."""
    database = world.open_history()
    close_days(database, world.today, **world.counting)
    return Journal(database, world.places.history, world.places.running, world.settings.record.day_start, source)


def locks_to_confirm(history: sqlite3.Connection, routine: Routine) -> list[Lock]:
    """What only those may do whom a clinician taught it, and of which the user has not said so yet."""
    return [lock for lock in routine.locks if not acknowledged.acknowledged_at(history, acknowledged.taught(lock.id))]


def voicing_for(
    world: World,
    history: sqlite3.Connection,
    routine: Routine,
    *,
    silent: bool,
    ring: Callable[[], None] | None,
) -> Voicing:
    """How the user wants the cues of a routine to be given.

    Args:
        world: The settings, and where rendered cues are kept.
        history: What was done before: it tells whose exercises are new.
        routine: What will be done.
        silent: Whether nothing is to be heard, whatever is set.
        ring: Rings the terminal's bell; none where there is no terminal.
    """
    voice = world.settings.voice
    return Voicing(
        level=Level(voice.level),
        rate=voice.rate,
        explained=explained_exercises(Explain(voice.explain), times_done(history)),
        wish=None if silent else wished_voice(world.places, voice, routine.file.language),
        ring=ring,
    )
