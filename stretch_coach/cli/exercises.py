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

_POSITIONS = {
    "seated": "seated",
    "standing": "standing",
    "seated-or-standing": "seated or standing",
    "seated-or-lying": "seated or lying",
    "lying": "lying",
    "hands-and-knees": "on hands and knees",
}


def _complete_exercise(_context: click.Context, _parameter: click.Parameter, start: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    library = find_library(find_places())
    return [CompletionItem(id_, help=one.name) for id_, one in library.exercises.items() if id_.startswith(start)]


@click.group(invoke_without_command=True)
@click.option("--find", "words", metavar="WORDS", help="Only those with these words in their names or muscles.")
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
    rows = [(one.id, one.name + (" (locked)" if one.locked else ""), _POSITIONS[one.position]) for one in found]
    echo_columns(rows)


@exercises.command(short_help="Show an exercise in full.")
@click.argument("exercise", shell_complete=_complete_exercise)
def show(exercise: str) -> None:
    """Show how to do EXERCISE (an id or a name), what to avoid, its evidence, and when you last did it."""
    from stretch_coach.guide.suitability import load_suitability

    context = find_context()
    library = find_library(context.places)
    found = _get(library, exercise)
    echo(f"{found.name} ({found.id})")
    facts = [("Also called", ", ".join(found.aliases)), ("For", ", ".join(found.targets))]
    facts += [("Position", _POSITIONS[found.position]), ("Dose", _dose(found)), ("Effort", found.intensity)]
    echo_columns([(f"  {name}", text) for name, text in facts if text])
    _show_list("How to do it", _instructions(found), numbered=True)
    _show_list("Common errors", found.errors)
    _show_list("Cautions", found.cautions)
    _show_evidence(found)
    within = [
        routine.title for routine in library.routines.values() if found.id in {one.id for one in routine.exercises}
    ]
    _show_list("In these routines", within)
    echo(f"\n{_last_done(context, found)}")
    if why := load_suitability(context.places).why_not(found):
        echo(f"Left out of your sessions ({why}).")


@exercises.command(short_help="Start an exercise alone.")
@click.argument("exercise", shell_complete=_complete_exercise)
def start(exercise: str) -> int:
    """Start EXERCISE (an id or a name) alone, with its usual dose."""
    from stretch_coach.cli.session import run_request
    from stretch_coach.guide.built_routine import build_routine
    from stretch_coach.routine.format import ExerciseStep
    from stretch_coach.session.request import SessionRequest

    context = find_context()
    library = find_library(context.places)
    found = _get(library, exercise)
    routine = build_routine(
        f"exercise-{found.id}"[:64], found.name, [ExerciseStep(exercise=found.id)], library.exercises
    )
    return run_request(context, SessionRequest(routine))


def _find(library: "Library", words: str) -> "list[Exercise]":
    """Return the exercises that match some words, best matches first."""
    from stretch_coach.routine.catalogue import make_exercise_card
    from stretch_coach.routine.search import search

    hits = search(words, (), map(make_exercise_card, library.exercises.values()))
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


def _dose(exercise: "Exercise") -> str:
    from stretch_coach.phrasing import count

    dose, each = exercise.dose, ", on each side" if exercise.sided else ""
    repetitions = f"{count(dose.reps, exercise.rep_name)} of " if dose.reps > 1 else ""
    return f"{repetitions}{dose.hold:g} s{each}"


def _instructions(exercise: "Exercise") -> list[str]:
    from stretch_coach.routine.fields import fill_side

    return [fill_side(line, "left" if exercise.sided else None) for line in exercise.instructions]


def _show_list(heading: str, lines: list[str], *, numbered: bool = False) -> None:
    if lines:
        echo(f"\n{heading}")
        echo_columns(
            [(f"  {number}." if numbered else "  -", line) for number, line in enumerate(lines, start=1)], gap=1
        )


def _show_evidence(exercise: "Exercise") -> None:
    evidence = exercise.evidence
    if evidence is None:
        return
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.exercise import GRADES
    from stretch_coach.routine.safety import load_references

    references = load_references(bundled_routines())
    sources = [f"{one.citation}. {one.address}" for code in evidence.sources if (one := references.get(code))]
    _show_list(f"Evidence {evidence.grade} ({GRADES[evidence.grade]})", [evidence.note, *sources])


def _last_done(context: Context, exercise: "Exercise") -> str:
    from datetime import date

    from stretch_coach.journal.glance import days_ago
    from stretch_coach.journal.sessions import last_day_done, times_done
    from stretch_coach.phrasing import count

    with context.history() as history:
        day, times = last_day_done(history, exercise.id), times_done(history).get(exercise.id, 0)
    if day is None:
        return "You haven't done it yet."
    return f"Last done {days_ago((context.today - date.fromisoformat(day)).days)}; in {count(times, 'session')} so far."
