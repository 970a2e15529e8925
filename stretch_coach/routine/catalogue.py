"""The cards of a list of routines, which can be stored and shown again before the routines are loaded.

Nothing here imports the models of routine files, which take longer to import than a list takes to draw.
"""

from collections.abc import Callable, Iterable
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from stretch_coach.text import clean

if TYPE_CHECKING:
    from stretch_coach.routine.library import Library
    from stretch_coach.routine.model import Routine

_FORMAT = 1


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
        keywords: What else a search finds it by: the names and other names of its exercises, and their muscles.
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
    keywords: tuple[str, ...]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and clean(value) == value  # the file may have been written by anybody


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


_CHECKS: tuple[Callable[[Any], bool], ...] = (
    _is_text,
    _is_text,
    _is_text,
    lambda seconds: isinstance(seconds, float | int) and isfinite(seconds) and seconds >= 0,
    lambda level: level is None or _is_text(level),
    _are_texts,
    _is_flag,
    _is_flag,
    _is_flag,
    _are_texts,
)
"""What a kept card's fields must be, in their order."""


def make_cards(library: "Library") -> tuple[RoutineCard, ...]:
    """Return the cards of all routines of a library."""
    return tuple(map(make_card, library.routines.values()))


def make_card(routine: "Routine") -> RoutineCard:
    """Return the card of a routine."""
    file = routine.file
    keywords = [word for one in routine.exercises for word in (one.name, *one.aliases, *one.targets)]
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
        tuple(dict.fromkeys(keywords)),
    )


def to_json(cards: Iterable[RoutineCard]) -> dict[str, Any]:
    """Return cards as a value that can be written as JSON."""
    return {"format": _FORMAT, "routines": list(cards)}


def from_json(value: Any) -> tuple[RoutineCard, ...]:
    """Return the cards that `to_json` wrote; none if anything is not as it was written."""
    if not isinstance(value, dict) or value.get("format") != _FORMAT or not isinstance(value.get("routines"), list):
        return ()
    rows = value["routines"]
    if not all(isinstance(row, list) and len(row) == len(_CHECKS) for row in rows):
        return ()
    if not all(check(field) for row in rows for check, field in zip(_CHECKS, row, strict=True)):
        return ()
    return tuple(RoutineCard._make(tuple(field) if isinstance(field, list) else field for field in row) for row in rows)
