"""The catalogue: what it keeps of a routine, and that one which is not as it was written counts as none."""

import json
import math
from typing import Any

import pytest

from stretch_coach.routine.catalogue import from_json, make_card, to_json
from stretch_coach.routine.library import Library


def test_catalogue_keeps_every_card(library: Library) -> None:
    cards = tuple(map(make_card, library.routines.values()))
    assert from_json(json.loads(json.dumps(to_json(cards)))) == cards


def test_card_says_what_the_routine_says(library: Library) -> None:
    for routine in library.routines.values():
        card = make_card(routine)
        for name in ("id", "title", "total_seconds", "level", "tags", "has_warning_signs", "locked"):
            assert getattr(card, name) == getattr(routine, name)
        assert [one.name for one in card.exercises] == [one.name for one in routine.all_exercises]


EXERCISE: list[Any] = ["chin-tuck", "Chin tuck", ["chin glide"], ["deep neck flexors"], ["standing"], "all"]
GOOD: list[Any] = ["neck", "Neck", "For the neck", 60.0, "all", ["gentle"], False, False, True, [EXERCISE]]


def _with(index: int, value: Any) -> dict[str, Any]:
    return {"format": 3, "routines": [[*GOOD[:index], value, *GOOD[index + 1 :]]]}


@pytest.mark.parametrize(
    "found",
    [
        None,
        [],
        {"format": 0, "routines": [GOOD]},
        {"format": 3, "routines": {}},
        {"format": 3, "routines": [GOOD[:-1]]},
        {"format": 3, "routines": ["a card"]},
        _with(0, 7),
        _with(1, "\x1b[2J"),
        _with(3, "60"),
        _with(3, math.nan),
        _with(3, -1),
        _with(4, 3),
        _with(5, "gentle"),
        _with(5, [1]),
        _with(6, 1),
        _with(9, ["Chin tuck"]),
        _with(9, [EXERCISE[:-1]]),
        _with(9, [["\x9b31m", *EXERCISE[1:]]]),
        _with(9, [[*EXERCISE[:-1], 7]]),
    ],
)
def test_catalogue_that_was_changed_is_empty(found: Any) -> None:
    assert len(from_json({"format": 3, "routines": [GOOD]})) == 1
    assert from_json(found) == ()
