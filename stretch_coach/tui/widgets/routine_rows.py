"""The rows of the list of routines: groups, or what a search found and why."""

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from textual.content import Content
from textual.widgets.option_list import Option

from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.catalogue import ExerciseCard, RoutineCard
from stretch_coach.routine.groups import RoutineGroup, group_routines
from stretch_coach.routine.search import Hit, Hits, spans
from stretch_coach.tui.widgets.columns import Columns, Line

_LENGTH_CELLS = 5
_INDENT = Content("  ")
_HEADING = "bold $text-primary"
_QUIET = "$text-muted"
_LEFT_OUT = "left out "
_BLANK = Line(Content(""))


class RowKey(NamedTuple):
    """What a row stands for: the id of a routine or of an exercise. The other is None."""

    routine: str | None = None
    exercise: str | None = None

    @property
    def option_id(self) -> str:
        """The id of the row's option."""
        return f"r:{self.routine}" if self.routine is not None else f"e:{self.exercise}"


class Row(NamedTuple):
    """An option and what it stands for; None for a heading."""

    option: Option
    key: RowKey | None = None


class Density(IntEnum):
    """How much space the rows of all routines take."""

    DENSE = 0
    APART = 1
    """An empty line between two groups."""
    FULL = 2
    """A second line for each routine, too."""


def density(cards: Sequence[RoutineCard], height: int) -> Density:
    """Return the most spacious way to list all routines in `height` lines; if there is none, the densest."""
    apart = len(cards) + 2 * len(group_routines(cards)) - 1
    if apart + len(cards) <= height:
        return Density.FULL
    return Density.APART if apart <= height else Density.DENSE


def group_rows(
    cards: Sequence[RoutineCard], last_done: Mapping[str, str], density: Density, left_out: Collection[str] = ()
) -> list[Row]:
    """Return the rows of all routines in their groups.

    Args:
        cards: The routines.
        last_done: When each was last done, by its id.
        density: How much space they take.
        left_out: The ids of the routines of which nothing suits the user.
    """
    rows = []
    for number, group in enumerate(group_routines(cards)):
        rows.append(_heading(group, is_apart=density >= Density.APART and number > 0))
        for card in group.cards:
            second = card.purpose if density is Density.FULL else ""
            rows.append(_routine_row(card, last_done.get(card.id, ""), second, is_left_out=card.id in left_out))
    return rows


def hit_rows(
    hits: Hits,
    query: str,
    last_done: Mapping[str, str],
    in_routines: Mapping[str, str],
    left_out: Collection[str] = (),
) -> list[Row]:
    """Return the rows of what a search found, with what matched marked.

    Args:
        hits: What was found.
        query: What was searched for.
        last_done: When each routine was last done, by its id.
        in_routines: Which routines have an exercise, by its id.
        left_out: The ids of the routines of which nothing suits the user.
    """
    rows = [
        _routine_row(hit.card, last_done.get(hit.card.id, ""), hit.reason, query, is_left_out=hit.card.id in left_out)
        for hit in hits.routines
        if isinstance(hit.card, RoutineCard)
    ]
    if hits.exercises:
        title = Content.styled("Exercises", _HEADING)
        rows.append(Row(Option(Columns(*[_BLANK] * bool(rows), Line(title)), disabled=True)))
        rows += [
            _exercise_row(hit.card, hit, query, in_routines.get(hit.card.id, ""))
            for hit in hits.exercises
            if isinstance(hit.card, ExerciseCard)
        ]
    return rows or [Row(Option("No matching routines", disabled=True))]


def _heading(group: RoutineGroup, *, is_apart: bool) -> Row:
    title = Line(Content.styled(group.title, _HEADING))
    lines = [_BLANK, title] if is_apart else [title]
    return Row(Option(Columns(*lines), disabled=True))


def _routine_row(card: RoutineCard, last_done: str, second: str, query: str = "", *, is_left_out: bool = False) -> Row:
    length = Content.styled(f"{minutes_and_seconds(card.total_seconds):>{_LENGTH_CELLS}} ", "$text-accent")
    right = Content.styled(_LEFT_OUT, _QUIET) if is_left_out else length
    title = _found(card.title, query, _QUIET if is_left_out else "")
    lines = [Line(_INDENT + title, right, Content.styled(last_done, _QUIET))]
    if second:
        lines.append(Line(_INDENT + _INDENT + _found(second, query, _QUIET)))
    key = RowKey(routine=card.id)
    return Row(Option(Columns(*lines), id=key.option_id), key)


def _exercise_row(card: ExerciseCard, hit: Hit, query: str, where: str) -> Row:
    lines = [Line(_INDENT + _found(card.name, query), Content.styled(f"{where} ", _QUIET))]
    if hit.reason:
        lines.append(Line(_INDENT + _INDENT + _found(hit.reason, query, _QUIET)))
    key = RowKey(exercise=card.id)
    return Row(Option(Columns(*lines), id=key.option_id), key)


def _found(text: str, query: str, style: str = "") -> Content:
    """Return a text with the words of a search underlined."""
    content = Content.styled(text, style)
    for start, end in spans(text, query):
        content = content.stylize("underline", start, end)
    return content
