"""How the day of breaks stands, as commands see it from outside."""

import json
from collections import Counter
from typing import Any

import click

from stretch_coach.breaks.commands import Command, leave, was_taken
from stretch_coach.breaks.files import read_json
from stretch_coach.breaks.forecast import Forecast
from stretch_coach.breaks.keeper import load_state, state_file
from stretch_coach.breaks.pause import paused_until
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import DayState, Phase
from stretch_coach.breaks.status import Status
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.journal.prompts import count_answers
from stretch_coach.locking import is_locked
from stretch_coach.world import World

HOW_TO_WATCH = "`stretch-coach breaks watch` starts one; `stretch-coach breaks install` does at each login."
_PATIENCE_SECONDS = 5.0


def is_watching(world: World) -> bool:
    """Whether a watcher runs."""
    return is_locked(world.places.breaks / "watch.lock")


def wall_seconds(world: World) -> float:
    """The instant that it is now."""
    return world.clock.wall().ms / 1000


def find_status(world: World) -> Status:
    """How it stands now."""
    zone, now = SystemZone(), wall_seconds(world)
    settings = world.settings.breaks
    watching, app_open = is_watching(world), is_locked(world.places.app_lock)
    state, _ = load_state(world.places.breaks)
    if not (watching or app_open):
        state = DayState()  # what was counted some time ago says nothing of now
    until = paused_until(world.places.breaks, now)
    upcoming = Forecast(settings, zone, world.settings.record.day_start).expect(state, now, 1, until)
    with world.history() as database:
        counts: Counter[Any] = Counter()
        for one in count_answers(database, world.today.isoformat()):
            counts[one.answer] += one.times
    about = (read_json(state_file(world.places.breaks)) or {}).get("about") if watching else None
    return Status(
        state=state,
        settings=settings,
        now=now,
        watching=watching,
        app_open=app_open,
        paused_until=until,
        upcoming=upcoming[0] if upcoming else None,
        today=counts,
        about=about or {},
    )


def show_status(*, as_json: bool) -> None:
    """Print how it stands."""
    status = find_status(find_world())
    zone = SystemZone()
    if as_json:
        click.echo(json.dumps(status.as_json(zone), ensure_ascii=False))
        return
    for line in status.lines(zone):
        click.echo(line)


def give_answer(world: World, choice: Choice, minutes: int | None = None) -> DayState:
    """Answer the prompt that is due; the state after it was taken.

    Raises:
        CoachError: Nobody asks, nothing is asked, or the answer was not taken.
    """
    folder = world.places.breaks
    if not is_watching(world) and not is_locked(world.places.app_lock):
        raise CoachError("breaks", "no watcher runs, so nothing is being asked.", HOW_TO_WATCH)
    prompt = load_state(folder)[0].prompt
    if prompt is None or prompt.phase is Phase.STARTED:
        hint = "`stretch-coach breaks pause 20m` keeps prompts away; `stretch-coach start` begins a session."
        raise CoachError("breaks", "no prompt is waiting for an answer.", hint)
    if choice is Choice.SNOOZE and prompt.snoozes >= world.settings.breaks.snooze_limit:
        raise CoachError("breaks", "this prompt cannot be snoozed any more.", "Start or skip it.")
    if not was_taken(leave(folder, Command(choice, minutes), wall_seconds(world)), _PATIENCE_SECONDS):
        raise CoachError("breaks", "the watcher does not answer.", "Try again, or start it anew.")
    return load_state(folder)[0]
