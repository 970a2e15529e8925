"""The rows of the exercise library: groups, or what a search found and why."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widgets.option_list import Option

from stretch_coach.guide.exercise_page import KINDS, TAUGHT, group_of
from stretch_coach.routine.catalogue import ExerciseCard
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.search import search
from stretch_coach.tui.widgets.columns import Columns, Line

_QUIET = "$text-muted"


class ExerciseRow(NamedTuple):
    """An option, and the id of its exercise; None for a heading."""

    option: Option
    exercise: str | None = None


def exercise_rows(
    cards: Sequence[ExerciseCard], exercises: Mapping[str, Exercise], query: str, notes: Mapping[str, str]
) -> list[ExerciseRow]:
    """Return the rows of what a search finds, the best first, or of all exercises in their groups.

    Args:
        cards: What is searched.
        exercises: The exercises by id.
        query: What is searched for; empty for everything.
        notes: What to say at the end of the row of an exercise, by its id.
    """
    if query.strip():
        hits = search(query, (), cards).exercises
        rows = [_row(exercises[hit.card.id], notes, hit.reason) for hit in hits]
        return rows or [ExerciseRow(Option("No matching exercises", disabled=True))]
    rows = []
    for title in dict.fromkeys([*KINDS.values(), TAUGHT]):
        group = sorted((one for one in exercises.values() if group_of(one) == title), key=lambda one: one.name)
        if group:
            heading = Columns(Line(Content.styled(title, "bold $text-primary")))
            rows.append(ExerciseRow(Option(heading, disabled=True)))
            rows += [_row(one, notes) for one in group]
    return rows


def _row(exercise: Exercise, notes: Mapping[str, str], reason: str = "") -> ExerciseRow:
    lines = [Line(Content(f"  {exercise.name}"), Content.styled(f"{notes.get(exercise.id, '')} ", _QUIET))]
    if reason:
        lines.append(Line(Content.styled(f"    {reason}", _QUIET)))
    return ExerciseRow(Option(Columns(*lines), id=exercise.id), exercise.id)
