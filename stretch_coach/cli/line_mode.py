"""A session in line mode: the questions and notices before it, and the face that shows it."""

import sys
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.cli.notice import ask_warning_signs, ask_yes, note_cautions, note_intended_use, note_warning_signs
from stretch_coach.cli.output import echo, note
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.acknowledgements import NOTICE, acknowledge, notice_is_due, taught_subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stretch_coach.journal.records import SessionRecord
    from stretch_coach.routine.model import Lock, Routine
    from stretch_coach.routine.safety import Safety
    from stretch_coach.session.live import FinishedSession, SessionFace
    from stretch_coach.session.request import SessionRequest
    from stretch_coach.session.resumption import InterruptedSession


class _Known(NamedTuple):
    """What the history says before a session.

    Attributes:
        notice_due: Whether the warning signs have to be shown, or asked about.
        locks: The exercises that the user has to confirm having been taught.
        last: The last session, or None if there is none.
        last_step: The last step that was reached in it, from 1.
        last_runs: Whether another process is running it.
        interrupted: The last session if it can be resumed; otherwise None.
        hurt_today: Whether one of today's sessions was stopped because it hurt.
    """

    notice_due: bool
    locks: "list[Lock]"
    last: "SessionRecord | None" = None
    last_step: int = 1
    last_runs: bool = False
    interrupted: "InterruptedSession | None" = None
    hurt_today: bool = False


def run_in_line_mode(
    context: Context, request: "SessionRequest", *, as_json: bool, taught: bool, may_resume: bool
) -> "FinishedSession | None":
    """Ask the questions and print the notices that come before a session, then run it.

    Args:
        context: The user's folders, settings, history and clock.
        request: Which session.
        as_json: Whether to show it as JSON events.
        taught: Whether the user has confirmed having been taught the locked exercises.
        may_resume: Whether to offer to resume an interrupted session.

    Returns:
        How the session ended, or None if the user decided against it.

    Raises:
        CoachError: The routine is locked, or nothing of it suits the user.
    """
    import asyncio

    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety
    from stretch_coach.session.request import suit_request

    request = suit_request(context, request)
    safety = load_safety(bundled_routines())
    can_ask = not as_json and not request.rehearsal and _can_ask()
    known = _look_up(context, request)
    if known.locks and not taught:
        _unlock(known.locks, request.routine, safety, can_ask=can_ask)
    if not _pass_notice(context, request, known, safety, can_ask=can_ask):
        return None
    request = _offer_doses(context, request, can_ask=can_ask)
    note_cautions(request.routine, safety)
    if known.locks and not request.rehearsal:
        _acknowledge(context, [taught_subject(lock.id) for lock in known.locks])
    if may_resume and not request.rehearsal:
        request = suit_request(context, _offer_to_resume(request, known, can_ask=can_ask))
    finished = asyncio.run(_run(context, request, as_json=as_json))
    was_read = finished.started and not finished.exit_code and not finished.failure
    if known.notice_due and not can_ask and not request.rehearsal and was_read:
        _acknowledge(context, [NOTICE])
    return finished


def confirm_taught(context: Context, routine: "Routine") -> None:
    """Record that the user was taught the locked exercises of a routine."""
    _acknowledge(context, [taught_subject(lock.id) for lock in routine.locks])


def _can_ask() -> bool:
    """Return whether there is a terminal that can show a question and answer it."""
    from stretch_coach.session.input.keyboard import can_type

    return can_type(sys.stdin) and sys.stderr.isatty()


def _look_up(context: Context, request: "SessionRequest") -> _Known:
    from stretch_coach.journal.running import is_running
    from stretch_coach.journal.sessions import hurt_on, last_session, list_steps
    from stretch_coach.session.prepare import locks_to_confirm
    from stretch_coach.session.resumption import find_interrupted

    running = context.places.running
    try:
        with context.history() as history:
            last = last_session(history)
            return _Known(
                notice_is_due(history, context.clock.wall().ms),
                locks_to_confirm(history, request.routine),
                last,
                max((step.number for step in list_steps(history, last.id)), default=1) if last else 1,
                last is not None and is_running(running, last.id),
                find_interrupted(history, running, context.today),
                hurt_on(history, context.today.isoformat()),
            )
    except CoachError:  # the session repairs the history, or runs without a record and says why
        return _Known(notice_due=True, locks=list(request.routine.locks))


def _unlock(locks: "list[Lock]", routine: "Routine", safety: "Safety", *, can_ask: bool) -> None:
    """Ask whether the user was taught the locked exercises.

    Raises:
        CoachError: The user was not, or cannot be asked.
    """
    if can_ask:
        for lock in locks:
            note(f"{lock.name}: {' '.join(lock.cautions)}")
        if ask_yes(safety.taught_question, default=False):
            return
    cautions = " ".join(locks[0].cautions)
    message = f'is locked: "{locks[0].name}" is for people whose clinician taught them. {cautions}'
    raise CoachError(routine.id, message, "If you were taught it and none of this applies, add --taught.")


def _pass_notice(
    context: Context, request: "SessionRequest", known: _Known, safety: "Safety", *, can_ask: bool
) -> bool:
    """Ask about the warning signs or show them, if that is due. Return whether the session may start."""
    is_due = known.notice_due and not request.rehearsal
    if is_due:
        note_intended_use(safety)
    if not is_due and not request.routine.file.warning_signs:
        return True
    if not can_ask:
        note_warning_signs(safety)
        return True
    if not ask_warning_signs(safety):
        return False
    _acknowledge(context, [NOTICE])
    return True


def _offer_to_resume(request: "SessionRequest", known: _Known, *, can_ask: bool) -> "SessionRequest":
    """Mention how the last session ended, offer to resume it, and return the session to run."""
    from stretch_coach.journal.sentences import HURT_TODAY

    last, interrupted = known.last, known.interrupted
    if last and known.last_runs:
        note(f"Another session, {last.title}, is running. Both will be recorded.")
    elif known.hurt_today:
        note(HURT_TODAY)
    elif interrupted and can_ask and interrupted.record.routine == request.routine.id:
        question = f"{interrupted.record.title} was interrupted at step {known.last_step}. Resume it?"
        if ask_yes(question, default=True):
            written = request.doses.written or request.routine
            request = request._replace(routine=written, interrupted=interrupted, changes=None)
            return request._replace(source=interrupted.record.source)
    elif last and (interrupted or last.ended_ms is None):
        note(f"Your last session, {last.title}, was interrupted at step {known.last_step}. What you did was recorded.")
        if interrupted:
            note("Resume it with `stretch-coach start --resume`.")
    return request


def _offer_doses(context: Context, request: "SessionRequest", *, can_ask: bool) -> "SessionRequest":
    """Ask once about doses that are newly offered, and return the session to run."""
    from stretch_coach.session.request import suit_request

    if not can_ask:
        return request.unasked()
    if not request.doses.is_new:
        return request
    if ask_yes(f"{request.doses.offer} Do it this way?", default=False):
        request = suit_request(context, request.with_other_doses())
    return request._replace(doses=request.doses._replace(offer=""))


def _acknowledge(context: Context, subjects: "Iterable[str]") -> None:
    """Remember what the user confirmed; a history that cannot be written is reported by the session."""
    from contextlib import suppress

    with suppress(CoachError), context.writable_history() as history:
        acknowledge(history, subjects, context.clock.wall().ms)


async def _run(context: Context, request: "SessionRequest", *, as_json: bool) -> "FinishedSession":
    from functools import partial

    from stretch_coach.session.input.keyboard import keys_as_commands, lines_as_commands
    from stretch_coach.session.live import LiveSession

    commands = lines_as_commands if as_json else keys_as_commands
    live = LiveSession(
        context,
        request,
        _choose_face(request, as_json=as_json),
        listen=partial(commands, sys.stdin) if sys.stdin else None,
        ring=_ring if sys.stdout.isatty() else None,
        lead_in=0 if as_json else context.settings.app.lead_in,
        pauses_before_end=not as_json,
    )
    return await live.run()


def _choose_face(request: "SessionRequest", *, as_json: bool) -> "SessionFace":
    from stretch_coach.cli.screen import is_dumb
    from stretch_coach.session.faces.json_lines import JsonFace
    from stretch_coach.session.faces.lines import LineFace, LiveFace
    from stretch_coach.session.faces.voice_line import VoiceFace

    if as_json:
        return JsonFace(sys.stdout)
    if request.voice_only:
        return VoiceFace(sys.stdout)
    has_keys = sys.stdin is not None and sys.stdin.isatty()
    is_live = sys.stdout.isatty() and not is_dumb()
    return LiveFace(sys.stdout, has_keys=has_keys) if is_live else LineFace(sys.stdout, has_keys=has_keys)


def _ring() -> None:
    echo("\a", newline=False)
