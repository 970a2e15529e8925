"""`exercises`, `exercises show` and `exercises start`: the exercises with everything that is known about them."""

from typing import TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.library import find_library
from stretch_coach.cli.output import echo, echo_columns, echo_json
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.paths import find_places

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stretch_coach.routine.exercise import Exercise
    from stretch_coach.routine.library import Library


def _complete_exercise(_context: click.Context, _parameter: click.Parameter, start: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    library = find_library(find_places())
    return [CompletionItem(id_, help=one.name) for id_, one in library.exercises.items() if id_.startswith(start)]


@click.group(invoke_without_command=True)
@click.option(
    "--find", "words", metavar="WORDS", help="Only those with these words in their names, or in what they are for."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.pass_context
def exercises(context: click.Context, *, words: str | None, as_json: bool) -> None:
    """List the exercises, and show or start one of them."""
    if context.invoked_subcommand is not None:
        return
    library = find_library(find_places())
    found = _find(library, words) if words else sorted(library.exercises.values(), key=lambda one: one.id)
    if as_json:
        fields = ("id", "name", "kind", "level", "position", "targets")
        echo_json([{field: getattr(one, field) for field in fields} for one in found], indent=1)
        return
    if not found:
        raise CoachError("exercises", f'none matches "{words}".', "Try another word, such as a muscle.")
    from stretch_coach.guide.exercise_page import POSITIONS

    rows = [(one.id, one.name + (" (locked)" if one.locked else ""), POSITIONS[one.position]) for one in found]
    echo_columns(rows)


@exercises.command(short_help="Show an exercise in full.")
@click.argument("exercise", shell_complete=_complete_exercise)
def show(exercise: str) -> None:
    """Show how to do EXERCISE (an id or a name), what to avoid, its evidence, and when you last did it."""
    from stretch_coach.guide.exercise_page import facts_about, page_sections
    from stretch_coach.guide.suitability import load_suitability
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_references

    context = find_context()
    library = find_library(context.places)
    found = _get(library, exercise)
    echo(f"{found.name} ({found.id})")
    echo_columns([(f"  {name}", text) for name, text in facts_about(found)])
    for section in page_sections(found, load_references(bundled_routines()), library.routines.values()):
        echo(f"\n{section.heading}")
        marks = [f"  {number}." if section.numbered else "  -" for number in range(1, len(section.lines) + 1)]
        echo_columns(list(zip(marks, section.lines, strict=True)), gap=1)
    echo(f"\n{_last_done(context, found)}")
    if why := load_suitability(context.places).why_not(found):
        echo(f"Left out of your sessions ({why}).")


@exercises.command(short_help="Start an exercise alone.")
@click.argument("exercise", shell_complete=_complete_exercise)
def start(exercise: str) -> int:
    """Start EXERCISE (an id or a name) alone, with its usual dose."""
    from stretch_coach.cli.session import run_request
    from stretch_coach.guide.exercise_page import routine_of
    from stretch_coach.session.request import SessionRequest

    context = find_context()
    library = find_library(context.places)
    found = _get(library, exercise)
    return run_request(context, SessionRequest(routine_of(found, library.exercises)))


def _find(library: "Library", words: str) -> "list[Exercise]":
    """Return the exercises that match some words, best matches first."""
    from stretch_coach.guide.body_map import load_body_map
    from stretch_coach.guide.exercise_page import search_card
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.search import search

    body_map = load_body_map(bundled_routines())
    hits = search(words, (), [search_card(one, body_map) for one in library.exercises.values()])
    return [library.exercises[hit.card.id] for hit in hits.exercises]


def _get(library: "Library", name: str) -> "Exercise":
    """Return the exercise with an id or a name.

    Raises:
        CoachError: There is none.
    """
    from stretch_coach.phrasing import did_you_mean
    from stretch_coach.text import quoted

    wanted = name.strip().casefold()
    for one in library.exercises.values():
        if wanted in (one.id, one.name.casefold()):
            return one
    cure = did_you_mean(wanted, library.exercises, "`stretch-coach exercises` lists them.")
    raise CoachError(quoted(name), "is not an exercise.", cure)


def _last_done(context: Context, exercise: "Exercise") -> str:
    from datetime import date

    from stretch_coach.guide.exercise_page import done_sentence
    from stretch_coach.journal.sessions import last_day_done, times_done

    with context.history() as history:
        day, times = last_day_done(history, exercise.id), times_done(history).get(exercise.id, 0)
    return done_sentence(date.fromisoformat(day) if day else None, times, context.today)
