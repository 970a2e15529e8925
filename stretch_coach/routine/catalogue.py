"""The cards of a list of routines, which can be stored and shown again before the routines are loaded.

Nothing here imports the models of routine files, which take longer to import than a list takes to draw.
"""

from collections.abc import Callable, Iterable
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from stretch_coach.text import clean

if TYPE_CHECKING:
    from stretch_coach.routine.exercise import Exercise
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine

_FORMAT = 3


class RoutineFacts(Protocol):
    """The attributes that a `Routine` and its `RoutineCard` share: enough to choose between routines."""

    @property
    def id(self) -> str:
        """The routine's id."""

    @property
    def title(self) -> str:
        """The routine's title."""

    @property
    def total_seconds(self) -> float:
        """How long the steps take together, in seconds."""

    @property
    def level(self) -> str | None:
        """Who the routine is for, or None if its file does not say."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The words that say what kind of routine it is."""

    @property
    def has_warning_signs(self) -> bool:
        """Whether the warning signs are asked before each session."""

    @property
    def locked(self) -> bool:
        """Whether a clinician has to have taught it."""


class ExerciseCard(NamedTuple):
    """An exercise as a search finds it.

    Attributes:
        id: Its id.
        name: Its name.
        aliases: Its other names.
        targets: The muscles it is for, in words.
        tags: What it asks of the body, and what it needs.
        level: Who may do it.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    targets: tuple[str, ...]
    tags: tuple[str, ...] = ()
    level: str = "all"


class RoutineCard(NamedTuple):
    """A routine as a list shows it and a search finds it.

    Attributes:
        id: The routine's id.
        title: Its title.
        purpose: What it is good for, in a line; may be empty.
        total_seconds: How long its steps take together.
        level: Who it is for, or None if its file does not say.
        tags: The words that say what kind of routine it is.
        has_warning_signs: Whether the warning signs are asked before each session.
        locked: Whether a clinician has to have taught it.
        bundled: Whether it came with the program.
        exercises: What it consists of, and what may stand in for a part of it, each exercise once.
    """

    id: str
    title: str
    purpose: str
    total_seconds: float
    level: str | None
    tags: tuple[str, ...]
    has_warning_signs: bool
    locked: bool
    bundled: bool
    exercises: tuple[ExerciseCard, ...]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and clean(value) == value  # the file may have been written by anybody


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _are_exercises(value: Any) -> bool:
    return isinstance(value, list) and all(_fits(row, _EXERCISE_CHECKS) for row in value)


def _fits(row: Any, checks: "_Checks") -> bool:
    """Return whether a kept row has every field, and each of them is as it must be."""
    return (
        isinstance(row, list)
        and len(row) == len(checks)
        and all(check(field) for check, field in zip(checks, row, strict=True))
    )


_Checks = tuple[Callable[[Any], bool], ...]

_EXERCISE_CHECKS: _Checks = (_is_text, _is_text, _are_texts, _are_texts, _are_texts, _is_text)

_CHECKS: _Checks = (
    _is_text,
    _is_text,
    _is_text,
    lambda seconds: isinstance(seconds, float | int) and isfinite(seconds) and seconds >= 0,
    lambda level: level is None or _is_text(level),
    _are_texts,
    _is_flag,
    _is_flag,
    _is_flag,
    _are_exercises,
)
"""What a kept card's fields must be, in their order."""


def make_cards(library: "Library") -> tuple[RoutineCard, ...]:
    """Return the cards of all routines of a library."""
    return tuple(map(make_card, library.routines.values()))


def make_card(routine: "Routine") -> RoutineCard:
    """Return the card of a routine."""
    file = routine.file
    return RoutineCard(
        routine.id,
        routine.title,
        file.need or file.summary or "",
        routine.total_seconds,
        routine.level,
        routine.tags,
        routine.has_warning_signs,
        routine.locked,
        routine.bundled,
        tuple(map(make_exercise_card, routine.all_exercises)),
    )


def make_exercise_card(exercise: "Exercise") -> ExerciseCard:
    """Return the card of an exercise."""
    return ExerciseCard(
        exercise.id,
        exercise.name,
        tuple(exercise.aliases),
        tuple(exercise.targets),
        tuple(exercise.tags),
        exercise.level,
    )


def to_json(cards: Iterable[RoutineCard]) -> dict[str, Any]:
    """Return cards as a value that can be written as JSON."""
    return {"format": _FORMAT, "routines": list(cards)}


def from_json(value: Any) -> tuple[RoutineCard, ...]:
    """Return the cards that `to_json` wrote; none if anything is not as it was written."""
    if not isinstance(value, dict) or value.get("format") != _FORMAT or not isinstance(value.get("routines"), list):
        return ()
    rows = value["routines"]
    return tuple(map(_read_card, rows)) if all(_fits(row, _CHECKS) for row in rows) else ()


def _read_card(row: list[Any]) -> RoutineCard:
    """Return the card of a row that fits."""
    *fields, exercises = row
    cards = tuple(ExerciseCard._make(map(_as_tuple, one)) for one in exercises)
    return RoutineCard._make([*map(_as_tuple, fields), cards])


def _as_tuple(field: Any) -> Any:
    return tuple(field) if isinstance(field, list) else field
