"""`start`: run a routine, in the app or in line mode."""

from typing import TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.library import complete_routine, find_library, find_routine
from stretch_coach.cli.output import echo
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import SUCCESS

if TYPE_CHECKING:
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine
    from stretch_coach.session.live import FinishedSession
    from stretch_coach.session.request import SessionRequest
    from stretch_coach.session.resumption import InterruptedSession


@click.command()
@click.argument("routine", required=False, shell_complete=complete_routine)
@click.option("--plain", is_flag=True, help="Line mode: text and a countdown. The default without a terminal.")
@click.option("--voice-only", is_flag=True, help="Guide by voice alone; the terminal shows a single line.")
@click.option("--mute", is_flag=True, help="Say nothing and play no tones.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON event per line, and read commands from standard input."
)
@click.option(
    "--rehearse", type=click.FloatRange(min=1, max=1000), metavar="N", help="Run N times as fast, and record nothing."
)
@click.option("--resume/--fresh", default=None, help="Resume today's interrupted session, or start from the beginning.")
@click.option("--taught", is_flag=True, help="Confirm that a clinician taught you this and that no caution applies.")
@click.option("--other-doses", is_flag=True, help="Do it with the other doses that are offered before it starts.")
@click.option("--for-break", is_flag=True, help="Record the session as the answer to a break prompt.")
def start(
    routine: str | None,
    *,
    plain: bool,
    voice_only: bool,
    mute: bool,
    as_json: bool,
    rehearse: float | None,
    resume: bool | None,
    taught: bool,
    other_doses: bool,
    for_break: bool,
) -> int:
    """Run ROUTINE: an id or the beginning of one, a title, the path of a .json file, or "rotate: quick".

    Keys on a terminal: x it hurts (stop), space pause, n next, p previous, r repeat, + hold ten seconds more, q end.
    """
    from stretch_coach.cli.screen import has_screen
    from stretch_coach.journal.records import Source
    from stretch_coach.session.request import SessionRequest

    if plain + as_json + voice_only > 1:
        raise click.UsageError("--plain, --voice-only and --json cannot be combined.")
    if voice_only and (mute or rehearse):
        raise click.UsageError("--voice-only needs the voice: leave out --mute and --rehearse.")
    if resume and rehearse:
        raise click.UsageError("A rehearsal cannot resume a session: leave out --resume or --rehearse.")
    in_app = has_screen() and not (plain or as_json or voice_only)
    context = _find_context(warns=not in_app)
    library = find_library(context.places)
    interrupted = _find_interrupted(context, library, routine) if resume else None
    name = interrupted.record.routine if interrupted and routine is None else routine
    chosen, why = _choose(context, library, context.settings.start.routine if name is None else name)
    source = interrupted.record.source if interrupted else Source.BREAK if for_break else Source.TIMER
    request = SessionRequest(chosen, source, mute, rehearse, interrupted, voice_only, why=why)
    request = request._replace(takes_other=other_doses)
    if in_app:
        return _start_app(context, request, taught=taught)
    return _start_in_line_mode(context, request, as_json=as_json, taught=taught, may_resume=resume is None)


def _choose(context: Context, library: "Library", name: str) -> "tuple[Routine, str]":
    """Return the routine that a name means, and why it is this one if it means several.

    Raises:
        CoachError: There is no such routine, or none of several suits the user.
    """
    from stretch_coach.guide.choice import choose_routine
    from stretch_coach.settings.choices import rotating_names

    if not rotating_names(name):
        return find_routine(library, name), ""
    chosen = choose_routine(context, name)
    return library.find(chosen.routine), chosen.reason


def run_request(context: Context, request: "SessionRequest") -> int:
    """Run a session, in the app where there is a screen, and return the exit code."""
    from stretch_coach.cli.screen import has_screen

    if has_screen():
        return _start_app(context, request, taught=False)
    return _start_in_line_mode(context, request, as_json=False, taught=False, may_resume=False)


def _find_context(*, warns: bool) -> Context:
    """Return the context, with the default settings if the user's are invalid: the session matters more."""
    context = find_context()
    if (error := context.reload_settings()) and warns:
        context.warn(f"{error} Using the defaults.")
    return context


def _find_interrupted(context: Context, library: "Library", routine: str | None) -> "InterruptedSession":
    """Return the session to resume.

    Raises:
        CoachError: There is none, or it belongs to another routine.
    """
    from stretch_coach.session.resumption import find_interrupted

    with context.history() as history:
        interrupted = find_interrupted(history, context.places.running, context.today)
    if interrupted is None:
        raise CoachError("start", "no session was interrupted today.", "Leave out --resume to start a new one.")
    if routine is not None and find_routine(library, routine).id != interrupted.record.routine:
        other = f'the interrupted session is "{interrupted.record.title}".'
        raise CoachError("start", other, "Name its routine, or leave out --resume.")
    if routine is None and interrupted.record.routine not in library.routines:
        missing = f'the routine of "{interrupted.record.title}" is not in the library.'
        raise CoachError("start", missing, "Name its file, or leave out --resume.")
    return interrupted


def _start_in_line_mode(
    context: Context, request: "SessionRequest", *, as_json: bool, taught: bool, may_resume: bool
) -> int:
    """Run a session in line mode, and print how it ended."""
    from stretch_coach.breaks.pause import pause_after_hurt
    from stretch_coach.cli.line_mode import run_in_line_mode
    from stretch_coach.journal.records import Outcome

    finished = run_in_line_mode(context, request, as_json=as_json, taught=taught, may_resume=may_resume)
    if finished is None:
        return SUCCESS
    if finished.record and finished.outcome is Outcome.STOPPED:
        pause_after_hurt(context)
    if not as_json:
        _print_end(context, finished, shows_stop_signs=True)
    if finished.failure:
        raise finished.failure
    return finished.exit_code


def _start_app(context: Context, request: "SessionRequest", *, taught: bool) -> int:
    """Run a session in the app, and print in the shell how it ended."""
    from stretch_coach.cli.line_mode import confirm_taught
    from stretch_coach.cli.screen import open_app

    if taught:
        confirm_taught(context, request.routine)
    code, finished = open_app(context, request)
    if finished is None:
        return code
    _print_end(context, finished, shows_stop_signs=False)
    if finished.failure:
        raise finished.failure
    return code


def _print_end(context: Context, finished: "FinishedSession", *, shows_stop_signs: bool) -> None:
    """Print what was done, and the streak unless it hurt."""
    from stretch_coach.cli.notice import print_stop_signs
    from stretch_coach.journal.records import Outcome
    from stretch_coach.journal.sentences import streak_sentence
    from stretch_coach.journal.summary import load_summary
    from stretch_coach.phrasing import minutes_and_seconds

    if not finished.started:
        echo("The session did not start. Nothing was recorded.")
        return
    stopped = finished.outcome is Outcome.STOPPED
    if stopped and shows_stop_signs:
        print_stop_signs()
    headings = {Outcome.COMPLETED: "Well done", Outcome.PARTIAL: "Ended", Outcome.STOPPED: "Stopped"}
    heading = headings.get(finished.outcome, "Interrupted")
    done, planned = int(finished.done_seconds), finished.timeline.total
    echo(f"{heading}: {minutes_and_seconds(done)} of {minutes_and_seconds(planned)}.")
    if finished.failure:
        return
    if finished.record is None:
        echo("A rehearsal: nothing was recorded.")
    elif not stopped:
        with context.history() as history:
            echo(streak_sentence(load_summary(history, context.today, context.counting_rules)))
