"""Routines grouped by what they are for, in the order in which a list shows them. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from stretch_coach.routine.catalogue import RoutineCard
from stretch_coach.tags import GROUP_TITLES

_OWN, _TAUGHT, _OTHERS = "Your own", "Taught by a clinician", "For the day"
_ORDER = (_OWN, "Short breaks", _OTHERS, "Strength", "Easy on the neck", "To wind down", "Away from the desk", _TAUGHT)


class RoutineGroup(NamedTuple):
    """Routines with the same purpose, the shortest first."""

    title: str
    cards: tuple[RoutineCard, ...]


def group_title(card: RoutineCard) -> str:
    """Return the title of the group that a routine belongs to."""
    if card.locked:
        return _TAUGHT
    if not card.bundled:
        return _OWN
    return next((title for tag, title in GROUP_TITLES.items() if tag in card.tags), _OTHERS)


def group_routines(cards: Iterable[RoutineCard]) -> list[RoutineGroup]:
    """Return all routines in their groups. The user's own come first and locked ones last; no group is empty."""
    arranged = sorted(cards, key=lambda card: (card.total_seconds, card.title, card.id))
    groups = ((title, tuple(card for card in arranged if group_title(card) == title)) for title in _ORDER)
    return [RoutineGroup(title, members) for title, members in groups if members]
