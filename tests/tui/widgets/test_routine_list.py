"""Which routines fit what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.library import Library
from stretch_coach.tui.widgets.routine_list import matches


@pytest.mark.parametrize("typed", ["", "  ", "micro", "MICRO-break", "one minute", "minute ONE"])
def test_words_in_any_order_and_case(library: Library, typed: str) -> None:
    assert matches(library.routines["micro-break"], typed)


def test_muscles_exercises_and_tags_are_found(library: Library) -> None:
    break_ = library.routines["screen-break"]
    exercise = break_.exercises[0]
    for typed in [exercise.name, *exercise.targets, *break_.file.tags, break_.title]:
        assert matches(break_, typed), typed
    assert not matches(break_, f"{exercise.name} zzz")


@given(st.text(), st.text())
def test_typing_more_never_finds_more(library: Library, typed: str, more: str) -> None:
    for routine in library.routines.values():
        assert matches(routine, typed) or not matches(routine, f"{typed} {more}")
