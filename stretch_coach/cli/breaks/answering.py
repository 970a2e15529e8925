"""``breaks start``, ``snooze`` and ``skip``: answers to the prompt, from a terminal."""

import click

from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.wording import routine_name
from stretch_coach.cli.breaks.standing import give_answer
from stretch_coach.cli.world import find_world


@click.command(short_help="Take the break that is asked for.")
def start() -> None:
    """Take the break that is asked for, as the prompt's own button does."""
    state = give_answer(find_world(), Choice.START)
    if state.prompt:
        click.echo(f"{routine_name(state.prompt.routine)} begins.")


@click.command(short_help="Be asked again later.")
@click.argument("minutes", required=False, type=click.IntRange(1, 240))
def snooze(minutes: int | None) -> None:
    """Be asked again in MINUTES; as the setting breaks.snooze says, if not given."""
    world = find_world()
    state = give_answer(world, Choice.SNOOZE, minutes)
    length = minutes or world.settings.breaks.snooze[0]
    left = world.settings.breaks.snooze_limit - (state.prompt.snoozes if state.prompt else 0)
    click.echo(f"Snoozed for {'1 minute' if length == 1 else f'{length} minutes'}; {left} more possible.")


@click.command(short_help="Let this break be.")
def skip() -> None:
    """Let the break that is asked for be. The count begins anew."""
    give_answer(find_world(), Choice.SKIP)
    click.echo("Skipped.")
