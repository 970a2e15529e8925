"""Which routines a search finds, where, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.catalogue import make_card
from stretch_coach.routine.library import Library
from stretch_coach.tui.widgets.routine_list import find


@pytest.mark.parametrize("query", ["", "  ", "micro", "MICRO-break", "one minute", "minute ONE"])
def test_title_is_found_in_any_order_and_case(library: Library, query: str) -> None:
    match = find(make_card(library.routines["micro-break"]), query)
    assert match
    assert match.rank == 0


def test_exercises_muscles_and_tags_are_found_after_titles(library: Library) -> None:
    routine = library.routines["screen-break"]
    card, exercise = make_card(routine), routine.exercises[0]
    assert [find(card, tag) for tag in routine.tags if find(card, tag) is None] == []
    for word in [exercise.name, *exercise.targets]:
        match = find(card, word)
        assert match, word
        assert match.rank < 2 or word.casefold() in match.keyword.casefold()
    assert find(card, f"{exercise.name} zzz") is None


@given(st.text(), st.text())
def test_longer_search_never_finds_more(library: Library, query: str, more: str) -> None:
    for card in map(make_card, library.routines.values()):
        assert find(card, query) or not find(card, f"{query} {more}")
