"""`breaks` itself, `next`, the answers to a prompt, and pauses."""

import click

from stretch_coach.breaks.commands import MAX_SNOOZE_MINUTES, SentAnswer, send, wait_received, wake
from stretch_coach.breaks.pause import end_pause, parse_pause, paused_until, set_pause
from stretch_coach.breaks.prompt import Choice, Phase
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.status import NO_RULES, NO_WATCHER, count_today, find_status, instant_text
from stretch_coach.breaks.store import is_watching, load_day
from stretch_coach.breaks.timetable import SystemZone
from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.cli.context import find_context
from stretch_coach.cli.output import echo, echo_json
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.files import is_locked
from stretch_coach.phrasing import count

_PATIENCE_SECONDS = 5.0


def show_status(*, as_json: bool) -> None:
    """Print how the day is going, without what a file that cannot be used would add.

    Raises:
        CoachError: The settings are invalid or the history cannot be read. The rest has been printed.
    """
    context = find_context()
    problem = context.reload_settings()
    status = find_status(context.places, context.settings, context.clock)._replace(knows_rules=problem is None)
    try:
        status = status._replace(today=count_today(context))
    except CoachError as error:
        problem = problem or error
    if as_json:
        echo_json(status.to_json())
    else:
        for line in status.lines(RoutineTitles(context.places).find):
            echo(line)
    if problem:
        raise problem


@click.command("next")
@click.option(
    "--count", type=click.IntRange(1, 100), default=5, show_default=True, metavar="N", help="How many prompts to show."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def next_(count: int, *, as_json: bool) -> None:
    """Show when the next prompts are expected, if you keep working and take each break when it is offered."""
    from stretch_coach.breaks.forecast import Forecast

    context = find_context()
    status = find_status(context.places, context.settings, context.clock)
    forecast = Forecast(status.settings, status.zone, context.settings.record.day_start)
    expected = forecast.predict(status.state, status.now, count, status.paused_until)
    if as_json:
        echo_json([one.to_json(status.zone) for one in expected])
        return
    titles = RoutineTitles(context.places)
    for one in expected:
        echo(f"{status.zone.wall(one.at):%a %d %b %H:%M}  {titles.find(one.routine)}  ({one.rule})")
    if not expected:
        echo("No prompts are expected in the next month." if status.settings.rules else NO_RULES)


@click.command()
def start() -> None:
    """Take the break that is offered, like the Start button of the prompt."""
    context = find_context()
    state = _answer(context, Choice.START)
    if state.prompt:
        echo(f"Starting: {RoutineTitles(context.places).find(state.prompt.routine)}.")


@click.command()
@click.argument("minutes", required=False, type=click.IntRange(1, MAX_SNOOZE_MINUTES))
def snooze(minutes: int | None) -> None:
    """Be asked again in MINUTES. The default is the first value of the setting breaks.snooze."""
    context = find_context()
    state = _answer(context, Choice.SNOOZE, minutes)
    length = minutes or context.settings.breaks.snooze[0]
    left = context.settings.breaks.snooze_limit - (state.prompt.snoozes if state.prompt else 0)
    echo(f"Snoozed for {count(length, 'minute')}. You can snooze it {count(left, 'more time')}.")


@click.command()
def skip() -> None:
    """Skip this break. The count of minutes at the screen restarts."""
    _answer(find_context(), Choice.SKIP)
    echo("Skipped.")


@click.command()
@click.argument("how_long", nargs=-1, required=True, metavar="2h | 45m | 3d | today | until 14:00")
def pause(how_long: tuple[str, ...]) -> None:
    """Pause all prompts for days, hours or minutes, for the rest of today, or until a time of day."""
    context = find_context()
    context.reload_settings()  # pausing must work even with invalid settings
    zone, now = SystemZone(), context.clock.wall().ms / 1000
    until = parse_pause(" ".join(how_long).strip().lower(), now, zone, context.settings.record.day_start)
    set_pause(context.places.breaks, until)
    wake(context.places.breaks)
    echo(f"Paused until {instant_text(zone, until, now)}. Resume with `stretch-coach breaks resume`.")
    _mention_watcher(context)


@click.command()
def resume() -> None:
    """End a pause before its time."""
    context = find_context()
    was_paused = paused_until(context.places.breaks, context.clock.wall().ms / 1000) is not None
    end_pause(context.places.breaks)
    wake(context.places.breaks)
    echo("Resumed." if was_paused else "Breaks were not paused.")
    _mention_watcher(context)


def _mention_watcher(context: Context) -> None:
    if not is_watching(context.places):
        echo(NO_WATCHER)


def _answer(context: Context, choice: Choice, minutes: int | None = None) -> DayState:
    """Answer the prompt that is due, and return the state after that.

    Raises:
        CoachError: No process asks for breaks, there is no prompt, or the answer was not received.
    """
    folder = context.places.breaks
    if not is_watching(context.places) and not is_locked(context.places.app_lock):
        raise CoachError("breaks", NO_WATCHER)
    prompt = load_day(folder).state.prompt
    if prompt is None or prompt.phase is Phase.STARTED:
        hint = "Pause prompts with `stretch-coach breaks pause 20m`, or start a session with `stretch-coach start`."
        raise CoachError("breaks", "no prompt is waiting for an answer.", hint)
    if choice is Choice.SNOOZE and prompt.snoozes >= context.settings.breaks.snooze_limit:
        raise CoachError("breaks", "this prompt cannot be snoozed again.", "Start or skip it.")
    sent = send(folder, SentAnswer(choice, minutes), context.clock.wall().ms / 1000)
    if not wait_received(sent, _PATIENCE_SECONDS):
        raise CoachError("breaks", "the watcher does not respond.", "Try again, or restart it.")
    return load_day(folder).state
