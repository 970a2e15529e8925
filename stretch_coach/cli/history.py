"""`history`: list the sessions, show a session, and correct it."""

from typing import TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.output import echo, echo_json
from stretch_coach.errors import CoachError
from stretch_coach.journal.sentences import session_facts, session_line, session_name, started_at, step_line
from stretch_coach.phrasing import minutes_and_seconds

if TYPE_CHECKING:
    from sqlite3 import Connection

    from stretch_coach.context import Context
    from stretch_coach.journal.records import SessionRecord

_SHORT_ID = 13
"""The first characters of an id that say the millisecond at which the session started."""

_OUTCOMES = ("completed", "partial", "stopped", "interrupted")


@click.group(invoke_without_command=True)
@click.option("--days", type=click.IntRange(min=1, max=36500), metavar="N", help="Only the last N days.")
@click.option("--routine", metavar="ID", help="Only sessions of this routine.")
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="Only sessions that ended like this.")
@click.option("--deleted", is_flag=True, help="List deleted sessions.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, newest first.")
@click.option("--format", "template", metavar="TEMPLATE", help='Print a line for each, such as "{day} {title}".')
@click.pass_context
def history(
    invocation: click.Context,
    days: int | None,
    routine: str | None,
    outcome: str | None,
    template: str | None,
    *,
    deleted: bool,
    as_json: bool,
) -> None:
    """List your sessions, newest first. Each line starts with the short id that the commands below take."""
    if invocation.invoked_subcommand is not None:
        if days or routine or outcome or template or deleted or as_json:
            raise click.UsageError("these options are for the list, not for a command.")
        return
    if as_json and template is not None:
        raise click.UsageError("--json and --format cannot be combined.")
    from stretch_coach.journal.records import Outcome, session_json
    from stretch_coach.journal.running import is_running
    from stretch_coach.journal.sessions import SessionQuery, list_sessions, list_steps
    from stretch_coach.journal.statistics import range_start

    context = find_context()
    since = range_start(days, context.today).isoformat() if days else ""
    query = SessionQuery(since, routine=routine or "", outcome=Outcome(outcome) if outcome else None, deleted=deleted)
    with context.history() as database:
        records = [
            record
            for record in list_sessions(database, query)
            if record.ended_ms is not None or not is_running(context.places.running, record.id)
        ]
        if as_json:
            values = [session_json(record, list_steps(database, record.id)) for record in records]
            echo_json(values, indent=1)
            return
    is_everything = query == SessionQuery()
    nothing = "No sessions yet. Start one with `stretch-coach start`." if is_everything else "No matching sessions."
    _print_list(records, template, nothing)


def _print_list(records: "list[SessionRecord]", template: str | None, nothing: str) -> None:
    if template is not None:
        from stretch_coach.cli.output import fill_template

        for record in records:
            echo(fill_template(template, _template_values(record)))
        return
    for record in records:
        echo(f"{record.id[:_SHORT_ID]}  {session_line(record)}")
    if not records:
        echo(nothing)


@history.command()
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def show(session: str, *, as_json: bool) -> None:
    """Show one session with its steps. SESSION is its id, or the start of it."""
    from stretch_coach.journal.records import session_json
    from stretch_coach.journal.sessions import find_session, list_steps

    with find_context().history() as database:
        record = find_session(database, session)
        steps = list_steps(database, record.id)
    if as_json:
        echo_json(session_json(record, steps), indent=1)
        return
    echo(f"{record.title} ({record.routine})")
    for name, value in session_facts(record):
        echo(f"  {name:<10}{value}")
    for step in steps:
        echo(f"  {step_line(step)}")


@history.command()
@click.argument("session")
@click.argument("text")
def note(session: str, text: str) -> None:
    """Set the note of a session, or remove it if TEXT is empty."""
    from stretch_coach.journal.revisions import note_session

    context = find_context()
    with context.writable_history() as database:
        record = _find_ended(context, database, session)
        note_session(database, record.id, text, context.clock.wall().ms)
    echo(f"{'Noted' if text.strip() else 'Removed the note'}: {session_name(record)}.")


@history.command()
@click.argument("session")
def delete(session: str) -> None:
    """Delete a session from your history. Nothing is erased: `history restore` brings it back."""
    from stretch_coach.journal.revisions import delete_session

    context = find_context()
    with context.writable_history() as database:
        record = _find_ended(context, database, session)
        if record.deleted:
            raise CoachError("history", f"{session_name(record)} is already deleted.")
        delete_session(database, record.id, context.clock.wall().ms)
    echo(f"Deleted {session_name(record)}. Undo: stretch-coach history restore {record.id[:_SHORT_ID]}")


@history.command()
@click.argument("session")
def restore(session: str) -> None:
    """Restore a deleted session."""
    from stretch_coach.journal.revisions import restore_session

    context = find_context()
    with context.writable_history() as database:
        record = _find_ended(context, database, session)
        if not record.deleted:
            hint = "List the deleted sessions with `stretch-coach history --deleted`."
            raise CoachError("history", f"{session_name(record)} is not deleted.", hint)
        restore_session(database, record.id, context.clock.wall().ms)
    echo(f"Restored: {session_name(record)}.")


def _find_ended(context: "Context", database: "Connection", start_of_id: str) -> "SessionRecord":
    """Return the session whose id starts with `start_of_id`, once it has ended.

    Raises:
        CoachError: There is no such session, or it is still running.
    """
    from stretch_coach.journal.running import is_running
    from stretch_coach.journal.sessions import find_session

    record = find_session(database, start_of_id)
    if record.ended_ms is None and is_running(context.places.running, record.id):
        raise CoachError("history", f"{session_name(record)} is still running.", "End it first.")
    return record


def _template_values(record: "SessionRecord") -> dict[str, str]:
    started = started_at(record)
    return {
        "id": record.id,
        "day": record.day,
        "date": f"{started:%Y-%m-%d}",
        "time": f"{started:%H:%M}",
        "routine": record.routine,
        "title": record.title,
        "outcome": record.outcome.value,
        "source": record.source.value,
        "done": minutes_and_seconds(record.done_ms / 1000),
        "planned": minutes_and_seconds(record.planned_ms / 1000),
        "done_seconds": f"{record.done_ms / 1000:g}",
        "planned_seconds": f"{record.planned_ms / 1000:g}",
        "note": record.note or "",
        "comfort_before": "" if record.comfort_before is None else str(record.comfort_before),
        "comfort_after": "" if record.comfort_after is None else str(record.comfort_after),
    }
