"""``history``: the sessions, one of them in full, and what can be put right about it."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.journal.wording import begun, clock_text, session_facts, session_line, step_sentence

if TYPE_CHECKING:
    from sqlite3 import Connection

    from stretch_coach.journal.records import SessionRecord
    from stretch_coach.world import World

SHORT_ID = 13
"""So much of an id tells the millisecond at which its session began."""

_OUTCOMES = ("completed", "partial", "stopped", "interrupted")


@click.group(invoke_without_command=True, short_help="The sessions that were recorded.")
@click.option("--days", type=click.IntRange(min=1, max=36500), metavar="N", help="Only the last N days.")
@click.option("--routine", metavar="ID", help="Only those of this routine.")
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="Only those that ended like this.")
@click.option("--deleted", is_flag=True, help="Those that were deleted.")
@click.option("--json", "as_json", is_flag=True, help="All that is recorded, newest first, for programs.")
@click.option("--format", "template", metavar="TEMPLATE", help='A line each, such as "{day} {title}".')
@click.pass_context
def history(
    context: click.Context,
    days: int | None,
    routine: str | None,
    outcome: str | None,
    template: str | None,
    *,
    deleted: bool,
    as_json: bool,
) -> None:
    """List the sessions, newest first. Each begins with the start of its id, by which the commands below know it."""
    if context.invoked_subcommand is not None:
        if days or routine or outcome or template or deleted or as_json:
            raise click.UsageError("the options of the list go without a command.")
        return
    if as_json and template is not None:
        raise click.UsageError("--json and --format do not go together.")
    from stretch_coach.journal.records import Outcome, session_json
    from stretch_coach.journal.running import is_under_way
    from stretch_coach.journal.sessions import Wanted, list_sessions, list_steps

    world = find_world()
    since = (world.today - timedelta(days=days - 1)).isoformat() if days else ""
    wanted = Wanted(since, routine=routine or "", outcome=Outcome(outcome) if outcome else None, deleted=deleted)
    with world.history() as database:
        records = [
            record
            for record in list_sessions(database, wanted=wanted)
            if record.ended_ms is not None or not is_under_way(world.places.running, record.id)
        ]
        if as_json:
            told = [session_json(record, list_steps(database, record.id)) for record in records]
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
            return
    _print_list(records, template, empty=_nothing(wanted == Wanted()))


def _nothing(everything: bool) -> str:  # noqa: FBT001 - the one thing it depends on
    return "No sessions yet. `stretch-coach start` begins one." if everything else "No such sessions."


def _print_list(records: "list[SessionRecord]", template: str | None, empty: str) -> None:
    if template is not None:
        from stretch_coach.journal.template import fill

        for record in records:
            click.echo(fill(template, _values(record)))
        return
    for record in records:
        click.echo(f"{record.id[:SHORT_ID]}  {session_line(record)}")
    if not records:
        click.echo(empty)


@history.command()
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="All that is recorded, for programs.")
def show(session: str, *, as_json: bool) -> None:
    """Show one session: each step, and what was said of it. SESSION is its id, or the start of it."""
    from stretch_coach.journal.records import session_json
    from stretch_coach.journal.sessions import find_session, list_steps

    with find_world().history() as database:
        record = find_session(database, session)
        steps = list_steps(database, record.id)
    if as_json:
        click.echo(json.dumps(session_json(record, steps), ensure_ascii=False, indent=1))
        return
    click.echo(f"{record.title} ({record.routine})")
    for name, value in session_facts(record):
        click.echo(f"  {name:<10}{value}")
    for step in steps:
        click.echo(f"  {step_sentence(step)}")


@history.command()
@click.argument("session")
@click.argument("text")
def note(session: str, text: str) -> None:
    """Put a note beside a session; an empty TEXT takes it away."""
    from stretch_coach.journal.revisions import note_session

    world = find_world()
    with world.writable_history() as database:
        record = _find_alone(world, database, session)
        note_session(database, record.id, text, world.clock.wall().ms)
    click.echo(f"Noted beside {_name(record)}." if text.strip() else f"The note beside {_name(record)} was taken away.")


@history.command()
@click.argument("session")
def delete(session: str) -> None:
    """Leave a session out of the record. `history restore` takes it back; nothing is erased."""
    from stretch_coach.journal.revisions import delete_session

    world = find_world()
    with world.writable_history() as database:
        record = _find_alone(world, database, session)
        if record.deleted:
            raise CoachError("history", f"{_name(record)} was deleted before.")
        delete_session(database, record.id, world.clock.wall().ms)
    click.echo(f"Deleted: {_name(record)}. To take it back: stretch-coach history restore {record.id[:SHORT_ID]}")


@history.command()
@click.argument("session")
def restore(session: str) -> None:
    """Take back the deletion of a session."""
    from stretch_coach.journal.revisions import restore_session

    world = find_world()
    with world.writable_history() as database:
        record = _find_alone(world, database, session)
        if not record.deleted:
            raise CoachError(
                "history", f"{_name(record)} was not deleted.", "`history --deleted` lists those that were."
            )
        restore_session(database, record.id, world.clock.wall().ms)
    click.echo(f"In the record again: {_name(record)}.")


def _find_alone(world: "World", database: "Connection", start_of_id: str) -> "SessionRecord":
    """The session of an id, unless it still runs."""
    from stretch_coach.journal.running import is_under_way
    from stretch_coach.journal.sessions import find_session

    record = find_session(database, start_of_id)
    if record.ended_ms is None and is_under_way(world.places.running, record.id):
        raise CoachError("history", f"{_name(record)} is still under way.", "End it first.")
    return record


def _name(record: "SessionRecord") -> str:
    return f"{record.title}, {begun(record):%Y-%m-%d %H:%M}"


def _values(record: "SessionRecord") -> dict[str, str]:
    moment = begun(record)
    return {
        "id": record.id,
        "day": record.day,
        "date": f"{moment:%Y-%m-%d}",
        "time": f"{moment:%H:%M}",
        "routine": record.routine,
        "title": record.title,
        "outcome": record.outcome.value,
        "source": record.source.value,
        "done": clock_text(record.done_ms),
        "planned": clock_text(record.planned_ms),
        "done_seconds": f"{record.done_ms / 1000:g}",
        "planned_seconds": f"{record.planned_ms / 1000:g}",
        "note": record.note or "",
        "comfort_before": "" if record.comfort_before is None else str(record.comfort_before),
        "comfort_after": "" if record.comfort_after is None else str(record.comfort_after),
    }
