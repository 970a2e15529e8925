"""``start``: run a routine."""

import sys
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.journal import acknowledged
from stretch_coach.world import World

if TYPE_CHECKING:
    from sqlite3 import Connection

    from stretch_coach.routine.model import Routine
    from stretch_coach.routine.safety import Safety
    from stretch_coach.routine.timeline import Timeline
    from stretch_coach.session.conduct import Journal, Result
    from stretch_coach.session.runner import Face
    from stretch_coach.session.voicing import Voicing
    from stretch_coach.tui.coaching import Order

_BROKEN_OFF = 130


@click.command(short_help="Run a routine.")
@click.argument("routine", required=False, shell_complete=complete_routine)
@click.option(
    "--plain",
    is_flag=True,
    help="Line mode: text and a countdown; the default without a terminal.",
)
@click.option("--voice-only", is_flag=True, help="Led by voice: nothing on the screen but one line.")
@click.option("--mute", is_flag=True, help="Say and sound nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON event a line, for programs; they may write commands.")
@click.option(
    "--rehearse",
    type=click.FloatRange(min=1, max=1000),
    metavar="N",
    help="N times as fast, and never recorded.",
)
@click.option(
    "--taught", is_flag=True, help="Confirm that a clinician taught you what is locked, and no caution applies."
)
@click.option("--for-break", is_flag=True, help="Record that it answers a prompt for a break.")
def start(
    routine: str | None,
    *,
    plain: bool,
    voice_only: bool,
    mute: bool,
    as_json: bool,
    rehearse: float | None,
    taught: bool,
    for_break: bool,
) -> int:
    """Run a routine: ROUTINE is an id, the beginning of one, a title, or a path to a .json file.

    On a terminal: x it hurts (stop), space pauses, n next, p previous, r repeat, + ten seconds more, q end.
    """
    import asyncio

    from stretch_coach.cli.notice import say_notice
    from stretch_coach.cli.screen import has_screen
    from stretch_coach.clock import FasterClock
    from stretch_coach.journal.database import told
    from stretch_coach.journal.records import Source
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety
    from stretch_coach.session.first_use import notice_is_due
    from stretch_coach.session.preparing import open_journal, voicing_for

    if plain + as_json + voice_only > 1:
        raise click.UsageError("--plain, --voice-only and --json exclude each other.")
    if voice_only and (mute or rehearse):
        raise click.UsageError("--voice-only needs the voice: leave out --mute and --rehearse.")
    world = find_world()
    chosen = find_routine(find_library(world.places), world.settings.start.routine if routine is None else routine)
    source = Source.BREAK if for_break else Source.TIMER
    if has_screen() and not (plain or as_json or voice_only):
        from stretch_coach.tui.coaching import Order

        order = Order(chosen, source, silent=mute, rehearsal=rehearse)
        return _start_on_screen(world, order, taught=taught)
    safety = load_safety(bundled_routines())
    with ExitStack() as stack:
        stack.enter_context(told(world.places.history))
        if rehearse is None:
            journal, clock = open_journal(world, source), world.clock
            history = stack.enter_context(closing(journal.database))
            _say_interrupted(world, history)
        else:
            journal, clock = None, FasterClock(world.clock, rehearse)
            history = stack.enter_context(world.history())
        confirmed = _require_unlocked(history, chosen, taught=taught)
        first_use = notice_is_due(history, world.clock.wall().ms) and journal is not None
        say_notice(chosen, safety, first_use=first_use)
        if journal:
            acknowledged.acknowledge(history, confirmed, world.clock.wall().ms)
        voicing = voicing_for(
            world,
            history,
            chosen,
            silent=mute or rehearse is not None,
            ring=_ring if sys.stdout.isatty() else None,
        )
        manner = "json" if as_json else "voice-only" if voice_only else "plain"
        result, planned = asyncio.run(_perform(world._replace(clock=clock), journal, chosen, voicing, manner))
    if first_use and not result.broke_off and not result.failure:
        with world.writable_history() as history:
            acknowledged.acknowledge(history, [acknowledged.NOTICE], world.clock.wall().ms)
    if not as_json:
        _say_end(world, result, planned, safety, recorded=journal is not None)
    if result.failure:
        raise result.failure
    if journal is not None:
        world.back_up()
    return _BROKEN_OFF if result.broke_off else 0


def _start_on_screen(world: World, order: "Order", *, taught: bool) -> int:
    """Straight into the coach; what was done is said in the shell afterwards too."""
    from stretch_coach.cli.screen import open_app

    if taught:
        with world.writable_history() as history:
            confirmed = _require_unlocked(history, order.routine, taught=True)
            acknowledged.acknowledge(history, confirmed, world.clock.wall().ms)
    code, ended = open_app(world, order)
    if ended is None:
        return code
    _say_done(world, ended.result, ended.timeline.total, recorded=ended.record is not None)
    if ended.result.failure:
        raise ended.result.failure
    return code


def _say_interrupted(world: World, history: "Connection") -> None:
    """Tell what became of the last session if the program died in it, or that it is still under way."""
    from stretch_coach.journal.running import is_under_way
    from stretch_coach.journal.sessions import last_session

    last = last_session(history)
    if last is None or last.ended_ms is not None:
        return
    if is_under_way(world.places.running, last.id):
        click.echo(f"Another session, {last.title}, is under way; both will be recorded.", err=True)
    else:
        done = f"{last.segments_done} of {last.segments} segments were done and are in the record"
        click.echo(f"The last session, {last.title}, was interrupted: {done}.", err=True)


def _require_unlocked(history: "Connection", routine: "Routine", *, taught: bool) -> list[str]:
    """Let nobody do by accident what only a clinician should teach; what was just confirmed is to be remembered."""
    from stretch_coach.session.preparing import locks_to_confirm

    locked = locks_to_confirm(history, routine)
    if locked and not taught:
        known = " ".join(locked[0].cautions)
        message = f'is locked: "{locked[0].name}" is for people whose clinician taught them. {known}'
        raise CoachError(routine.id, message, "If you were taught it and none of this applies, add --taught.")
    return [acknowledged.taught(lock.id) for lock in locked]


async def _perform(
    world: World, journal: "Journal | None", routine: "Routine", voicing: "Voicing", manner: str
) -> "tuple[Result, float]":
    """Run the session; how it ended, and how many seconds its timeline had."""
    from functools import partial

    from stretch_coach.session.conduct import begin_record, conduct
    from stretch_coach.session.keyboard import keys_as_commands, lines_as_commands
    from stretch_coach.session.speaker import Speaker
    from stretch_coach.session.voicing import staged

    commands = lines_as_commands if manner == "json" else keys_as_commands
    async with staged(routine, voicing) as stage:
        record = begin_record(journal, routine, stage.timeline, world.clock.wall()) if journal else None
        face = _begin_face(manner, routine, stage.timeline, record.id if record else None)
        if stage.trouble:
            face.warn(stage.trouble)
        result = await conduct(
            stage.timeline,
            face,
            world.clock,
            journal=journal,
            record=record,
            listen=partial(commands, sys.stdin) if sys.stdin else None,
            ask_before_end=manner != "json",
            speaker=Speaker(stage.speaking, stage.voice, world.clock, face.hear),
        )
        return result, stage.timeline.total


def _begin_face(manner: str, routine: "Routine", timeline: "Timeline", session_id: str | None) -> "Face":
    """What shows the session, after its first words."""
    from stretch_coach.cells import columns, wrap
    from stretch_coach.session.json_lines import JsonFace
    from stretch_coach.session.keys import KEYS_HELP
    from stretch_coach.session.lines import LineFace, LiveFace
    from stretch_coach.session.voice_face import VoiceFace
    from stretch_coach.session.wording import clock_text

    if manner == "json":
        face = JsonFace(sys.stdout)
        face.begin(session_id, routine.id, routine.title, timeline.total)
        return face
    steps = f"{timeline.steps} steps" if timeline.steps > 1 else "1 step"
    click.echo(f"{routine.title}: {steps}, {clock_text(timeline.total)}")
    if manner == "voice-only":
        return VoiceFace(sys.stdout)
    types = sys.stdin is not None and sys.stdin.isatty()
    if types:
        click.echo(wrap(KEYS_HELP, columns()))
    click.echo()
    return LiveFace(sys.stdout, can_resume=types) if sys.stdout.isatty() else LineFace(sys.stdout)


def _ring() -> None:
    sys.stdout.write("\a")
    sys.stdout.flush()


def _say_end(world: World, result: "Result", planned: float, safety: "Safety", *, recorded: bool) -> None:
    from stretch_coach.cli.notice import stop_signs, wrap_prose
    from stretch_coach.journal.records import Outcome

    if result.outcome is Outcome.STOPPED:
        for line in stop_signs(safety):
            click.echo(wrap_prose(line))
    _say_done(world, result, planned, recorded=recorded)


def _say_done(world: World, result: "Result", planned: float, *, recorded: bool) -> None:
    """What was done, and the streak, in a line or two."""
    from stretch_coach.journal.records import Outcome
    from stretch_coach.journal.summary import summarise
    from stretch_coach.journal.wording import streak_sentence
    from stretch_coach.session.wording import clock_text

    words = {Outcome.COMPLETED: "Well done", Outcome.PARTIAL: "Ended", Outcome.STOPPED: "Done until then"}
    done = clock_text(int(result.done_seconds))
    click.echo(f"{words.get(result.outcome, 'Interrupted')}: {done} of {clock_text(planned)}.")
    if not recorded:
        click.echo("A rehearsal: nothing was recorded.")
    elif not result.failure:
        with world.history() as database:
            click.echo(streak_sentence(summarise(database, world.today, **world.counting)))
