"""``start``: run a routine."""

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.cli.world import World, find_world
from stretch_coach.errors import CoachError

if TYPE_CHECKING:
    from stretch_coach.routine.model import Routine
    from stretch_coach.routine.safety import Safety
    from stretch_coach.session.conduct import Journal, Result

_BROKEN_OFF = 130
_NOTICE_DAYS = 30
_DAY_MS = 86_400_000


@click.command(short_help="Run a routine.")
@click.argument("routine", required=False, shell_complete=complete_routine)
@click.option("--plain", is_flag=True, help="Line mode: lines of text and a countdown. This is the default so far.")
@click.option("--json", "as_json", is_flag=True, help="One JSON event a line, for programs; they may write commands.")
@click.option(
    "--rehearse",
    type=click.FloatRange(min=1, max=1000),
    metavar="N",
    help="N times as fast, and never recorded.",
)
@click.option("--taught", is_flag=True, help="Confirm that a clinician taught you what is locked, and no caution applies.")
def start(routine: str | None, *, plain: bool, as_json: bool, rehearse: float | None, taught: bool) -> int:
    """Run a routine: ROUTINE is an id, the beginning of one, a title, or a path to a .json file.

    On a terminal: space pauses, n next, p previous, r repeat, + ten seconds more, x it hurts (stop), q end.
    """
    from stretch_coach.clock import FasterClock
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety

    if plain and as_json:
        raise click.UsageError("--plain and --json exclude each other.")
    world = find_world()
    chosen = find_routine(find_library(world), routine or world.settings.start.routine)
    safety = load_safety(bundled_routines())
    with ExitStack() as stack:
        journal = None
        if rehearse is None:
            journal = _open_journal(world)
            stack.callback(journal.database.close)
        _require_unlocked(world, journal, chosen, taught=taught)
        _say_notice(world, journal, chosen, safety)
        clock = world.clock if rehearse is None else FasterClock(world.clock, rehearse)
        result = _run(world._replace(clock=clock), journal, chosen, as_json=as_json)
    if not as_json:
        _say_end(world, chosen, result, safety, recorded=journal is not None)
    if result.failure:
        raise CoachError("history", f"the session could not be recorded: {result.failure}", "")
    return _BROKEN_OFF if result.broke_off else 0


def _open_journal(world: World) -> "Journal":
    from stretch_coach.journal.summary import close_days
    from stretch_coach.session.conduct import Journal

    database = world.open_history()
    close_days(database, world.today, **world.counting)
    return Journal(database, world.places.running, world.settings.record.day_start)


def _require_unlocked(world: World, journal: "Journal | None", routine: "Routine", *, taught: bool) -> None:
    """Let nobody do by accident what only a clinician should teach; a confirmation is remembered."""
    from stretch_coach.journal import acknowledged

    for subject, name, cautions in routine.locks:
        remembered = journal and acknowledged.acknowledged_at(journal.database, acknowledged.taught(subject))
        if remembered is not None and remembered:
            continue
        if not taught:
            known = " ".join(cautions)
            message = f'is locked: "{name}" is for people whose clinician taught them. {known}'
            raise CoachError(routine.id, message, "If you were taught it and none of this applies, add --taught.")
        if journal:
            acknowledged.acknowledge(journal.database, acknowledged.taught(subject), world.clock.wall().ms)


def _say_notice(world: World, journal: "Journal | None", routine: "Routine", safety: "Safety") -> None:
    """What this is and the warning signs, on stderr: the first time, every month, and where the routine asks for it."""
    from stretch_coach.journal import acknowledged

    now_ms = world.clock.wall().ms
    told_ms = journal and acknowledged.acknowledged_at(journal.database, acknowledged.NOTICE)
    is_due = not told_ms or now_ms - told_ms > _NOTICE_DAYS * _DAY_MS
    lines = [*safety.intended_use, safety.review] if is_due else []
    if is_due or routine.file.warning_signs:
        lines += ["", safety.gate_intro]
        for flag in safety.red_flags:
            signs = f" ({'; '.join(flag.signs)})" if flag.signs else ""
            lines.append(f"  {flag.ask}{signs} {safety.actions[flag.action].text}")
        lines.append("")
    lines += [*routine.file.cautions, safety.session_line]
    for line in lines:
        click.echo(line, err=True)
    if is_due and journal:
        acknowledged.acknowledge(journal.database, acknowledged.NOTICE, now_ms)


def _run(world: World, journal: "Journal | None", routine: "Routine", *, as_json: bool) -> "Result":
    from stretch_coach.journal.ids import new_id
    from stretch_coach.routine.timeline import build_timeline
    from stretch_coach.session.conduct import begin_record, conduct
    from stretch_coach.session.json_lines import JsonFace
    from stretch_coach.session.keyboard import keys_as_commands, lines_as_commands
    from stretch_coach.session.keys import KEYS_HELP
    from stretch_coach.session.lines import LineFace, LiveFace
    from stretch_coach.session.runner import Face
    from stretch_coach.session.wording import clock_text

    timeline = build_timeline(routine)
    record = begin_record(journal, routine, timeline, world.clock.wall()) if journal else None
    stdin_is_terminal = sys.stdin is not None and sys.stdin.isatty()
    face: Face
    if as_json:
        face = json_face = JsonFace(sys.stdout)
        id_ = record.id if record else new_id(world.clock.wall().ms)
        json_face.begin(id_, routine.id, routine.title, timeline.total)
    else:
        steps = f"{timeline.steps} steps" if timeline.steps > 1 else "1 step"
        click.echo(f"{routine.title}: {steps}, {clock_text(timeline.total)}")
        live = sys.stdout.isatty()
        if stdin_is_terminal:
            click.echo(KEYS_HELP)
        click.echo()
        face = LiveFace(sys.stdout, can_resume=stdin_is_terminal) if live else LineFace(sys.stdout)
    return conduct(
        timeline,
        face,
        world.clock,
        journal=journal,
        record=record,
        listen=lines_as_commands if as_json else keys_as_commands,
        stdin=sys.stdin,
        ask_before_end=not as_json,
    )


def _say_end(world: World, routine: "Routine", result: "Result", safety: "Safety", *, recorded: bool) -> None:
    from stretch_coach.cli.record import streak_sentence
    from stretch_coach.journal.records import Outcome
    from stretch_coach.journal.summary import summarise
    from stretch_coach.session.wording import clock_text

    if result.outcome is Outcome.STOPPED:
        click.echo("Stopped. Stop for the day with any of these:")
        for sign in safety.stop_now:
            click.echo(f"  {sign}")
        click.echo(safety.stop_text)
    words = {Outcome.COMPLETED: "Well done", Outcome.PARTIAL: "Ended", Outcome.STOPPED: "Done until then"}
    done = f"{words.get(result.outcome, 'Interrupted')}: {clock_text(result.done_seconds)}"
    click.echo(f"{done} of {clock_text(routine.total_seconds)}.")
    if not recorded:
        click.echo("A rehearsal: nothing was recorded.")
    elif not result.failure:
        with world.history() as database:
            click.echo(streak_sentence(summarise(database, world.today, **world.counting)))
