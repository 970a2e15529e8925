"""How the day of breaks stands, as commands see it from outside."""

import json

import click

from stretch_coach.breaks.commands import Command, leave, was_taken
from stretch_coach.breaks.keeper import load_state
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.standing import find_status, is_watching, wall_seconds
from stretch_coach.breaks.state import DayState, Phase
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.locking import is_locked
from stretch_coach.world import World

HOW_TO_WATCH = "`stretch-coach breaks watch` starts one; `stretch-coach breaks install` does at each login."
_PATIENCE_SECONDS = 5.0


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
